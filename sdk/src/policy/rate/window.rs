//! One window of a rate limit, as a state machine: how many calls may be sent now, and when to look again.
//!
//! In: calls that are sent, their responses, and the current instant. Out: the room for further calls. It knows neither scopes nor
//! waiting calls.
//!
//! Calls are numbered. A phase counts only the calls that were sent in it: those of earlier phases have lower numbers, and their
//! responses change nothing, because a later call has shown more.

use std::time::{Duration, Instant};

use super::header::Left;
use crate::policy::retry::{Backoff, LONGEST_WAIT};

/// How many calls a new client sends before it has a response.
pub(super) const FIRST: u64 = 10;

/// With more calls in flight than this and no refusal, slow start ends.
const FULL: u64 = 128;

/// If calls in flight leave no room and none is sent for this long, one more is sent.
pub(super) const STALL: Duration = Duration::from_secs(1);

/// A header says whole seconds. Zero means less than one.
const LEAST_RESET: Duration = Duration::from_secs(1);

/// One window.
#[derive(Debug)]
pub(super) struct Window {
    phase: Phase,
    /// The lowest number of a call that was sent in this phase.
    since: u64,
    /// How many calls of this phase have no response yet.
    in_flight: u64,
    /// How many calls of the phase before have none: the service may count them in this one.
    older: u64,
    /// How many calls of this phase have ended without saying what is left. A response to a call that was sent after them does.
    lost: u64,
    /// The lowest number of such a call.
    found_by: u64,
    /// The latest call: its number, and when it was sent.
    latest: Option<(u64, Instant)>,
    /// How many phases in a row ended with a 429 that did not say for how long.
    refusals: u32,
    /// The number of the latest event at which the service accepted a call.
    accepted: u64,
    /// How many calls of this phase it has accepted.
    accepted_here: u64,
    /// How many it accepted in the phase before, if that ended with a 429.
    learned: Option<u64>,
    /// The lowest number of a call that makes a slow start faster.
    grows_from: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// Nothing is known that limits calls.
    Open,
    /// How much the service accepts is unknown: at most so many calls are in flight. Each accepted call adds one.
    SlowStart { most: u64, after: After },
    /// The service accepts so many calls until then. With none it is closed.
    Limited {
        remaining: u64,
        ends: Instant,
        /// Whether it is closed by status 429.
        refused: bool,
    },
}

/// What came before a slow start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum After {
    /// Nothing: the client is new.
    Nothing,
    /// A window that the service announced in its headers.
    Limit,
    /// A window that a 429 closed.
    Refusal,
}

/// When a window without room is to be looked at again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Check {
    pub(super) at: Instant,
    /// Whether nothing can make room earlier.
    pub(super) closed: bool,
    /// The phase and the latest call. A check that was slept through is over, even if a test's clock has not advanced; after any
    /// change it is another check.
    since: u64,
    latest: Option<u64>,
}

impl Window {
    /// A window of which nothing is known, and which nothing limits. `next` is the number of the next call.
    pub(super) fn open(next: u64) -> Self {
        Self {
            phase: Phase::Open,
            since: next,
            in_flight: 0,
            older: 0,
            lost: 0,
            found_by: next,
            latest: None,
            refusals: 0,
            accepted: 0,
            accepted_here: 0,
            learned: None,
            grows_from: next,
        }
    }

    /// The window of a new client.
    pub(super) fn new(next: u64) -> Self {
        let phase = Phase::SlowStart {
            most: FIRST,
            after: After::Nothing,
        };
        Self {
            phase,
            ..Self::open(next)
        }
    }

    /// How many more calls may be sent now.
    pub(super) fn room(&self) -> u64 {
        let most = match self.phase {
            Phase::Open => return u64::MAX,
            Phase::SlowStart { most, .. } => most,
            Phase::Limited { remaining, .. } => remaining.saturating_sub(self.older + self.lost),
        };
        most.saturating_sub(self.in_flight)
    }

