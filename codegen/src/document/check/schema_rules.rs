//! Rules for schemas that the table cannot express: lists without repetitions, bounds that allow a value, and the forms
//! that OpenAPI 3.1 has for keys of 3.0.

use std::collections::BTreeSet;

use crate::document::convert::to_json;
use crate::document::node::{Node, Value};
use crate::pointer::json_path::removal;
use crate::report::ReadAs;

use super::table::ValueKind;
use super::walk::{NodeEntry, Walk};

const TYPES: &[&str] = &["array", "boolean", "integer", "number", "object", "string"];

/// Checks that concern several keys at once.
pub(super) fn schema<'d>(walk: &mut Walk<'d>, place: NodeEntry<'d>) {
    if place.node.get("allOf").is_some() {
        walk.compositions.push((walk.pointer(), place.node));
    }
    for (low, high) in [
        ("minimum", "maximum"),
        ("minLength", "maxLength"),
        ("minItems", "maxItems"),
        ("minProperties", "maxProperties"),
    ] {
        bounds(walk, place, low, high);
    }
    for key in ["allOf", "oneOf", "anyOf"] {
        let members = place.node.get(key);
        if members.is_some_and(|members| members.is_list() && members.members().is_empty()) {
            let help = format!("add a schema, or remove `{key}`");
            walk.fault_in(
                place,
                key,
                format!("`{key}` needs at least one schema"),
                help,
            );
        }
    }
    let is = |key: &str| place.node.get(key).and_then(Node::as_bool) == Some(true);
    if is("readOnly") && is("writeOnly") {
        walk.fault_on_key(
            place,
            "this schema is `readOnly` and `writeOnly` at once",
            "remove one of the two",
        );
    }
    let is_array = place.node.get("type").and_then(Node::as_str) == Some("array");
    if is_array && place.node.get("items").is_none() {
        let help =
            "write `items: {…}` with the schema of the members; `items: {}` accepts any value";
        walk.fault_on_key(place, "an array needs `items`", help);
        walk.read_as(ReadAs::AnyItems);
    }
}

fn bounds<'d>(walk: &mut Walk<'d>, place: NodeEntry<'d>, low: &str, high: &str) {
    let number = |key: &str| {
        place
            .node
            .get(key)
            .and_then(|node| Some((node.as_f64()?, node)))
    };
    if let (Some((least, lower)), Some((most, upper))) = (number(low), number(high))
        && least > most
    {
        let (lower, upper) = (lower.brief(), upper.brief());
        let message = format!("`{low}` is {lower}, more than `{high}`, which is {upper}");
        walk.fault_in(
            place,
            low,
            message,
            "no value can satisfy both: swap or correct them",
        );
        walk.read_as(ReadAs::NoBounds);
    }
}

/// `type`: one string, not 3.1's list.
pub(super) fn kind_of_value<'d>(walk: &mut Walk<'d>, place: NodeEntry<'d>) {
    let names: Vec<&str> = place
        .node
        .members()
        .iter()
        .filter_map(Node::as_str)
        .collect();
    match &place.node.value {
        Value::List(_) => {
            let kinds: Vec<&str> = names
                .iter()
                .copied()
                .filter(|name| *name != "null")
                .collect();
            let nullable = if kinds.len() < names.len() {
                " with `nullable: true` beside it"
            } else {
                ""
            };
            let help = match kinds.as_slice() {
                [one] => format!("write `type: {one}`{nullable}"),
                _ => format!("write `oneOf` with one schema for each type{nullable}"),
            };
            walk.fault(place, "OpenAPI 3.1 has a list of types, 3.0 does not", help);
            if names
                .iter()
                .all(|name| *name == "null" || TYPES.contains(name))
            {
                walk.read_as(ReadAs::Newer);
            }
        }
        Value::String(text) if text == "null" => {
            walk.fault(
                place,
                "OpenAPI 3.1 has the type `null`, 3.0 does not",
                "write `nullable: true` beside the type of the other values",
            );
            walk.read_as(ReadAs::Newer);
        }
        _ => walk.visit(place, ValueKind::Choice(TYPES)),
    }
}

/// `exclusiveMinimum` and `exclusiveMaximum`: booleans, not 3.1's numbers.
pub(super) fn exclusive<'d>(walk: &mut Walk<'d>, place: NodeEntry<'d>) {
    let key = place.entry.map_or("", |entry| entry.key.as_str());
    if matches!(place.node.value, Value::Number(_)) {
        let bound = if key == "exclusiveMinimum" {
            "minimum"
        } else {
            "maximum"
        };
        let help = format!("write `{bound}: {}` and `{key}: true`", place.node.brief());
        walk.fault(
            place,
            format!("OpenAPI 3.1 has a number as `{key}`, 3.0 does not"),
            help,
        );
        walk.read_as(ReadAs::Newer);
    } else {
        walk.visit(place, ValueKind::Bool);
    }
}

/// `required`: a list of property names, each once.
pub(super) fn required<'d>(walk: &mut Walk<'d>, place: NodeEntry<'d>) {
    if matches!(place.node.value, Value::Bool(_)) {
        let help = "`required` is not a key of a property: add its name to the list `required` of the object that has it";
        walk.fault(
            place,
            "`required` must be a list of property names, and is a boolean",
            help,
        );
        return;
    }
    walk.visit(place, ValueKind::List(&ValueKind::Text));
    let mut seen = BTreeSet::new();
    for (index, member) in place.node.members().iter().enumerate() {
        if let Some(name) = member.as_str()
            && !seen.insert(name)
        {
            let message = format!("`{name}` is in `required` twice");
            walk.within(&index.to_string(), |walk| {
                walk.fault(NodeEntry::member(member), message, "remove one of the two");
                walk.read_as(ReadAs::Once);
            });
        }
    }
}

/// `enum`: a list that is not empty, each value once.
pub(super) fn enumeration<'d>(walk: &mut Walk<'d>, place: NodeEntry<'d>) {
    let Value::List(members) = &place.node.value else {
        walk.wrong_kind(place, "a list of values");
        return;
    };
    if members.is_empty() {
        walk.fault(
            place,
            "`enum` needs at least one value",
            "write the allowed values, or remove `enum`",
        );
    }
    let mut seen = BTreeSet::new();
    for (index, member) in members.iter().enumerate() {
        let text = to_json(member).to_string();
        if !seen.insert(text) {
            let message = format!("`{}` is in `enum` twice", member.brief());
            walk.within(&index.to_string(), |walk| {
                let action = removal(&walk.pointer(), Some(&member.line()));
                let help = format!(
                    "remove one of the two; where upstream has them, with this action in spec/overlay.yaml: {action}"
                );
                walk.fault(NodeEntry::member(member), message, help);
                walk.read_as(ReadAs::Once);
            });
        }
    }
}

/// A schema that a discriminator names.
pub(super) fn mapping<'d>(walk: &mut Walk<'d>, place: NodeEntry<'d>) {
    match walk.name_at(place) {
        Some(name) => walk.mappings.push(name),
        None => walk.visit(place, ValueKind::Text),
    }
}
