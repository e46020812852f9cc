//! What a rule of `lint` finds at a node: a fault with related places and a correction.

use std::collections::BTreeMap;

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
        let mut findings: Vec<Option<Finding>> = self.findings.drain(..).map(Some).collect();
        let mut about: BTreeMap<(Input, Pointer), Vec<usize>> = BTreeMap::new();
        for (index, finding) in findings.iter().enumerate() {
            if let Some(finding) = finding.as_ref().filter(|it| it.is_of_the_generator()) {
                let node = (finding.input, finding.pointer.clone());
                about.entry(node).or_default().push(index);
            }
        }
        for oddity in oddities {
            let refused = oddity.refused;
            let found = desk.oddity(oddity);
            let node = (found.input, found.pointer.clone());
            let known = about.entry(node).or_default();
            let same = known.first().copied().filter(|_| refused);
            let Some(same) = same.and_then(|index| findings.get_mut(index)) else {
                // A note of the generator about the same node says less.
                known.retain(|index| match findings.get_mut(*index) {
                    Some(place) if place.as_ref().is_some_and(Finding::is_note) => {
                        *place = None;
                        false
                    }
                    _ => true,
                });
                findings.push(Some(found));
                continue;
            };
            match same {
                Some(fault) if !fault.is_note() => fault.take(found),
                _ => {
                    *same = Some(found);
                    known.remove(0);
                }
            }
        }
        self.findings = findings.into_iter().flatten().collect();
        self.and(Self::default())
    }
}

impl Finding {
    /// Whether this is a fault or a note of the generator.
    fn is_of_the_generator(&self) -> bool {
        matches!(self.level, Level::Fault | Level::Note)
    }

    fn is_note(&self) -> bool {
        self.level == Level::Note
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
