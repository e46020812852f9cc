//! In: differences. Out: text for people, for programs or for GitHub.

use std::fmt::Write as _;

use serde::Serialize;

use super::compare::Foreign;
use super::{Difference, DifferenceKind};
use crate::report::{Annotation, MessageFormat};

/// How differences are rendered.
#[derive(Clone, Copy, Debug)]
pub struct RenderOptions<'a> {
    /// The format.
    pub format: MessageFormat,
    /// The output folder as people write it, with forward slashes.
    pub folder: &'a str,
    /// The command that repairs.
    pub repair: &'a str,
}

/// Renders every difference; the last line is the command that repairs.
#[must_use]
pub fn render(differences: &[Difference], options: RenderOptions<'_>) -> String {
    let mut text = String::new();
    for difference in differences {
        let path = format!(
            "{}/{}",
            options.folder.trim_end_matches('/'),
            difference.path
        );
        let rendered = match options.format {
            MessageFormat::Human => human(&path, &difference.kind),
            MessageFormat::Json => json(&path, &difference.kind),
            MessageFormat::Github => github(&path, &difference.kind),
        };
        text.push_str(&rendered);
    }
    text.push_str(&ending(differences, options));
    text
}

fn human(path: &str, kind: &DifferenceKind) -> String {
    let mut text = format!("{}: {path}: {}\n", word(kind), message(kind));
    if let DifferenceKind::Changed { diff, .. } = kind {
        for line in diff.lines() {
            // An empty line of context stays free of trailing spaces.
            let _ = writeln!(text, "{}", format!("    {line}").trim_end());
        }
    }
    text
}

/// One line of the output for programs. A struct keeps the order of its keys.
#[derive(Default, Serialize)]
struct JsonDifference<'a> {
    kind: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    diff: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    command: Option<&'a str>,
}

impl JsonDifference<'_> {
    fn to_json(&self) -> String {
        // Strings always serialize; an empty line would show that this no longer holds.
        serde_json::to_string(self).unwrap_or_default() + "\n"
    }
}

fn json(path: &str, kind: &DifferenceKind) -> String {
    let diff = match kind {
        DifferenceKind::Changed { diff, .. } => Some(diff.as_str()),
        _ => None,
    };
    let (path, message) = (Some(path), Some(message(kind)));
    JsonDifference {
        kind: word(kind),
        path,
        message,
        diff,
        command: None,
    }
    .to_json()
}

fn github(path: &str, kind: &DifferenceKind) -> String {
    let mut body = message(kind).to_owned();
    if let DifferenceKind::Changed { diff, .. } = kind {
        body.push('\n');
        body.push_str(diff);
    }
    let annotation = Annotation {
        command: "error",
        file: Some(path),
        line: None,
        column: None,
        title: word(kind),
        message: body.trim_end(),
    };
    annotation.text()
}

fn ending(differences: &[Difference], options: RenderOptions<'_>) -> String {
    let foreign = differences
        .iter()
        .filter(|one| matches!(one.kind, DifferenceKind::Foreign(_)))
        .count();
    let ours = differences.len() - foreign;
    match options.format {
        _ if differences.is_empty() => String::new(),
        MessageFormat::Json => JsonDifference {
            kind: "repair",
            command: Some(options.repair),
            ..JsonDifference::default()
        }
        .to_json(),
        MessageFormat::Human | MessageFormat::Github => {
            let mut text = String::from("\n");
            if ours > 0 {
                let _ = writeln!(
                    text,
                    "{} out of date under {}.",
                    files(ours),
                    options.folder
                );
            }
            if foreign > 0 {
                let _ = writeln!(
                    text,
                    "{} not the generator's: move or delete the foreign files first.",
                    files(foreign),
                );
            }
            let _ = writeln!(text, "To repair, run: {}", options.repair);
            text
        }
    }
}

/// Counts paths, with the verb.
fn files(count: usize) -> String {
    if count == 1 {
        "1 path is".to_owned()
    } else {
        format!("{count} paths are")
    }
}

fn word(kind: &DifferenceKind) -> &'static str {
    match kind {
        DifferenceKind::Missing => "missing",
        DifferenceKind::Changed { .. } => "changed",
        DifferenceKind::Stale | DifferenceKind::Leftover => "stale",
        DifferenceKind::Foreign(_) => "foreign",
    }
}

fn message(kind: &DifferenceKind) -> &'static str {
    match kind {
        DifferenceKind::Missing => "the generator writes this file, and it does not exist",
        DifferenceKind::Changed { crlf: false, .. } => {
            "its content differs from the generated text"
        }
        DifferenceKind::Changed { crlf: true, diff } if diff.is_empty() => {
            "only the line endings differ: CRLF on the disk, LF generated"
        }
        DifferenceKind::Changed { crlf: true, .. } => {
            "its content differs from the generated text, and its line endings are CRLF instead of LF"
        }
        DifferenceKind::Stale => "it has the generator's header and is no longer generated",
        DifferenceKind::Leftover => "an interrupted run left it behind",
        DifferenceKind::Foreign(Foreign::NoHeader) => "a file without the generator's header",
        DifferenceKind::Foreign(Foreign::Link) => {
            "a symbolic link, which the generator does not follow"
        }
        DifferenceKind::Foreign(Foreign::Folder) => "a folder in the place of a generated file",
        DifferenceKind::Foreign(Foreign::Other) => "neither a file nor a folder with a plain name",
    }
}
