//! The report of a widening: what comes in, what is proposed as a difference of each file, and what it means for users.

use serde::Serialize;

use crate::output::patch;
use crate::pointer::Pointer;
use crate::report::MessageFormat;
use crate::slice::{Finding, FindingKind, Slice};
use crate::source::Source;

use super::{Proposed, Widening};

impl Widening {
    /// The report, without the faults that remain: for people, or a line of JSON for each thing.
    pub fn render(&self, format: MessageFormat) -> String {
        match format {
            MessageFormat::Human => self.human(),
            MessageFormat::Json | MessageFormat::Github => self.json(),
        }
    }

    fn human(&self) -> String {
        let mut text = operations(&self.slice);
        if !self.skipped.is_empty() {
            let count = self.skipped.len();
            text.push_str(&format!("of these left out by [skip]: {count}\n"));
            text.extend(self.skipped.iter().map(|id| format!("  {id}\n")));
        }
        for (old, new) in self.files() {
            let patch = patch(&new.path, old.map_or("", |old| &old.text), &new.text);
            if !patch.is_empty() {
                text.push_str(&format!("\n{patch}"));
            }
        }
        if let Some(comparison) = &self.comparison {
            text.push_str(&format!("\n{}", comparison.render_breaks()));
        }
        text.push_str(&format!("\n{}", self.counts()));
        text
    }

    /// The files that people write, as they are and as they would be. The slice is not one: it is upstream's.
    fn files(&self) -> Vec<(Option<&Source>, &Source)> {
        let (old, new) = (&self.before, &self.sources);
        let mut files = vec![(Some(&old.config), &new.config)];
        files.extend(new.overlay.iter().map(|new| (old.overlay.as_ref(), new)));
        files.extend(new.lock.iter().map(|new| (old.lock.as_ref(), new)));
        files
    }

    /// How much of everything there is, on one line each.
    fn counts(&self) -> String {
        let of = |kind| count(&self.slice, kind);
        let lines = self.proposed.iter().map(|proposed| match proposed {
            Proposed::Entry { .. } | Proposed::Lock => 1,
            Proposed::Actions(actions) => actions.matches("- target:").count(),
        });
        let rows = [
            (of(FindingKind::OperationCame), "operations that come in"),
            (self.skipped.len(), "of them that [skip] leaves out"),
            (of(FindingKind::ComponentCame), "components that come in"),
            (
                of(FindingKind::Changed) + of(FindingKind::Renamed),
                "operations and components of the slice that change: the source is newer than the slice, or another one",
            ),
            (
                lines.sum(),
                "proposed entries and actions, each to be looked at",
            ),
            (self.left.fault_count(), "faults that remain for a person"),
            (
                of(FindingKind::SentenceMissing) + of(FindingKind::SentenceWritten),
                "sentences to be written",
            ),
        ];
        let rows = rows.into_iter().filter(|(count, _)| *count > 0);
        rows.map(|(count, what)| format!("{count:>5}  {what}\n"))
            .collect()
    }

    fn json(&self) -> String {
        let mut text = self.slice.render(MessageFormat::Json);
        for proposed in &self.proposed {
            let line = match proposed {
                Proposed::Entry { entry, reason } => Line {
                    file: &self.sources.config.path,
                    table: entry.table,
                    key: &entry.key,
                    reason,
                    ..Line::default()
                },
                Proposed::Actions(actions) => Line {
                    file: self.sources.overlay.as_ref().map_or("", |it| &it.path),
                    actions,
                    ..Line::default()
                },
                Proposed::Lock => Line {
                    file: self.sources.lock.as_ref().map_or("", |it| &it.path),
                    ..Line::default()
                },
            };
            // Serialising strings cannot fail.
            text.push_str(&serde_json::to_string(&line).unwrap_or_default());
            text.push('\n');
        }
        text
    }
}

/// Something that is proposed, as a line of JSON; the keys are stable.
#[derive(Serialize)]
struct Line<'a> {
    kind: &'static str,
    file: &'a str,
    table: &'a str,
    key: &'a str,
    reason: &'a str,
    actions: &'a str,
}

impl Default for Line<'_> {
    fn default() -> Self {
        Self {
            kind: "proposed",
            file: "",
            table: "",
            key: "",
            reason: "",
            actions: "",
        }
    }
}

/// The operations that come and go.
fn operations(slice: &Slice) -> String {
    let mut text = String::new();
    for kind in [FindingKind::OperationCame, FindingKind::OperationWent] {
        let findings = slice.findings.iter().filter(|found| found.kind == kind);
        let lines: Vec<String> = findings.map(|it| format!("  {}\n", it.text)).collect();
        if !lines.is_empty() {
            text.push_str(&format!("{}: {}\n", kind.heading(), lines.len()));
            text.extend(lines);
        }
    }
    text
}

/// The operations that come in and that a proposed entry leaves out.
pub(super) fn skipped(slice: &Slice, proposed: &[Proposed]) -> Vec<String> {
    let findings = slice.findings.iter();
    let came = findings.filter(|found| found.kind == FindingKind::OperationCame);
    let is_skipped = |found: &&Finding| {
        let Some(operation) = Pointer::parse(&found.pointer) else {
            return false;
        };
        proposed.iter().any(|proposed| match proposed {
            Proposed::Entry { entry, .. } => {
                entry.table == "skip"
                    && !entry.key.contains(['?', '#'])
                    && entry.about.is_within(&operation)
            }
            Proposed::Actions(_) | Proposed::Lock => false,
        })
    };
    came.filter(is_skipped)
        .map(|found| found.text.clone())
        .collect()
}

fn count(slice: &Slice, kind: FindingKind) -> usize {
    let findings = slice.findings.iter();
    findings.filter(|found| found.kind == kind).count()
}
