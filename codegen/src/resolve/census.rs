//! The census: every operation, response, component schema, property and enum value of the document has a fate.

use std::collections::BTreeMap;
use std::iter::successors;

use crate::config::key_of;
use crate::document::{Document, Node};
use crate::model::Api;
use crate::pointer::Pointer;
use crate::report::{Fault, Input};

/// A fault for each node that the model left out without a reason.
pub(super) fn check(document: &Document, api: &Api) -> Vec<Fault> {
    let forgotten: BTreeMap<Pointer, &str> = counted(document)
        .into_iter()
        .filter(|(pointer, _)| api.ledger.fate(pointer).is_none())
        .collect();
    // A node inside a folded or skipped one has its fate.
    let is_outermost = |pointer: &Pointer| {
        successors(pointer.parent(), Pointer::parent).all(|around| !forgotten.contains_key(&around))
    };
    forgotten
        .iter()
        .filter(|(pointer, _)| is_outermost(pointer))
        .map(|(pointer, what)| lost(pointer, what))
        .collect()
}

fn lost(pointer: &Pointer, what: &str) -> Fault {
    let message = format!("nothing in the SDK comes from this {what}");
    let help = format!(
        "use it, remove it, or skip it under [skip] in spec/sdk.toml: {} = \"<reason>\"",
        key_of(pointer)
    );
    Fault::new(Input::Spec, pointer.clone(), message, help).on_key()
}

/// The nodes that must have a fate, each with its noun.
fn counted(document: &Document) -> Vec<(Pointer, &'static str)> {
    let mut found = Vec::new();
    for (operation, _) in document.operations() {
        let responses = operation.push("responses");
        for status in document.keys(&responses) {
            found.push((responses.push(&status), "response"));
        }
        found.push((operation, "operation"));
    }
    let schemas = Pointer::root().push("components").push("schemas");
    for name in document.keys(&schemas) {
        found.push((schemas.push(&name), "schema"));
    }
    for (pointer, schema) in document.schemas() {
        inside(&pointer, schema, &mut found);
    }
    found
}

fn inside(pointer: &Pointer, schema: &Node, found: &mut Vec<(Pointer, &'static str)>) {
    let place = pointer.push("properties");
    for entry in schema
        .get("properties")
        .map(Node::entries)
        .unwrap_or_default()
    {
        found.push((place.push(&entry.key), "property"));
    }
    let place = pointer.push("enum");
    for index in 0..schema.get("enum").map_or(0, |list| list.members().len()) {
        found.push((place.push_index(index), "enum value"));
    }
}
