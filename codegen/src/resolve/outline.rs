//! The keywords of a schema that choose its type, with those of the members of its `allOf`, read from the tree of the document.
//!
//! In: the place of a schema. Out: what it and its members state, with the places of the schemas inside.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::{Document, Node, Value};
use crate::pointer::Pointer;

/// What a schema states.
#[derive(Default)]
pub(super) struct Outline<'a> {
    /// `type`, or what the other keywords imply.
    pub(super) kind: Option<&'a str>,
    /// The values of the last `enum`.
    pub(super) values: Vec<&'a Node>,
    pub(super) keys: Keys<'a>,
    pub(super) items: Option<Pointer>,
    /// The members of its choices, without those that are only `null`.
    pub(super) choices: Vec<Pointer>,
    /// The schemas that it is made of.
    pub(super) parts: BTreeSet<Pointer>,
}

/// What a schema states of the keys of an object.
#[derive(Default)]
pub(super) struct Keys<'a> {
    /// The places that declare each property, the last one last.
    pub(super) properties: BTreeMap<&'a str, Vec<Pointer>>,
    pub(super) required: BTreeSet<&'a str>,
    /// The schema of properties that are not listed.
    pub(super) additional: Option<Pointer>,
    pub(super) is_open: bool,
    /// Where it says that there are no others.
    pub(super) closed: Option<Pointer>,
}

impl Keys<'_> {
    /// Whether it says more than that there are keys.
    pub(super) fn says_something(&self) -> bool {
        let is_silent =
            self.properties.is_empty() && self.required.is_empty() && self.additional.is_none();
        !is_silent
    }
}

impl<'a> Outline<'a> {
    /// Of the schema at this place. A schema counts more than the members of its `allOf`, and a later member more than an earlier one: the
    /// last place is read first, and what is stated already stays.
    pub(super) fn of(document: &'a Document, pointer: &Pointer) -> Self {
        let mut outline = Self::default();
        let mut open = vec![pointer.clone()];
        while let Some(place) = open.pop() {
            let place = document.end(&place);
            if !outline.parts.insert(place.clone()) {
                continue;
            }
            if let Some(node) = document.node(&place) {
                open.extend(outline.add(document, &place, node));
            }
        }
        outline.kind = outline.kind.or_else(|| outline.implied());
        outline
    }

    /// Whether any value fits.
    pub(super) fn is_free(&self) -> bool {
        self.kind.is_none() && self.values.is_empty() && self.choices.is_empty()
    }

    /// Whether it states the type alone.
    pub(super) fn is_bare(&self) -> bool {
        self.values.is_empty()
            && !self.keys.says_something()
            && self.items.is_none()
            && self.choices.is_empty()
    }

    /// Whether each of its values is one of these.
    pub(super) fn lists_only(&self, values: &[&Node]) -> bool {
        let is_null = |node: &Node| matches!(node.value, Value::Null);
        self.values
            .iter()
            .filter(|value| !is_null(value))
            .all(|value| values.iter().any(|known| known.same_as(value)))
    }

    fn implied(&self) -> Option<&'static str> {
        let keys = &self.keys;
        let is_object = keys.says_something() || keys.is_open || keys.closed.is_some();
        match (is_object, self.items.is_some()) {
            (true, _) => Some("object"),
            (false, true) => Some("array"),
            (false, false) => None,
        }
    }

    /// Adds what a node states. Returns the schemas that are part of it.
    fn add(&mut self, document: &Document, place: &Pointer, node: &'a Node) -> Vec<Pointer> {
        self.kind = self.kind.or(node.get("type").and_then(Node::as_str));
        if self.values.is_empty() {
            let values = node.get("enum").map(Node::members).unwrap_or_default();
            self.values = values.iter().collect();
        }
        if self.items.is_none() && node.get("items").is_some() {
            self.items = Some(place.push("items"));
        }
        self.keys.add(place, node);
        let mut parts = members(place, node, "allOf");
        for key in ["oneOf", "anyOf"] {
            let mut members = members(place, node, key);
            members.retain(|member| !is_null(document, member));
            let only_names = |member: &Pointer| only_requires(document, member);
            if members.iter().all(only_names) {
                continue;
            }
            // A choice between a schema and `null` is that schema.
            match members.len() {
                1 => parts.extend(members),
                _ => self.choices.extend(members),
            }
        }
        parts
    }
}

impl<'a> Keys<'a> {
    fn add(&mut self, place: &Pointer, node: &'a Node) {
        let inside = place.push("properties");
        let properties = node.get("properties").map(Node::entries);
        for entry in properties.unwrap_or_default() {
            let declared = self.properties.entry(&entry.key).or_default();
            declared.insert(0, inside.push(&entry.key));
        }
        let required = node.get("required").map(Node::members).unwrap_or_default();
        self.required
            .extend(required.iter().filter_map(Node::as_str));
        let is_stated = self.additional.is_some() || self.is_open || self.closed.is_some();
        let Some(stated) = node.get("additionalProperties").filter(|_| !is_stated) else {
            return;
        };
        let place = place.push("additionalProperties");
        match stated.as_bool() {
            Some(true) => self.is_open = true,
            Some(false) => self.closed = Some(place),
            None => self.additional = Some(place),
        }
    }
}

fn members(place: &Pointer, node: &Node, key: &str) -> Vec<Pointer> {
    let list = place.push(key);
    let count = node.get(key).map_or(0, |list| list.members().len());
    (0..count).map(|index| list.push_index(index)).collect()
}

fn is_null(document: &Document, member: &Pointer) -> bool {
    let values = document.members(&member.push("enum"));
    let is_null = |value: &Node| matches!(value.value, Value::Null);
    !values.is_empty() && values.iter().all(is_null)
}

/// Whether a member of a choice only names required properties, which no type can say.
fn only_requires(document: &Document, member: &Pointer) -> bool {
    let stated = ["required", "not"];
    let neutral = ["type", "title", "description"];
    let keys = document.keys(member);
    let is_known = |key: &String| stated.contains(&key.as_str()) || neutral.contains(&key.as_str());
    keys.iter().all(is_known) && keys.iter().any(|key| stated.contains(&key.as_str()))
}
