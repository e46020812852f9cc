//! A census of the whole document: as many nodes come out of the generator as go in, for each kind of node.
//!
//! In: the document as JSON, traversed here and not by the generator, and the generator's ledger. Out: nothing.

use std::collections::{BTreeMap, BTreeSet};

use codegen::model::{Fate, ResponseKind, Ty, TypeKind};
use codegen::pointer::Pointer;
use serde_json::Value;
use tests::document::{entries, model, root};

use crate::assert_none;

/// The kinds of nodes that must not be lost, each with its pointers.
pub(crate) type Nodes = BTreeMap<&'static str, Vec<Pointer>>;

#[test]
fn every_node_is_emitted_or_folded_or_skipped_for_a_reason() {
    let mut faults = Vec::new();
    for (kind, pointers) in nodes() {
        let mut counts = [0; 3];
        for pointer in &pointers {
            match model().api.ledger.fate(pointer) {
                Some(Fate::Emitted) => counts[0] += 1,
                Some(Fate::Folded(_)) => counts[1] += 1,
                Some(Fate::Skipped(reason)) if !reason.trim().is_empty() => counts[2] += 1,
                fate => faults.push(format!("{kind} {pointer} is {fate:?}")),
            }
        }
        let [emitted, folded, skipped] = counts;
        println!("{kind}: {emitted} emitted, {folded} folded, {skipped} skipped");
        if counts.iter().sum::<usize>() != pointers.len() {
            faults.push(format!("{kind}: {counts:?} are not {}", pointers.len()));
        }
    }
    assert_none(&faults);
}

/// Every node that the ledger marks as emitted is in the model, from which the Rust is written.
#[test]
fn what_is_emitted_is_in_the_model() {
    let modelled: BTreeSet<_> = modelled().into_values().flatten().collect();
    let mut lost = Vec::new();
    for (kind, pointers) in nodes() {
        for pointer in pointers {
            let emitted = model().api.ledger.fate(&pointer) == Some(&Fate::Emitted);
            if emitted && !modelled.contains(&pointer) {
                lost.push(format!("{kind} {pointer}"));
            }
        }
    }
    assert_none(&lost);
}

/// Every node of the model is in the document, and marked as emitted in the ledger.
#[test]
fn the_model_has_nothing_of_its_own() {
    let ledger = &model().api.ledger;
    let mut faults = Vec::new();
    for (kind, pointers) in modelled() {
        for pointer in pointers {
            if root().pointer(&pointer.to_string()).is_none() {
                faults.push(format!("{kind} {pointer} is not in the document"));
            } else if ledger.own(&pointer) != Some(&Fate::Emitted) {
                faults.push(format!("{kind} {pointer} is {:?}", ledger.own(&pointer)));
            }
        }
    }
    assert_none(&faults);
}

/// The nodes of the document that must not be lost.
pub(crate) fn nodes() -> Nodes {
    let mut nodes = Nodes::new();
    traverse(root(), &Pointer::root(), &mut nodes);
    for (kind, count) in nodes.iter().map(|(kind, list)| (kind, list.len())) {
        assert!(count > 0, "no {kind} was found: the traversal is wrong");
    }
    nodes
}

fn traverse(node: &'static Value, pointer: &Pointer, nodes: &mut Nodes) {
    let tokens = pointer.tokens();
    let place: Vec<_> = tokens.iter().map(String::as_str).collect();
    let kind = match place.as_slice() {
        ["paths", _, method] if *method != "parameters" => Some("operation"),
        ["paths", _, _, "responses", _] => Some("response"),
        ["components", "schemas", _] => Some("schema"),
        [.., "properties", _] if is_keyword(&place[..place.len() - 1]) => Some("property"),
        [.., "enum", _] if is_keyword(&place[..place.len() - 1]) => Some("enum value"),
        [.., "example"] if is_keyword(&place) => return,
        _ => None,
    };
    if let Some(kind) = kind {
        nodes.entry(kind).or_default().push(pointer.clone());
    }
    for (key, inner) in entries(node) {
        traverse(inner, &pointer.push(key), nodes);
    }
    for (index, inner) in tests::document::members(node).enumerate() {
        traverse(inner, &pointer.push(&index.to_string()), nodes);
    }
}

/// Whether the last token is a keyword of a schema: a token directly below `properties` is a name.
fn is_keyword(place: &[&str]) -> bool {
    let names = place
        .iter()
        .rev()
        .skip(1)
        .take_while(|token| **token == "properties");
    names.count() % 2 == 0
}

/// The nodes of the model, by kind.
fn modelled() -> Nodes {
    let api = &model().api;
    let mut nodes = Nodes::new();
    let mut add = |kind, pointer: &Pointer| nodes.entry(kind).or_default().push(pointer.clone());
    for operation in api
        .root
        .walk()
        .into_iter()
        .flat_map(|resource| &resource.operations)
    {
        add("operation", &operation.pointer);
        for success in &operation.responses {
            add("response", &success.pointer);
        }
    }
    for (pointer, ty) in &api.types {
        add("schema", pointer);
        match &ty.kind {
            TypeKind::Struct(object) => {
                for field in &object.fields {
                    add("property", &field.pointer);
                }
            }
            TypeKind::Enum(list) => {
                for value in &list.values {
                    add("enum value", &value.pointer);
                }
            }
            TypeKind::Union(_) => {}
        }
    }
    nodes
}

/// A result has a named type, so that no response is free JSON.
#[test]
fn every_response_has_a_type() {
    let resources = model().api.root.walk();
    for operation in resources
        .into_iter()
        .flat_map(|resource| &resource.operations)
    {
        for response in operation.response_kinds() {
            let free = match response {
                ResponseKind::Result { ty, .. } | ResponseKind::Json(ty) => {
                    matches!(ty, Ty::Any | Ty::Object)
                }
                ResponseKind::Empty | ResponseKind::Binary(_) | ResponseKind::Text(_) => false,
            };
            assert!(!free, "{}", operation.id);
        }
    }
}
