//! What one waits for, as data: the generator writes one [`Wait`] for each waiter of `sdk.toml`, the runtime reads it.

use std::time::Duration;

/// Which field to look at, what its values mean, and how often to look.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wait {
    /// The waiter's name, such as `pcaps.wait_until_ready`.
    pub(super) name: &'static str,
    /// Where the state stands in the value.
    pub(super) state: &'static [&'static str],
    ready: &'static [&'static str],
    pending: &'static [&'static str],
    failed: &'static [&'static str],
    /// Where the service says why it failed.
    pub(super) reasons: &'static [&'static [&'static str]],
    /// Whether a final state must be seen twice, where the first look shows it.
    pub(super) confirmed: bool,
    pub(super) interval: Duration,
    pub(super) limit: Duration,
}

/// What a state means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    Ready,
    Failed,
    Pending,
    /// This version does not know it, or there is none.
    Unknown,
}

#[allow(dead_code, reason = "generated waiters use what their table says")]
impl Wait {
    /// Waits for a state: looks every `interval` seconds, for at most `limit` seconds.
    pub(crate) const fn new(
        name: &'static str,
        state: &'static [&'static str],
        interval: u64,
        limit: u64,
    ) -> Self {
        Self {
            name,
            state,
            ready: &[],
            pending: &[],
            failed: &[],
            reasons: &[],
            confirmed: false,
            interval: Duration::from_secs(interval),
            limit: Duration::from_secs(limit),
        }
    }

    /// The states that one waits for.
    pub(crate) const fn ready(mut self, states: &'static [&'static str]) -> Self {
        self.ready = states;
        self
    }

    /// The states on the way.
    pub(crate) const fn pending(mut self, states: &'static [&'static str]) -> Self {
        self.pending = states;
        self
    }

    /// The states from which no way leads on.
    pub(crate) const fn failed(mut self, states: &'static [&'static str]) -> Self {
        self.failed = states;
        self
    }

    /// Where the service says why it failed.
    pub(crate) const fn reasons(mut self, paths: &'static [&'static [&'static str]]) -> Self {
        self.reasons = paths;
        self
    }

    /// What the first look shows may be left from an earlier run: a final state is looked at once more.
    pub(crate) const fn confirmed(mut self) -> Self {
        self.confirmed = true;
        self
    }

    pub(super) fn meaning(&self, state: Option<&str>) -> Meaning {
        let Some(state) = state else {
            return Meaning::Unknown;
        };
        if self.ready.contains(&state) {
            Meaning::Ready
        } else if self.failed.contains(&state) {
            Meaning::Failed
        } else if self.pending.contains(&state) {
            Meaning::Pending
        } else {
            Meaning::Unknown
        }
    }
}
