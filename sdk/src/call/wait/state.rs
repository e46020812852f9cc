//! How far a wait has come, and what comes next.
//!
//! In: each look, or its error. Out: whether to look again and when, or how it ended. It asks nobody and sleeps nowhere.

use std::fmt;
use std::time::{Duration, Instant};

use http::StatusCode;

use super::ending;
use super::look::Look;
use super::plan::{Meaning, Wait};
use crate::error::{CallFacts, Error, ErrorKind};

/// The state of a wait.
pub(super) struct State {
    wait: Wait,
    interval: Duration,
    pub(super) limit: Duration,
    pub(super) tolerated: u32,
    /// Whether that there is nothing left is what is waited for.
    pub(super) ends_with_404: bool,
    /// The present as it was last seen, and the time that passed until then.
    seen: Option<Instant>,
    elapsed: Duration,
    /// The sleeps alone. They have passed, whatever the clock says.
    slept: Duration,
    looks: u32,
    failures: u32,
    last: Option<String>,
    /// The states that the table does not have, each once, in the order of their coming.
    unknown: Vec<String>,
}

/// What follows a look.
pub(super) enum Next {
    Sleep(Duration),
    Failed(Error),
    Over,
}

impl State {
    pub(super) fn new(wait: Wait) -> Self {
        Self {
            wait,
            interval: wait.interval,
            limit: wait.limit,
            tolerated: 5,
            ends_with_404: false,
            seen: None,
            elapsed: Duration::ZERO,
            slept: Duration::ZERO,
            looks: 0,
            failures: 0,
            last: None,
            unknown: Vec::new(),
        }
    }

    /// A millisecond at least: a wait without any would only keep the machine busy.
    pub(super) fn set_interval(&mut self, interval: Duration) {
        self.interval = interval.max(Duration::from_millis(1));
    }

    /// The state that was seen last.
    pub(super) fn last(&self) -> Option<&str> {
        self.last.as_deref()
    }

    /// A look begins.
    pub(super) fn begin(&mut self, now: Instant) {
        self.advance(now);
    }

    /// Judges a look: what it showed, and what follows.
    pub(super) fn judge<T>(
        &mut self,
        seen: Result<Look<T>, Error>,
        now: Instant,
    ) -> (Option<T>, Next) {
        self.advance(now);
        self.looks += 1;
        match seen {
            Ok(look) => {
                self.failures = 0;
                let (value, next) = self.shown(look);
                (Some(value), next)
            }
            Err(error) => (None, self.broken(error)),
        }
    }

    fn shown<T>(&mut self, look: Look<T>) -> (T, Next) {
        let Look {
            value,
            state,
            reasons,
            facts,
        } = look;
        let meaning = self.wait.meaning(state.as_deref());
        // Right after something was started, the first look can still show how the run before it ended.
        let is_settled = !self.wait.confirmed || self.looks > 1 || self.left().is_zero();
        if meaning == Meaning::Unknown {
            let new = state.clone().filter(|state| !self.unknown.contains(state));
            self.unknown.extend(new);
        }
        self.last = state;
        let next = match meaning {
            Meaning::Ready if is_settled => Next::Over,
            Meaning::Failed if is_settled => {
                let error = ending::failed(self.last().unwrap_or_default(), reasons);
                Next::Failed(self.with_facts(error, facts))
            }
            _ if self.left().is_zero() => Next::Failed(self.timed_out(facts, None)),
            _ => self.sleep(None),
        };
        (value, next)
    }

    fn broken(&mut self, error: Error) -> Next {
        if self.ends_with_404 && error.status() == Some(StatusCode::NOT_FOUND) {
            return Next::Over;
        }
        self.failures += 1;
        if !ending::is_passing(&error) || self.failures > self.tolerated {
            return Next::Failed(error);
        }
        if self.left().is_zero() {
            return Next::Failed(self.timed_out(CallFacts::default(), Some(&error)));
        }
        self.sleep(error.retry_after())
    }

    fn sleep(&mut self, at_least: Option<Duration>) -> Next {
        let time = self.interval.max(at_least.unwrap_or_default());
        let time = time.min(self.left());
        self.slept += time;
        Next::Sleep(time)
    }

    fn timed_out(&self, facts: CallFacts, broken: Option<&Error>) -> Error {
        let error = ending::timed_out(self.waited(), self.last(), &self.unknown, broken);
        self.with_facts(error, facts)
    }

    /// The error of somebody who waits for what has ended before.
    pub(super) fn spent(&self) -> Error {
        let error = Error::new(ErrorKind::WaitFailed, "this waiter has ended before");
        self.with_facts(error, CallFacts::default())
    }

    fn with_facts(&self, error: Error, facts: CallFacts) -> Error {
        ending::with_facts(error, &self.wait, facts, self.waited())
    }

    fn left(&self) -> Duration {
        self.limit.saturating_sub(self.waited())
    }

    fn waited(&self) -> Duration {
        self.elapsed.max(self.slept)
    }

    /// Counts the time that has passed. It only grows: where the clock jumps back, counting goes on from there.
    fn advance(&mut self, now: Instant) {
        let before = self.seen.replace(now).unwrap_or(now);
        let passed = now.saturating_duration_since(before);
        self.elapsed = self.elapsed.saturating_add(passed);
    }
}

impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Waiter")
            .field("name", &self.wait.name)
            .field("interval", &self.interval)
            .field("limit", &self.limit)
            .field("looks", &self.looks)
            .field("state", &self.last)
            .finish_non_exhaustive()
    }
}
