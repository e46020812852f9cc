//! The gate at which all attempts of a client wait their turn.
//!
//! In: the heads of answers. Out: a [`Permit`] for each attempt. Once the service says that it takes no more calls for a time,
//! the gate closes; when that time has passed one attempt goes through as a probe, and the others wait for its outcome:
//! either it opens the gate for all, or a new window begins. So a window costs the service one call, however many wait.

use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use http::{HeaderMap, StatusCode};
use tokio::sync::Notify;

use super::{RateLimit, header};
use crate::policy::clock::Clock;
use crate::policy::retry::{Backoff, LONGEST_WAIT};
use crate::policy::timeout::{Deadlines, Limit};

/// A gate, shared by all clones of a client.
#[derive(Debug)]
pub(crate) struct Gate {
    /// Whether it ever closes. What the service says is remembered in any case.
    on: bool,
    state: Mutex<State>,
    /// Rings when a probe has brought its news, or will bring none.
    probed: Notify,
}

#[derive(Debug)]
struct State {
    gate: GateState,
    /// Counts the windows: each has a number of its own.
    window: u64,
    /// How often in a row the service refused without saying for how long.
    refusals: u32,
    /// What the service said last of its limits, and when.
    latest: Option<(RateLimit, Instant)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum GateState {
    Open,
    /// Nobody passes until then.
    Closed {
        since: Instant,
        length: Duration,
    },
    /// The window is over; who comes next is the probe.
    HalfOpen,
    /// The probe of the present window is under way.
    Probing,
}

/// The right to make one attempt. Dropped without an answer, a probe leaves its place to the next.
#[derive(Debug)]
pub(crate) struct Permit<'a> {
    gate: &'a Gate,
    /// The window that this attempt is the probe of.
    probe: Option<u64>,
}

/// Why there is no permit.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// The gate stays closed for this long, which is longer than the call may wait.
    Closed(Duration),
    /// The deadline passed while others' probe was under way.
    Deadline(Limit),
}

/// What one finds at the gate.
enum Found<'a> {
    Open(Permit<'a>),
    Closed { window: u64, wait: Duration },
    Probing,
}

impl Gate {
    pub(crate) fn new(on: bool) -> Self {
        let state = State {
            gate: GateState::Open,
            window: 0,
            refusals: 0,
            latest: None,
        };
        Self {
            on,
            state: Mutex::new(state),
            probed: Notify::new(),
        }
    }

    /// Waits for the right to make an attempt, and gives the moment with it. Fails at once where the wait would be longer than
    /// allowed.
    pub(crate) async fn acquire(
        &self,
        now: Instant,
        clock: &Arc<dyn Clock>,
        deadline: Option<Limit>,
    ) -> Result<(Permit<'_>, Instant), Refusal> {
        if self.lock().gate == GateState::Open {
            return Ok((self.permit(None), now));
        }
        // Boxed, so that the calls that find it open, which are most, do not carry the room for the wait.
        Box::pin(self.wait(clock, deadline)).await
    }

    async fn wait(
        &self,
        clock: &Arc<dyn Clock>,
        deadline: Option<Limit>,
    ) -> Result<(Permit<'_>, Instant), Refusal> {
        let mut slept_through = None;
        loop {
            // Listens before it looks, so that no news is missed in between.
            let mut news = pin!(self.probed.notified());
            let now = clock.now();
            match self.look(now, slept_through) {
                Found::Open(permit) => return Ok((permit, now)),
                Found::Closed { window, wait } => {
                    let allowed = deadline.is_none_or(|deadline| wait < deadline.left(now));
                    if wait > LONGEST_WAIT || !allowed {
                        return Err(Refusal::Closed(wait));
                    }
                    clock.sleep(wait).await;
                    slept_through = Some(window);
                }
                Found::Probing => Deadlines::new(Arc::clone(clock), [deadline, None])
                    .guard(&mut news)
                    .await
                    .map_err(Refusal::Deadline)?,
            }
        }
    }

