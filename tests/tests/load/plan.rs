//! What is asked for, and what is done to it: all of it follows from the seed.
//!
//! In: a seed and the number of a call or of a connection. Out: the call's action and the fault of each of its sendings, or
//! the fault of the connection. The order in which 64 tasks get their turns changes nothing of it.

use tests::server::Reply;

use crate::action::{Action, Form};
use crate::fault::Fault;
use crate::random::Random;

/// How often a call can be sent.
pub(crate) const SENDINGS: usize = 3;

/// What one call asks for, and what is done to its first, second and third sending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Plan {
    pub(crate) action: Action,
    pub(crate) faults: [Fault; SENDINGS],
}

impl Plan {
    pub(crate) fn new(seed: u64, call: usize) -> Self {
        let mut random = Random::new(seed, call as u64);
        let action = random.choose(Action::ALL);
        let faults = [(); SENDINGS].map(|()| match (random.choose(Fault::ALL), action.form()) {
            // A file that is announced as shorter than it is, is a shorter file: nobody can tell.
            (Fault::LengthTooShort, Form::Bytes | Form::File) => Fault::Truncated,
            (fault, _) => fault,
        });
        Self { action, faults }
    }
}

/// What is done to a connection before anything is read from it.
pub(crate) fn connection(seed: u64, number: usize) -> Option<Reply> {
    type End = fn(Reply) -> Reply;
    const CHOICES: &[(Option<End>, u64)] =
        &[(None, 38), (Some(Reply::close), 1), (Some(Reply::reset), 1)];
    let end = Random::new(!seed, number as u64).choose(CHOICES)?;
    Some(end(Reply::default()))
}
