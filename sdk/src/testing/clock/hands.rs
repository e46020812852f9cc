//! The hands of a clock, and what sleeps until they reach a moment.
//!
//! In: sleeps as they are polled. Out: wake-ups. Whether a clock may move itself is decided here: once every sleep has been
//! polled a few times over and nothing has begun or ended meanwhile, nothing but sleeps is left to be done.

use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

/// For how many turns nothing may happen until all is at rest. A turn lets everything run that is ready.
pub(super) const QUIET: usize = 64;

/// How often each sleep at least is polled in that time, on the average.
const ROUNDS: usize = 16;

/// The hands of a clock.
pub(super) struct Hands {
    moves_itself: bool,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    passed: Duration,
    /// Who sleeps, by the end of the sleep and a number of its own.
    sleepers: BTreeMap<(Duration, u64), Waker>,
    /// How many sleeps there were.
    sleeps: u64,
    /// Counts what happens.
    stirred: u64,
    /// How often sleeps were polled since something happened.
    quiet: usize,
}

impl Hands {
    pub(super) fn new(moves_itself: bool) -> Self {
        Self {
            moves_itself,
            state: Mutex::default(),
        }
    }

    pub(super) fn passed(&self) -> Duration {
        self.lock().passed
    }

    pub(super) fn stirred(&self) -> u64 {
        self.lock().stirred
    }

    pub(super) fn stir(&self) {
        self.lock().stir();
    }

    /// Moves to the end of the earliest sleep, if that is not beyond `target`.
    pub(super) fn move_to_next_end(&self, target: Duration) -> bool {
        let end = self.lock().next_end().filter(|end| *end <= target);
        if let Some(end) = end {
            self.move_to(end);
        }
        end.is_some()
    }

    /// Moves to a moment; never back. The guard is gone before anybody is woken.
    pub(super) fn move_to(&self, moment: Duration) {
        let woken = self.lock().move_to(moment);
        woken.into_iter().for_each(Waker::wake);
    }

    /// A clock that moves itself does so where nothing else has happened for long enough.
    fn move_itself(&self) {
        let mut state = self.lock();
        state.quiet += 1;
        let enough = QUIET.max(ROUNDS * state.sleepers.len());
        let end = state.next_end().filter(|_| state.quiet > enough);
        drop(state);
        if let Some(end) = end {
            self.move_to(end);
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn stir(&mut self) {
        self.stirred += 1;
        self.quiet = 0;
    }

    fn next_end(&self) -> Option<Duration> {
        self.sleepers.keys().next().map(|(end, _)| *end)
    }

    /// Moves, and gives whom to wake.
    fn move_to(&mut self, moment: Duration) -> Vec<Waker> {
        self.passed = self.passed.max(moment);
        self.stir();
        let later = self.sleepers.split_off(&(self.passed, u64::MAX));
        let over = std::mem::replace(&mut self.sleepers, later);
        over.into_values().collect()
    }
}

/// A sleep. It counts from when it is made, and is known to the clock from when it is first polled.
pub(super) struct Sleep {
    hands: Arc<Hands>,
    /// The end, and the sleep's number. `None`: it never ends.
    key: Option<(Duration, u64)>,
}

impl Sleep {
    pub(super) fn new(hands: &Arc<Hands>, end: Option<Duration>) -> Self {
        let mut state = hands.lock();
        state.sleeps += 1;
        let key = end.map(|end| (end, state.sleeps));
        drop(state);
        Self {
            hands: Arc::clone(hands),
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
        let is_over = || self.hands.passed() >= key.0;
        if is_over() {
            return Poll::Ready(());
        }
        let waker = cx.waker().clone();
        let mut state = self.hands.lock();
        if state.sleepers.insert(key, waker).is_none() {
            state.stir();
        }
        drop(state);
        if self.hands.moves_itself {
            self.hands.move_itself();
            if is_over() {
                return Poll::Ready(());
            }
            // It asks again and again: what else is ready runs in between.
            cx.waker().wake_by_ref();
        }
        Poll::Pending
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        let Some(key) = self.key else { return };
        let mut state = self.hands.lock();
        if state.sleepers.remove(&key).is_some() {
            state.stir();
        }
    }
}
