//! The service that does to calls what the plan says, and keeps a book about it.
//!
//! In: requests, each with the number of its call in a header. Out: replies, and for each call the [`Sending`]s that reached
//! the service: what was done to each, and whether the service acted on it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tests::server::{Recorded, Reply, Service};

use crate::answers::{Good, reply};
use crate::fault::Fault;
use crate::plan::{self, Plan, SENDINGS};

/// The header with the number of the call.
pub(crate) const TAG: &str = "x-call";

/// One sending of a call, of which the service has read the whole head.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sending {
    connection: usize,
    pub(crate) fault: Fault,
    /// Whether the service acted on it.
    pub(crate) accepted: bool,
}

/// What reached the service of each call.
pub(crate) type Book = Arc<Mutex<Vec<Vec<Sending>>>>;

pub(crate) fn read(book: &Book) -> MutexGuard<'_, Vec<Vec<Sending>>> {
    book.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The service.
pub(crate) struct Storm {
    seed: u64,
    book: Book,
}

impl Storm {
    pub(crate) fn new(seed: u64, calls: usize) -> (Self, Book) {
        let book = Arc::new(Mutex::new(vec![Vec::new(); calls]));
        let own = Arc::clone(&book);
        (Self { seed, book: own }, book)
    }
}

impl Service for Storm {
    fn connected(&self, connection: usize) -> Option<Reply> {
        plan::connection(self.seed, connection)
    }

    fn begun(&self, head: &Recorded) -> Option<Reply> {
        let call = number(head);
        let plan = Plan::new(self.seed, call);
        let mut book = read(&self.book);
        // One sending too many is the judge's business.
        let fault = plan.faults[book[call].len().min(SENDINGS - 1)];
        book[call].push(Sending {
            connection: head.connection,
            fault,
            accepted: false,
        });
        let good = || Good::new(plan.action, call);
        fault.is_unread().then(|| reply(fault, &good()))
    }

    fn reply(&self, _: usize, request: &Recorded) -> Reply {
        let call = number(request);
        let mut book = read(&self.book);
        let sendings = book[call].iter_mut().rev();
        let sending = sendings
            .into_iter()
            .find(|sending| sending.connection == request.connection)
            .unwrap();
        sending.accepted = sending.fault.is_processed();
        let fault = sending.fault;
        drop(book);
        reply(fault, &Good::new(Plan::new(self.seed, call).action, call))
    }
}

fn number(request: &Recorded) -> usize {
    request.header(TAG).unwrap().parse().unwrap()
}