    /// When to look again, if there is no room.
    pub(super) fn check(&self) -> Option<Check> {
        if self.room() > 0 {
            return None;
        }
        let stalls = self.latest.and_then(|(_, at)| at.checked_add(STALL));
        let (at, closed) = match (self.phase, stalls) {
            (
                Phase::Limited {
                    remaining: 0, ends, ..
                },
                _,
            ) => (ends, true),
            (Phase::Limited { ends, .. }, Some(stalls)) => (ends.min(stalls), false),
            (Phase::Limited { ends, .. }, None) => (ends, false),
            (_, stalls) => (stalls?, false),
        };
        Some(Check {
            at,
            closed,
            since: self.since,
            latest: self.latest.map(|(number, _)| number),
        })
    }

    /// Takes note of the time. `slept` is a check that the caller has slept through.
    pub(super) fn advance(&mut self, now: Instant, slept: Option<Check>, next: u64) {
        let check = self.check();
        let slept = slept.is_some() && check == slept;
        match self.phase {
            Phase::Limited { ends, .. } if now >= ends => self.end(next),
            Phase::Limited { ends, .. } if slept && check.is_some_and(|check| check.at == ends) => {
                self.end(next);
            }
            _ if check.is_some_and(|check| slept || now >= check.at) => self.stalled(),
            _ => {}
        }
    }

    /// The announced window is over. If it had no room, one call is sent to find out whether there is some now.
    fn end(&mut self, next: u64) {
        let refused = matches!(self.phase, Phase::Limited { refused: true, .. });
        self.phase = Phase::SlowStart {
            most: self.room().clamp(1, FIRST),
            after: if refused {
                After::Refusal
            } else {
                After::Limit
            },
        };
        // After few calls it says little: the service may count them otherwise.
        if refused && self.accepted_here > 0 {
            self.learned = Some(self.accepted_here).filter(|accepted| *accepted >= FIRST);
        } else if !refused {
            self.learned = None;
        }
        self.accepted_here = 0;
        self.since = next;
        self.grows_from = next;
        self.older = std::mem::take(&mut self.in_flight);
        self.lost = 0;
        self.latest = None;
    }

    /// The calls in flight take too long, or their program does not poll them: makes room for one more.
    fn stalled(&mut self) {
        let (after, more) = match self.phase {
            // Before any response there is no sign of a limit: the calls are only slow.
            Phase::SlowStart {
                after: After::Nothing,
                ..
            } => (After::Nothing, self.in_flight),
            Phase::SlowStart { after, .. } => (after, 1),
            Phase::Open | Phase::Limited { .. } => (After::Limit, 1),
        };
        let most = self.in_flight.saturating_add(more);
        self.phase = Phase::SlowStart { most, after };
    }

    /// A call is sent.
    pub(super) fn sent(&mut self, number: u64, now: Instant) {
        self.in_flight += 1;
        self.latest = Some((number, now));
        let reached = |learned| self.accepted_here + self.in_flight >= learned;
        if let Phase::SlowStart { most, .. } = &mut self.phase
            && self.learned.is_some_and(reached)
        {
            // The service accepted no more than this before: from here on, slow start begins again.
            *most = 1;
            self.learned = None;
            self.grows_from = number + 1;
        }
    }

    /// A call ended. Returns whether it was sent in this phase.
    fn ended(&mut self, number: u64) -> bool {
        let current = number >= self.since;
        let count = if current {
            &mut self.in_flight
        } else {
            &mut self.older
        };
        *count = count.saturating_sub(1);
        current
    }

    /// A call ended without a response. If it was sent, the service may have counted it.
    pub(super) fn dropped(&mut self, number: u64, sent: bool) {
        if self.ended(number) && sent {
            self.count_one();
        }
    }

    /// The service may have counted a call that is not in flight any more.
    fn count_one(&mut self) {
        self.lost += 1;
        self.found_by = self.latest.map_or(self.since, |(number, _)| number + 1);
        if let Phase::SlowStart {
            most,
            after: After::Limit,
        } = &mut self.phase
        {
            *most = most.saturating_sub(1).max(1);
        }
    }

