//! Schemas that are equal, or nearly.
//!
//! Two objects are near when each has at most two properties that the other lacks, and they share twice as many. Objects that
//! are near have one in common among the three rarest properties of each: only such pairs are compared, so the work grows
//! with the number of schemas and not with its square.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::{Node, Value};
use crate::pointer::Pointer;

use super::found::Found;
use super::look::{COMPOSITIONS, Look, component, name};

/// How many properties of one may be missing in the other.
const MAX_DIFFERENCE: usize = 2;
/// The least number of shared properties.
const MIN_SHARED: usize = 3;
/// How many of those that share a rare property one is compared with: equal ones find each other earlier.
const MAX_COMPARED: usize = 50;

/// Keys that do not affect values.
const WORDS: [&str; 6] = [
    "description",
    "title",
    "summary",
    "example",
    "externalDocs",
    "deprecated",
];

pub(super) fn near_duplicates(look: &Look<'_>) -> Vec<Found> {
    let mut ids = BTreeMap::new();
    let objects: Vec<Shape<'_>> = look
        .schemas()
        .filter(|schema| component(&schema.pointer).as_ref() == Some(&schema.pointer))
        .filter_map(|schema| Shape::of(&schema.pointer, schema.node, &mut ids))
        .collect();
    clusters(&objects)
        .iter()
        .filter_map(|cluster| found(cluster))
        .collect()
}

/// The properties of an object.
#[derive(Debug)]
struct Shape<'d> {
    pointer: &'d Pointer,
    /// The name of each, by the number that identifies the name and the schema of the property.
    properties: BTreeMap<usize, &'d str>,
}

impl<'d> Shape<'d> {
    /// Objects composed by `allOf` are left out: they share their common properties already.
    fn of(
        pointer: &'d Pointer,
        schema: &'d Node,
        ids: &mut BTreeMap<String, usize>,
    ) -> Option<Self> {
        let properties = schema.get("properties")?.entries();
        if COMPOSITIONS.iter().any(|key| schema.get(key).is_some()) {
            return None;
        }
        let properties = properties.iter().map(|entry| {
            let next = ids.len();
            let text = format!("{}: {}", entry.key, sense(&entry.node));
            (*ids.entry(text).or_insert(next), entry.key.as_str())
        });
        Some(Self {
            pointer,
            properties: properties.collect(),
        })
    }

    fn is_near(&self, other: &Self) -> bool {
        let theirs = &other.properties;
        let shared = self
            .properties
            .keys()
            .filter(|id| theirs.contains_key(id))
            .count();
        let missing = self.properties.len().max(theirs.len()) - shared;
        missing <= MAX_DIFFERENCE && shared >= MIN_SHARED.max(2 * missing)
    }
}

/// The values that a schema accepts, in one line: the schema without its prose.
fn sense(schema: &Node) -> String {
    let mut text = String::new();
    add_sense(schema, false, &mut text);
    text
}

/// `named`: the keys of this object are names, so that a property called `example` is not a keyword.
fn add_sense(node: &Node, named: bool, text: &mut String) {
    match &node.value {
        Value::Map(entries) => {
            let counts = |key: &str| named || !(WORDS.contains(&key) || key.starts_with("x-"));
            let mut entries: Vec<_> = entries.iter().filter(|entry| counts(&entry.key)).collect();
            entries.sort_by_key(|entry| &entry.key);
            text.push('{');
            for entry in entries {
                text.push_str(&format!("{:?}:", entry.key));
                add_sense(&entry.node, !named && entry.key == "properties", text);
            }
            text.push('}');
        }
        Value::List(members) => {
            text.push('[');
            for member in members {
                add_sense(member, false, text);
            }
            text.push(']');
        }
        Value::String(value) => text.push_str(&format!("{value:?},")),
        Value::Number(value) => text.push_str(&format!("{value},")),
        Value::Bool(value) => text.push_str(&format!("{value},")),
        Value::Null => text.push_str("null,"),
    }
}

