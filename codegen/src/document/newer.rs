//! Keywords of OpenAPI 3.1 in a document of 3.0, as 3.0 writes what they mean.
//!
//! In: the tree, and the notes of the structural check that say which nodes are to be read so. Out: the tree without them. Only where
//! operations at fault are left out: elsewhere they are faults.

use crate::pointer::Pointer;
use crate::report::{Fault, ReadAs};

use super::entries::Entries;
use super::node::{Entry, Node, Value};

/// Rewrites the nodes that these notes are about.
pub(super) fn rewrite(root: &mut Node, notes: &[Fault]) {
    let read = [Some(ReadAs::Newer), Some(ReadAs::AnyItems)];
    let newer = notes.iter().filter(|note| read.contains(&note.read_as));
    for note in newer {
        let (Some(place), Some(key)) = (note.pointer.parent(), note.pointer.last()) else {
            continue;
        };
        if let Some(schema) = root.at_mut(&place) {
            keyword(schema, &key);
        }
    }
}

fn keyword(schema: &mut Node, key: &str) {
    let Some(node) = schema.get(key).cloned() else {
        return;
    };
    match key {
        "exclusiveMinimum" => bound(schema, key, "minimum", node),
        "exclusiveMaximum" => bound(schema, key, "maximum", node),
        "const" => {
            remove(schema, key);
            if schema.get("enum").is_none() {
                let values = Value::List(vec![node.clone()]);
                schema.set("enum", like(&node, values));
            }
        }
        "type" => kinds(schema, &node),
        // A schema for each place of the list, as JSON Schema had it.
        "items" if node.is_list() => schema.set(key, like(&node, Value::Map(Entries::default()))),
        _ => {}
    }
}

/// A bound that is a number is the bound, and that it is none of the values. Of this one and the plain one the stricter counts.
fn bound(schema: &mut Node, key: &str, plain: &str, node: Node) {
    if let (Some(other), Some(own)) = (schema.get(plain).and_then(number), number(&node)) {
        let is_stricter = match plain {
            "minimum" => own >= other,
            _ => own <= other,
        };
        if !is_stricter {
            return remove(schema, key);
        }
    }
    schema.set(key, like(&node, Value::Bool(true)));
    schema.set(plain, node);
}

fn number(node: &Node) -> Option<f64> {
    match &node.value {
        Value::Number(written) => written.parse().ok(),
        _ => None,
    }
}

/// A list of types is a choice, `null` among them says that the value is nullable.
fn kinds(schema: &mut Node, node: &Node) {
    let listed: Vec<&str> = match &node.value {
        Value::String(kind) => vec![kind],
        _ => node.members().iter().filter_map(Node::as_str).collect(),
    };
    let others: Vec<&str> = listed
        .iter()
        .copied()
        .filter(|kind| *kind != "null")
        .collect();
    if others.len() < listed.len() {
        schema.set("nullable", like(node, Value::Bool(true)));
    }
    remove(schema, "type");
    let says_more = ["enum", "oneOf", "anyOf", "allOf"];
    match others.as_slice() {
        [only] => schema.set("type", like(node, Value::String((*only).to_owned()))),
        _ if says_more.iter().any(|key| schema.get(key).is_some()) => {}
        [] => {
            let null = Value::List(vec![like(node, Value::Null)]);
            schema.set("enum", like(node, null));
        }
        several => {
            let members = several.iter().map(|kind| member(schema, node, kind));
            let members = Value::List(members.collect());
            for key in ARRAY.iter().chain(&OBJECT).chain(&TEXT) {
                remove(schema, key);
            }
            schema.set("anyOf", like(node, members));
        }
    }
}

const ARRAY: [&str; 1] = ["items"];
const OBJECT: [&str; 3] = ["properties", "required", "additionalProperties"];
const TEXT: [&str; 1] = ["format"];

/// The member of one type, with the keywords that concern it.
fn member(schema: &Node, node: &Node, kind: &str) -> Node {
    let keys: &[&str] = match kind {
        "array" => &ARRAY,
        "object" => &OBJECT,
        "string" => &TEXT,
        _ => &[],
    };
    let kind = Entry::made("type", like(node, Value::String(kind.to_owned())));
    let kept = schema.entries().iter();
    let kept = kept.filter(|entry| keys.contains(&entry.key.as_str()));
    let mut entries: Vec<Entry> = vec![kind];
    entries.extend(kept.cloned());
    like(node, Value::Map(Entries::from(entries)))
}

fn remove(schema: &mut Node, key: &str) {
    schema.remove(&Pointer::root().push(key));
}

/// A value at the place of another node.
fn like(node: &Node, value: Value) -> Node {
    Node {
        value,
        span: node.span,
        input: node.input,
    }
}
