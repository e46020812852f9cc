//! How often a call is tried, and how long is waited in between.

use std::time::Duration;

use super::ClientBuilder;
use crate::policy::retry::{ATTEMPTS, Backoff, backoff};

/// Settings of retries.
#[derive(Clone, Copy, Debug)]
pub(super) struct Retries {
    pub(super) attempts: u32,
    base: Duration,
    cap: Duration,
    seed: Option<u64>,
    pub(super) gate: bool,
}

impl Default for Retries {
    fn default() -> Self {
        Self {
            attempts: ATTEMPTS,
            base: backoff::BASE,
            cap: backoff::CAP,
            seed: None,
            gate: true,
        }
    }
}

impl Retries {
    pub(super) fn backoff(&self) -> Backoff {
        Backoff::new(self.base, self.cap, self.seed)
    }
}

impl ClientBuilder {
    /// How often a call is tried in all. Default: 3. With 1 nothing is ever repeated.
    ///
    /// Calls that never reached the service, and those that it refused with status 429, are repeated whatever they ask for.
    /// After a time limit, a broken connection or a status of 500 and above only those are repeated whose operation
    /// says so: reads, `PUT`, `DELETE`, and a few `POST`s that change nothing. Every method's documentation tells.
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.retries.attempts = attempts.max(1);
        self
    }

    /// The waits between attempts: random, from nothing to a ceiling of `base` that doubles with each attempt up to `cap`.
    /// Default: half a second, and 20 seconds.
    ///
    /// A longer wait that the service asks for ([`Error::retry_after`](crate::Error::retry_after)) is kept, up to 300 seconds.
    pub fn backoff(mut self, base: Duration, cap: Duration) -> Self {
        self.retries.base = base;
        self.retries.cap = cap;
        self
    }

    /// Whether the client keeps the limits that the service tells it. Default: it does.
    ///
    /// After a status of 429, or once `Ratelimit` says that nothing is left, no call of this client and its clones is sent
    /// until the time is over that the service named. Then one goes first, and the others follow if it is let through.
    pub fn rate_gate(mut self, on: bool) -> Self {
        self.retries.gate = on;
        self
    }

    /// Makes the random waits the same on every run. For tests.
    pub fn jitter_seed(mut self, seed: u64) -> Self {
        self.retries.seed = Some(seed);
        self
    }
}
