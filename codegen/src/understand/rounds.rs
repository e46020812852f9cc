//! From the document to the model in rounds: what a round finds at fault and can be left out is left out in the next one.
//!
//! Input: the document and the texts of `sdk.toml` and `names.lock`. Output: the named model, or the faults that stopped it, with the
//! document as far as it is left. Each pass reports all its faults at once, so a document takes about as many rounds as there are passes.

use std::collections::BTreeSet;

use crate::config::Config;
use crate::document::{Document, Node};
use crate::emit;
use crate::model::Api;
use crate::naming::{Lock, Names, Suggestion};
use crate::pointer::Pointer;
use crate::report::{Code, Fault, Input, Level};
use crate::resolve;

use super::locking::Locking;

/// The most rounds in which something is left out.
const MOST: usize = 30;

/// The API, its names, and notes.
type Named = (Api, Names, Vec<Fault>);

/// What the rounds begin with, and what is tolerated so far.
pub(super) struct Rounds<'a> {
    pub(super) document: Document,
    pub(super) config: &'a str,
    pub(super) locking: Locking<'a>,
    /// Whether stale entries of `sdk.toml` are ignored.
    pub(super) ignores_stale: bool,
    /// Whether operations that faults concern are left out.
    pub(super) leaves_out: bool,
    /// Whether they are because `sdk.toml` says so.
    pub(super) says_so: bool,
    /// The entries of `sdk.toml` that are ignored.
    pub(super) places: Vec<Pointer>,
    /// The faults of stale exceptions.
    pub(super) tolerated: Vec<Fault>,
    /// The faults of what is left out.
    pub(super) at_fault: Vec<Fault>,
}

/// What the rounds end with.
pub(super) struct Ended {
    pub(super) document: Document,
    pub(super) outcome: Result<Named, Vec<Fault>>,
    pub(super) tolerated: Vec<Fault>,
    pub(super) at_fault: Vec<Fault>,
    /// What is to be recorded in `names.lock`, where clashes are settled and the last round came to the names.
    pub(super) settled: Option<Lock>,
    /// The entries of `sdk.toml` that settle clashes, where they are asked for.
    pub(super) suggested: Vec<Suggestion>,
}

