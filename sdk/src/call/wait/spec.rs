//! What a waiter waits for, as data: the generator writes one [`WaiterSpec`] for each waiter of `sdk.toml`, the runtime reads it.

use std::time::Duration;

/// Where the state is, what its values mean, and how often to poll.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WaiterSpec {
    /// The waiter's name, such as `pcaps.wait_until_ready`.
    pub(crate) name: &'static str,
    /// The path of the state in the value.
    pub(crate) state: &'static [&'static str],
    /// The states that one waits for.
    pub(crate) ready: &'static [&'static str],
    /// The states before these.
    pub(crate) pending: &'static [&'static str],
    /// Terminal failure states.
    pub(crate) failed: &'static [&'static str],
    /// The paths of the service's reasons for a failure.
    pub(crate) reasons: &'static [&'static [&'static str]],
    /// The first poll may return the final state of an earlier run: poll once more.
    pub(crate) confirmed: bool,
    pub(crate) interval: Duration,
    pub(crate) limit: Duration,
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

impl WaiterSpec {
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
