//! Runs the generator until nothing can be mended any more: a mend can bring the faults of later passes to light.
//!
//! In: the inputs with the wider slice. Out: the inputs with all mends, the faults that remain, and the comparison with the SDK that is
//! there. Names are settled when nothing else can be mended: they depend on what there is.

use crate::compare::{Comparison, Uncomparable, compare};
use crate::config::{Layout, node_of};
use crate::further::further;
use crate::naming::Suggestion;
use crate::render::render;
use crate::report::{Entry, Refused, Report};
use crate::source::Sources;
use crate::understand::{Model, model, suggest};

use super::mends::{Mended, Proposed};
use super::reasons;

/// The most rounds. Each finds something to mend, so that a document with more of them needs a person anyway.
const MOST: usize = 40;

/// The state of the rounds.
pub(super) struct Rounds<'a> {
    before: &'a Model<'a>,
    version: &'a str,
    mended: Mended,
}

/// What the rounds end with.
pub(super) struct Ended {
    pub(super) sources: Sources,
    pub(super) proposed: Vec<Proposed>,
    /// The faults that remain.
    pub(super) left: Option<Report>,
    pub(super) comparison: Option<Comparison>,
}

/// What a round finds.
enum Round {
    /// The generator refuses the inputs, or the comparison does.
    Refused(Report),
    /// Nothing is at fault.
    Done(Box<Comparison>),
}

impl<'a> Rounds<'a> {
    pub(super) fn new(before: &'a Model<'a>, sources: Sources, version: &'a str) -> Self {
        Self {
            before,
            version,
            mended: Mended::new(sources),
        }
    }

    pub(super) fn run(mut self) -> Ended {
        let mut round = self.round();
        for _ in 0..MOST {
            let Round::Refused(report) = &round else {
                break;
            };
            if !self.mend(report) {
                break;
            }
            round = self.round();
        }
        let (left, comparison) = match round {
            Round::Refused(report) => (Some(report), None),
            Round::Done(comparison) => (None, Some(*comparison)),
        };
        let (sources, proposed) = self.mended.into_parts();
        Ended {
            sources,
            proposed,
            left,
            comparison,
        }
    }

    fn round(&self) -> Round {
        let sources = &self.mended.sources;
        let rendered = match model(sources) {
            Ok(model) => render(&model),
            Err(report) => Err(further(sources, report)),
        };
        if let Err(report) = rendered {
            return Round::Refused(report);
        }
        match compare(self.before.sources, sources, self.version) {
            Ok(comparison) => match comparison.faults.clone() {
                Some(report) => Round::Refused(report),
                None => Round::Done(Box::new(comparison)),
            },
            Err(Uncomparable::Old(report) | Uncomparable::New(report)) => Round::Refused(report),
            Err(why @ Uncomparable::Version(_)) => {
                Round::Refused(reasons::uncomparable(&why, sources))
            }
        }
    }

    /// Mends what can be mended; `false` if nothing can.
    fn mend(&mut self, report: &Report) -> bool {
        let mut is_mended = self.mended.take_back(report);
        for refused in report.refused() {
            is_mended |= self.by_entry(&refused);
        }
        is_mended |= self.mended.by_overlay(report);
        is_mended
            || match self.before.names.layout {
                Layout::Flat => self.by_name(),
                Layout::Nested => self.mended.by_lock(self.before),
            }
    }

    /// Writes the first entry that concerns nothing which the SDK has already.
    fn by_entry(&mut self, refused: &Refused<'_>) -> bool {
        let mut entries = refused.entries.iter();
        let Some(entry) = entries.find(|entry| self.is_of_the_new(entry)).cloned() else {
            return false;
        };
        let reason = reasons::of_entry(&entry, refused.message);
        self.mended.write(entry, reason)
    }

    /// Whether an entry changes nothing of what the SDK has.
    fn is_of_the_new(&self, entry: &Entry) -> bool {
        let document = &self.before.document;
        let is_by_address = matches!(entry.table, "skip" | "unions");
        let is_known = is_by_address && node_of(document, &entry.key).is_some();
        !is_known && (entry.about.is_root() || document.node(&entry.about).is_none())
    }

    /// Names what clashes after what is around it; several variants of one type in one entry.
    fn by_name(&mut self) -> bool {
        let mut united: Vec<(Entry, Vec<String>)> = Vec::new();
        for Suggestion { entry, fault } in suggest(&self.mended.sources, self.before) {
            let known = united
                .iter_mut()
                .find_map(|(known, messages)| known.unite(&entry).then_some(messages));
            match known {
                Some(messages) if messages.contains(&fault.message) => {}
                Some(messages) => messages.push(fault.message),
                None => united.push((entry, vec![fault.message])),
            }
        }
        let mut is_mended = false;
        for (entry, messages) in united {
            let reason = reasons::of_name(&messages.join("; "));
            is_mended |= self.mended.write(entry, reason);
        }
        is_mended
    }
}
