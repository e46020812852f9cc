//! The service, which applies the plan's faults to calls and records them.
//!
//! In: requests, each with the number of its call in a header. Out: responses, and for each call the [`Sending`]s that reached
//! the service: the fault of each, and whether the service acted on it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tests::server::{Recorded, Response, Service};

use crate::fault::Fault;
use crate::plan::{self, Plan, SENDINGS};
use crate::responses::{Good, respond};

/// The header with the number of the call.
pub(crate) const TAG: &str = "x-call";

/// One attempt of a call, of which the service has read the whole head.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sending {
    connection: usize,
    pub(crate) fault: Fault,
    /// Whether the service acted on it.
    pub(crate) accepted: bool,
}

/// The attempts that reached the service, by call.
pub(crate) type Log = Arc<Mutex<Vec<Vec<Sending>>>>;

pub(crate) fn read(log: &Log) -> MutexGuard<'_, Vec<Vec<Sending>>> {
    log.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The service.
pub(crate) struct FaultyService {
    seed: u64,
    log: Log,
}

impl FaultyService {
    pub(crate) fn new(seed: u64, calls: usize) -> (Self, Log) {
        let log = Arc::new(Mutex::new(vec![Vec::new(); calls]));
        let own = Arc::clone(&log);
        (Self { seed, log: own }, log)
    }
}

impl Service for FaultyService {
    fn connected(&self, connection: usize) -> Option<Response> {
        plan::connection(self.seed, connection)
    }

    fn begun(&self, head: &Recorded) -> Option<Response> {
        let call = number(head);
        let plan = Plan::new(self.seed, call);
        let mut log = read(&self.log);
        // An attempt too many is reported by the checks.
        let fault = plan.faults[log[call].len().min(SENDINGS - 1)];
        log[call].push(Sending {
            connection: head.connection,
            fault,
            accepted: false,
        });
        let good = || Good::new(plan.action, call);
        fault.is_unread().then(|| respond(fault, &good()))
    }

    fn respond(&self, _: usize, request: &Recorded) -> Response {
        let call = number(request);
        let mut log = read(&self.log);
        let sendings = log[call].iter_mut().rev();
        let sending = sendings
            .into_iter()
            .find(|sending| sending.connection == request.connection)
            .unwrap();
        sending.accepted = sending.fault.is_processed();
        let fault = sending.fault;
        drop(log);
        respond(fault, &Good::new(Plan::new(self.seed, call).action, call))
    }
}

fn number(request: &Recorded) -> usize {
    request.header(TAG).unwrap().parse().unwrap()
}
