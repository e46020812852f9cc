//! The Schema Object, its discriminator and its XML, with what only looks like them: JSON Schema as OpenAPI 3.1 has it.

use std::collections::BTreeSet;

use crate::document::node::{Node, Value};

use super::keys;
use super::root::EXTERNAL_DOCS;
use super::table::{Kind, Object, may, must};
use super::walk::{Place, Walk};

pub(super) static SCHEMA: Object = Object::new(
    "a Schema Object",
    &[
        may("title", Kind::Text),
        may("multipleOf", Kind::Number),
        may("maximum", Kind::Number),
        may("exclusiveMaximum", Kind::Custom(exclusive)),
        may("minimum", Kind::Number),
        may("exclusiveMinimum", Kind::Custom(exclusive)),
        may("maxLength", Kind::Count),
        may("minLength", Kind::Count),
        may("pattern", Kind::Text),
        may("maxItems", Kind::Count),
        may("minItems", Kind::Count),
        may("uniqueItems", Kind::Bool),
        may("maxProperties", Kind::Count),
        may("minProperties", Kind::Count),
        may("required", Kind::Custom(required)),
        may("enum", Kind::Custom(enumeration)),
        may("type", Kind::Custom(kind_of_value)),
        may("allOf", Kind::List(&Kind::Ref(&SCHEMA))),
        may("oneOf", Kind::List(&Kind::Ref(&SCHEMA))),
        may("anyOf", Kind::List(&Kind::Ref(&SCHEMA))),
        may("not", Kind::Ref(&SCHEMA)),
        may("items", Kind::Ref(&SCHEMA)),
        may("properties", Kind::Map(&keys::ANY, &Kind::Ref(&SCHEMA))),
        may("additionalProperties", Kind::BoolOr(&Kind::Ref(&SCHEMA))),
        may("description", Kind::Text),
        may("format", Kind::Text),
        may("default", Kind::Any),
        may("nullable", Kind::Bool),
        may("discriminator", Kind::Object(&DISCRIMINATOR)),
        may("readOnly", Kind::Bool),
        may("writeOnly", Kind::Bool),
        may("xml", Kind::Object(&XML)),
        may("externalDocs", Kind::Object(&EXTERNAL_DOCS)),
        may("example", Kind::Any),
        may("deprecated", Kind::Bool),
    ],
)
.hints(&[
    ("const", "OpenAPI 3.1 has it, 3.0 does not: write `enum: [value]`"),
    ("examples", "OpenAPI 3.1 has it, 3.0 does not: write `example:` with one value"),
    ("$defs", "OpenAPI 3.1 has it, 3.0 does not: move the schemas to `components/schemas`"),
    ("definitions", "move the schemas to `components/schemas`"),
    ("if", "OpenAPI 3.1 has it, 3.0 does not: write `oneOf` with the two cases"),
    ("then", "OpenAPI 3.1 has it, 3.0 does not: write `oneOf` with the two cases"),
    ("else", "OpenAPI 3.1 has it, 3.0 does not: write `oneOf` with the two cases"),
    ("prefixItems", "OpenAPI 3.1 has it, 3.0 does not: write `items` with one schema for all members"),
    ("additionalItems", "OpenAPI 3.0 does not have it: write `items` with one schema for all members"),
    ("contains", "OpenAPI 3.1 has it, 3.0 does not: say it in `description`"),
    ("minContains", "OpenAPI 3.1 has it, 3.0 does not: say it in `description`"),
    ("maxContains", "OpenAPI 3.1 has it, 3.0 does not: say it in `description`"),
    ("patternProperties", "OpenAPI 3.1 has it, 3.0 does not: write `additionalProperties`"),
    ("propertyNames", "OpenAPI 3.1 has it, 3.0 does not: say it in `description`"),
    ("unevaluatedProperties", "OpenAPI 3.1 has it, 3.0 does not: write `additionalProperties`"),
    ("unevaluatedItems", "OpenAPI 3.1 has it, 3.0 does not: write `items`"),
    ("dependencies", "OpenAPI 3.0 does not have it: say it in `description`"),
    ("dependentRequired", "OpenAPI 3.1 has it, 3.0 does not: say it in `description`"),
    ("dependentSchemas", "OpenAPI 3.1 has it, 3.0 does not: say it in `description`"),
    ("contentMediaType", "OpenAPI 3.1 has it, 3.0 does not: write `format: binary`"),
    ("contentEncoding", "OpenAPI 3.1 has it, 3.0 does not: write `format: byte`"),
    ("$schema", "OpenAPI 3.1 has it, 3.0 does not: remove it"),
    ("$id", "OpenAPI 3.1 has it, 3.0 does not: remove it, and point with `#/components/schemas/…`"),
    ("id", "JSON Schema's `id` is not part of OpenAPI 3.0: remove it, or move it under `properties`"),
    ("$anchor", "OpenAPI 3.1 has it, 3.0 does not: remove it, and point with `#/components/schemas/…`"),
    ("$comment", "OpenAPI 3.1 has it, 3.0 does not: write a YAML comment"),
])
.rule(schema);

static DISCRIMINATOR: Object = Object::new(
    "a Discriminator Object",
    &[must("propertyName", Kind::Text), may("mapping", Kind::Map(&keys::ANY, &Kind::Custom(mapping)))],
);

