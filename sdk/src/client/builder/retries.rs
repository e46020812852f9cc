//! Settings of retries: the number of attempts, and the waits between them.

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
    /// Sets the maximum number of attempts per call. Default: 3. With 1 no call is ever retried. Some attempts do not count: see the
    /// guide on [retries](crate::guide::retries).
    ///
    /// Calls of which nothing was sent, and those that the service rejected with status 429, are retried whatever their operation.
    /// After a time limit, a broken connection or a status of 500 and above only repeatable operations are retried: reads, `PUT`,
    /// `DELETE`, and a few `POST`s that change nothing. Each method's documentation says whether it is repeatable.
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.retries.attempts = attempts.max(1);
        self
    }

    /// Sets the waits between attempts: random, from zero to a ceiling that starts at `base` and doubles with each attempt up to
    /// `cap`. Default: half a second, and 20 seconds.
    ///
    /// If the service asks for a longer wait ([`Error::retry_after`](crate::Error::retry_after)), the client waits that long, up to
    /// 300 seconds.
    pub fn backoff(mut self, base: Duration, cap: Duration) -> Self {
        self.retries.base = base;
        self.retries.cap = cap;
        self
    }

    /// Sets whether the client enforces the service's rate limits. Default: true.
    ///
    /// Then this client and its clones send as many calls as the service's `Ratelimit` header allows, and the others wait; after a
    /// status of 429 no call of that operation and account is sent until the time that the service stated is over. See the guide:
    /// [the rate gate](crate::guide::rate_gate).
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
