//! The rate gate: it keeps to the rate limits that the service announces, so that programs need not.
//!
//! All clones of a client share one gate. Programs can start as many calls as they want: each is sent once the service accepts it, in
//! the order in which the calls came. A call that waits has made no attempt; its [deadline](super::time_limits) limits the wait.
//!
//! # What it does
//!
//! | the service | the gate |
//! |---|---|
//! | says in `Ratelimit` how many calls are left (`r`) until when (`t`) | sends that many, less those in flight; the others wait until then |
//! | responds with status 429 | is closed for the time that `Retry-After` says, else until the limit's reset, else for a random time of at most half a second that doubles with each such refusal, up to 20 seconds |
//! | has not responded yet, because the client is new | has at most 10 calls in flight; with each response one more |
//! | does not send `Ratelimit` | after a refusal has 1 call in flight, then 2, 4, 8 and so on, as long as none is refused; above 128 there is no limit. Where the service refused a call before, it begins again with 1 |
//!
//! The gate is closed for at most 300 seconds, whatever the service says. Then one call is sent as a probe. If it is refused, the gate
//! closes again; else the others follow as above. If there is no response to the probe within a second, because it is slow or because
//! the program does not poll it, the next call is sent as well.
//!
//! # Which calls it concerns
//!
//! A limit concerns one of these:
//!
//! - **The whole client**: if its name is `default`. That is the service's name for the limit of all calls of a user: 1200 in five
//!   minutes.
//! - **One operation in one account**: a limit with another name, and a status of 429 that does not say that nothing is left of
//!   `default`. For example, after a refused `pcaps.create` in one account (the service accepts one sample a minute), that account's
//!   `pcaps.list` and another account's `pcaps.create` are still sent. Of [requests to other endpoints](super::other_endpoints) each
//!   method and path is an operation.
//!
//! If another operation is refused too while one is closed, in any account, the whole client is closed: the service may have a limit
//! that it does not announce. Then the first calls are those of operations that were not refused, if there are any.
//!
//! # Attempts and errors
//!
//! An attempt that is refused with 429 is made again, a create too: the service did not process it. It counts as one of the
//! [attempts](super::retries), except if the service accepted another call of that operation (of any, if the whole client is closed) in
//! the meantime: then there are only more calls than it accepts. At most ten attempts of a call do not count.
//!
//! The service's window is five minutes, and the default deadline is two. A program that starts more calls than the service accepts
//! in a window sets a longer deadline for them, or the last of them fail.
//!
//! A call that would have to wait longer than its deadline allows is not sent: it fails at once with an error of kind
//! [`RateLimited`](crate::ErrorKind::RateLimited), whose [`retry_after`](crate::Error::retry_after) is the length of that wait. A call
//! that received a `Retry-After` of more than 300 seconds fails at once too, with that time.
//!
//! # What is known, and how to reset it
//!
//! [`rate_limit`](crate::Client::rate_limit) returns the limit in the latest response, and which operations are closed for how long,
//! without a call. [`reset_rate_limit`](crate::Client::reset_rate_limit) opens them all, and sends the calls that wait.
//!
//! ```no_run
//! # async fn run(client: cloudflare_magic::Client) -> Result<(), cloudflare_magic::Error> {
//! let limits = client.rate_limit();
//! if let Some(limit) = limits.latest {
//!     println!("{} calls left for {} s", limit.remaining, limit.reset_in.as_secs());
//! }
//! for scope in limits.closed {
//!     let operation = scope.operation.as_deref().unwrap_or("all calls");
//!     println!("{operation}: closed for {} s", scope.opens_in.as_secs());
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
//! [`rate_gate(false)`](crate::ClientBuilder::rate_gate) turns the gate off: then no call waits before it is sent, a status of 429 delays
//! only the call that received it, and counts as an attempt. `rate_limit` still returns the latest limit.
