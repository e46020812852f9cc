//! Retries: what is sent again when an attempt fails, and what never is.
//!
//! | the attempt | it is made again |
//! |---|---|
//! | failed before one byte was sent | always |
//! | was answered with status 429 | always: the service refused to look at it |
//! | passed a time limit, broke, or was cut short | where the operation is safe to repeat |
//! | was answered with status 500 or above | where the operation is safe to repeat |
//! | ended otherwise: any other status, an answer that cannot be read, the deadline | never |
//!
//! Safe to repeat are reads, `PUT`, `DELETE`, and those `POST`s that leave nothing behind twice, such as `plan` and `discover`.
//! **Creates, `apply` and every `PATCH` are sent once**: as soon as the service may have acted on one, it is not sent again, so
//! that nothing is made twice. Each method's documentation says which it is.
//!
//! A call is tried three times at most. The waits in between are random, up to half a second at first, then up to double that,
//! with more attempts up to 20 seconds. A longer wait that the service asks for is kept, up to 300 seconds; it asks by
//! `Retry-After`, or by a `Ratelimit` beside status 429 that says when its limit is reset. No wait begins that would outlast the
//! call's [deadline](super::time_limits): the call then fails at once. When most calls of a client fail, it stops repeating them
//! until some succeed again.
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
//! // A call can have it otherwise. This one is sent once, whatever happens.
//! providers.list().max_attempts(1).await?;
//! # Ok(())
//! # }
//! ```
//!
//! After a create of which nobody knows whether it arrived, look for its result rather than create again:
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
