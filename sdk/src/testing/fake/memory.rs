//! The fake in memory: a transport that passes requests to the model.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use http::{Request, Response};

use super::model::{Handled, Model, Outcome};
use super::state::State;
use crate::BoxFuture;
use crate::policy::clock::Clock;
use crate::testing::clock::ManualClock;
use crate::transport::{Transport, TransportBody, TransportError};

/// The fake with its clock, as the clients and the test share it.
pub(crate) struct Shared {
    pub(crate) clock: ManualClock,
    state: Mutex<State>,
}

impl Shared {
    pub(crate) fn new(clock: ManualClock, model: Model) -> Self {
        let state = State::new(model, clock.time_of_day());
        Self {
            clock,
            state: Mutex::new(state),
        }
    }

    /// The state, after everything has happened that is due.
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.run_until(self.clock.time_of_day());
        state
    }

    /// The response of a request, after the time that it takes.
    pub(crate) async fn exchange(
        &self,
        request: Request<Bytes>,
    ) -> Result<Response<Bytes>, TransportError> {
        let handled = self.handle(request);
        if !handled.delay.is_zero() {
            self.clock.sleep(handled.delay).await;
        }
        match handled.outcome {
            Outcome::Response(response) => Ok(response),
            Outcome::Broken(fault, sent) => {
                let why = "the fake breaks this connection, because the test says so";
                Err(TransportError::new(fault, sent, why))
            }
        }
    }

    fn handle(&self, request: Request<Bytes>) -> Handled {
        self.clock.note_activity();
        let (time_of_day, at) = (self.clock.time_of_day(), self.clock.elapsed());
        self.state().handle(request, time_of_day, at)
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
            let response = self.0.exchange(request).await?;
            Ok(response.map(TransportBody::from))
        })
    }
}
