//! The time of a clock, and the sleeps that wait for it.
//!
//! In: polls of sleeps. Out: wake-ups. It decides when a clock advances automatically: when every sleep has been polled several
//! times and no sleep or request has begun or ended meanwhile, the program does nothing but sleep.

use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

/// After how many polls without activity the program counts as idle. Between two polls every ready task runs.
pub(super) const QUIET: usize = 64;

/// How often each sleep is polled in that time at least, on average.
const ROUNDS: usize = 16;

/// The time of a clock, shared by its clones and its sleeps.
pub(super) struct ClockTime {
    auto_advances: bool,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    elapsed: Duration,
    /// The wakers of the sleeps, by the end of the sleep and its number.
    sleepers: BTreeMap<(Duration, u64), Waker>,
    /// How many sleeps have been made.
    sleeps: u64,
    /// Counts beginnings and ends of sleeps, requests to the mock and changes of the time.
    activity: u64,
    /// How often sleeps were polled since the last activity.
    quiet: usize,
}

impl ClockTime {
    pub(super) fn new(auto_advances: bool) -> Self {
        Self {
            auto_advances,
            state: Mutex::default(),
        }
    }

    pub(super) fn elapsed(&self) -> Duration {
        self.lock().elapsed
    }

    pub(super) fn activity(&self) -> u64 {
        self.lock().activity
    }

    pub(super) fn note_activity(&self) {
        self.lock().note_activity();
    }

    /// Advances to the end of the earliest sleep, if that is not after `target`. Returns whether it did.
    pub(super) fn advance_to_next_end(&self, target: Duration) -> bool {
        let end = self.lock().next_end().filter(|end| *end <= target);
        if let Some(end) = end {
            self.advance_to(end);
        }
        end.is_some()
    }

    /// Advances to a moment; never back. The lock is released before tasks are woken.
    pub(super) fn advance_to(&self, moment: Duration) {
        let woken = self.lock().advance_to(moment);
        woken.into_iter().for_each(Waker::wake);
    }

    /// Advances to the end of the earliest sleep, if there was no activity for enough polls.
    fn auto_advance(&self) {
        let mut state = self.lock();
        state.quiet += 1;
        let enough = QUIET.max(ROUNDS * state.sleepers.len());
        let end = state.next_end().filter(|_| state.quiet > enough);
        drop(state);
        if let Some(end) = end {
            self.advance_to(end);
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn note_activity(&mut self) {
        self.activity += 1;
        self.quiet = 0;
    }

    fn next_end(&self) -> Option<Duration> {
        self.sleepers.keys().next().map(|(end, _)| *end)
    }

    /// Advances, and returns the wakers of the sleeps that have ended.
    fn advance_to(&mut self, moment: Duration) -> Vec<Waker> {
        self.elapsed = self.elapsed.max(moment);
        self.note_activity();
        let later = self.sleepers.split_off(&(self.elapsed, u64::MAX));
        let over = std::mem::replace(&mut self.sleepers, later);
        over.into_values().collect()
    }
}

/// A sleep. Its time starts when it is made; the clock knows of it from its first poll.
pub(super) struct Sleep {
    time: Arc<ClockTime>,
    /// The end, and the sleep's number. `None`: it never ends.
    key: Option<(Duration, u64)>,
}

impl Sleep {
    pub(super) fn new(time: &Arc<ClockTime>, end: Option<Duration>) -> Self {
        let mut state = time.lock();
        state.sleeps += 1;
        let key = end.map(|end| (end, state.sleeps));
        drop(state);
        Self {
            time: Arc::clone(time),
            key,
        }
    }
}

impl Future for Sleep {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let Some(key) = self.key else {
            return Poll::Pending;
        };
        let is_over = || self.time.elapsed() >= key.0;
        if is_over() {
            return Poll::Ready(());
        }
        let waker = cx.waker().clone();
        let mut state = self.time.lock();
        if state.sleepers.insert(key, waker).is_none() {
            state.note_activity();
        }
        drop(state);
        if self.time.auto_advances {
            self.time.auto_advance();
            if is_over() {
                return Poll::Ready(());
            }
            // It is polled again and again; other ready tasks run in between.
            cx.waker().wake_by_ref();
        }
        Poll::Pending
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        let Some(key) = self.key else { return };
        let mut state = self.time.lock();
        if state.sleepers.remove(&key).is_some() {
            state.note_activity();
        }
    }
}
