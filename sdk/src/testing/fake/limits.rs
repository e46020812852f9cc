//! The rate limit of a user: so many requests in a window, then none for as long as a window.
//!
//! In: requests, by user. Out: what the headers say, or a failure with status 429.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::failure::Failure;
use super::moment::Moment;

/// The documented limit of the service.
pub(crate) const SERVICE: (u32, Duration) = (1200, Duration::from_secs(300));

/// The windows of all users.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Limits {
    /// Requests in a window; `None` is no limit.
    quota: Option<u32>,
    window: Duration,
    users: BTreeMap<String, Window>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Window {
    ends: Moment,
    left: u32,
    closed: bool,
}

/// What the headers of a response say of the limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Remaining {
    pub(crate) quota: u32,
    pub(crate) window: Duration,
    pub(crate) left: u32,
    /// Until the window ends.
    pub(crate) reset: Duration,
}

impl Limits {
    pub(crate) fn new(quota: Option<u32>, window: Duration) -> Self {
        Self {
            quota,
            window,
            users: BTreeMap::new(),
        }
    }

    /// Counts a request of this user. Returns what its headers say, and the failure if there were too many.
    pub(crate) fn count(
        &mut self,
        user: &str,
        now: Moment,
    ) -> (Option<Remaining>, Option<Failure>) {
        let Some(quota) = self.quota else {
            return (None, None);
        };
        // Windows that have ended are dropped: those of users that do not come back would be kept for ever.
        self.users.retain(|_, window| window.ends > now);
        let window = self.users.entry(user.to_owned()).or_insert(Window {
            ends: now.plus(self.window),
            left: quota,
            closed: false,
        });
        let failure = match window.left.checked_sub(1) {
            Some(left) => {
                window.left = left;
                None
            }
            None => {
                if !window.closed {
                    window.closed = true;
                    window.ends = now.plus(self.window);
                }
                Some(Failure::too_many(
                    "too many requests",
                    window.ends.since(now),
                ))
            }
        };
        let reset = window.ends.since(now);
        let remaining = Remaining {
            quota,
            window: self.window,
            left: window.left,
            reset,
        };
        (Some(remaining), failure)
    }
}

#[cfg(test)]
mod tests {
    use super::Limits;
    use crate::testing::fake::moment::Moment;
    use std::time::Duration;

    #[test]
    fn past_the_quota_nothing_passes_for_a_window() {
        let window = Duration::from_secs(300);
        let mut limits = Limits::new(Some(2), window);
        let start = Moment::default();
        let at = |seconds| start.plus(Duration::from_secs(seconds));
        for left in [1, 0] {
            let (remaining, failure) = limits.count("u", at(0));
            assert_eq!((remaining.unwrap().left, failure), (left, None));
        }
        let (_, failure) = limits.count("u", at(100));
        assert_eq!(failure.unwrap().retry_after, Some(window));
        assert!(limits.count("u", at(399)).1.is_some());
        assert!(limits.count("other", at(399)).1.is_none());
        assert!(limits.count("u", at(400)).1.is_none());
        assert_eq!(limits.users.len(), 2);
        assert!(limits.count("u", at(699)).1.is_none());
        assert_eq!(limits.users.keys().collect::<Vec<_>>(), ["u"]);
    }
}
