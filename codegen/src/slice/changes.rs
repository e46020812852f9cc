//! The size of a slice, and the differences between two.
//!
//! Input: the trees of the present slice and of the new one, both in canonical order. Output: the operations and components
//! that were added, removed and changed. What a change means for users of the SDK is not decided here.

mod renamed;

use std::collections::BTreeMap;

use crate::document::check::{OPERATION, PATH_ITEM, Shape};
use crate::document::{Entry, Node, canonical};
use crate::pointer::Pointer;

use super::follow::Moved;
use super::render::{Finding, FindingKind};

/// The size of a slice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Path templates.
    pub paths: usize,
    /// Operations.
    pub operations: usize,
    /// Components by section: `schemas`, `securitySchemes`, ...
    pub components: BTreeMap<String, usize>,
}

impl Counts {
    pub(super) fn of(root: &Node) -> Self {
        let sections = root
            .get("components")
            .map(Node::entries)
            .unwrap_or_default();
        Self {
            paths: paths(root).len(),
            operations: paths(root)
                .iter()
                .map(|path| operations(path).count())
                .sum(),
            components: sections
                .iter()
                .map(|section| (section.key.clone(), section.node.entries().len()))
                .collect(),
        }
    }
}

/// What was added, removed, renamed and changed; without a present slice everything is new. `moved` says where nodes are now.
pub(super) fn between(current: Option<&Node>, new: &Node, moved: &Moved) -> Vec<Finding> {
    let before = current.map(parts).unwrap_or_default();
    let after = parts(new);
    let (old_texts, new_texts) = (texts(&before), texts(&after));
    let is_new = |part: &&Part| !old_texts.contains_key(&part.pointer);
    let mut came: Vec<&Part> = after.iter().filter(is_new).collect();
    let is_gone = |part: &&Part| !new_texts.contains_key(&part.pointer);
    let mut gone: Vec<&Part> = before.iter().filter(is_gone).collect();
    let mut findings = renamed::take(&mut gone, &mut came, moved);
    for part in &after {
        match old_texts.get(&part.pointer) {
            Some(text) if *text != part.text => findings.push(part.finding(FindingKind::Changed)),
            Some(_) => {}
            None if came.iter().any(|it| it.pointer == part.pointer) => {
                let kind = part.kind.came(current.is_some());
                findings.extend(kind.map(|kind| part.finding(kind)));
            }
            None => {}
        }
    }
    findings.extend(gone.into_iter().map(|part| part.finding(part.kind.went())));
    findings
}

/// The text of each part, by its position.
fn texts(parts: &[Part]) -> BTreeMap<&Pointer, &str> {
    parts
        .iter()
        .map(|part| (&part.pointer, part.text.as_str()))
        .collect()
}

/// A part of a document that is compared as a whole.
struct Part {
    pointer: Pointer,
    name: String,
    text: String,
    kind: PartKind,
}

#[derive(Clone, Copy)]
enum PartKind {
    Operation,
    Component,
    /// The keys at the top: `info`, `servers`, `tags`.
    Section,
}

impl PartKind {
    /// Sections are reported only when there is a slice to compare with.
    fn came(self, has_current: bool) -> Option<FindingKind> {
        match self {
            Self::Operation => Some(FindingKind::OperationCame),
            Self::Component => Some(FindingKind::ComponentCame),
            Self::Section => has_current.then_some(FindingKind::Changed),
        }
    }

    fn went(self) -> FindingKind {
        match self {
            Self::Operation => FindingKind::OperationWent,
            Self::Component => FindingKind::ComponentWent,
            Self::Section => FindingKind::Changed,
        }
    }
}

impl Part {
    fn finding(&self, kind: FindingKind) -> Finding {
        Finding::new(kind, self.pointer.as_str(), &self.name)
    }
}

fn parts(root: &Node) -> Vec<Part> {
    let part = |kind: PartKind, pointer: Pointer, name: &str, node: &Node| Part {
        pointer,
        name: name.to_owned(),
        text: canonical(node),
        kind,
    };
    let mut parts = Vec::new();
    let top = root
        .entries()
        .iter()
        .filter(|entry| !matches!(entry.key.as_str(), "paths" | "components"));
    parts.extend(top.map(|entry| {
        part(
            PartKind::Section,
            Pointer::root().push(&entry.key),
            &entry.key,
            &entry.node,
        )
    }));
    for path in paths(root) {
        parts.extend(operations(path).map(|operation| operation_part(path, operation)));
    }
    let place = Pointer::root().push("components");
    for section in root
        .get("components")
        .map(Node::entries)
        .unwrap_or_default()
    {
        let place = place.push(&section.key);
        let components = section.node.entries().iter();
        parts.extend(components.map(|entry| {
            part(
                PartKind::Component,
                place.push(&entry.key),
                &format!("{}/{}", section.key, entry.key),
                &entry.node,
            )
        }));
    }
    parts
}

/// The keys that a path has for all its operations are part of each operation.
fn operation_part(path: &Entry, operation: &Entry) -> Part {
    let shared = path
        .node
        .entries()
        .iter()
        .filter(|entry| !is_operation(entry));
    let shared: String = shared
        .map(|entry| format!("{}\n{}", entry.key, canonical(&entry.node)))
        .collect();
    let id = operation.node.get("operationId").and_then(Node::as_str);
    let id = id.map_or_else(String::new, |id| format!(" ({id})"));
    Part {
        pointer: Pointer::root()
            .push("paths")
            .push(&path.key)
            .push(&operation.key),
        name: format!("{} {}{id}", operation.key.to_uppercase(), path.key),
        text: format!("{shared}{}", canonical(&operation.node)),
        kind: PartKind::Operation,
    }
}

fn paths(root: &Node) -> &[Entry] {
    root.get("paths").map(Node::entries).unwrap_or_default()
}

fn operations(path: &Entry) -> impl Iterator<Item = &Entry> {
    path.node
        .entries()
        .iter()
        .filter(|entry| is_operation(entry))
}

fn is_operation(entry: &Entry) -> bool {
    let path = Shape::at(&Pointer::root().push("paths").push("/"));
    path.is(&PATH_ITEM) && path.below(&entry.key).is(&OPERATION)
}
