//! The report of an import: for people, as JSON lines, or as workflow commands.

use serde::Serialize;

use crate::report::MessageFormat;
use crate::report::command;

/// A fact about an import that a maintainer may want to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What it is about.
    pub kind: FindingKind,
    /// The node, by its pointer: into the present slice for what was removed, else into the new one. May be empty.
    pub pointer: String,
    /// Its name, or the prose itself.
    pub text: String,
}

/// What a finding is about, in the order of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FindingKind {
    /// A reference to what upstream does not define.
    Undefined,
    /// An operation that the present slice does not have.
    OperationCame,
    /// An operation that upstream has withdrawn.
    OperationWent,
    /// A component that the present slice does not have.
    ComponentCame,
    /// A component that nothing reaches any more.
    ComponentWent,
    /// An operation or component that upstream calls otherwise.
    Renamed,
    /// An operation, component or section whose content differs.
    Changed,
    /// A node without a description or summary.
    SentenceMissing,
    /// A standard phrase in place of a sentence of ours.
    SentenceWritten,
    /// A sentence or example of ours whose node was removed.
    SentenceOrphaned,
    /// An entry of `[docs]` whose node has another address.
    DocsMoved,
    /// An extension that is left out.
    ExtensionLeftOut,
    /// An entry of `[import] keep` that can go.
    KeptNothing,
}

impl FindingKind {
    /// The kind in reports for programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Undefined => "undefined",
            Self::OperationCame => "operation-came",
            Self::OperationWent => "operation-went",
            Self::ComponentCame => "component-came",
            Self::ComponentWent => "component-went",
            Self::Renamed => "renamed",
            Self::Changed => "changed",
            Self::SentenceMissing => "sentence-missing",
            Self::SentenceWritten => "sentence-written",
            Self::SentenceOrphaned => "sentence-orphaned",
            Self::DocsMoved => "docs-moved",
            Self::ExtensionLeftOut => "extension-left-out",
            Self::KeptNothing => "kept-nothing",
        }
    }

    pub(crate) fn heading(self) -> &'static str {
        match self {
            Self::Undefined => {
                "undefined by upstream: define it in spec/overlay.yaml, or skip what refers to it in spec/sdk.toml"
            }
            Self::OperationCame => "new operations",
            Self::OperationWent => "operations that are gone",
            Self::ComponentCame => "new components",
            Self::ComponentWent => "components that are gone",
            Self::Renamed => "renamed",
            Self::Changed => "changed",
            Self::SentenceMissing => "nodes without a sentence of ours",
            Self::SentenceWritten => "sentences to be written: a standard phrase is there now",
            Self::SentenceOrphaned => "sentences of ours whose node is gone",
            Self::DocsMoved => "entries of [docs] that have followed their nodes",
            Self::ExtensionLeftOut => "extensions that are left out",
            Self::KeptNothing => "entries of [import] keep that keep nothing: remove them",
        }
    }
}

impl Finding {
    pub(super) fn new(kind: FindingKind, pointer: &str, text: impl Into<String>) -> Self {
        Self {
            kind,
            pointer: pointer.to_owned(),
            text: text.into(),
        }
    }

    /// The finding as people read it below its heading, on one or more lines.
    fn line(&self) -> String {
        let Self {
            kind,
            pointer,
            text,
        } = self;
        match kind {
            FindingKind::OperationCame
            | FindingKind::OperationWent
            | FindingKind::ComponentCame
            | FindingKind::ComponentWent
            | FindingKind::Renamed
            | FindingKind::Changed
            | FindingKind::DocsMoved
            | FindingKind::ExtensionLeftOut
            | FindingKind::KeptNothing => format!("  {text}\n"),
            FindingKind::SentenceMissing => format!("  #{pointer}: no `{text}`\n"),
            FindingKind::SentenceWritten | FindingKind::SentenceOrphaned
                if text.trim_end().contains('\n') =>
            {
                let lines: String = text.lines().map(|line| format!("    {line}\n")).collect();
                format!("  #{pointer}:\n{lines}")
            }
            FindingKind::Undefined
            | FindingKind::SentenceWritten
            | FindingKind::SentenceOrphaned => {
                format!("  #{pointer}: {}\n", text.trim_end())
            }
        }
    }
}

/// A finding as a line of JSON; the keys are stable.
#[derive(Serialize)]
struct JsonChange<'a> {
    kind: &'static str,
    pointer: &'a str,
    text: &'a str,
}

/// Writes findings, which are sorted by kind.
pub(super) fn render(findings: &[Finding], format: MessageFormat) -> String {
    match format {
        MessageFormat::Human => human(findings),
        MessageFormat::Json => findings.iter().map(json).collect(),
        MessageFormat::Github => findings.iter().map(github).collect(),
    }
}

fn human(findings: &[Finding]) -> String {
    let mut text = String::new();
    for group in findings.chunk_by(|one, two| one.kind == two.kind) {
        let Some(first) = group.first() else {
            continue;
        };
        text.push_str(&format!("{}: {}\n", first.kind.heading(), group.len()));
        text.extend(group.iter().map(Finding::line));
    }
    text
}

fn json(finding: &Finding) -> String {
    let Finding {
        kind,
        pointer,
        text,
    } = finding;
    let line = JsonChange {
        kind: kind.name(),
        pointer,
        text,
    };
    // Serialising strings cannot fail.
    format!("{}\n", serde_json::to_string(&line).unwrap_or_default())
}

fn github(finding: &Finding) -> String {
    let heading = finding.kind.heading();
    command("notice", None, heading, finding.line().trim())
}
