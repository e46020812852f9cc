//! Decisions that do not depend on an operation: when to give up, when to try again, how much to read.
//!
//! In: settings, failures, response headers. Out: limits, waits and permissions. Nothing here sends a request.

pub mod clock;
pub(crate) mod failure;
pub(crate) mod limits;
pub(crate) mod rate;
pub(crate) mod retry;
pub(crate) mod timeout;
