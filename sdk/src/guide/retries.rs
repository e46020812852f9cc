//! Retries: which calls are sent again when an attempt fails, and which never are.
//!
//! | result of the attempt | sent again |
//! |---|---|
//! | a certificate was not accepted, the server's or the client's | never |
//! | it failed before the request left: no connection, no free stream, a time limit that expired before | always |
//! | the server proved that it did not process the request (HTTP/2, see below) | always |
//! | status 429 | always: the service did not process the request |
//! | a time limit passed, the connection broke, or the body was cut short | if the operation is safe to repeat |
//! | status 500 or above, 408, 421 or 425 | if the operation is safe to repeat |
//! | anything else: another status, a response that cannot be read, the deadline | never |
//!
//! Safe to repeat are reads, `PUT`, `DELETE`, and those `POST`s that create nothing twice, such as `plan` and `discover`.
//! **Creates, `apply` and every `PATCH` are sent once**: as soon as the service may have acted on one, it is not sent again, so
//! that nothing is created twice. Each method's documentation says which of the two it is.
//!
//! Over HTTP/2 a server can say that it did not process a request (RFC 9113, 6.8 and 8.7): by a GOAWAY whose last stream is an earlier
//! one, or by a RST_STREAM with REFUSED_STREAM. Such a request is sent again, a create too. With any other reset, and for a stream
//! that the GOAWAY includes, the service may have processed it.
//!
//! A call has at most three attempts. One that the server says it did not process does not count, nor does
//! one with status 429 while the service accepts other calls: see [the rate gate](super::rate_gate). Together at most ten attempts do
//! not count. With `max_attempts(1)` nothing is sent again. The waits between them are random: at most 0.5 seconds before the second
//! attempt, at most double that before the next, and so on up to 20 seconds. If the service asks for a longer wait, that wait is used, up to 300
//! seconds; it asks with `Retry-After`, or, with status 429, with a `Ratelimit` header that says when the limit is reset. If a wait
//! would end after the call's [deadline](super::time_limits), the call fails at once. When most calls of a client fail, it stops
//! retrying until some succeed again.
//!
//! After a time limit the next attempt goes over a new connection, and so do all later calls: the old one may be dead. Calls that are
//! under way on it go on.
//!
//! ```no_run
//! use std::time::Duration;
//! use cloudflare_magic::Client;
//!
//! # async fn run() -> Result<(), cloudflare_magic::Error> {
//! let client = Client::builder()
//!     .use_environment()
//!     .max_attempts(5)
//!     .backoff(Duration::from_secs(1), Duration::from_secs(30))
//!     .build()?;
//! let providers = client.account_from_env()?.magic_cloud().providers();
//!
//! // Options of a call override those of the client. This call is sent once, whatever happens.
//! providers.list().max_attempts(1).await?;
//! # Ok(())
//! # }
//! ```
//!
//! If it is unknown whether a create was processed, look for its result before you create again:
//!
//! ```no_run
//! use cloudflare_magic::{CreateProvider, Error, Provider, api::Providers};
//!
//! async fn create(providers: &Providers, name: &str) -> Result<Provider, Error> {
//!     match providers.create(CreateProvider::new("AWS", name)).await {
//!         Err(error) if error.may_have_been_processed() => {
//!             let all = providers.list().await?;
//!             let found = all.into_iter().find(|provider| provider.friendly_name == name);
//!             found.ok_or(error)
//!         }
//!         other => other,
//!     }
//! }
//! ```
