//! Queries on the tree: which operations, schemas and references it has.

use std::collections::BTreeMap;

use crate::pointer::{Pointer, push_position, push_token};

use super::Document;
use super::node::{Node, Value};

pub(super) const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

impl Document {
    /// The members of the list at `pointer`; empty if there is no list.
    pub fn members(&self, pointer: &Pointer) -> &[Node] {
        self.node(pointer).map(Node::members).unwrap_or_default()
    }

    /// The keys of the object at `pointer`, in order; empty if there is no object.
    pub fn keys(&self, pointer: &Pointer) -> Vec<String> {
        let entries = self.node(pointer).map(Node::entries).unwrap_or_default();
        entries.iter().map(|entry| entry.key.clone()).collect()
    }

    /// The operations in document order, each with its `operationId` or `METHOD path`.
    pub fn operations(&self) -> Vec<(Pointer, String)> {
        let place = Pointer::root().push("paths");
        let mut found = Vec::new();
        for path in self.node(&place).map(Node::entries).unwrap_or_default() {
            for method in path.node.entries() {
                if !METHODS.contains(&method.key.as_str()) {
                    continue;
                }
                let id = method
                    .node
                    .get("operationId")
                    .and_then(Node::as_str)
                    .map(str::to_owned);
                let id =
                    id.unwrap_or_else(|| format!("{} {}", method.key.to_uppercase(), path.key));
                found.push((place.push(&path.key).push(&method.key), id));
            }
        }
        found
    }

    /// The operation with this `operationId`, or `METHOD path` where it has none; the first one, where there are several.
    pub(crate) fn operation(&self, id: &str) -> Option<&Pointer> {
        let list = || {
            let mut known = BTreeMap::new();
            for (pointer, id) in self.operations() {
                known.entry(id).or_insert(pointer);
            }
            known
        };
        self.by_id.get_or_init(list).get(id)
    }

    /// The targets of all references, each with the places that refer to it.
    pub fn references(&self) -> BTreeMap<Pointer, Vec<Pointer>> {
        references(self.root())
    }

    /// The targets of the references at and below `pointer`.
    pub(crate) fn references_within(&self, pointer: &Pointer) -> Vec<Pointer> {
        let mut found = Vec::new();
        if let Some(node) = self.node(pointer) {
            walk(&mut String::new(), node, &mut |_, node| {
                found.extend(reference(node));
            });
        }
        found
    }

    /// Whether an `enum` with several values is at or below `pointer`; references are not followed.
    pub(crate) fn lists_values(&self, pointer: &Pointer) -> bool {
        let mut found = false;
        if let Some(node) = self.node(pointer) {
            walk(&mut String::new(), node, &mut |_, node| {
                found |= node
                    .get("enum")
                    .is_some_and(|values| values.members().len() > 1);
            });
        }
        found
    }

    /// The `type` of the schema at `pointer`, or of the one that it refers to.
    pub(crate) fn primitive(&self, pointer: &Pointer) -> Option<&str> {
        self.node(&self.end(pointer))?.get("type")?.as_str()
    }

    /// The node at the end of the references from here. The structural check has refused cyclic ones.
    pub(crate) fn end(&self, pointer: &Pointer) -> Pointer {
        let mut at = pointer.clone();
        while let Some(target) = self.node(&at).and_then(reference) {
            at = target;
        }
        at
    }

    /// The position of a node in the order of the document; positions compare in that order.
    pub fn position(&self, pointer: &Pointer) -> Vec<usize> {
        self.root().position(pointer)
    }

    /// Every schema with content of its own: those that have `properties` or `enum`.
    pub fn schemas(&self) -> Vec<(Pointer, &Node)> {
        let mut found = Vec::new();
        collect_schemas(&mut String::new(), self.root(), false, &mut found);
        found
    }
}

/// The targets of all references in a tree, each with the places that refer to it.
pub(super) fn references(root: &Node) -> BTreeMap<Pointer, Vec<Pointer>> {
    let mut found: BTreeMap<Pointer, Vec<Pointer>> = BTreeMap::new();
    walk(&mut String::new(), root, &mut |at, node| {
        if let Some(target) = reference(node) {
            found
                .entry(target)
                .or_default()
                .push(Pointer::from_escaped(at));
        }
    });
    found
}

/// The target of a reference object.
fn reference(node: &Node) -> Option<Pointer> {
    Pointer::parse(node.get("$ref")?.as_str()?)
}

/// Visits a node and all below it, in the order of the document; each with its pointer behind that of the first one, `at`.
fn walk<'a>(at: &mut String, node: &'a Node, visit: &mut dyn FnMut(&str, &'a Node)) {
    visit(at, node);
    let length = at.len();
    match &node.value {
        Value::Map(entries) => {
            for entry in entries {
                push_token(at, &entry.key);
                walk(at, &entry.node, visit);
                at.truncate(length);
            }
        }
        Value::List(members) => {
            for (index, member) in members.iter().enumerate() {
                push_position(at, index);
                walk(at, member, visit);
                at.truncate(length);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Keys whose values are data, not schemas. The variables of servers have an `enum`, too.
const DATA: [&str; 7] = [
    "example", "examples", "default", "x-expect", "enum", "mapping", "servers",
];

/// `named`: the keys of this object are names, so that a property called `enum` is not a keyword.
fn collect_schemas<'a>(
    at: &mut String,
    node: &'a Node,
    named: bool,
    found: &mut Vec<(Pointer, &'a Node)>,
) {
    let length = at.len();
    match &node.value {
        Value::Map(entries) => {
            let has = |key: &str, wanted: fn(&Node) -> bool| node.get(key).is_some_and(wanted);
            if !named && (has("properties", Node::is_map) || has("enum", Node::is_list)) {
                found.push((Pointer::from_escaped(at), node));
            }
            for entry in entries {
                let key = entry.key.as_str();
                if !named && (DATA.contains(&key) || key.starts_with("x-")) {
                    continue;
                }
                let names = !named && (key == "properties" || key == "schemas" || key == "paths");
                push_token(at, key);
                collect_schemas(at, &entry.node, names, found);
                at.truncate(length);
            }
        }
        Value::List(members) => {
            for (index, member) in members.iter().enumerate() {
                push_position(at, index);
                collect_schemas(at, member, false, found);
                at.truncate(length);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
