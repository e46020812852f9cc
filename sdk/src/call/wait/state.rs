//! The state of one waiter, and its next step.
//!
//! In: the result of each poll, or its error. Out: whether to poll again and when, or how the wait ended. It sends nothing and does
//! not sleep.

use std::fmt;
use std::time::{Duration, Instant};

use super::errors;
use super::poll::Polled;
use super::spec::{Meaning, WaiterSpec};
use crate::base::log;
use crate::error::{CallFacts, Error, ErrorKind};

/// How long a resource may be missing that was just created, unless the waiter sets another time.
const GRACE: Duration = Duration::from_secs(30);

/// The state of a waiter.
pub(super) struct WaiterState {
    spec: WaiterSpec,
    interval: Duration,
    pub(super) limit: Duration,
    pub(super) tolerated: u32,
    /// How long the resource may be missing before it is found.
    pub(super) grace: Duration,
    /// Whether status 404 is the final state.
    pub(super) ends_with_404: bool,
    /// The last reading of the clock, and the time that passed until then.
    read_at: Option<Instant>,
    elapsed: Duration,
    /// The sum of the sleeps. They have passed, whatever the clock says.
    slept: Duration,
    polls: u32,
    failures: u32,
    /// The time that had passed when the current poll began.
    poll_began: Duration,
    /// How long the slowest poll took.
    slowest_poll: Duration,
    /// Whether no further poll has time to end before the limit.
    is_last_poll: bool,
    /// Whether a poll has found the resource.
    found: bool,
    last: Option<String>,
    /// The states that the table does not have, each once, in order of arrival.
    unknown: Vec<String>,
}

/// What follows a poll.
pub(super) enum Next {
    Sleep(Duration),
    Failed(Error),
    Over,
}

impl WaiterState {
    pub(super) fn new(spec: WaiterSpec) -> Self {
        Self {
            spec,
            interval: spec.interval,
            limit: spec.limit,
            tolerated: 5,
            grace: GRACE,
            ends_with_404: false,
            read_at: None,
            elapsed: Duration::ZERO,
            slept: Duration::ZERO,
            polls: 0,
            failures: 0,
            poll_began: Duration::ZERO,
            slowest_poll: Duration::ZERO,
            is_last_poll: false,
            found: false,
            last: None,
            unknown: Vec::new(),
        }
    }

    /// A millisecond at least: without a pause the waiter would poll in a busy loop.
    pub(super) fn set_interval(&mut self, interval: Duration) {
        self.interval = interval.max(Duration::from_millis(1));
    }

    /// The last state.
    pub(super) fn last(&self) -> Option<&str> {
        self.last.as_deref()
    }

    /// Returns how long the poll may take.
    pub(super) fn begin_poll(&mut self, now: Instant) -> Duration {
        self.advance(now);
        self.poll_began = self.waited();
        self.left()
    }

    /// Ends a poll that is under way when the limit has passed.
    pub(super) fn drop_poll(&mut self, now: Instant) -> Next {
        self.advance(now);
        self.polls += 1;
        self.failures += 1;
        // The sleep until the limit has passed, whatever the clock says.
        self.slept = self.slept.max(self.limit);
        Next::Failed(self.timed_out(CallFacts::default(), Some(&"it did not end in time")))
    }

    /// Takes the result of a poll: returns its value, and what follows.
    pub(super) fn finish_poll<T>(
        &mut self,
        polled: Result<Polled<T>, Error>,
        now: Instant,
    ) -> (Option<T>, Next) {
        self.advance(now);
        self.polls += 1;
        let took = self.waited().saturating_sub(self.poll_began);
        self.slowest_poll = self.slowest_poll.max(took);
        match polled {
            Ok(polled) => {
                self.failures = 0;
                self.found = true;
                let (value, next) = self.succeeded(polled);
                (Some(value), next)
            }
            Err(error) => (None, self.failed(error)),
        }
    }

