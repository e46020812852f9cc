//! Time, as the runtime sees it.
//!
//! In: nothing. Out: the present moment and sleeps. All waiting of the crate goes through [`Clock`], so that tests can replace it.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use crate::base::BoxFuture;

/// The present moment, and sleeps.
pub trait Clock: fmt::Debug + Send + Sync + 'static {
    /// The present moment. Should it ever go back, the client counts on from there: no limit begins anew.
    fn now(&self) -> Instant;

    /// Ends after `duration`. Dropping the future ends the sleep.
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()>;

    /// The time of day. Only needed where a server names a date, and does not tell its own time beside it.
    fn time_of_day(&self) -> SystemTime {
        SystemTime::now()
    }
}

/// A clock that never goes back, whatever the one inside it does.
#[derive(Debug)]
pub(crate) struct SteadyClock {
    clock: Arc<dyn Clock>,
    seen: Mutex<Seen>,
}

#[derive(Debug)]
struct Seen {
    /// The present, as the clock inside told it last.
    latest: Instant,
    /// How far that clock has gone back so far, all in all.
    lost: Duration,
}

impl SteadyClock {
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

impl Clock for SteadyClock {
    fn now(&self) -> Instant {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        // Asked under the lock: two threads that ask at once must not look like a jump.
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

/// The clock of the machine, with tokio's timers. It needs a tokio runtime with time enabled.
#[derive(Clone, Copy, Debug, Default)]
pub struct TokioClock;

impl Clock for TokioClock {
    fn now(&self) -> Instant {
        // Tokio's own present, so that `tokio::time::pause` moves both halves of this clock.
        tokio::time::Instant::now().into_std()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        Box::pin(tokio::time::sleep(duration))
    }
}
