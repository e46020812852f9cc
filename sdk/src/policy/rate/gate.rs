//! The rate gate: a circuit breaker for the service's rate limit, shared by all attempts of a client.
//!
//! In: the heads of responses. Out: a [`Permit`] for each attempt. When the service says that it accepts no more calls for a time,
//! the gate closes. After that time, the window, it is half-open: one attempt is sent as a probe, and the others wait for its
//! response. The response either opens the gate or starts a new window. So each window costs the service one call, however many
//! attempts wait.

use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use http::{HeaderMap, StatusCode};
use tokio::sync::Notify;

use super::{RateLimit, header};
use crate::base::log;
use crate::policy::clock::Clock;
use crate::policy::retry::{Backoff, LONGEST_WAIT};
use crate::policy::timeout::{Deadlines, Limit};

/// A gate, shared by all clones of a client.
#[derive(Debug)]
pub(crate) struct Gate {
    /// Whether the gate ever closes. The service's limits are recorded in any case.
    on: bool,
    state: Mutex<State>,
    /// Notified when the probe request finishes or is dropped.
    probe_done: Notify,
}

#[derive(Debug)]
struct State {
    gate: GateState,
    /// The number of the current window. Each window has its own number.
    window: u64,
    /// How many windows in a row were closed by a 429 that did not say for how long.
    refusals: u32,
    /// The latest limit that the service sent, and when it was received.
    latest: Option<(RateLimit, Instant)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum GateState {
    Open,
    /// No attempt is sent until `length` after `since`.
    Closed {
        since: Instant,
        length: Duration,
    },
    /// The window is over; the next attempt is the probe.
    HalfOpen,
    /// The probe of the current window has been sent.
    Probing,
}

/// Permission to make one attempt. If a probe's permit is dropped before its response, the next attempt becomes the probe.
#[derive(Debug)]
pub(crate) struct Permit<'a> {
    gate: &'a Gate,
    /// If this attempt is a probe: the number of its window.
    probe: Option<u64>,
}

/// Why no permit was issued.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// The gate stays closed for this long, which is longer than the call may wait.
    Closed(Duration),
    /// The deadline expired while another call's probe was in flight.
    Deadline(Limit),
}

/// The result of trying to acquire a permit.
enum TryAcquire<'a> {
    Acquired(Permit<'a>),
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
            probe_done: Notify::new(),
        }
    }

    /// Waits for a permit to make an attempt, and returns it with the current instant. Errors at once if the wait would be longer
    /// than allowed.
    pub(crate) async fn acquire(
        &self,
        now: Instant,
        clock: &Arc<dyn Clock>,
        deadline: Option<Limit>,
    ) -> Result<(Permit<'_>, Instant), Refusal> {
        if self.lock().gate == GateState::Open {
            return Ok((self.permit(None), now));
        }
        // Boxed, to keep the future of most calls small: they find the gate open.
        Box::pin(self.wait(clock, deadline)).await
    }

    async fn wait(
        &self,
        clock: &Arc<dyn Clock>,
        deadline: Option<Limit>,
    ) -> Result<(Permit<'_>, Instant), Refusal> {
        let mut slept_through = None;
        loop {
            // Subscribes before it checks the state, so that no notification is missed in between.
            let mut probe_done = pin!(self.probe_done.notified());
            let now = clock.now();
            match self.try_acquire(now, slept_through) {
                TryAcquire::Acquired(permit) => return Ok((permit, now)),
                TryAcquire::Closed { window, wait } => {
                    let allowed = deadline.is_none_or(|deadline| wait < deadline.left(now));
                    if wait > LONGEST_WAIT || !allowed {
                        return Err(Refusal::Closed(wait));
                    }
                    log::gate_wait(wait);
                    clock.sleep(wait).await;
                    slept_through = Some(window);
                }
                TryAcquire::Probing => Deadlines::new(Arc::clone(clock), [deadline, None])
                    .guard(&mut probe_done)
                    .await
                    .map_err(Refusal::Deadline)?,
            }
        }
    }

    /// Issues a permit if the state allows one. `slept_through` is a window whose end the caller has slept until: the sleep proves
    /// that the window is over, even if a test's clock has not advanced.
    fn try_acquire(&self, now: Instant, slept_through: Option<u64>) -> TryAcquire<'_> {
        let mut state = self.lock();
        let window = state.window;
        if let GateState::Closed { since, length } = state.gate {
            let wait = length.saturating_sub(now.saturating_duration_since(since));
            if !wait.is_zero() && slept_through != Some(window) {
                return TryAcquire::Closed { window, wait };
            }
            state.gate = GateState::HalfOpen;
        }
        match state.gate {
            GateState::Probing => TryAcquire::Probing,
            GateState::Open => TryAcquire::Acquired(self.permit(None)),
            GateState::HalfOpen | GateState::Closed { .. } => {
                state.gate = GateState::Probing;
                TryAcquire::Acquired(self.permit(Some(window)))
            }
        }
    }

    fn permit(&self, probe: Option<u64>) -> Permit<'_> {
        Permit { gate: self, probe }
    }

    /// What is left of the rate limit. `None` if the service sent none, or if its reset is over.
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

    /// Whether the gate ever closes.
    pub(crate) fn is_on(&self) -> bool {
        self.on
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Permit<'_> {
    /// Updates the gate by the head of the attempt's response.
    pub(crate) fn record_response(
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
        let requested = retry_after.filter(|wait| refused && !wait.is_zero());
        // While a probe is in flight, only its own response counts, not those of earlier attempts.
        if is_probe || state.gate != GateState::Probing {
            match requested.or(exhausted) {
                Some(length) => state.close(now, length),
                None if refused => state.close_for_a_time(now, backoff),
                None if is_probe => state.open(),
                None => {}
            }
        }
        drop(state);
        if is_probe {
            self.gate.probe_done.notify_waiters();
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
            self.gate.probe_done.notify_waiters();
        }
    }
}

impl State {
    fn is_probed_by(&self, probe: Option<u64>) -> bool {
        self.gate == GateState::Probing && probe == Some(self.window)
    }

    /// Closes the gate where the service did not say for how long: for a random time whose ceiling doubles with each such window.
    fn close_for_a_time(&mut self, now: Instant, backoff: &Backoff) {
        // Many calls can be rejected at once; they count as one refusal.
        if !matches!(self.gate, GateState::Closed { .. }) {
            self.refusals = self.refusals.saturating_add(1);
            self.close(now, backoff.window(self.refusals));
        }
    }

    /// Closes the gate for `length`, unless it is already closed for as long or longer.
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