/// The objects that are near to one another, in groups of two or more, in the order of the document.
fn clusters<'o, 'd>(objects: &'o [Shape<'d>]) -> Vec<Vec<&'o Shape<'d>>> {
    let mut heads: Vec<usize> = (0..objects.len()).collect();
    let mut alike: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let counts = counts(objects.iter());
    for (index, object) in objects.iter().enumerate() {
        for id in rarest(object, &counts) {
            let others = alike.entry(id).or_default();
            for other in others.iter().rev().take(MAX_COMPARED) {
                if objects
                    .get(*other)
                    .is_some_and(|other| object.is_near(other))
                {
                    unite(&mut heads, index, *other);
                }
            }
            others.push(index);
        }
    }
    let mut clusters: BTreeMap<usize, Vec<&Shape<'_>>> = BTreeMap::new();
    for (index, object) in objects.iter().enumerate() {
        clusters
            .entry(head(&mut heads, index))
            .or_default()
            .push(object);
    }
    clusters
        .into_values()
        .filter(|cluster| cluster.len() > 1)
        .collect()
}

/// How many objects have each property.
fn counts<'o, 'd: 'o>(objects: impl Iterator<Item = &'o Shape<'d>>) -> BTreeMap<usize, usize> {
    let mut counts = BTreeMap::new();
    for id in objects.flat_map(|object| object.properties.keys()) {
        *counts.entry(*id).or_insert(0) += 1;
    }
    counts
}

/// The properties of an object that the fewest others have, in the same order for all objects.
fn rarest(object: &Shape<'_>, counts: &BTreeMap<usize, usize>) -> Vec<usize> {
    let mut ids: Vec<usize> = object.properties.keys().copied().collect();
    ids.sort_by_key(|id| (counts.get(id), *id));
    ids.truncate(MAX_DIFFERENCE + 1);
    ids
}

/// The first object of the group.
fn head(heads: &mut [usize], index: usize) -> usize {
    let mut at = index;
    while let Some(next) = heads.get(at).copied().filter(|next| *next != at) {
        // Half of the way is shorter next time.
        let after = heads.get(next).copied().unwrap_or(next);
        if let Some(place) = heads.get_mut(at) {
            *place = after;
        }
        at = after;
    }
    at
}

fn unite(heads: &mut [usize], one: usize, other: usize) {
    let (one, other) = (head(heads, one), head(heads, other));
    if let Some(place) = heads.get_mut(one.max(other)) {
        *place = one.min(other);
    }
}

fn found(cluster: &[&Shape<'_>]) -> Option<Found> {
    let (first, others) = cluster.split_first()?;
    let counts = counts(cluster.iter().copied());
    let shared = |id: &usize| counts.get(id) == Some(&cluster.len());
    let all = cluster.iter().flat_map(|shape| &shape.properties);
    let differing = all.filter(|(id, _)| !shared(id)).map(|(_, name)| *name);
    let differing: BTreeSet<&str> = differing.collect();
    let count = first.properties.keys().filter(|id| shared(id)).count();
    let called: Vec<String> = cluster.iter().map(|shape| name(shape.pointer)).collect();
    let called = listed(called.iter().map(String::as_str));
    let message = match differing.len() {
        0 => format!("{called} have the same {count} properties"),
        _ => format!(
            "{called} share {count} properties and differ in {}",
            listed(differing.into_iter())
        ),
    };
    let help = "refer to one of them, or compose them by `allOf` from what they share; if one was forgotten in a change, correct it";
    let others = others.iter().map(|shape| shape.pointer.clone());
    Some(Found::new(first.pointer.clone(), message, help).related(others))
}

/// Names as a list in a sentence, as many as a line holds.
fn listed<'n>(names: impl ExactSizeIterator<Item = &'n str>) -> String {
    const MAX: usize = 6;
    let more = names.len().saturating_sub(MAX);
    let mut names: Vec<String> = names.take(MAX).map(|name| format!("`{name}`")).collect();
    if more > 0 {
        names.push(format!("{more} more"));
    }
    match names.pop() {
        Some(last) if !names.is_empty() => format!("{} and {last}", names.join(", ")),
        last => last.unwrap_or_default(),
    }
}
