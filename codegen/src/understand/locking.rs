//! The names of a round, with those that `names.lock` has. In: the text of the file, and the model. Out: the names; for
//! `cargo xtask codegen --lock` also what is to be recorded, for `spec widen` what `sdk.toml` is to say.

use crate::config::Config;
use crate::model::Api;
use crate::naming::{self, Lock, Names, Recorded, Suggestion};
use crate::report::Fault;

/// How the nodes are named whose own names clash.
pub(super) struct Locking<'a> {
    /// The text of `names.lock`.
    text: Option<&'a str>,
    clashes: Clashes<'a>,
    /// What is to be recorded after this round.
    settled: Option<Lock>,
    /// What `sdk.toml` is to say after this round.
    suggested: Vec<Suggestion>,
}

/// What becomes of clashes; with the names that things had before.
#[derive(Clone, Copy)]
pub(super) enum Clashes<'a> {
    /// They are faults.
    Refused,
    /// They are settled in `names.lock`.
    Settled(&'a Recorded),
    /// Entries of `sdk.toml` are suggested that settle them.
    Suggested(&'a Recorded),
}

impl<'a> Locking<'a> {
    pub(super) fn new(text: Option<&'a str>, clashes: Clashes<'a>) -> Self {
        Self {
            text,
            clashes,
            settled: None,
            suggested: Vec::new(),
        }
    }

    /// The recorded names.
    pub(super) fn recorded(&self) -> Result<Lock, Fault> {
        self.text.map_or_else(|| Ok(Lock::default()), Lock::read)
    }

    /// Begins a round.
    pub(super) fn begin(&mut self) {
        self.settled = None;
        self.suggested.clear();
    }

    /// Names everything, after clashes are settled where that is asked for.
    pub(super) fn name(
        &mut self,
        api: &Api,
        config: &Config,
        recorded: Lock,
    ) -> Result<Names, Vec<Fault>> {
        match self.clashes {
            Clashes::Refused => naming::name(api, config, &recorded),
            Clashes::Settled(before) => {
                let settled = naming::settle(api, config, recorded, before);
                let names = naming::name(api, config, &settled);
                self.settled = Some(settled);
                names
            }
            Clashes::Suggested(before) => {
                let (suggested, lock) = naming::suggest(api, config, before);
                self.suggested = suggested;
                naming::name(api, config, &lock)
            }
        }
    }

    /// What is to be recorded, which is `None` where the last round ended before anything was named; and what is suggested.
    pub(super) fn into_parts(self) -> (Option<Lock>, Vec<Suggestion>) {
        (self.settled, self.suggested)
    }
}
