//! A window together with the calls that wait for room in it, and the scope of an operation and account.

use std::collections::BTreeMap;
use std::time::Instant;

use tokio::sync::oneshot;

use crate::policy::rate::window::Window;

/// A window, and the calls that wait for room in it, by the number at which they began to wait.
#[derive(Debug)]
pub(super) struct Lane {
    pub(super) window: Window,
    pub(super) waiting: BTreeMap<u64, Waiter>,
}

/// A call that waits.
#[derive(Debug)]
pub(super) struct Waiter {
    /// Its scope and its operation, as in [`Caller`](crate::policy::rate::Caller).
    pub(super) scope: u64,
    pub(super) endpoint: u64,
    /// When it is to look again. If it does not, its program does not poll it.
    pub(super) due: Option<Instant>,
    /// Receives the number of the call.
    pub(super) granted: oneshot::Sender<u64>,
}

/// The scope of an operation and its account.
#[derive(Debug)]
pub(super) struct Scope {
    pub(super) lane: Lane,
    /// Identifies the operation.
    pub(super) endpoint: u64,
    /// Operation and account, once it has a limit.
    pub(super) name: Option<(&'static str, Option<String>)>,
}

impl Lane {
    pub(super) fn of(window: Window) -> Self {
        Self {
            window,
            waiting: BTreeMap::new(),
        }
    }

    /// Whether a call may be sent that has not waited.
    pub(super) fn has_room(&self) -> bool {
        self.waiting.is_empty() && self.window.room() > 0
    }

    /// Takes out the call that is sent next: the first that is polled and fit, else the first that is polled, else the first.
    pub(super) fn next(
        &mut self,
        now: Instant,
        is_fit: impl Fn(u64) -> bool,
    ) -> Option<(u64, Waiter)> {
        let is_polled = |waiter: &Waiter| waiter.due.is_none_or(|due| now <= due);
        let find = |is_next: &dyn Fn(&Waiter) -> bool| {
            let mut waiting = self.waiting.iter();
            Some(*waiting.find(|(_, waiter)| is_next(waiter))?.0)
        };
        let ticket = find(&|waiter| is_polled(waiter) && is_fit(waiter.scope))
            .or_else(|| find(&is_polled))
            .or_else(|| find(&|_| true))?;
        self.waiting.remove_entry(&ticket)
    }

    /// Whether no call waits or is in flight.
    pub(super) fn is_idle(&self) -> bool {
        self.waiting.is_empty() && self.window.is_idle()
    }
}

impl Scope {
    pub(super) fn open(next: u64, endpoint: u64) -> Self {
        Self {
            lane: Lane::of(Window::open(next)),
            endpoint,
            name: None,
        }
    }
}
