//! Events that tell how a call proceeds: retries, waits, polls, failures.
//!
//! In: numbers, durations and reasons. Out: with the feature `tracing`, events of the crate `tracing` with the target
//! `cloudflare_magic`, at levels that a subscriber with default settings prints; without the feature these functions add nothing.
//! A reason has statuses, kinds and codes only: texts of the service, headers and addresses can hold a secret.

use std::time::Duration;

#[cfg(not(feature = "tracing"))]
mod off;
#[cfg(feature = "tracing")]
mod on;

#[cfg(not(feature = "tracing"))]
pub(crate) use self::off::{download_failed, gate_wait, polled, retrying, wait_failed};
#[cfg(feature = "tracing")]
pub(crate) use self::on::{download_failed, gate_wait, polled, retrying, wait_failed};

/// A poll of a waiter that did not end in an error.
#[cfg_attr(
    not(feature = "tracing"),
    allow(dead_code, reason = "only events read it")
)]
pub(crate) struct Poll<'a> {
    pub(crate) waiter: &'static str,
    /// The number of the poll, from 1.
    pub(crate) number: u32,
    /// The state, as it is on the wire. `None` if the poll failed.
    pub(crate) state: Option<&'a str>,
    /// How many polls in a row have failed.
    pub(crate) failures: u32,
    /// The time until the next poll. `None` if the wait is over.
    pub(crate) next_in: Option<Duration>,
}
