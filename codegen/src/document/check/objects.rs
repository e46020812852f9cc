//! The kind of each node by the specification.
//!
//! Input: a tree, with or without faults. Output: its objects of the kinds that other modules need, found by the tables
//! of the check. References are not followed, and nothing is refused.

use crate::document::node::{Entry, Node, Value};
use crate::pointer::{Pointer, push_token};

use super::operations::{OPERATION, PARAMETER};
use super::root::{OPENAPI, TAG};
use super::schema::SCHEMA;
use super::table::{self, Keys, ValueKind};

/// The kinds of objects that are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// A Schema Object.
    Schema,
    /// An Operation Object.
    Operation,
    /// A Parameter Object.
    Parameter,
    /// A Tag Object.
    Tag,
}

/// An object of the document, or a reference in its place.
#[derive(Clone, Debug)]
pub struct Object<'d> {
    /// Its kind.
    pub what: What,
    /// Its position.
    pub pointer: Pointer,
    /// The node.
    pub node: &'d Node,
}

static LISTED: [(&table::Object, What); 4] = [
    (&SCHEMA, What::Schema),
    (&OPERATION, What::Operation),
    (&PARAMETER, What::Parameter),
    (&TAG, What::Tag),
];

/// All objects below `root`, in its order.
pub(super) fn of(root: &Node) -> Vec<Object<'_>> {
    let mut search = Search {
        found: Vec::new(),
        pointer: String::new(),
    };
    search.visit(root, ValueKind::Object(&OPENAPI));
    search.found
}

struct Search<'d> {
    found: Vec<Object<'d>>,
    pointer: String,
}

impl<'d> Search<'d> {
    fn visit(&mut self, node: &'d Node, kind: ValueKind) {
        match (kind, &node.value) {
            (ValueKind::Object(object) | ValueKind::Ref(object), Value::Map(entries)) => {
                self.note(node, object);
                let refers = matches!(kind, ValueKind::Ref(_)) && node.get("$ref").is_some();
                if !refers {
                    self.inside(entries, object);
                }
            }
            (ValueKind::List(member), Value::List(members)) => {
                for (index, node) in members.iter().enumerate() {
                    self.within(&index.to_string(), node, *member);
                }
            }
            (ValueKind::Map(keys, value), Value::Map(entries)) => {
                for entry in entries {
                    self.named(entry, keys, *value);
                }
            }
            (ValueKind::BoolOr(inner), Value::Map(_)) => self.visit(node, *inner),
            _ => {}
        }
    }

    fn note(&mut self, node: &'d Node, object: &table::Object) {
        let known = LISTED.iter().find(|(known, _)| known.name == object.name);
        if let Some((_, what)) = known {
            self.found.push(Object {
                what: *what,
                pointer: Pointer::from_escaped(&self.pointer),
                node,
            });
        }
    }

    fn inside(&mut self, entries: &'d [Entry], object: &table::Object) {
        for entry in entries {
            match (object.field(&entry.key), object.others) {
                (Some(field), _) => self.within(&entry.key, &entry.node, field.kind),
                (None, Some((keys, kind))) => self.named(entry, keys, *kind),
                (None, None) => {}
            }
        }
    }

    fn named(&mut self, entry: &'d Entry, keys: &Keys, kind: ValueKind) {
        if keys.is_regular(&entry.key) {
            self.within(&entry.key, &entry.node, kind);
        }
    }

    fn within(&mut self, token: &str, node: &'d Node, kind: ValueKind) {
        let length = self.pointer.len();
        push_token(&mut self.pointer, token);
        self.visit(node, kind);
        self.pointer.truncate(length);
    }
}