impl Rounds<'_> {
    /// Runs until nothing more can be ignored or left out.
    pub(super) fn run(mut self) -> Ended {
        let mut left = Vec::new();
        let mut rounds = 0;
        let outcome = loop {
            let faults = match self.round() {
                Ok(named) if left.is_empty() => break Ok(named),
                Ok(_) => break Err(left),
                Err(faults) => faults,
            };
            if self.ignores(&faults) {
                continue;
            }
            rounds += 1;
            let caused: Vec<bool> = faults.iter().map(|fault| self.is_caused(fault)).collect();
            let count = faults.len();
            let rest = match self.leaves_out && rounds <= MOST {
                true => self.leave_out(&faults),
                false => vec![true; count],
            };
            let goes_on = rest.iter().any(|stays| !stays);
            for ((fault, stays), caused) in faults.into_iter().zip(rest).zip(caused) {
                // Whether an entry of the lock is needed depends on what is left: the last round says.
                let comes_again = goes_on && self.says_so && fault.input == Input::Lock;
                match (caused || comes_again, stays) {
                    (true, _) => {}
                    (false, true) => left.push(fault),
                    (false, false) => self.at_fault.push(fault),
                }
            }
            if !goes_on {
                break Err(left);
            }
            if self.is_empty() {
                left.extend(self.nothing_left());
                break Err(left);
            }
        };
        let (settled, suggested) = self.locking.into_parts();
        Ended {
            document: self.document,
            outcome,
            tolerated: self.tolerated,
            at_fault: self.at_fault,
            settled,
            suggested,
        }
    }

    /// The model, with what the runtime does not support among the faults where operations can be left out.
    fn round(&mut self) -> Result<Named, Vec<Fault>> {
        self.locking.begin();
        if self.is_empty() {
            return Err(self.nothing_left());
        }
        let named = self.understand()?;
        if self.leaves_out {
            is_supported(&named.0)?;
        }
        Ok(named)
    }

    /// From the document to the named model, or every fault of every pass that can still run.
    fn understand(&mut self) -> Result<Named, Vec<Fault>> {
        let (document, forgotten) = (&self.document, self.places.as_slice());
        let (mut config, faults) = Config::read(self.config, document);
        let (mut notes, mut faults): (Vec<Fault>, Vec<Fault>) = faults
            .into_iter()
            .partition(|fault| fault.level == Level::Note);
        notes.extend_from_slice(document.notes());
        config.forget(forgotten);
        faults.retain(|fault| !(fault.is_stale() && forgotten.contains(&fault.pointer)));
        let recorded = self.locking.recorded().unwrap_or_else(|fault| {
            faults.push(fault);
            Lock::default()
        });
        let named = resolve::resolve(document, &config).and_then(|(api, found)| {
            notes.extend(found);
            // A name that clashes only with that of something left out is no clash, and none that is to be settled.
            if self.says_so {
                is_supported(&api)?;
            }
            let names = self.locking.name(&api, &config, recorded)?;
            Ok((api, names))
        });
        match named {
            Ok((api, names)) => {
                let unused = config.unused(document.left_out()).into_iter();
                let (noted, unused): (Vec<Fault>, Vec<Fault>) =
                    unused.partition(|fault| fault.level == Level::Note);
                notes.extend(noted);
                faults.extend(unused);
                if faults.is_empty() {
                    Ok((api, names, notes))
                } else {
                    Err(faults)
                }
            }
            Err(found) => {
                faults.extend(found);
                Err(faults)
            }
        }
    }

    /// Whether the fault may come from what is left out alone. That makes faults of entries of `sdk.toml`, and of the names of handles,
    /// methods and ids. They count where the SDK is to be made in this way, and not where only further faults are looked for.
    fn is_caused(&self, fault: &Fault) -> bool {
        if self.says_so || !self.leaves_out || self.document.left_out().is_empty() {
            return false;
        }
        let is_name = matches!(fault.code, Code::Name | Code::NameClash);
        let location = self.document.node(&fault.pointer.push("in"));
        let of_tree = fault.pointer.is_within(&Pointer::root().push("paths"))
            && (fault.pointer.tokens().len() <= 3
                || location.and_then(Node::as_str) == Some("path"));
        matches!(fault.input, Input::Config | Input::Lock)
            || fault.code == Code::NoHandle
            || (is_name && of_tree)
    }

    /// Ignores the entries of `sdk.toml` that are stale, for the next round; `false` if there are none.
    fn ignores(&mut self, faults: &[Fault]) -> bool {
        if !self.ignores_stale {
            return false;
        }
        let found: Vec<Fault> = faults
            .iter()
            .filter(|fault| fault.is_stale())
            .cloned()
            .collect();
        // An entry that was ignored and is reported again would be reported forever.
        let is_new = |fault: &Fault| !self.places.contains(&fault.pointer);
        if !found.iter().any(is_new) {
            return false;
        }
        self.places
            .extend(found.iter().map(|fault| fault.pointer.clone()));
        self.tolerated.extend(found);
        true
    }

    /// Leaves out what the faults concern, for the next round; returns which of them concern no operation in particular.
    fn leave_out(&mut self, faults: &[Fault]) -> Vec<bool> {
        let of_document = |fault: &&Fault| fault.input == Input::Spec;
        let mut found: Vec<Fault> = faults.iter().filter(of_document).cloned().collect();
        found.sort_by(|one, other| (one.code, &one.pointer).cmp(&(other.code, &other.pointer)));
        let kept = self.document.leave_out(found).into_iter();
        let kept: BTreeSet<(Pointer, String)> =
            kept.map(|fault| (fault.pointer, fault.message)).collect();
        let stays = |fault: &Fault| {
            !of_document(&fault) || kept.contains(&(fault.pointer.clone(), fault.message.clone()))
        };
        faults.iter().map(stays).collect()
    }

    /// Whether every operation is left out.
    fn is_empty(&self) -> bool {
        let left_out = self.document.left_out();
        self.leaves_out
            && !left_out.is_empty()
            && left_out.count() == self.document.operations().len()
    }

    /// The faults where every operation is left out: nothing says more than what is wrong with each.
    fn nothing_left(&self) -> Vec<Fault> {
        if !self.says_so {
            return Vec::new();
        }
        let message = "every operation of the document is at fault: nothing is left to generate";
        let help = "correct some of them, or write patterns under [import] in spec/sdk.toml that select others";
        let place = Pointer::root().push("paths");
        let fault = Fault::new(Input::Spec, place, message, help).code(Code::Document);
        let mut faults = self.at_fault.clone();
        faults.push(fault.on_key());
        faults
    }
}

/// Errors with what the runtime does not support.
fn is_supported(api: &Api) -> Result<(), Vec<Fault>> {
    let unsupported = emit::unsupported(api);
    match unsupported.is_empty() {
        true => Ok(()),
        false => Err(unsupported),
    }
}
