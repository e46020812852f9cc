//! How many retries a client may spend.
//!
//! In: retries and successes of all calls of a client. Out: yes or no. While the service is healthy nobody notices; when most
//! calls fail, retries would multiply the load of a service that is down already, and stop once the budget is spent.

use std::sync::atomic::{AtomicU32, Ordering};

/// What a client starts with, and never has more of: a hundred retries in a row.
const FULL: u32 = 500;
/// What a retry costs. It comes back when the call succeeds after all.
const RETRY: u32 = 5;
/// What a success at the first attempt brings.
const SUCCESS: u32 = 1;

/// A bucket of tokens that all calls of a client share.
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
    /// Pays for one retry. False where the budget is spent.
    pub(crate) fn pay(&self) -> bool {
        let paid = |tokens: u32| tokens.checked_sub(RETRY);
        self.tokens
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, paid)
            .is_ok()
    }

    /// A call succeeded after this many retries that were paid.
    pub(crate) fn succeeded(&self, paid: u32) {
        let more = paid.saturating_mul(RETRY).max(SUCCESS);
        let refilled = |tokens: u32| match tokens {
            FULL => None,
            tokens => Some(tokens.saturating_add(more).min(FULL)),
        };
        // Full already is as good.
        let _ = self
            .tokens
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, refilled);
    }
}

#[cfg(test)]
mod tests {
    use super::{Budget, FULL, RETRY};

    #[test]
    fn a_spent_budget_comes_back_with_successes_only() {
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
