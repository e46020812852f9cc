//! The scopes of a client, and the calls that wait for them.
//!
//! In: calls, their responses, time. Out: the numbers of the calls that may be sent. Every call needs room in two windows: that of
//! the client, and that of its operation and account. Calls that wait are sent in the order in which they came.
//!
//! Only scopes with calls in flight or with a limit are kept: at most [`MOST_IDLE`] of those without calls.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use http::StatusCode;
use tokio::sync::oneshot;

use self::lane::{Lane, Scope, Waiter};
use super::RateLimit;
use super::call::Caller;
use super::header::Limits;
use super::window::{Check, Window};
use crate::policy::retry::Backoff;

mod lane;
mod report;

/// The most scopes that are kept without calls in flight.
const MOST_IDLE: usize = 256;

/// All scopes.
#[derive(Debug)]
pub(super) struct Scopes {
    /// The number of the next call or event.
    next: u64,
    client: Lane,
    /// The scopes of operations and accounts, by [`Caller::scope`]. One that is not here is open.
    own: BTreeMap<u64, Scope>,
    /// How many scopes there are when idle ones are removed next.
    prune_at: usize,
    /// The latest limit that the service sent, and when it was received.
    latest: Option<(RateLimit, Instant)>,
}

/// A response to a call, as far as the gate reads it.
pub(super) struct Head<'h> {
    pub(super) status: StatusCode,
    pub(super) limits: Limits,
    /// The time until the reset of a limit with nothing left.
    pub(super) exhausted: Option<Duration>,
    /// How long the service asks to wait.
    pub(super) retry_after: Option<Duration>,
    pub(super) backoff: &'h Backoff,
}

/// A status of 429 that closed a scope, or came while it was closed: the gate orders the wait before the next attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Rejection {
    /// The number of this event.
    pub(crate) event: u64,
    /// The number of the latest event at which the service accepted a call of that operation, or of the client if that is closed.
    pub(crate) latest_accepted: u64,
}

impl Scopes {
    pub(super) fn new() -> Self {
        Self {
            next: 1,
            client: Lane::of(Window::new(1)),
            own: BTreeMap::new(),
            prune_at: MOST_IDLE,
            latest: None,
        }
    }

    fn number(&mut self) -> u64 {
        let number = self.next;
        self.next += 1;
        number
    }

    /// Sends a call if there is room in both of its windows; returns its number.
    pub(super) fn acquire(&mut self, caller: &Caller<'_>, now: Instant) -> Option<u64> {
        self.advance(caller.scope, now, None);
        self.settle(caller.scope, now);
        let own = self.own.get(&caller.scope);
        let has_room = self.client.has_room() && own.is_none_or(|own| own.lane.has_room());
        has_room.then(|| self.send(caller.scope, caller.endpoint, now))
    }

    fn send(&mut self, scope: u64, endpoint: u64, now: Instant) -> u64 {
        let number = self.number();
        if self.own.len() >= self.prune_at {
            self.prune(now);
        }
        self.client.window.sent(number, now);
        let own = self.own.entry(scope);
        let own = own.or_insert_with(|| Scope::open(number, endpoint));
        own.lane.window.sent(number, now);
        number
    }

    /// Lets a call wait. Returns its ticket, and what receives the number of the call once it may be sent.
    pub(super) fn enqueue(
        &mut self,
        caller: &Caller<'_>,
        now: Instant,
    ) -> (u64, oneshot::Receiver<u64>) {
        let ticket = self.number();
        let (granted, receiver) = oneshot::channel();
        let waiter = Waiter {
            scope: caller.scope,
            endpoint: caller.endpoint,
            due: None,
            granted,
        };
        self.client.waiting.insert(ticket, waiter);
        self.settle(caller.scope, now);
        (ticket, receiver)
    }

    /// Takes note of the time.
    fn advance(&mut self, scope: u64, now: Instant, slept: Option<Check>) {
        self.client.window.advance(now, slept, self.next);
        if let Some(own) = self.own.get_mut(&scope) {
            own.lane.window.advance(now, slept, self.next);
        }
    }

