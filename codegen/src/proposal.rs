//! The text of a pull request that brings upstream's document up to date.
//!
//! Input: the comparison, what the import found, and where the document is from. Output: Markdown, in the order in which a reviewer
//! needs it: the verdict, what to do next, breaks with their migration, additions as calls, the wire, counts of documentation, where the
//! document is from. It decides nothing and reads no file.

mod sections;
mod todo;

use crate::compare::{Comparison, Parts};
use crate::markdown::{code, fenced};
use crate::report::MessageFormat;
use crate::report::Report;
use crate::slice::{Finding, FindingKind, Slice};

use self::sections::{Section, bounded, whole};

pub use self::sections::MAX_CHARACTERS;

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
const TAKEN: [FindingKind; 8] = [
    FindingKind::Undefined,
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

/// The text of a pull request, or of an issue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// At most [`MAX_CHARACTERS`]: long lists are cut, and whole sections left out where needed.
    pub body: String,
    /// All of it.
    pub full: String,
}

impl Proposal {
    fn of(sections: &[Section]) -> Self {
        Self {
            body: bounded(sections),
            full: whole(sections),
        }
    }
}

/// The text of an update. `old` says which state of the inputs it is compared with, `missing` what version and changelog lack, as
/// tasks.
pub fn proposal(
    comparison: &Comparison,
    slice: &Slice,
    provenance: &[Provenance],
    old: &str,
    notes: &Report,
    missing: &[String],
) -> Proposal {
    let parts = comparison.parts();
    let mut sections = vec![
        Section::new("Verdict", 0, parts.verdict.clone()),
        Section::new("To do", 0, todo::of_update(comparison, slice, missing)),
    ];
    sections.extend(changes(parts));
    sections.extend([
        Section {
            name: "What was taken of the document",
            brief: taken(slice, &TAKEN, SHOWN),
            whole: taken(slice, &TAKEN, usize::MAX),
            rank: 8,
        },
        Section {
            name: "Sentences and extensions",
            brief: words(slice, SHOWN),
            whole: words(slice, usize::MAX),
            rank: 9,
        },
        Section::new("Notes of the generator", 7, noted(notes)),
        Section::new("Provenance", 0, origins(provenance)),
    ]);
    let commit = format!(
        "\nCompared with {old}. Commit: {}\n",
        code(&comparison.commit)
    );
    sections.push(Section::new("Commit", 0, commit));
    Proposal::of(&sections)
}

/// The most nodes of a kind that the bounded text lists.
const SHOWN: usize = 10;

/// The changes for users, most severe first.
fn changes(parts: Parts) -> Vec<Section> {
    let Parts {
        verdict: _,
        exceptions,
        breaks,
        accepted,
        skips,
        additions,
        wire,
        counts,
        documentation,
    } = parts;
    vec![
        Section::new("Stale exceptions", 1, exceptions),
        Section::new("Breaks", 2, breaks),
        Section::new("Accepted breaks", 3, accepted),
        Section::new("What is newly skipped", 4, skips),
        Section::new("Additions", 6, additions),
        Section::new("Changes of the wire", 5, wire),
        Section {
            name: "Changes of documentation",
            brief: counts,
            whole: documentation,
            rank: 0,
        },
    ]
}

/// The same where nothing may be written: why, and what would have come.
pub fn refusal(
    report: &Report,
    comparison: Option<&Comparison>,
    provenance: &[Provenance],
) -> Proposal {
    let faults = fenced("text", &report.render(MessageFormat::Human));
    let mut sections = vec![
        Section::new(
            "Refused",
            0,
            "**Refused: nothing was written.** The inputs have to be corrected first.\n".to_owned(),
        ),
        Section::new("To do", 0, todo::of_refusal(report)),
        Section::new("Faults", 1, format!("\n### Faults\n\n{faults}")),
    ];
    if let Some(comparison) = comparison {
        let parts = comparison.parts();
        let verdict = format!("\n## What would change\n\n{}", parts.verdict);
        sections.push(Section::new("Verdict", 0, verdict));
        sections.extend(changes(parts));
    }
    sections.push(Section::new("Provenance", 0, origins(provenance)));
    Proposal::of(&sections)
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

fn taken(slice: &Slice, kinds: &[FindingKind], most: usize) -> String {
    let taken: String = kinds.iter().map(|kind| list(slice, *kind, most)).collect();
    match taken.is_empty() {
        true => String::new(),
        false => format!("\n### In the document\n\n{taken}"),
    }
}

fn words(slice: &Slice, most: usize) -> String {
    let wanted: String = WORDS.iter().map(|kind| list(slice, *kind, most)).collect();
    match wanted.is_empty() {
        true => String::new(),
        false => format!(
            "\n<details>\n<summary>Sentences and extensions</summary>\n\n{wanted}\n</details>\n"
        ),
    }
}

/// The first findings of a kind, below its heading; nothing where there are none.
fn list(slice: &Slice, kind: FindingKind, most: usize) -> String {
    let found = slice.findings.iter().filter(|one| one.kind == kind);
    let lines: Vec<String> = found.map(entry).collect();
    if lines.is_empty() {
        return String::new();
    }
    let (heading, count) = (kind.heading(), lines.len());
    let more = match count.saturating_sub(most) {
        0 => String::new(),
        left => format!("  - and {left} more\n"),
    };
    let shown: String = lines.into_iter().take(most).collect();
    format!("- {heading} ({count})\n{shown}{more}")
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
        FindingKind::Undefined | FindingKind::SentenceWritten | FindingKind::SentenceOrphaned => {
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
