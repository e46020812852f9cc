//! Exponential backoff with full jitter: the wait before the next attempt.
//!
//! In: the number of failures so far. Out: a random wait below an exponentially growing ceiling, so that clients that failed at the
//! same time do not retry at the same time.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// The ceiling of the first wait.
pub(crate) const BASE: Duration = Duration::from_millis(500);
/// The highest ceiling.
pub(crate) const CAP: Duration = Duration::from_secs(20);

/// Random waits.
#[derive(Debug)]
pub(crate) struct Backoff {
    pub(crate) base: Duration,
    pub(crate) cap: Duration,
    random: Random,
}

impl Backoff {
    pub(crate) fn new(base: Duration, cap: Duration, seed: Option<u64>) -> Self {
        Self {
            base,
            cap,
            random: Random::new(seed),
        }
    }

    /// The wait after this many failures: from zero to the ceiling.
    pub(crate) fn wait(&self, failures: u32) -> Duration {
        self.ceiling(failures).mul_f64(self.random.fraction())
    }

    /// The length of a rate-limit window that the service did not state: from half of the ceiling to the ceiling.
    pub(crate) fn window(&self, failures: u32) -> Duration {
        let half = self.ceiling(failures) / 2;
        half + half.mul_f64(self.random.fraction())
    }

    fn ceiling(&self, failures: u32) -> Duration {
        let doubled = 1u32.checked_shl(failures.saturating_sub(1));
        self.base
            .saturating_mul(doubled.unwrap_or(u32::MAX))
            .min(self.cap)
    }
}

/// A small random number generator (splitmix64). Waits need to differ, not to be unpredictable.
#[derive(Debug)]
struct Random {
    state: AtomicU64,
}

impl Random {
    /// A generator with this seed, or with one from the system.
    fn new(seed: Option<u64>) -> Self {
        let seed = seed.unwrap_or_else(|| RandomState::new().build_hasher().finish());
        Self {
            state: AtomicU64::new(seed),
        }
    }

    /// A number from 0 (inclusive) to 1 (exclusive).
    fn fraction(&self) -> f64 {
        const STEP: u64 = 0x9e37_79b9_7f4a_7c15;
        const BITS: u32 = 53;
        let mut mixed = self
            .state
            .fetch_add(STEP, Ordering::Relaxed)
            .wrapping_add(STEP);
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        (mixed >> (u64::BITS - BITS)) as f64 / (1u64 << BITS) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::{BASE, Backoff, CAP};
    use std::time::Duration;

    #[test]
    fn waits_grow_to_the_cap_and_fill_their_range() {
        let backoff = Backoff::new(BASE, CAP, Some(7));
        for (failures, ceiling) in [(0, 500), (1, 500), (2, 1000), (3, 2000), (6, 16_000)] {
            let ceiling = Duration::from_millis(ceiling);
            let waits: Vec<_> = (0..1000).map(|_| backoff.wait(failures)).collect();
            let (least, most) = (waits.iter().min().unwrap(), waits.iter().max().unwrap());
            assert!(*least < ceiling / 20 && *most > ceiling / 20 * 19 && *most < ceiling);
            assert!((0..1000).all(|_| backoff.window(failures) >= ceiling / 2));
        }
        for failures in [7, 32, 33, 1000, u32::MAX] {
            assert!((0..1000).all(|_| backoff.wait(failures) < CAP));
        }
        let uncapped = Backoff::new(Duration::MAX, Duration::MAX, Some(7));
        assert!((0..1000).all(|_| uncapped.wait(9) <= Duration::MAX));
    }

    #[test]
    fn waits_are_the_same_for_the_same_seed_and_differ_without_one() {
        let waits = |seed| {
            let backoff = Backoff::new(BASE, CAP, seed);
            [1, 2, 3].map(|failures| backoff.wait(failures))
        };
        assert_eq!(waits(Some(1)), waits(Some(1)));
        assert_ne!(waits(Some(1)), waits(Some(2)));
        assert_ne!(waits(None), waits(None));
    }
}
