//! A clock that a test advances, or that advances automatically.
//!
//! In: calls of [`ManualClock::advance`]; not the machine's time. Out: a [`Clock`] that advances on these calls, or when the program
//! does nothing but sleep. Sleeps take no real time, and it needs no async runtime.

use std::fmt;
use std::future::poll_fn;
use std::sync::Arc;
use std::task::Poll;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use self::time::{ClockTime, QUIET, Sleep};
use crate::base::BoxFuture;
use crate::policy::clock::Clock;

mod time;

/// The time of day at which every clock starts: 2026-01-01T00:00:00Z.
const BEGINNING: Duration = Duration::from_secs(1_767_225_600);

/// The latest time of a clock: a hundred years. Sleeps that would end later never end.
const END: Duration = Duration::from_secs(100 * 365 * 24 * 60 * 60);

/// A clock for tests. Clones share the time.
///
/// There are two kinds:
///
/// - [`auto_advancing`](Self::auto_advancing): when the program does nothing but sleep, the clock jumps to the end of the
///   earliest sleep. Retries, waiters and time limits take no real time, and keep their order. The client of a
///   [`MockTransport`](super::MockTransport) has such a clock, so that the waits of a call end.
/// - [`new`](Self::new): its time changes only by [`advance`](Self::advance). That is for tests that check the state of the
///   application in between.
///
/// The clock sees only what sleeps on it. On a runtime with several threads, long work on another thread is not seen, and the
/// clock may jump too early: use a single-threaded runtime, which is the default of `#[tokio::test]`.
///
/// ```
/// use std::time::Duration;
/// use cloudflare_magic::clock::Clock;
/// use cloudflare_magic::testing::ManualClock;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let clock = ManualClock::auto_advancing();
/// clock.sleep(Duration::from_secs(90 * 60)).await;
/// assert_eq!(clock.elapsed().as_secs(), 90 * 60);
/// # }
/// ```
#[derive(Clone)]
pub struct ManualClock {
    started: Instant,
    time: Arc<ClockTime>,
}

impl ManualClock {
    /// A clock that changes only by [`advance`](Self::advance).
    #[expect(
        clippy::new_without_default,
        reason = "there are two kinds, and neither is the usual one"
    )]
    pub fn new() -> Self {
        Self::of_kind(false)
    }

    /// A clock that jumps to the end of the earliest sleep when the program does nothing but sleep.
    pub fn auto_advancing() -> Self {
        Self::of_kind(true)
    }

    fn of_kind(auto_advances: bool) -> Self {
        Self {
            started: Instant::now(),
            time: Arc::new(ClockTime::new(auto_advances)),
        }
    }

    /// Advances the clock. Each sleep that ends in this time ends at its own moment, and the tasks that it wakes run before the
    /// clock advances further: a waiter that polls every five seconds polls twelve times in a minute.
    pub async fn advance(&self, by: Duration) {
        self.until_idle().await;
        let target = self.elapsed().saturating_add(by).min(END);
        while self.time.advance_to_next_end(target) {
            self.until_idle().await;
        }
        self.time.advance_to(target);
        self.until_idle().await;
    }

    /// The time elapsed on this clock since it was made.
    pub fn elapsed(&self) -> Duration {
        self.time.elapsed()
    }

    /// Tells the clock that the program is active, which delays automatic advancing.
    pub(super) fn note_activity(&self) {
        self.time.note_activity();
    }

    /// Lets all other tasks run until none of them uses the clock any more.
    async fn until_idle(&self) {
        let (mut seen, mut quiet) = (self.time.activity(), 0);
        poll_fn(|cx| {
            let activity = self.time.activity();
            quiet = if activity == seen { quiet + 1 } else { 0 };
            seen = activity;
            if quiet > QUIET {
                return Poll::Ready(());
            }
            cx.waker().wake_by_ref();
            Poll::Pending
        })
        .await;
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Instant {
        self.started + self.elapsed()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        let end = self.elapsed().checked_add(duration);
        Box::pin(Sleep::new(&self.time, end.filter(|end| *end <= END)))
    }

    fn time_of_day(&self) -> SystemTime {
        UNIX_EPOCH + BEGINNING + self.elapsed()
    }
}

impl fmt::Debug for ManualClock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ManualClock")
            .field("elapsed", &self.elapsed())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