    /// Reports the latest poll and what follows it.
    pub(super) fn log(&self, next: &Next) {
        let next_in = match next {
            Next::Failed(error) => return log::wait_failed(self.spec.name, error.reason()),
            Next::Sleep(time) => Some(*time),
            Next::Over => None,
        };
        log::polled(&log::Poll {
            waiter: self.spec.name,
            number: self.polls,
            state: self.last().filter(|_| self.failures == 0),
            failures: self.failures,
            next_in,
        });
    }

    fn succeeded<T>(&mut self, polled: Polled<T>) -> (T, Next) {
        let Polled {
            value,
            state,
            reasons,
            facts,
        } = polled;
        let meaning = self.spec.meaning(state.as_deref());
        // Right after something was started, the first poll can still return the final state of the run before it.
        let is_settled = !self.spec.confirmed || self.polls > 1 || self.is_over();
        if meaning == Meaning::Unknown {
            let new = state.clone().filter(|state| !self.unknown.contains(state));
            self.unknown.extend(new);
        }
        self.last = state;
        let next = match meaning {
            Meaning::Ready if is_settled => Next::Over,
            Meaning::Failed if is_settled => {
                let error = errors::failed(self.last().unwrap_or_default(), reasons);
                Next::Failed(self.with_facts(error, facts))
            }
            _ if self.is_over() => Next::Failed(self.timed_out(facts, None)),
            _ => self.sleep(None),
        };
        (value, next)
    }

    fn failed(&mut self, error: Error) -> Next {
        if self.ends_with_404 && errors::is_gone(&error) {
            return Next::Over;
        }
        if !self.may_be_missing(&error) {
            self.failures += 1;
            if !errors::is_temporary(&error) || self.failures > self.tolerated {
                return Next::Failed(error);
            }
        }
        if self.is_over() {
            return Next::Failed(self.timed_out(CallFacts::default(), Some(&error)));
        }
        self.sleep(error.retry_after())
    }

    /// Whether the resource is missing because it was just created.
    fn may_be_missing(&self, error: &Error) -> bool {
        let in_time = !self.found && !self.ends_with_404 && self.waited() < self.grace;
        in_time && errors::is_missing(error)
    }

    fn sleep(&mut self, at_least: Option<Duration>) -> Next {
        let time = self.interval.max(at_least.unwrap_or_default());
        // The last poll begins before the limit, so that it can end in time.
        let left = self.left();
        let latest = left - self.slowest_poll.saturating_mul(2).min(left / 2);
        self.is_last_poll = time >= latest;
        let time = time.min(latest);
        self.slept += time;
        Next::Sleep(time)
    }

    /// Whether the wait ends with this poll.
    fn is_over(&self) -> bool {
        self.is_last_poll || self.left().is_zero()
    }

    fn timed_out(&self, facts: CallFacts, broken: Option<&dyn fmt::Display>) -> Error {
        let error = errors::timed_out(self.waited(), self.last(), &self.unknown, broken);
        self.with_facts(error, facts)
    }

    /// The error of a waiter that is awaited after it has ended.
    pub(super) fn already_ended(&self) -> Error {
        let error = Error::new(ErrorKind::WaitFailed, "this waiter has ended before");
        self.with_facts(error, CallFacts::default())
    }

    fn with_facts(&self, error: Error, facts: CallFacts) -> Error {
        errors::with_facts(error, &self.spec, facts, self.waited())
    }

    fn left(&self) -> Duration {
        self.limit.saturating_sub(self.waited())
    }

    fn waited(&self) -> Duration {
        self.elapsed.max(self.slept)
    }

    /// Adds the time that has passed. The sum never shrinks: after a jump back of the clock it grows from there.
    fn advance(&mut self, now: Instant) {
        let before = self.read_at.replace(now).unwrap_or(now);
        let passed = now.saturating_duration_since(before);
        self.elapsed = self.elapsed.saturating_add(passed);
    }
}

impl fmt::Debug for WaiterState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Waiter")
            .field("name", &self.spec.name)
            .field("interval", &self.interval)
            .field("limit", &self.limit)
            .field("polls", &self.polls)
            .field("state", &self.last)
            .finish_non_exhaustive()
    }
}
