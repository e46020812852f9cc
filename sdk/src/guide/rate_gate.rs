//! The rate gate: it keeps the limits that the service tells, so that a program need not.
//!
//! Once the service answers with status 429, or its `Ratelimit` header says that nothing is left, the gate closes. No call of
//! the client and its clones is sent until the time is over that the service named. Then one call goes first, and the others
//! follow if it is let through.
//!
//! A call that would have to wait longer than its [deadline](super::time_limits) allows is not sent: it fails at once with an
//! error of kind [`RateLimited`](crate::ErrorKind::RateLimited), and [`retry_after`](crate::Error::retry_after) tells how long
//! the wait would be.
//!
//! What is left of the limit can be asked for at any time; it costs no call:
//!
//! ```no_run
//! # async fn run(client: cloudflare_magic::Client) -> Result<(), cloudflare_magic::Error> {
//! if let Some(limit) = client.rate_limit() {
//!     println!("{} calls left for {} s", limit.remaining, limit.reset_in.as_secs());
//! }
//! if let Err(error) = client.account_from_env()?.pcaps().list().await {
//!     if error.is_rate_limited() {
//!         println!("come back in {:?}", error.retry_after());
//!     }
//! }
//! # Ok(())
//! # }
//! ```
//!
//! [`rate_gate(false)`](crate::ClientBuilder::rate_gate) turns it off: then a status of 429 only delays the call that it answers.
