//! The retry budget of a client: a token bucket that all its calls share.
//!
//! In: retries and successes of all calls. Out: whether a retry is allowed. While the service is healthy the budget has no effect.
//! When most calls fail, retries would multiply the load on a service that is down already: they stop once the budget is spent.

use std::sync::atomic::{AtomicU32, Ordering};

/// The initial and maximum number of tokens: a hundred retries in a row.
const FULL: u32 = 500;
/// The cost of a retry. It is refunded when the call succeeds in the end.
const RETRY: u32 = 5;
/// The refill for a call that succeeds at the first attempt.
const SUCCESS: u32 = 1;

/// A token bucket that all calls of a client share.
#[derive(Debug)]
pub(crate) struct Budget {
    tokens: AtomicU32,
}

impl Default for Budget {
    fn default() -> Self {
        Self {
            tokens: AtomicU32::new(FULL),
        }
    }
}

impl Budget {
    /// Pays for one retry. Returns false if the budget is spent.
    pub(crate) fn pay(&self) -> bool {
        let paid = |tokens: u32| tokens.checked_sub(RETRY);
        self.tokens
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, paid)
            .is_ok()
    }

    /// Refunds the retries of a call that succeeded; `paid` is their number.
    pub(crate) fn succeeded(&self, paid: u32) {
        let more = paid.saturating_mul(RETRY).max(SUCCESS);
        let refilled = |tokens: u32| match tokens {
            FULL => None,
            tokens => Some(tokens.saturating_add(more).min(FULL)),
        };
        // An error means that the budget is full already.
        let _ = self
            .tokens
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, refilled);
    }
}

#[cfg(test)]
mod tests {
    use super::{Budget, FULL, RETRY};

    #[test]
    fn a_spent_budget_is_refilled_by_successes_only() {
        let budget = Budget::default();
        assert!((0..FULL / RETRY).all(|_| budget.pay()));
        assert!(!budget.pay());
        for _ in 0..RETRY - 1 {
            budget.succeeded(0);
            assert!(!budget.pay());
        }
        budget.succeeded(0);
        assert!(budget.pay() && !budget.pay());
        budget.succeeded(2);
        assert!(budget.pay() && budget.pay() && !budget.pay());
    }

    #[test]
    fn it_is_never_more_than_full() {
        let budget = Budget::default();
        budget.succeeded(u32::MAX);
        assert!((0..FULL / RETRY).all(|_| budget.pay()));
        assert!(!budget.pay());
    }
}
