//! The service's rate limits, and the gate that enforces them.
//!
//! In: the head of every response. Out: [`RateLimit`] for applications, and [`Gate`], from which every attempt of every clone of a
//! client acquires a permit. It has no limit of its own: it only enforces those that the service sends.

use std::time::Duration;

mod gate;
mod header;

pub(crate) use self::gate::{Gate, Permit, Refusal};
pub(crate) use self::header::refused_for;

/// What is left of the service's rate limit, by its latest response.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateLimit {
    /// The service's name for the limit.
    pub name: String,
    /// How many more calls the service accepts before the reset.
    pub remaining: u64,
    /// The time until the reset.
    pub reset_in: Duration,
    /// The policy of the limit, if the service sent it.
    pub policy: Option<RatePolicy>,
}

/// The policy of a rate limit: how many calls are allowed in how much time.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RatePolicy {
    /// The service's name for the policy.
    pub name: String,
    /// How many calls the service accepts in a window.
    pub quota: u64,
    /// The length of a window, if the service sent it.
    pub window: Option<Duration>,
}
