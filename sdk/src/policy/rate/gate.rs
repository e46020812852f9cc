//! The rate gate: it keeps to the service's rate limits, for all attempts of a client.
//!
//! In: the heads of responses. Out: a [`Permit`] for each attempt. What is known of the limits is kept by [`Scopes`], under one lock;
//! here calls wait. While nothing limits a call, a permit costs that lock, and no allocation.

use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use http::{HeaderMap, StatusCode};
use tokio::sync::oneshot;

use super::RateLimits;
use super::call::Caller;
use super::header::Limits;
use super::scopes::{Head, Rejection, Scopes};
use super::window::{Check, STALL};
use crate::base::log;
use crate::error::Phase;
use crate::policy::clock::Clock;
use crate::policy::retry::Backoff;
use crate::policy::timeout::{Deadlines, Limit};

/// A gate, shared by all clones of a client.
#[derive(Debug)]
pub(crate) struct Gate {
    /// Whether calls ever wait. The service's limits are recorded in any case.
    on: bool,
    clock: Arc<dyn Clock>,
    scopes: Mutex<Scopes>,
}

/// Permission to make one attempt. Dropping it before its response ends the attempt.
#[derive(Debug)]
pub(crate) struct Permit<'a> {
    gate: &'a Gate,
    caller: Caller<'a>,
    number: u64,
    /// Set by the response: what a 429 did to the gate.
    response: OnceLock<Option<Rejection>>,
}

/// Why no permit was issued.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// The scope stays closed for this long, which is longer than the call may wait.
    Closed(Duration),
    /// The deadline expired while other calls were in flight.
    Deadline(Limit),
}

impl Gate {
    pub(crate) fn new(on: bool, clock: Arc<dyn Clock>) -> Self {
        Self {
            on,
            clock,
            scopes: Mutex::new(Scopes::new()),
        }
    }

    /// Waits for a permit to make an attempt, and returns it with the current instant. Errors at once if the wait would be longer
    /// than allowed.
    pub(crate) async fn acquire<'a>(
        &'a self,
        caller: Caller<'a>,
        now: Instant,
        deadline: Option<Limit>,
    ) -> Result<(Permit<'a>, Instant), Refusal> {
        if !self.on {
            return Ok((self.permit(caller, 0), now));
        }
        let number = self.lock().acquire(&caller, now);
        if let Some(number) = number {
            return Ok((self.permit(caller, number), now));
        }
        // Boxed, to keep the future of most calls small: they need not wait.
        Box::pin(Waiting::new(self, caller, now).granted(deadline)).await
    }

    fn permit<'a>(&'a self, caller: Caller<'a>, number: u64) -> Permit<'a> {
        Permit {
            gate: self,
            caller,
            number,
            response: OnceLock::new(),
        }
    }

    /// What is known of the service's limits.
    pub(crate) fn limits(&self) -> RateLimits {
        let now = self.clock.now();
        self.lock().limits(now)
    }

    /// Forgets all limits. Calls that wait are sent as those of a new client.
    pub(crate) fn reset(&self) {
        self.lock().reset();
    }

    /// Whether calls ever wait.
    pub(crate) fn is_on(&self) -> bool {
        self.on
    }

    fn lock(&self) -> MutexGuard<'_, Scopes> {
        self.scopes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A call that waits. Dropping it ends the wait.
struct Waiting<'a> {
    gate: &'a Gate,
    caller: Caller<'a>,
    ticket: u64,
    granted: oneshot::Receiver<u64>,
}

impl<'a> Waiting<'a> {
    fn new(gate: &'a Gate, caller: Caller<'a>, now: Instant) -> Self {
        let (ticket, granted) = gate.lock().enqueue(&caller, now);
        Self {
            gate,
            caller,
            ticket,
            granted,
        }
    }

    /// Waits until the call may be sent. Looks again whenever time can have made room.
    async fn granted(mut self, deadline: Option<Limit>) -> Result<(Permit<'a>, Instant), Refusal> {
        let mut slept = None;
        loop {
            let now = self.gate.clock.now();
            let check = self.look(now, slept);
            let wait = check.map_or(STALL, |check| check.at.saturating_duration_since(now));
            let is_closed = check.is_some_and(|check| check.closed);
            if is_closed && deadline.is_some_and(|deadline| wait >= deadline.left(now)) {
                return Err(Refusal::Closed(wait));
            }
            if is_closed && check != slept {
                log::gate_wait(wait);
            }
            let clock = Arc::clone(&self.gate.clock);
            let mut limits = Deadlines::new(clock, [deadline, None]);
            limits.begin(Limit::from(Phase::Headers, now, wait));
            match limits.guard(&mut self.granted).await {
                Ok(Ok(number)) => {
                    let permit = self.gate.permit(self.caller, number);
                    return Ok((permit, self.gate.clock.now()));
                }
                Err(limit) if limit.phase == Phase::Deadline => {
                    return Err(Refusal::Deadline(limit));
                }
                Err(_) => slept = check,
                // The gate was reset.
                Ok(Err(_)) => {
                    let now = self.gate.clock.now();
                    let enqueued = self.gate.lock().enqueue(&self.caller, now);
                    (self.ticket, self.granted) = enqueued;
                }
            }
        }
    }

    /// When to look again. `slept` is a check that was slept through.
    fn look(&self, now: Instant, slept: Option<Check>) -> Option<Check> {
        let mut scopes = self.gate.lock();
        scopes.look(self.caller.scope, self.ticket, now, slept)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        let now = self.gate.clock.now();
        let mut scopes = self.gate.lock();
        scopes.leave(self.caller.scope, self.ticket, &mut self.granted, now);
    }
}

impl Permit<'_> {
    /// The number of the attempt among all calls and events of the client.
    pub(crate) fn number(&self) -> u64 {
        self.number
    }

    /// Updates the gate by the head of the attempt's response.
    pub(crate) fn record_response(
        &self,
        (status, headers): (StatusCode, &HeaderMap),
        retry_after: Option<Duration>,
        backoff: &Backoff,
    ) {
        let mut limits = Limits::read(headers);
        let latest = limits.tightest.take();
        if latest.is_none() && !self.gate.on {
            return;
        }
        let head = Head {
            status,
            exhausted: latest.as_ref().and_then(super::header::exhausted),
            limits,
            retry_after,
            backoff,
        };
        let now = self.gate.clock.now();
        let mut scopes = self.gate.lock();
        scopes.set_latest(latest, now);
        if self.gate.on {
            let rejection = scopes.respond(&self.caller, self.number, &head, now);
            // One attempt has one response.
            let _ = self.response.set(rejection);
        }
    }

    /// What the status of 429 of the attempt did to the gate, if it has ordered the wait before the next attempt.
    pub(crate) fn rejection(&self) -> Option<Rejection> {
        self.response.get().copied().flatten()
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        if self.gate.on && self.response.get().is_none() {
            let now = self.gate.clock.now();
            let mut scopes = self.gate.lock();
            scopes.dropped(self.caller.scope, self.number, true, now);
        }
    }
}