static XML: Object = Object::new(
    "an XML Object",
    &[
        may("name", Kind::Text),
        may("namespace", Kind::Text),
        may("prefix", Kind::Text),
        may("attribute", Kind::Bool),
        may("wrapped", Kind::Bool),
    ],
);

const TYPES: &[&str] = &["array", "boolean", "integer", "number", "object", "string"];

/// What needs a look at several keys at once.
fn schema<'d>(walk: &mut Walk<'d>, place: Place<'d>) {
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
        if let Some(members) = place.child(key)
            && members.node.is_list()
            && members.node.members().is_empty()
        {
            let message = format!("`{key}` needs one schema at least");
            walk.within(key, |walk| walk.fault(members, message, format!("add a schema, or remove `{key}`")));
        }
    }
    let is = |key: &str| place.node.get(key).and_then(Node::as_bool) == Some(true);
    if is("readOnly") && is("writeOnly") {
        walk.fault_on_key(place, "this schema is `readOnly` and `writeOnly` at once", "remove one of the two");
    }
    let is_array = place.node.get("type").and_then(Node::as_str) == Some("array");
    if is_array && place.node.get("items").is_none() {
        let help = "write `items: {…}` with the schema of the members; `items: {}` lets everything pass";
        walk.fault_on_key(place, "an array needs `items`", help);
    }
}

fn bounds<'d>(walk: &mut Walk<'d>, place: Place<'d>, low: &str, high: &str) {
    let number = |key: &str| place.node.get(key).and_then(Node::as_f64);
    if let (Some(least), Some(most), Some(at)) = (number(low), number(high), place.child(low))
        && least > most
    {
        let shown = |key: &str| place.node.get(key).map(Node::brief).unwrap_or_default();
        let message = format!("`{low}` is {}, more than `{high}`, which is {}", shown(low), shown(high));
        walk.within(low, |walk| walk.fault(at, message, "no value can satisfy both: swap or correct them"));
    }
}

/// `type`: one text, not 3.1's list.
fn kind_of_value<'d>(walk: &mut Walk<'d>, place: Place<'d>) {
    let names: Vec<&str> = place.node.members().iter().filter_map(Node::as_str).collect();
    match &place.node.value {
        Value::List(_) => {
            let kinds: Vec<&str> = names.iter().copied().filter(|name| *name != "null").collect();
            let nullable = if kinds.len() < names.len() { " with `nullable: true` beside it" } else { "" };
            let help = match kinds.as_slice() {
                [one] => format!("write `type: {one}`{nullable}"),
                _ => format!("write `oneOf` with one schema for each type{nullable}"),
            };
            walk.fault(place, "OpenAPI 3.1 has a list of types, 3.0 does not", help);
        }
        Value::String(text) if text == "null" => {
            walk.fault(place, "OpenAPI 3.1 has the type `null`, 3.0 does not", "write `nullable: true` beside the type that it has otherwise");
        }
        _ => walk.visit(place, Kind::Choice(TYPES)),
    }
}

/// `exclusiveMinimum` and `exclusiveMaximum`: booleans, not 3.1's numbers.
fn exclusive<'d>(walk: &mut Walk<'d>, place: Place<'d>) {
    let key = place.entry.map_or("", |entry| entry.key.as_str());
    if matches!(place.node.value, Value::Number(_)) {
        let bound = if key == "exclusiveMinimum" { "minimum" } else { "maximum" };
        let help = format!("write `{bound}: {}` and `{key}: true`", place.node.brief());
        walk.fault(place, format!("OpenAPI 3.1 has a number as `{key}`, 3.0 does not"), help);
    } else {
        walk.visit(place, Kind::Bool);
    }
}

/// `required`: a list of property names, each once.
fn required<'d>(walk: &mut Walk<'d>, place: Place<'d>) {
    if matches!(place.node.value, Value::Bool(_)) {
        let help = "a property does not say by itself that it is required: add its name to the list `required` of the object that holds it";
        walk.fault(place, "`required` must be a list of property names, and is a boolean", help);
        return;
    }
    walk.visit(place, Kind::List(&Kind::Text));
    let mut seen = BTreeSet::new();
    for (index, member) in place.node.members().iter().enumerate() {
        if let Some(name) = member.as_str()
            && !seen.insert(name)
        {
            let message = format!("`{name}` stands in `required` twice");
            walk.within(&index.to_string(), |walk| walk.fault(Place::member(member), message, "remove one of the two"));
        }
    }
}

/// `enum`: a list with something in it, each value once.
fn enumeration<'d>(walk: &mut Walk<'d>, place: Place<'d>) {
    let Value::List(members) = &place.node.value else {
        walk.wrong_kind(place, "a list of values");
        return;
    };
    if members.is_empty() {
        walk.fault(place, "`enum` needs one value at least", "write the allowed values, or remove `enum`");
    }
    let mut seen = BTreeSet::new();
    for (index, member) in members.iter().enumerate() {
        let text = crate::document::convert::to_json(member).to_string();
        if !seen.insert(text) {
            let message = format!("`{}` stands in `enum` twice", member.brief());
            walk.within(&index.to_string(), |walk| walk.fault(Place::member(member), message, "remove one of the two"));
        }
    }
}

/// A schema that a discriminator names.
fn mapping<'d>(walk: &mut Walk<'d>, place: Place<'d>) {
    match walk.name_at(place) {
        Some(name) => walk.mappings.push(name),
        None => walk.visit(place, Kind::Text),
    }
}
