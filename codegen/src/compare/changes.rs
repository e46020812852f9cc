//! The list of changes between two models with their surfaces, in the order of a report.

use std::collections::BTreeSet;

use crate::report::Desk;
use crate::surface::Surface;
use crate::understand::Model;

use super::facts::{Class, Fact, Facts, collect_facts};
use super::renames::Renames;
use super::rules::ChangeRule;
use super::rust::{self, Difference};
use super::shared::shared;
use super::tags::tags;
use super::{Change, NodeLocation};

/// One of the two states.
pub(super) struct Side<'a> {
    pub(super) model: &'a Model<'a>,
    pub(super) surface: &'a Surface,
    pub(super) desk: &'a Desk<'a>,
}

/// All changes from one state to the other.
pub(super) fn changes(old: &Side<'_>, new: &Side<'_>) -> Vec<Change> {
    let renames = Renames::find(old.surface, new.surface);
    let differences = rust::differences(old.surface, new.surface, &renames);
    let shown: BTreeSet<&str> = differences
        .iter()
        .map(|difference| difference.path.as_str())
        .collect();
    let (before, after) = (collect_facts(old.model), collect_facts(new.model));
    let mut changes: Vec<Change> = differences
        .iter()
        .map(|difference| in_rust(difference, old.desk, new.desk))
        .collect();
    for fact in changed_facts(&before, &after, &renames, &shown) {
        changes.push(fact.change(old.desk, new.desk));
    }
    changes.extend(shared(old, new));
    changes.extend(tags(old, new));
    for change in &mut changes {
        let gone = change.old.as_ref().map(|old| &old.pointer);
        let near = || gone.map(|pointer| NodeLocation::of(new.desk, pointer));
        change.near = change.new.clone().or_else(near);
    }
    changes.sort_by_key(Change::level);
    changes
}

fn in_rust(difference: &Difference<'_>, old: &Desk<'_>, new: &Desk<'_>) -> Change {
    let Difference {
        rule,
        path,
        kind,
        old: before,
        new: after,
        before: was,
        after: is,
    } = difference;
    let first = |entry: Option<&crate::surface::Entry>, desk: &Desk<'_>| {
        entry
            .and_then(|entry| entry.pointers.first())
            .map(|pointer| NodeLocation::of(desk, pointer))
    };
    change(
        *rule,
        kind.noun(),
        path,
        was.clone(),
        is.clone(),
        rule.why(Some(*kind)),
        [first(*before, old), first(*after, new)],
    )
}

/// A fact that differs.
struct ChangedFact<'f> {
    about: String,
    aspect: &'f str,
    old: Option<&'f Fact>,
    new: Option<&'f Fact>,
}

impl ChangedFact<'_> {
    fn change(&self, old: &Desk<'_>, new: &Desk<'_>) -> Change {
        let class = self.old.or(self.new).map(|fact| fact.class);
        let rule = match class {
            Some(Class::Words) => ChangeRule::Documentation,
            Some(Class::Wire | Class::VisibleInRust) | None => ChangeRule::Wire,
        };
        let value = |fact: Option<&Fact>| {
            let value = fact.map(|fact| fact.value.clone()).unwrap_or_default();
            if value.is_empty() {
                Vec::new()
            } else {
                vec![value]
            }
        };
        let place = |fact: Option<&Fact>, desk: &Desk<'_>| {
            fact.map(|fact| NodeLocation::of(desk, &fact.pointer))
        };
        let places = [place(self.old, old), place(self.new, new)];
        change(
            rule,
            self.aspect,
            &self.about,
            value(self.old),
            value(self.new),
            rule.why(None),
            places,
        )
    }
}

/// The facts that changed, about items that exist in both states: added and removed items are reported by their Rust changes.
fn changed_facts<'f>(
    before: &'f Facts,
    after: &'f Facts,
    renames: &Renames,
    shown: &BTreeSet<&str>,
) -> Vec<ChangedFact<'f>> {
    let known: BTreeSet<&str> = after.keys().map(|(about, _)| about.as_str()).collect();
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    let mut there = BTreeSet::new();
    for ((about, aspect), old) in before {
        let about = renames.path(about);
        if !known.contains(about.as_str()) {
            continue;
        }
        there.insert(about.clone());
        let key = (about, aspect.clone());
        let new = after.get(&key);
        if new.map(Fact::compared).unwrap_or_default() != old.compared() {
            let (about, _) = key.clone();
            found.push(ChangedFact {
                about,
                aspect,
                old: Some(old),
                new,
            });
        }
        seen.insert(key);
    }
    for (key, new) in after
        .iter()
        .filter(|(key, _)| !seen.contains(*key) && there.contains(&key.0))
    {
        let (about, aspect) = key;
        if !new.value.is_empty() {
            found.push(ChangedFact {
                about: about.clone(),
                aspect,
                old: None,
                new: Some(new),
            });
        }
    }
    found.retain(|fact| !is_shown(fact, shown));
    found
}

/// Whether Rust shows the fact, in the item itself or in how a request is made.
fn is_shown(fact: &ChangedFact<'_>, shown: &BTreeSet<&str>) -> bool {
    let is_class = [fact.old, fact.new]
        .into_iter()
        .flatten()
        .any(|fact| fact.class == Class::VisibleInRust);
    let owner = fact.about.rsplit_once("::").map_or("", |(owner, _)| owner);
    let constructors = ["new", "builder"].map(|start| format!("{owner}::{start}"));
    is_class
        && (shown.contains(fact.about.as_str())
            || constructors
                .iter()
                .any(|start| shown.contains(start.as_str())))
}

pub(super) fn change(
    rule: ChangeRule,
    noun: &str,
    path: &str,
    before: Vec<String>,
    after: Vec<String>,
    why: &'static str,
    [old, new]: [Option<NodeLocation>; 2],
) -> Change {
    let identity = [
        &[rule.name().to_owned(), noun.to_owned(), path.to_owned()],
        before.as_slice(),
        &["->".to_owned()],
        after.as_slice(),
    ];
    Change {
        id: hash(&identity.concat()),
        rule,
        noun: noun.to_owned(),
        path: path.to_owned(),
        before,
        after,
        why,
        old,
        new,
        near: None,
        help: None,
        accepted: None,
    }
}

/// FNV-1a over the parts, as ten digits: short enough to be typed, long enough for one report.
fn hash(parts: &[String]) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    let bytes = parts.iter().flat_map(|part| part.bytes().chain([0]));
    for byte in bytes {
        hash ^= u64::from(byte);
        hash = hash.wrapping_mul(0x0000_0100_0000_01b3);
    }
    format!("{:010x}", hash >> 24)
}
