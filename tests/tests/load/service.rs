//! The service, which applies the plan's faults to calls and records them.
//!
//! In: requests, each with the number of its call in a header. Out: responses, and for each call the [`Sending`]s that reached
//! the service: the fault of each, and whether the service acted on it.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tests::server::{Recorded, Response, Service};

use crate::fault::Fault;
use crate::plan::{self, Plan, SENDINGS};
use crate::responses::{Good, respond};
use crate::scenario::Scenario;

/// The header with the number of the call.
pub(crate) const TAG: &str = "x-call";

/// One attempt of a call, of which the service has read the whole head.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sending {
    connection: usize,
    pub(crate) fault: Fault,
    /// Whether the service acted on it.
    pub(crate) accepted: bool,
    /// Whether its connection ended by the fault of another call, after the attempt began.
    pub(crate) is_cut: bool,
}

impl Sending {
    /// Whether the service had the head and not the whole request when it ended, though it wanted to act on it.
    pub(crate) fn is_incomplete(&self) -> bool {
        !self.accepted && (self.fault.is_processed() || self.fault.is_unread())
    }
}

/// The attempts that reached the service, by call.
pub(crate) type Log = Arc<Mutex<Vec<Vec<Sending>>>>;

pub(crate) fn read(log: &Log) -> MutexGuard<'_, Vec<Vec<Sending>>> {
    log.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The service.
pub(crate) struct FaultyService {
    scenario: Scenario,
    seed: u64,
    log: Log,
    /// The connections that a fault has ended, or is about to end. It is locked after the log.
    ended: Mutex<BTreeSet<usize>>,
}

impl FaultyService {
    pub(crate) fn new(scenario: Scenario, seed: u64) -> (Self, Log) {
        let log = Arc::new(Mutex::new(vec![Vec::new(); scenario.calls]));
        let service = Self {
            scenario,
            seed,
            log: Arc::clone(&log),
            ended: Mutex::default(),
        };
        (service, log)
    }

    fn plan(&self, call: usize) -> Plan {
        Plan::new(self.scenario, self.seed, call)
    }

    /// The fault of the next attempt of a call.
    fn next_fault(&self, call: usize) -> Fault {
        // An attempt too many is reported by the checks.
        let sendings = read(&self.log)[call].len();
        self.plan(call).faults[sendings.min(SENDINGS - 1)]
    }

    fn begin(&self, call: usize, fault: Fault, connection: usize) {
        let mut log = read(&self.log);
        log[call].push(Sending {
            connection,
            fault,
            accepted: false,
            is_cut: self.ended().contains(&connection),
        });
        if fault.is_unread() {
            self.end(connection, call, &mut log);
        }
    }

    /// A connection ends by the fault of a call: the last attempts of other calls may end with it.
    fn end(&self, connection: usize, by: usize, log: &mut [Vec<Sending>]) {
        self.ended().insert(connection);
        for (call, sendings) in log.iter_mut().enumerate() {
            if let Some(last) = sendings.last_mut() {
                last.is_cut |= last.connection == connection && call != by;
            }
        }
    }

    fn ended(&self) -> MutexGuard<'_, BTreeSet<usize>> {
        self.ended.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn response(&self, fault: Fault, call: usize) -> Response {
        let good = Good::new(self.scenario.protocol, self.plan(call).action, call);
        respond(fault, &good)
    }
}

impl Service for FaultyService {
    fn connected(&self, connection: usize) -> Option<Response> {
        plan::connection(self.seed, connection)
    }

    fn retires(&self, head: &Recorded) -> bool {
        let call = number(head);
        let is_retired = self.next_fault(call) == Fault::Retired;
        if is_retired {
            self.begin(call, Fault::Retired, head.connection);
        }
        is_retired
    }

    fn begun(&self, head: &Recorded) -> Option<Response> {
        let call = number(head);
        let fault = self.next_fault(call);
        self.begin(call, fault, head.connection);
        fault.is_unread().then(|| self.response(fault, call))
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
        if fault.ends_connection() {
            self.end(request.connection, call, &mut log);
        }
        drop(log);
        self.response(fault, call)
    }
}

fn number(request: &Recorded) -> usize {
    request.header(TAG).unwrap().parse().unwrap()
}