    /// Looks again for a call that waits: `slept` is a check that it has slept through. Room that time has made is for this call,
    /// because others may not be polled. Returns when to look again, or `None` if it does not wait any more.
    pub(super) fn look(
        &mut self,
        scope: u64,
        ticket: u64,
        now: Instant,
        slept: Option<Check>,
    ) -> Option<Check> {
        self.advance(scope, now, slept);
        if self.client.window.room() > 0
            && (!self.client.window.is_half_open() || is_untroubled(self.own.get(&scope)))
            && let Some(waiter) = self.remove(scope, ticket)
        {
            self.grant(ticket, waiter, now);
        }
        self.settle(scope, now);
        let own = self.own.get_mut(&scope).map(|own| &mut own.lane);
        let mut lanes = [Some(&mut self.client), own].into_iter().flatten();
        let lane = lanes.find(|lane| lane.waiting.contains_key(&ticket))?;
        let check = lane.window.check();
        let waiter = lane.waiting.get_mut(&ticket)?;
        waiter.due = check.map(|check| check.at);
        check
    }

    fn remove(&mut self, scope: u64, ticket: u64) -> Option<Waiter> {
        let client = self.client.waiting.remove(&ticket);
        client.or_else(|| self.own.get_mut(&scope)?.lane.waiting.remove(&ticket))
    }

    /// Sends the calls that wait and for which there is room: those of the client, and those of one scope.
    fn settle(&mut self, scope: u64, now: Instant) {
        while self.client.window.room() > 0 {
            let Some((ticket, waiter)) = self.next_waiting(now) else {
                break;
            };
            self.grant(ticket, waiter, now);
        }
        while let Some(own) = self.own.get_mut(&scope).map(|own| &mut own.lane) {
            if own.window.room() == 0 || own.waiting.is_empty() {
                break;
            }
            if self.client.window.room() == 0 {
                self.client.waiting.append(&mut own.waiting);
            } else if let Some((ticket, waiter)) = own.next(now, |_| true) {
                self.grant(ticket, waiter, now);
            }
        }
    }

    /// Takes out the call that waits for the client and is sent next.
    fn next_waiting(&mut self, now: Instant) -> Option<(u64, Waiter)> {
        let half_open = self.client.window.is_half_open();
        let own = &self.own;
        self.client
            .next(now, |scope| !half_open || is_untroubled(own.get(&scope)))
    }

    /// Sends a call for which the client has room, or lets it wait for its own scope.
    fn grant(&mut self, ticket: u64, waiter: Waiter, now: Instant) {
        let scope = waiter.scope;
        let next = self.next;
        if let Some(own) = self.own.get_mut(&scope) {
            own.lane.window.advance(now, None, next);
            if own.lane.window.room() == 0 {
                own.lane.waiting.insert(ticket, waiter);
                return;
            }
        }
        let number = self.send(scope, waiter.endpoint, now);
        if waiter.granted.send(number).is_err() {
            self.dropped(scope, number, false, now);
        }
    }

    /// A call ended without a response, or was never sent.
    pub(super) fn dropped(&mut self, scope: u64, number: u64, sent: bool, now: Instant) {
        self.client.window.dropped(number, sent);
        if let Some(own) = self.own.get_mut(&scope) {
            own.lane.window.dropped(number, sent);
        }
        self.settle(scope, now);
        self.forget(scope);
    }

    /// A call does not wait any more. If it had been sent meanwhile, that is undone.
    pub(super) fn leave(
        &mut self,
        scope: u64,
        ticket: u64,
        granted: &mut oneshot::Receiver<u64>,
        now: Instant,
    ) {
        self.remove(scope, ticket);
        granted.close();
        match granted.try_recv() {
            Ok(number) => self.dropped(scope, number, false, now),
            Err(_) => self.forget(scope),
        }
    }

    /// Takes note of the head of a response. Returns whether the gate orders the wait before the next attempt.
    pub(super) fn respond(
        &mut self,
        caller: &Caller<'_>,
        number: u64,
        head: &Head<'_>,
        now: Instant,
    ) -> Option<Rejection> {
        self.advance(caller.scope, now, None);
        let rejection = if head.status == StatusCode::TOO_MANY_REQUESTS {
            self.reject(caller, number, head, now)
        } else {
            self.accept(caller, number, head, now);
            None
        };
        self.settle(caller.scope, now);
        self.forget(caller.scope);
        rejection
    }

