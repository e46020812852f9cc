//! A clock that a test moves, or that moves itself.
//!
//! In: nothing of the machine's time. Out: a [`Clock`] whose hands move when [`ManualClock::advance`] says so, or when nothing
//! but sleeps is left to be done. Nobody really waits on it, and it needs no runtime of any kind.

use std::fmt;
use std::future::poll_fn;
use std::sync::Arc;
use std::task::Poll;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use self::hands::{Hands, QUIET, Sleep};
use crate::base::BoxFuture;
use crate::policy::clock::Clock;

mod hands;

/// The time of day at which every clock begins: 2026-01-01T00:00:00Z.
const BEGINNING: Duration = Duration::from_secs(1_767_225_600);

/// How far a clock goes: a hundred years. Sleeps that would end later never do.
const END: Duration = Duration::from_secs(100 * 365 * 24 * 60 * 60);

/// A clock for tests. Clones are the same clock.
///
/// There are two kinds:
///
/// - [`auto_advancing`](Self::auto_advancing): when the program has nothing left to do but sleep, the clock jumps to the end of the
///   earliest sleep. Retries, waiters and time limits take no time, and keep their order. The client of a
///   [`MockTransport`](super::MockTransport) has such a clock: without it the first wait of a call would wait for ever.
/// - [`new`](Self::new): it stands still until [`advance`](Self::advance) moves it. That is for tests which look at what the
///   application shows in between.
///
/// It knows what sleeps on it and nothing else. On a runtime with several threads, work that goes on elsewhere for long is
/// overlooked and time may jump too early: use a runtime of one thread, which is what `#[tokio::test]` gives.
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
    hands: Arc<Hands>,
}

impl ManualClock {
    /// A clock that stands still until it is moved.
    #[expect(
        clippy::new_without_default,
        reason = "there are two kinds, and neither is the usual one"
    )]
    pub fn new() -> Self {
        Self::of_kind(false)
    }

    /// A clock that jumps to the end of the earliest sleep when nothing else is left to be done.
    pub fn auto_advancing() -> Self {
        Self::of_kind(true)
    }

    fn of_kind(moves_itself: bool) -> Self {
        Self {
            started: Instant::now(),
            hands: Arc::new(Hands::new(moves_itself)),
        }
    }

    /// Moves the clock. Each sleep that ends on the way ends at its own moment, and what it woke runs before time goes on:
    /// a waiter that looks every five seconds looks twelve times in a minute.
    pub async fn advance(&self, by: Duration) {
        self.settled().await;
        let target = self.elapsed().saturating_add(by).min(END);
        while self.hands.move_to_next_end(target) {
            self.settled().await;
        }
        self.hands.move_to(target);
        self.settled().await;
    }

    /// How much time has passed on this clock.
    pub fn elapsed(&self) -> Duration {
        self.hands.passed()
    }

    /// Tells the clock that something happens: it does not move itself just then.
    pub(super) fn stir(&self) {
        self.hands.stir();
    }

    /// Lets everything else run until nothing of it touches the clock any more.
    async fn settled(&self) {
        let (mut seen, mut quiet) = (self.hands.stirred(), 0);
        poll_fn(|cx| {
            let stirred = self.hands.stirred();
            quiet = if stirred == seen { quiet + 1 } else { 0 };
            seen = stirred;
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
        Box::pin(Sleep::new(&self.hands, end.filter(|end| *end <= END)))
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
