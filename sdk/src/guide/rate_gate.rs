//! The rate gate: it keeps to the rate limits that the service announces, so that programs need not.
//!
//! Once the service responds with status 429, or its `Ratelimit` header says that no calls are left, the gate closes. No call of
//! the client and its clones is sent until the time that the service named has passed. Then one call is sent as a probe, and the
//! others follow if the service accepts it.
//!
//! A call that would have to wait longer than its [deadline](super::time_limits) allows is not sent: it fails at once with an
//! error of kind [`RateLimited`](crate::ErrorKind::RateLimited), whose [`retry_after`](crate::Error::retry_after) is the length
//! of that wait.
//!
//! [`rate_limit`](crate::Client::rate_limit) returns what is left of the limit, at any time and without a call:
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
//! [`rate_gate(false)`](crate::ClientBuilder::rate_gate) turns it off: then a status of 429 delays only the call that received it.
