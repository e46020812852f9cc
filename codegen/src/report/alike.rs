//! Findings that say the same of several places: the first of them are shown in full, the others in one line.
//!
//! In: the findings of a report, in its order. Out: which are shown, and the line that names the others.

use std::collections::BTreeMap;

use super::{Code, Finding, Level};

/// How many findings that say the same are shown in full.
const FULL: usize = 3;

/// How many places one line names.
const PLACES: usize = 20;

/// What findings have in common that say the same: kind, level and text.
type Key<'a> = (Level, Code, &'a str);

/// The findings of a report, by what they say.
pub(super) struct Alike<'a> {
    all: BTreeMap<Key<'a>, Vec<&'a Finding>>,
    /// How many were shown so far.
    shown: BTreeMap<Key<'a>, usize>,
}

impl<'a> Alike<'a> {
    pub(super) fn new(findings: &'a [Finding]) -> Self {
        let mut all: BTreeMap<Key<'a>, Vec<&Finding>> = BTreeMap::new();
        for finding in findings {
            if let Some(key) = key(finding) {
                all.entry(key).or_default().push(finding);
            }
        }
        let shown = BTreeMap::new();
        Self { all, shown }
    }

    /// Whether it is one of those that a line names.
    pub(super) fn is_listed(&self, finding: &'a Finding) -> bool {
        key(finding).is_some_and(|key| self.shown.get(&key).is_some_and(|shown| *shown >= FULL))
    }

    /// Notes that the finding is shown in full.
    pub(super) fn show(&mut self, finding: &'a Finding) {
        if let Some(key) = key(finding) {
            *self.shown.entry(key).or_default() += 1;
        }
    }

    /// The line for the others, behind the last one that is shown in full.
    pub(super) fn others(&self, finding: &'a Finding) -> Option<String> {
        let key = key(finding)?;
        let others = self.all.get(&key)?.get(FULL..)?;
        if others.is_empty() || self.shown.get(&key) != Some(&FULL) {
            return None;
        }
        let places = others.iter().take(PLACES);
        let places: Vec<String> = places
            .map(|other| format!("{}:{}:{}", other.path, other.line, other.column))
            .collect();
        let more = match others.len().saturating_sub(PLACES) {
            0 => String::new(),
            more => format!(", and {more} more, which `--full` shows"),
        };
        let what = match finding.level {
            Level::Fault => "error",
            _ => "note",
        };
        let code = finding.code.id();
        let times = match others.len() {
            1 => "once more".to_owned(),
            count => format!("{count} more times"),
        };
        Some(format!(
            "{what}[{code}]: the same {times}: {}{more}\n\n",
            places.join(", ")
        ))
    }
}

/// `None` for what `lint` finds: each of that may come with the lines that mend it.
fn key(finding: &Finding) -> Option<Key<'_>> {
    if !matches!(finding.level, Level::Fault | Level::Note) || !finding.mend.is_empty() {
        return None;
    }
    // Of operations that are left out for one reason only the ids differ.
    let text = finding.message.as_str();
    let text = text
        .split_once(" is left out: ")
        .map_or(text, |(_, reason)| reason);
    Some((finding.level, finding.code, text))
}
