//! What a test makes the fake do: fail, lose a response, take its time.
//!
//! In: the name of an operation. Out: what is to happen to its next request. Each failure is used once; a delay lasts.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use super::failure::Failure;
use crate::transport::{Fault, Sent};

/// What a test has asked for, by the name of the operation.
#[derive(Debug, Default)]
pub(crate) struct Levers {
    next: BTreeMap<&'static str, VecDeque<Trouble>>,
    delays: BTreeMap<&'static str, Duration>,
}

/// What happens to one request.
#[derive(Clone, Debug)]
pub(crate) enum Trouble {
    /// It fails, and changes nothing.
    Fails(Failure),
    /// The connection breaks, and nothing changes.
    Breaks(Fault, Sent),
    /// It is processed, and the connection breaks before the response.
    LosesResponse,
}

impl Levers {
    /// Lets this happen to a request of the operation: the first one for which nothing is set yet.
    pub(crate) fn add(&mut self, operation: &'static str, trouble: Trouble) {
        self.next.entry(operation).or_default().push_back(trouble);
    }

    /// What happens to the request that comes now.
    pub(crate) fn take(&mut self, operation: &str) -> Option<Trouble> {
        self.next.get_mut(operation)?.pop_front()
    }

    /// Lets each response of the operation take this long.
    pub(crate) fn delay(&mut self, operation: &'static str, by: Duration) {
        self.delays.insert(operation, by);
    }

    /// How long the response of a request takes.
    pub(crate) fn delay_of(&self, operation: &str) -> Duration {
        self.delays.get(operation).copied().unwrap_or_default()
    }
}
