//! The clock: the current time, and sleeps.
//!
//! All waits of the crate use [`Clock`], so that tests can replace it.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use crate::base::BoxFuture;

/// A source of the current time and of sleeps.
pub trait Clock: fmt::Debug + Send + Sync + 'static {
    /// Returns the current instant. If it goes back, the client adds the difference to all later instants, so that no time limit
    /// starts again.
    fn now(&self) -> Instant;

    /// Sleeps for `duration`. Dropping the future cancels the sleep.
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()>;

    /// Returns the current date and time. Only used for a `Retry-After` with a date in a response without a `Date` header.
    fn time_of_day(&self) -> SystemTime {
        SystemTime::now()
    }
}

/// A clock that never goes back, even if the wrapped clock does.
#[derive(Debug)]
pub(crate) struct MonotonicClock {
    clock: Arc<dyn Clock>,
    seen: Mutex<Seen>,
}

#[derive(Debug)]
struct Seen {
    /// The latest instant of the wrapped clock.
    latest: Instant,
    /// How far the wrapped clock has gone back so far, in total.
    lost: Duration,
}

impl MonotonicClock {
    pub(crate) fn new(clock: Arc<dyn Clock>) -> Self {
        let seen = Seen {
            latest: clock.now(),
            lost: Duration::ZERO,
        };
        Self {
            clock,
            seen: Mutex::new(seen),
        }
    }
}

impl Clock for MonotonicClock {
    fn now(&self) -> Instant {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        // Read under the lock: two concurrent reads must not look as if the clock went back.
        let now = self.clock.now();
        let lost = seen.latest.saturating_duration_since(now);
        seen.lost = seen.lost.saturating_add(lost);
        seen.latest = now;
        now.checked_add(seen.lost).unwrap_or(now)
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        self.clock.sleep(duration)
    }

    fn time_of_day(&self) -> SystemTime {
        self.clock.time_of_day()
    }
}

/// The system clock, with tokio's timers. It needs a tokio runtime with time enabled.
#[derive(Clone, Copy, Debug, Default)]
pub struct TokioClock;

impl Clock for TokioClock {
    fn now(&self) -> Instant {
        // Tokio's instant, so that `tokio::time::pause` affects `now` and `sleep` alike.
        tokio::time::Instant::now().into_std()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        Box::pin(tokio::time::sleep(duration))
    }
}
