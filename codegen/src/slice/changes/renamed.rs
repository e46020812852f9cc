//! Operations and components that upstream calls otherwise. In: what is gone and what is new, and where nodes are now. Out: a finding
//! for each rename; one that many names share is one finding.

use std::collections::BTreeMap;

use crate::slice::follow::Moved;
use crate::slice::render::{Finding, FindingKind};

use super::Part;

/// The words that differ, old and new.
type Words = Vec<(String, String)>;

/// Takes the parts that are the same out of both lists, and returns what is to be said of them.
pub(super) fn take<'p>(
    gone: &mut Vec<&'p Part>,
    came: &mut Vec<&'p Part>,
    moved: &Moved,
) -> Vec<Finding> {
    let mut groups: BTreeMap<Words, Vec<(&Part, &Part)>> = BTreeMap::new();
    gone.retain(|old| {
        let now = moved.get(&old.pointer);
        let at = came.iter().position(|new| Some(&new.pointer) == now);
        let Some(at) = at else { return true };
        let new = came.remove(at);
        let key = differing(&old.name, &new.name);
        groups.entry(key).or_default().push((old, new));
        false
    });
    let mut findings = Vec::new();
    for (words, pairs) in groups {
        let Some((old, new)) = pairs.first() else {
            continue;
        };
        let text = match (pairs.len(), words.as_slice()) {
            (1, _) | (_, []) => format!("{} is {} now", old.name, new.name),
            (count, words) => {
                let words = words.iter().map(|(was, is)| format!("{was} is {is}"));
                let words: Vec<String> = words.collect();
                let example = format!("{} is {}", old.name, new.name);
                format!("{} now, in {count} names: {example}", words.join(", "))
            }
        };
        findings.push(Finding::new(
            FindingKind::Renamed,
            new.pointer.as_str(),
            text,
        ));
    }
    findings
}

/// The words in which two names differ; empty where they have another number of words.
fn differing(old: &str, new: &str) -> Words {
    let (was, is) = (words(old), words(new));
    if was.len() != is.len() {
        // Such a rename is one of its own.
        return vec![(old.to_owned(), new.to_owned())];
    }
    let pairs = was.into_iter().zip(is);
    pairs.filter(|(was, is)| was != is).collect()
}

/// The segments of a path, and the words of a name.
fn words(text: &str) -> Vec<String> {
    let is_between = |letter: char| matches!(letter, '/' | '_' | '-' | ' ' | '(' | ')');
    let segments = text.split_inclusive(['/', ' ']);
    let mut words = Vec::new();
    for segment in segments {
        match segment.starts_with('{') {
            true => words.push(segment.trim_end_matches(['/', ' ']).to_owned()),
            false => {
                let parts = segment.split(is_between).filter(|word| !word.is_empty());
                words.extend(parts.map(str::to_owned));
            }
        }
    }
    words
}
