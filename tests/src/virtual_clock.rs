//! A clock on which hours take no real time, and which can be set back.
//!
//! In: tokio's paused time. Out: a [`Clock`] for a client. It advances automatically when the program does nothing but sleep:
//! the test is `#[tokio::test(start_paused = true)]`, and has no sockets, since tokio does not see that they are busy.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use cloudflare_magic::BoxFuture;
use cloudflare_magic::clock::Clock;

/// The time of day at which virtual time begins: Sunday, 6 November 1994, 8:49:37.
pub const BEGINNING: Duration = Duration::from_secs(784_111_777);

/// How far the clock can be set back at most.
const ROOM: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// A clock on tokio's paused time. Clones share the time.
#[derive(Clone, Debug)]
pub struct VirtualClock {
    started: tokio::time::Instant,
    set_back: Arc<Mutex<Duration>>,
    stopped: Arc<AtomicBool>,
}

impl VirtualClock {
    /// A clock that starts now. Call it while tokio's time is paused.
    #[allow(clippy::new_without_default, reason = "it reads the present moment")]
    pub fn new() -> Self {
        Self {
            started: tokio::time::Instant::now(),
            set_back: Arc::default(),
            stopped: Arc::default(),
        }
    }

    /// How much virtual time has really passed, however the clock was set.
    pub fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }

    /// Sets the clock back. Sleeps that have begun are not touched.
    pub fn jump_back(&self, by: Duration) {
        let mut set_back = self.set_back.lock().unwrap_or_else(PoisonError::into_inner);
        *set_back = (*set_back + by).min(ROOM);
    }

    /// Stops the clock. Sleeps still end as before.
    pub fn stop(&self) {
        self.stopped.store(true, Ordering::SeqCst);
    }
}

impl Clock for VirtualClock {
    fn now(&self) -> Instant {
        if self.stopped.load(Ordering::SeqCst) {
            return self.started.into_std() + ROOM;
        }
        let set_back = *self.set_back.lock().unwrap_or_else(PoisonError::into_inner);
        self.started.into_std() + ROOM + self.elapsed() - set_back
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        Box::pin(tokio::time::sleep(duration))
    }

    fn time_of_day(&self) -> SystemTime {
        UNIX_EPOCH + BEGINNING + self.elapsed()
    }
}
