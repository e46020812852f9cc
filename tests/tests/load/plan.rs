//! The plan of each call: its action and its faults, which follow from the seed.
//!
//! In: a scenario, a seed and the number of a call or of a connection. Out: the call's action and the fault of each of its attempts, or
//! the fault of the connection. The order in which the 64 tasks run does not change it.

use tests::server::Response;

use crate::action::{Action, Form};
use crate::fault::Fault;
use crate::random::Random;
use crate::scenario::Scenario;

/// How often a call can be sent at most, apart from attempts that do not count.
pub(crate) const SENDINGS: usize = 3;

/// The action of one call, and the faults of its first, second and third attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Plan {
    pub(crate) action: Action,
    pub(crate) faults: [Fault; SENDINGS],
}

impl Plan {
    pub(crate) fn new(scenario: Scenario, seed: u64, call: usize) -> Self {
        let mut random = Random::new(seed, call as u64);
        let action = random.choose(scenario.actions);
        let faults =
            [(); SENDINGS].map(|()| match (random.choose(scenario.faults), action.form()) {
                // A file announced as shorter than it is cannot be distinguished from a shorter file.
                (Fault::LengthTooShort, Form::Bytes | Form::File) => Fault::Truncated,
                (fault, _) => fault,
            });
        Self { action, faults }
    }
}

/// The fault of a connection, before anything is read from it.
pub(crate) fn connection(seed: u64, number: usize) -> Option<Response> {
    type End = fn(Response) -> Response;
    const CHOICES: &[(Option<End>, u64)] = &[
        (None, 38),
        (Some(Response::close), 1),
        (Some(Response::reset), 1),
    ];
    let end = Random::new(!seed, number as u64).choose(CHOICES)?;
    Some(end(Response::default()))
}
