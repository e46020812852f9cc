//! The service's rate limits, and the gate that enforces them.
//!
//! In: the head of every response. Out: [`RateLimits`] for applications, and [`Gate`], from which every attempt of every clone of a
//! client acquires a permit. It has no limit of its own: it only enforces those that the service sends.
//!
//! `header` reads the limits out of a response, `window` is the state machine of one limit, `scopes` has all windows of a client and
//! the calls that wait for them, `gate` lets calls wait.

use std::time::Duration;

mod call;
mod gate;
mod header;
mod scopes;
mod window;

pub(crate) use self::call::Caller;
pub(crate) use self::gate::{Gate, Permit, Refusal};
pub(crate) use self::header::refused_for;
pub(crate) use self::scopes::Rejection;

/// What is known of the service's rate limits. See [`Client::rate_limit`](crate::Client::rate_limit).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateLimits {
    /// The limit in the latest response that had one. `None` once the time of its reset is over.
    pub latest: Option<RateLimit>,
    /// The scopes that are closed now: the whole client first, then operations by name and account. Empty if all are open.
    pub closed: Vec<ClosedScope>,
}

/// Calls that the client does not send now, because the service accepts none of them.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ClosedScope {
    /// The operation, such as `pcaps.create`; of requests to other endpoints the method, such as `request.get`. `None` for all calls
    /// of the client.
    pub operation: Option<String>,
    /// The id of the account. `None` for operations outside of accounts, and for all calls of the client.
    pub account: Option<String>,
    /// The time after which the client sends a call again: at most 300 seconds.
    pub opens_in: Duration,
}

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