    fn accept(&mut self, caller: &Caller<'_>, number: u64, head: &Head<'_>, now: Instant) {
        let at = (now, self.number());
        self.client.window.accepted(number, head.limits.shared, at);
        if let Some(own) = self.own.get_mut(&caller.scope) {
            own.lane.window.accepted(number, head.limits.own, at);
            if head.limits.own.is_some() {
                own.name.get_or_insert_with(|| caller.name());
            }
        }
    }

    /// A status of 429 concerns the operation and its account, unless it is about the limit that all share. If another operation is
    /// closed too, or the client has been and may not be open again, it concerns the whole client as well.
    fn reject(
        &mut self,
        caller: &Caller<'_>,
        number: u64,
        head: &Head<'_>,
        now: Instant,
    ) -> Option<Rejection> {
        let event = self.number();
        let shared = head.limits.is_shared_exhausted();
        let whole = shared || self.client.window.is_half_open() || self.is_second(caller, now);
        let stated = head.retry_after.filter(|wait| !wait.is_zero());
        let stated = stated.or(head.exhausted);
        let at = (now, head.backoff);
        let client = &mut self.client.window;
        let by_client = whole && client.refused(number, stated, at);
        if !whole {
            client.unrelated(number, head.limits.shared, now);
        }
        let mut latest_accepted = client.latest_accepted();
        let mut by_own = false;
        if let Some(own) = self.own.get_mut(&caller.scope) {
            if shared {
                own.lane.window.unrelated(number, head.limits.own, now);
            } else {
                by_own = own.lane.window.refused(number, stated, at);
                own.name.get_or_insert_with(|| caller.name());
                latest_accepted = self.latest_accepted(caller.endpoint);
            }
        }
        (by_client || by_own).then_some(Rejection {
            event,
            latest_accepted,
        })
    }

    /// The latest event at which a call of this operation was accepted, in any account that is kept.
    fn latest_accepted(&self, endpoint: u64) -> u64 {
        let same = self.own.values().filter(|own| own.endpoint == endpoint);
        let accepted = same.map(|own| own.lane.window.latest_accepted());
        accepted.max().unwrap_or(0)
    }

    /// Whether a 429 has closed the scope of another operation.
    fn is_second(&self, caller: &Caller<'_>, now: Instant) -> bool {
        self.own.values().any(|own| {
            let window = &own.lane.window;
            own.endpoint != caller.endpoint
                && window.is_refused()
                && window.closed_for(now).is_some()
        })
    }

    /// Removes a scope that is open and has no calls.
    fn forget(&mut self, scope: u64) {
        let own = self.own.get(&scope).map(|own| &own.lane);
        if own.is_some_and(|own| own.is_idle() && own.window.is_open()) {
            self.own.remove(&scope);
        }
    }

    /// Removes scopes without calls: those that are not closed, and of the others so many that few enough remain.
    fn prune(&mut self, now: Instant) {
        self.own
            .retain(|_, own| !own.lane.is_idle() || own.lane.window.closed_for(now).is_some());
        let idle = self.own.iter().filter(|(_, own)| own.lane.is_idle());
        let mut idle: Vec<_> = idle
            .map(|(scope, own)| (own.lane.window.closed_for(now), *scope))
            .collect();
        idle.sort_unstable();
        let excess = idle.len().saturating_sub(MOST_IDLE / 2);
        for (_, scope) in idle.into_iter().take(excess) {
            self.own.remove(&scope);
        }
        self.prune_at = MOST_IDLE.max(2 * self.own.len());
    }

    /// Forgets all limits. The calls that wait lose their senders, and begin to wait again as those of a new client.
    pub(super) fn reset(&mut self) {
        self.own.clear();
        self.latest = None;
        self.client = Lane::of(Window::new(self.next));
    }
}

/// Whether a call of this scope is fit to find out whether the client is open: not if its own operation was refused, because that may
/// be the only reason.
fn is_untroubled(own: Option<&Scope>) -> bool {
    let own = own.map(|own| &own.lane.window);
    own.is_none_or(|own| !own.is_refused() && !own.is_half_open())
}
