//! The door in memory: a transport that passes requests to the model.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};

use super::model::{Handled, Model, Outcome};
use super::moment::Moment;
use crate::BoxFuture;
use crate::policy::clock::Clock;
use crate::testing::clock::ManualClock;
use crate::testing::request::SentRequest;
use crate::transport::{Transport, TransportBody, TransportError};

/// How many requests the log keeps: the latest.
const LOGGED: usize = 100_000;

/// The model with its clock, as the clients and the test share it.
pub(crate) struct Shared {
    pub(crate) clock: ManualClock,
    /// How far the fake's time is ahead of the clock's time of day: a state that was read back goes on where it ended.
    ahead: Duration,
    state: Mutex<State>,
}

/// What the lock protects.
pub(crate) struct State {
    pub(crate) model: Model,
    pub(crate) requests: VecDeque<SentRequest>,
}

impl Shared {
    pub(crate) fn new(clock: ManualClock, model: Model) -> Self {
        let requests = VecDeque::new();
        Self {
            ahead: model.world.now.since(Moment::of(clock.time_of_day())),
            clock,
            state: Mutex::new(State { model, requests }),
        }
    }

    /// The model, after everything has happened that is due.
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Moment::of(self.clock.time_of_day()).plus(self.ahead);
        state.model.world.run_until(now);
        state
    }

    fn handle(&self, request: Request<Bytes>) -> Handled {
        self.clock.note_activity();
        let mut state = self.state();
        let now = state.model.world.now;
        let handled = state.model.handle(now, &request);
        if state.requests.len() == LOGGED {
            state.requests.pop_front();
        }
        state
            .requests
            .push_back(SentRequest::new(request, self.clock.elapsed()));
        handled
    }
}

/// The transport of a client of the fake.
pub(crate) struct MemoryTransport(pub(crate) Arc<Shared>);

impl fmt::Debug for MemoryTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MemoryTransport(..)")
    }
}

impl Transport for MemoryTransport {
    fn exchange(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<TransportBody>, TransportError>> {
        Box::pin(async move {
            let handled = self.0.handle(request);
            if !handled.delay.is_zero() {
                self.0.clock.sleep(handled.delay).await;
            }
            match handled.outcome {
                Outcome::Response(response) => Ok(response.map(TransportBody::from)),
                Outcome::Broken(fault, sent) => {
                    let why = "the fake breaks this connection, because the test says so";
                    Err(TransportError::new(fault, sent, why))
                }
            }
        })
    }
}
