//! What a rule of `lint` finds at a node: a fault with related places and a correction.

use crate::pointer::Pointer;

use super::{Desk, Fault, Finding, Input, Level, Locate, Report};
use crate::source::Sources;

/// What a rule finds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Oddity {
    /// Whether the generator refuses it too: a fault of the same node and this are one finding.
    pub refused: bool,
    /// The level, the rule, the place, the message and the help.
    pub fault: Fault,
    /// Other nodes of the document that it refers to.
    pub related: Vec<Pointer>,
    /// The overlay action that corrects it, ready to be pasted; may be empty.
    pub mend: String,
}

/// Another node that a finding refers to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Related {
    pub(super) path: String,
    pub(super) line: usize,
    pub(super) pointer: Pointer,
}

impl Report {
    /// The faults, and of the rest what these rules of `lint` found.
    #[must_use]
    pub fn only(mut self, rules: &[&str]) -> Self {
        self.findings
            .retain(|found| found.level == Level::Fault || rules.contains(&found.rule));
        self
    }

    /// The same report with the findings of `lint`. A node that the generator refuses too is one finding: the fault, with
    /// the additions of the rule. A node that it has a note on is one finding too: the oddity.
    #[must_use]
    pub fn with(mut self, oddities: Vec<Oddity>, sources: &Sources, locator: &dyn Locate) -> Self {
        let desk = Desk::of(sources, locator);
        for oddity in oddities {
            let refused = oddity.refused;
            let found = desk.oddity(oddity);
            let mut faults = self.findings.iter_mut();
            let same = faults.find(|fault| refused && fault.is_about(&found));
            match same {
                Some(note) if note.level == Level::Note => *note = found,
                Some(fault) => fault.take(found),
                None => {
                    // A note of the generator about the same node says less.
                    let is_note = |known: &Finding| {
                        known.level == Level::Note
                            && (known.input, &known.pointer) == (found.input, &found.pointer)
                    };
                    self.findings.retain(|known| !is_note(known));
                    self.findings.push(found);
                }
            }
        }
        self.and(Self::default())
    }
}

impl Finding {
    /// Whether this is a fault of the node of the other finding, or a note on it.
    fn is_about(&self, other: &Self) -> bool {
        matches!(self.level, Level::Fault | Level::Note)
            && self.input == other.input
            && self.pointer == other.pointer
    }

    /// Adds the findings of a rule of `lint` about the same node.
    fn take(&mut self, other: Self) {
        self.rule = other.rule;
        self.related = other.related;
        if !other.mend.is_empty() {
            self.help = other.help;
            self.mend = other.mend;
        }
    }
}

impl Desk<'_> {
    fn oddity(&self, oddity: Oddity) -> Finding {
        let Oddity {
            fault,
            refused: _,
            related,
            mend,
        } = oddity;
        Finding {
            related: related
                .into_iter()
                .map(|pointer| self.related(pointer))
                .collect(),
            mend,
            ..self.finding(fault)
        }
    }

    fn related(&self, pointer: Pointer) -> Related {
        let fault = Fault::new(Input::Spec, pointer, "", "").on_key();
        let Finding {
            path,
            line,
            pointer,
            ..
        } = self.finding(fault);
        Related {
            path,
            line,
            pointer,
        }
    }
}
