//! The comparison in parts, for the text of a pull request: what breaks with its migration, additions as calls, the wire.
//!
//! Input: a comparison. Output: a text for each part, empty where there is nothing in it. The order of the parts, and what is left out
//! where they are long, is decided by who puts them together.

use std::fmt::Write;

use crate::markdown::fenced;

use super::super::{Change, Comparison, Level};
use super::markdown::{self, capital, indented, titles};
use super::usage::usage;
use super::{counted, expired};

/// The parts of a comparison.
#[derive(Clone, Debug)]
pub(crate) struct Parts {
    /// The verdict and the counts.
    pub(crate) verdict: String,
    /// Stale exceptions.
    pub(crate) exceptions: String,
    /// Breaks, each with code before and after.
    pub(crate) breaks: String,
    /// Breaks that `sdk.toml` accepts.
    pub(crate) accepted: String,
    /// Nodes that are newly skipped.
    pub(crate) skips: String,
    /// Additions, as code uses them.
    pub(crate) additions: String,
    /// Changes of the wire.
    pub(crate) wire: String,
    /// Changes of documentation and of the document alone: how many.
    pub(crate) counts: String,
    /// The same, one by one.
    pub(crate) documentation: String,
}

impl Comparison {
    /// Its parts, as Markdown.
    pub(crate) fn parts(&self) -> Parts {
        let mut verdict = format!("**{}**\n", self.headline());
        let counts = self.counts();
        if !counts.is_empty() {
            let _ = write!(verdict, "\n{}.\n", capital(&counts));
        }
        let mut accepted = self.part(Level::Accepted, "Accepted breaks", markdown::group);
        let expired = expired(self);
        if !expired.is_empty() {
            let _ = write!(accepted, "\n{expired}");
        }
        let documentation = self.part(Level::Documentation, "Documentation", markdown::group);
        Parts {
            verdict,
            exceptions: written(self, markdown::exceptions),
            breaks: self.part(Level::Breaking, "Breaking", with_migration),
            accepted,
            skips: written(self, markdown::skips),
            additions: self.part(Level::Additive, "Additions", as_calls),
            wire: self.part(Level::Wire, "On the wire", markdown::group),
            counts: self.quiet_counts(),
            documentation: documentation + &written(self, markdown::rest),
        }
    }

    fn part(&self, level: Level, title: &str, write: fn(&[&Change], &mut String)) -> String {
        let groups = self.of(level);
        if groups.is_empty() {
            return String::new();
        }
        let mut text = format!("\n### {title} ({})\n", self.count(level));
        for group in groups {
            write(&group, &mut text);
        }
        text
    }

    fn quiet_counts(&self) -> String {
        let documentation = self.count(Level::Documentation);
        let documentation = (documentation > 0).then(|| {
            counted(
                documentation,
                "change of documentation",
                "changes of documentation",
            )
        });
        let rest = self.rest.len();
        let rest = (rest > 0).then(|| {
            counted(rest, "node", "nodes") + " of the document without an effect for users"
        });
        let counts: Vec<String> = documentation.into_iter().chain(rest).collect();
        match counts.is_empty() {
            true => String::new(),
            false => format!("\n### Documentation\n\n{}.\n", capital(&counts.join(", "))),
        }
    }
}

fn written(comparison: &Comparison, write: fn(&Comparison, &mut String)) -> String {
    let mut text = String::new();
    write(comparison, &mut text);
    text
}

/// What changes, and how code is moved from the old to the new.
fn with_migration(group: &[&Change], text: &mut String) {
    markdown::group(group, text);
    let (before, after) = (used(group, |it| &it.before), used(group, |it| &it.after));
    if before.is_empty() {
        return;
    }
    let after = match after.is_empty() {
        true => "// to nothing: it is gone\n".to_owned(),
        false => format!("// to\n{after}"),
    };
    let block = fenced("rust", &format!("// migrate from\n{before}{after}"));
    let _ = write!(text, "\n{}", indented(&block));
}

fn as_calls(group: &[&Change], text: &mut String) {
    let calls = used(group, |change| &change.after);
    if calls.is_empty() {
        return markdown::group(group, text);
    }
    text.push('\n');
    titles(group, text);
    let _ = write!(text, "\n{}", indented(&fenced("rust", &calls)));
}

/// How code uses the items of a group; equal lines once.
fn used(group: &[&Change], side: fn(&Change) -> &Vec<String>) -> String {
    let of_change = |change: &&Change| usage(&change.noun, &change.path, side(change));
    let mut lines: Vec<String> = group.iter().flat_map(of_change).collect();
    lines.dedup();
    lines.into_iter().map(|line| line + "\n").collect()
}
