//! The report for programs: JSON lines, and the workflow commands that annotate a pull request.

use serde::Serialize;

use super::workflow::Annotation;
use super::{Finding, Level, Related};

/// One finding as a line of JSON; the keys are stable.
#[derive(Serialize)]
struct JsonFinding<'a> {
    level: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    code: &'static str,
    path: &'a str,
    line: usize,
    column: usize,
    pointer: &'a str,
    message: &'a str,
    help: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    rule: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related: Vec<JsonRelated<'a>>,
    #[serde(skip_serializing_if = "str::is_empty")]
    mend: &'a str,
}

/// Another place that a finding refers to.
#[derive(Serialize)]
struct JsonRelated<'a> {
    path: &'a str,
    line: usize,
    pointer: &'a str,
}

/// One JSON object per finding and line.
pub(super) fn json(findings: &[Finding]) -> String {
    let mut text = String::new();
    for finding in findings {
        let line = JsonFinding {
            level: match finding.level {
                Level::Fault => "fault",
                Level::Oddity => "oddity",
                Level::Mended => "mended",
                Level::Note => "note",
            },
            code: finding.code_id(),
            path: &finding.path,
            line: finding.line,
            column: finding.column,
            pointer: finding.pointer.as_str(),
            message: &finding.message,
            help: &finding.help,
            rule: finding.rule,
            related: finding.related.iter().map(place).collect(),
            mend: &finding.mend,
        };
        // Serialising strings and numbers cannot fail.
        text.push_str(&serde_json::to_string(&line).unwrap_or_default());
        text.push('\n');
    }
    text
}

fn place(related: &Related) -> JsonRelated<'_> {
    let Related {
        path,
        line,
        pointer,
    } = related;
    JsonRelated {
        path,
        line: *line,
        pointer: pointer.as_str(),
    }
}

/// One `::error`, `::warning` or `::notice` command per finding and line.
pub(super) fn github(findings: &[Finding]) -> String {
    let mut text = String::new();
    for finding in findings {
        let command = match finding.level {
            Level::Fault => "error",
            Level::Oddity => "warning",
            Level::Mended | Level::Note => "notice",
        };
        let id = finding.id();
        let mend = match finding.mend.as_str() {
            "" => String::new(),
            mend => format!("\n\n{mend}"),
        };
        let help = if finding.help.is_empty() {
            String::new()
        } else {
            format!("\nhelp: {}", finding.help)
        };
        let title = match finding.pointer.is_root() {
            true => &finding.path,
            false => finding.pointer.as_str(),
        };
        let annotation = Annotation {
            command,
            file: Some(&finding.path),
            line: Some(finding.line),
            column: Some(finding.column),
            title,
            message: &format!("{} [{id}]{help}{mend}", finding.message),
        };
        text.push_str(&annotation.text());
    }
    text
}
