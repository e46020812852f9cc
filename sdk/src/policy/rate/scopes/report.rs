//! What is known of the service's limits, for users.

use std::time::Instant;

use super::Scopes;
use crate::policy::rate::{ClosedScope, RateLimit, RateLimits};

impl Scopes {
    /// Takes note of the latest limit alone.
    pub(in crate::policy::rate) fn set_latest(&mut self, limit: Option<RateLimit>, now: Instant) {
        if let Some(limit) = limit {
            self.latest = Some((limit, now));
        }
    }

    /// What is known of the service's limits.
    pub(in crate::policy::rate) fn limits(&self, now: Instant) -> RateLimits {
        let client = self
            .client
            .window
            .closed_for(now)
            .map(|opens_in| ClosedScope {
                operation: None,
                account: None,
                opens_in,
            });
        let own = self.own.values().filter_map(|own| {
            let opens_in = own.lane.window.closed_for(now)?;
            let (operation, account) = own.name.clone()?;
            Some(ClosedScope {
                operation: Some(operation.to_owned()),
                account,
                opens_in,
            })
        });
        let mut own: Vec<_> = own.collect();
        own.sort_by(|one, other| {
            (&one.operation, &one.account).cmp(&(&other.operation, &other.account))
        });
        RateLimits {
            latest: self.latest(now),
            closed: client.into_iter().chain(own).collect(),
        }
    }

    /// What is left of the latest limit. `None` if the service sent none, or if its reset is over.
    fn latest(&self, now: Instant) -> Option<RateLimit> {
        let (limit, seen) = self.latest.as_ref()?;
        let passed = now.saturating_duration_since(*seen);
        let reset_in = limit.reset_in.checked_sub(passed)?;
        if reset_in.is_zero() {
            return None;
        }
        Some(RateLimit {
            reset_in,
            ..limit.clone()
        })
    }
}
