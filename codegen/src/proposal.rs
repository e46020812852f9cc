//! The text of a pull request that brings upstream's document up to date. In come the comparison, what the import found and
//! where the document is from; out comes markdown. It decides nothing and reads no file.

use crate::compare::{Comparison, ReportFormat};
use crate::markdown::{code, fenced};
use crate::report::MessageFormat;
use crate::report::Report;
use crate::slice::{Finding, FindingKind, Slice};

/// One of upstream's documents: what it is called, where it was and where it is now, as markdown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provenance {
    /// The repository with the file, or the file.
    pub document: String,
    /// Where the present slice is from.
    pub before: String,
    /// Where the new one is from.
    pub now: String,
}

/// What became of the document: operations, then types.
const TAKEN: [FindingKind; 7] = [
    FindingKind::OperationCame,
    FindingKind::OperationWent,
    FindingKind::ComponentCame,
    FindingKind::ComponentWent,
    FindingKind::Renamed,
    FindingKind::Changed,
    FindingKind::KeptNothing,
];

/// What waits for a person who writes sentences.
const WORDS: [FindingKind; 5] = [
    FindingKind::SentenceMissing,
    FindingKind::SentenceWritten,
    FindingKind::SentenceOrphaned,
    FindingKind::DocsMoved,
    FindingKind::ExtensionLeftOut,
];

/// The whole text: the verdict with every change for users, what was taken, which sentences are wanted, where it is from. `old` says
/// which state of the inputs it is compared with.
pub fn proposal(
    comparison: &Comparison,
    slice: &Slice,
    provenance: &[Provenance],
    old: &str,
    notes: &Report,
) -> String {
    let mut text = comparison.render(ReportFormat::Markdown);
    text.push_str(&taken(slice));
    text.push_str(&noted(notes));
    text.push_str(&origins(provenance));
    text.push_str(&format!("\nCompared with {old}.\n"));
    text
}

/// The same where nothing may be written: why, and what would have come.
pub fn refusal(
    report: &Report,
    comparison: Option<&Comparison>,
    provenance: &[Provenance],
) -> String {
    let report = fenced("text", &report.render(MessageFormat::Human));
    let mut text = format!(
        "**Refused: nothing was written.** The inputs have to be mended first.\n\n{report}"
    );
    if let Some(comparison) = comparison {
        text.push_str("\n## What would change\n\n");
        text.push_str(&comparison.render(ReportFormat::Markdown));
    }
    text.push_str(&origins(provenance));
    text
}

/// What the generator notes.
fn noted(notes: &Report) -> String {
    if notes.is_empty() {
        return String::new();
    }
    let count = notes.note_count();
    let notes = fenced("text", &notes.render(MessageFormat::Human));
    format!(
        "\n<details>\n<summary>Notes of the generator ({count})</summary>\n\n{notes}\n</details>\n"
    )
}

fn taken(slice: &Slice) -> String {
    let taken: String = TAKEN.iter().map(|kind| list(slice, *kind)).collect();
    let wanted: String = WORDS.iter().map(|kind| list(slice, *kind)).collect();
    let mut text = format!("\n### In the document\n\n{taken}");
    if !wanted.is_empty() {
        text.push_str(&format!(
            "\n<details>\n<summary>Sentences and extensions</summary>\n\n{wanted}\n</details>\n"
        ));
    }
    text
}

/// The findings of a kind, below its heading; nothing where there are none.
fn list(slice: &Slice, kind: FindingKind) -> String {
    let found = slice.findings.iter().filter(|one| one.kind == kind);
    let lines: Vec<String> = found.map(entry).collect();
    if lines.is_empty() {
        return String::new();
    }
    let heading = kind.heading();
    format!("- {heading} ({})\n{}", lines.len(), lines.concat())
}

fn entry(finding: &Finding) -> String {
    // Words of several lines would end the list.
    let words: Vec<&str> = finding.text.split_whitespace().collect();
    let words = code(&words.join(" "));
    let pointer = code(&finding.pointer);
    let text = match finding.kind {
        FindingKind::OperationCame
        | FindingKind::OperationWent
        | FindingKind::ComponentCame
        | FindingKind::ComponentWent
        | FindingKind::Renamed
        | FindingKind::Changed
        | FindingKind::DocsMoved
        | FindingKind::ExtensionLeftOut
        | FindingKind::KeptNothing => words,
        FindingKind::SentenceMissing => format!("{pointer}: no {words}"),
        FindingKind::SentenceWritten | FindingKind::SentenceOrphaned => {
            format!("{pointer}: {words}")
        }
    };
    format!("  - {text}\n")
}

fn origins(provenance: &[Provenance]) -> String {
    if provenance.is_empty() {
        return String::new();
    }
    let row = |one: &Provenance| format!("| {} | {} | {} |\n", one.document, one.before, one.now);
    let rows: String = provenance.iter().map(row).collect();
    format!("\n### Provenance\n\n| document | before | now |\n|---|---|---|\n{rows}")
}
