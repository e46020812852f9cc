//! The names of a round, with those that `names.lock` has. In: the text of the file, and the model. Out: the names; for
//! `cargo xtask codegen --lock` also what is to be recorded.

use crate::config::Config;
use crate::model::Api;
use crate::naming::{self, Lock, Names, Recorded};
use crate::report::Fault;

/// How the nodes are named whose own names clash.
pub(super) struct Locking<'a> {
    /// The text of `names.lock`.
    text: Option<&'a str>,
    /// The names that things had before, where clashes are settled.
    before: Option<&'a Recorded>,
    /// What is to be recorded after this round.
    settled: Option<Lock>,
}

impl<'a> Locking<'a> {
    pub(super) fn new(text: Option<&'a str>, before: Option<&'a Recorded>) -> Self {
        Self {
            text,
            before,
            settled: None,
        }
    }

    /// The recorded names.
    pub(super) fn recorded(&self) -> Result<Lock, Fault> {
        self.text.map_or_else(|| Ok(Lock::default()), Lock::read)
    }

    /// Begins a round.
    pub(super) fn begin(&mut self) {
        self.settled = None;
    }

    /// Names everything, after clashes are settled where that is asked for.
    pub(super) fn name(
        &mut self,
        api: &Api,
        config: &Config,
        recorded: Lock,
    ) -> Result<Names, Vec<Fault>> {
        let Some(before) = self.before else {
            return naming::name(api, config, &recorded);
        };
        let settled = naming::settle(api, config, recorded, before);
        let names = naming::name(api, config, &settled);
        self.settled = Some(settled);
        names
    }

    /// What is to be recorded; `None` where the last round ended before anything was named.
    pub(super) fn into_settled(self) -> Option<Lock> {
        self.settled
    }
}
