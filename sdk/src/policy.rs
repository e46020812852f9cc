//! Policies that are the same for all operations: timeouts, retries, rate limits, size limits.
//!
//! In: settings, failures, response headers. Out: limits, waits and permits. Sends no requests.

pub mod clock;
pub(crate) mod failure;
pub(crate) mod limits;
pub(crate) mod rate;
pub(crate) mod retry;
pub(crate) mod timeout;