    /// `slept_through` is a window that the caller has waited for to its end: the sleep is the proof that it is over, also where
    /// the clock does not move.
    fn look(&self, now: Instant, slept_through: Option<u64>) -> Found<'_> {
        let mut state = self.lock();
        let window = state.window;
        if let GateState::Closed { since, length } = state.gate {
            let wait = length.saturating_sub(now.saturating_duration_since(since));
            if !wait.is_zero() && slept_through != Some(window) {
                return Found::Closed { window, wait };
            }
            state.gate = GateState::HalfOpen;
        }
        match state.gate {
            GateState::Probing => Found::Probing,
            GateState::Open => Found::Open(self.permit(None)),
            GateState::HalfOpen | GateState::Closed { .. } => {
                state.gate = GateState::Probing;
                Found::Open(self.permit(Some(window)))
            }
        }
    }

    fn permit(&self, probe: Option<u64>) -> Permit<'_> {
        Permit { gate: self, probe }
    }

    /// What is left of the limit, as far as it is known and still true.
    pub(crate) fn limit(&self, now: Instant) -> Option<RateLimit> {
        let state = self.lock();
        let (limit, seen) = state.latest.as_ref()?;
        let passed = now.saturating_duration_since(*seen);
        let reset_in = limit.reset_in.checked_sub(passed)?;
        if reset_in.is_zero() {
            return None;
        }
        Some(RateLimit {
            reset_in,
            ..limit.clone()
        })
    }

    /// Whether it ever closes.
    pub(crate) fn is_on(&self) -> bool {
        self.on
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Permit<'_> {
    /// Takes note of the head of the answer.
    pub(crate) fn answered(
        &self,
        (status, headers): (StatusCode, &HeaderMap),
        retry_after: Option<Duration>,
        now: impl Fn() -> Instant,
        backoff: &Backoff,
    ) {
        let limit = header::tightest(headers);
        let refused = status == StatusCode::TOO_MANY_REQUESTS;
        if limit.is_none() && !refused && self.probe.is_none() {
            return;
        }
        let now = now();
        let exhausted = limit.as_ref().and_then(header::exhausted);
        let exhausted = exhausted.map(|wait| wait.min(LONGEST_WAIT));
        let mut state = self.gate.lock();
        if let Some(limit) = limit {
            state.latest = Some((limit, now));
        }
        if !self.gate.on {
            return;
        }
        let is_probe = state.is_probed_by(self.probe);
        let said = retry_after.filter(|wait| refused && !wait.is_zero());
        // While a probe is under way, its own answer counts and no older one.
        if is_probe || state.gate != GateState::Probing {
            match said.or(exhausted) {
                Some(length) => state.close(now, length),
                None if refused => state.close_for_a_time(now, backoff),
                None if is_probe => state.open(),
                None => {}
            }
        }
        drop(state);
        if is_probe {
            self.gate.probed.notify_waiters();
        }
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        if self.probe.is_none() {
            return;
        }
        let mut state = self.gate.lock();
        if state.is_probed_by(self.probe) {
            state.gate = GateState::HalfOpen;
            drop(state);
            self.gate.probed.notify_waiters();
        }
    }
}

impl State {
    fn is_probed_by(&self, probe: Option<u64>) -> bool {
        self.gate == GateState::Probing && probe == Some(self.window)
    }

    /// Closes the gate where the service did not tell for how long: each such window is longer than the one before.
    fn close_for_a_time(&mut self, now: Instant, backoff: &Backoff) {
        // Many calls can be refused at once; that is one refusal.
        if !matches!(self.gate, GateState::Closed { .. }) {
            self.refusals = self.refusals.saturating_add(1);
            self.close(now, backoff.window(self.refusals));
        }
    }

    /// Closes the gate, unless it stays closed for longer already.
    fn close(&mut self, now: Instant, length: Duration) {
        if let GateState::Closed {
            since,
            length: known,
        } = self.gate
        {
            let left = known.saturating_sub(now.saturating_duration_since(since));
            if left >= length {
                return;
            }
        }
        self.window += 1;
        self.gate = GateState::Closed { since: now, length };
    }

    fn open(&mut self) {
        self.gate = GateState::Open;
        self.refusals = 0;
    }
}
