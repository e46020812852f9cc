//! What the service says about its limits, and the gate that keeps them.
//!
//! In: the head of every answer. Out: [`RateLimit`] for those who ask, and [`Gate`], at which every attempt of every clone of
//! a client waits its turn. It limits nothing by itself: it only does what the service says.

use std::time::Duration;

mod gate;
mod header;

pub(crate) use self::gate::{Gate, Permit, Refusal};
pub(crate) use self::header::refused_for;

/// What is left of the service's limit, as its latest answer said.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateLimit {
    /// The service's name for the limit.
    pub name: String,
    /// How many more calls the service takes before the reset.
    pub remaining: u64,
    /// How long it is until the reset.
    pub reset_in: Duration,
    /// The rule behind it, where the service told it.
    pub policy: Option<RatePolicy>,
}

/// The rule behind a limit: so many calls in so much time.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RatePolicy {
    /// The service's name for the rule.
    pub name: String,
    /// How many calls the service takes in a window.
    pub quota: u64,
    /// How long a window is, where the service told it.
    pub window: Option<Duration>,
}