    /// The service accepted a call. `event` is the number of this event.
    pub(super) fn accepted(
        &mut self,
        number: u64,
        left: Option<Left>,
        (now, event): (Instant, u64),
    ) {
        self.accepted = event;
        if !self.ended(number) {
            return;
        }
        self.accepted_here += 1;
        if self.is_refused() {
            return;
        }
        self.refusals = 0;
        match (left, &mut self.phase) {
            (Some(left), _) => self.limit(number, left, now),
            (None, Phase::SlowStart { most, .. }) => {
                *most += u64::from(number >= self.grows_from);
                if *most > FULL {
                    self.phase = Phase::Open;
                }
            }
            (None, _) => self.count_one(),
        }
    }

    /// The service refused a call, but not because of this window.
    pub(super) fn unrelated(&mut self, number: u64, left: Option<Left>, now: Instant) {
        if self.ended(number) && !self.is_refused() {
            match left {
                Some(left) => self.limit(number, left, now),
                None => self.count_one(),
            }
        }
    }

    /// The service said how many calls are left. Responses can overtake each other, so the lowest number counts.
    fn limit(&mut self, number: u64, left: Left, now: Instant) {
        if number >= self.found_by {
            self.lost = 0;
        }
        let length = left.reset_in.clamp(LEAST_RESET, LONGEST_WAIT);
        let ends = now + length;
        let (remaining, ends) = match self.phase {
            Phase::Limited {
                remaining,
                ends: known,
                ..
            } => (remaining.min(left.remaining), known.min(ends)),
            Phase::Open | Phase::SlowStart { .. } => (left.remaining, ends),
        };
        self.phase = Phase::Limited {
            remaining,
            ends,
            refused: false,
        };
    }

    /// The service refused a call. It is closed for the time that the service stated, else for a random time whose ceiling doubles
    /// with each such refusal. Returns false if the call was sent in an earlier phase and changes nothing.
    pub(super) fn refused(
        &mut self,
        number: u64,
        stated: Option<Duration>,
        (now, backoff): (Instant, &Backoff),
    ) -> bool {
        let current = self.ended(number);
        let closed = match self.phase {
            Phase::Limited {
                remaining: 0, ends, ..
            } => Some(ends),
            _ => None,
        };
        if !current {
            return closed.is_some();
        }
        // Many calls can be refused at once; they count as one refusal.
        if stated.is_none() && !self.is_refused() {
            self.refusals = self.refusals.saturating_add(1);
        }
        let length = match (stated, closed) {
            (Some(stated), _) => stated.min(LONGEST_WAIT),
            (None, Some(_)) => Duration::ZERO,
            (None, None) => backoff.window(self.refusals),
        };
        let ends = closed.unwrap_or(now).max(now + length);
        self.phase = Phase::Limited {
            remaining: 0,
            ends,
            refused: true,
        };
        true
    }

    /// Whether a 429 has closed it.
    pub(super) fn is_refused(&self) -> bool {
        matches!(self.phase, Phase::Limited { refused: true, .. })
    }

    /// Whether a 429 had closed it, and no call has been accepted since.
    pub(super) fn is_half_open(&self) -> bool {
        let after = After::Refusal;
        let is_after =
            matches!(self.phase, Phase::SlowStart { after: known, .. } if known == after);
        is_after && self.accepted_here == 0
    }

    /// How long it is closed from now on.
    pub(super) fn closed_for(&self, now: Instant) -> Option<Duration> {
        let check = self.check().filter(|check| check.closed)?;
        let left = check.at.saturating_duration_since(now);
        Some(left).filter(|left| !left.is_zero())
    }

    /// Whether no call is in flight.
    pub(super) fn is_idle(&self) -> bool {
        self.in_flight == 0
    }

    /// Whether nothing limits calls.
    pub(super) fn is_open(&self) -> bool {
        self.phase == Phase::Open
    }

    /// The number of the latest event at which the service accepted a call.
    pub(super) fn latest_accepted(&self) -> u64 {
        self.accepted
    }
}

#[cfg(test)]
mod tests;
