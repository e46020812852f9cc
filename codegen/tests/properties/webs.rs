//! Webs of a few schemas that refer to each other, and to themselves, through every keyword that has a schema: the generator accepts or
//! refuses each of them, in time.
//!
//! In: random schemas. Out: the properties of any input.

use codegen::{Source, Sources};
use proptest::collection::vec;
use proptest::prelude::{BoxedStrategy, Just, Strategy, prop_oneof};
use proptest::sample::select;
use serde_json::{Value, json};

use super::{check, holds};

/// The components. Each can refer to all of them.
const NAMES: [&str; 4] = ["Ash", "Birch", "Cedar", "Elm"];

/// The names of properties: few, so that members of an `allOf` declare the same ones.
const KEYS: [&str; 3] = ["leaf", "root", "kind"];

fn leaf() -> BoxedStrategy<Value> {
    let name = select(NAMES.as_slice());
    prop_oneof![
        4 => name.prop_map(|name| json!({"$ref": format!("#/components/schemas/{name}")})),
        1 => select(["string", "integer", "boolean", "object"].as_slice()).prop_map(|ty| json!({"type": ty})),
        1 => select(KEYS.as_slice()).prop_map(|value| json!({"type": "string", "enum": [value]})),
        1 => select(KEYS.as_slice()).prop_map(|key| json!({"required": [key]})),
        1 => Just(json!({})),
    ]
    .boxed()
}

fn object(inner: BoxedStrategy<Value>) -> impl Strategy<Value = Value> {
    let properties = vec((select(KEYS.as_slice()), inner), 1..3);
    (properties, vec(select(KEYS.as_slice()), 0..2)).prop_map(|(properties, required)| {
        let properties: serde_json::Map<String, Value> = properties
            .into_iter()
            .map(|(key, schema)| (key.to_owned(), schema))
            .collect();
        match required.is_empty() {
            true => json!({"type": "object", "properties": properties}),
            false => json!({"type": "object", "properties": properties, "required": required}),
        }
    })
}

/// A schema with others inside, and sometimes with properties beside them.
fn schema() -> impl Strategy<Value = Value> {
    leaf().prop_recursive(3, 12, 3, |inner| {
        let members = vec(inner.clone(), 1..4);
        let grouped = (
            select(["allOf", "oneOf", "anyOf"].as_slice()),
            members,
            proptest::option::of(object(inner.clone())),
        );
        prop_oneof![
            3 => object(inner.clone()),
            1 => inner.clone().prop_map(|items| json!({"type": "array", "items": items})),
            1 => inner.clone().prop_map(|values| json!({"type": "object", "additionalProperties": values})),
            4 => grouped.prop_map(|(keyword, members, beside)| {
                let mut schema = beside.unwrap_or_else(|| json!({}));
                schema[keyword] = Value::Array(members);
                schema
            }),
        ]
    })
}

/// A shape that its kind tells from others.
fn told(kind: &str) -> Value {
    json!({"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string", "enum": [kind]}}})
}

fn sources(schemas: &[Value]) -> Sources {
    let components: serde_json::Map<String, Value> = NAMES
        .iter()
        .map(|name| (*name).to_owned())
        .zip(schemas.iter().cloned())
        .chain(["Oak", "Pine"].map(|name| {
            let schema = json!({"type": "object", "properties": {name: {"type": "string"}}});
            (name.to_owned(), schema)
        }))
        .collect();
    let body = json!({"application/json": {"schema": {"$ref": "#/components/schemas/Ash"}}});
    // What the entries of sdk.toml are about, in any case.
    let settings = json!({"application/json": {"schema": {
        "type": "object",
        "required": ["absent"],
        "properties": {"any": {"oneOf": [
            {"$ref": "#/components/schemas/Oak"},
            {"$ref": "#/components/schemas/Pine"},
        ]}, "told": {"oneOf": [told("beech"), told("birch")]}},
    }}});
    let document = json!({
        "openapi": "3.0.3",
        "info": {"title": "Trees", "version": "1"},
        "servers": [{"url": "https://trees.example"}],
        "paths": {
            "/trees": {"post": {
                "operationId": "plant",
                "requestBody": {"required": true, "content": body},
                "responses": {"200": {"description": "Planted.", "content": body}},
            }},
            "/settings": {"get": {
                "operationId": "settings",
                "responses": {"200": {"description": "In effect.", "content": settings}},
            }},
        },
        "components": {"schemas": components},
    });
    let source = |path: &str, text: String| Source {
        path: path.to_owned(),
        text,
    };
    let bare = Sources {
        spec: source("spec.yaml", document.to_string()),
        overlay: None,
        config: source(
            "sdk.toml",
            "layout = \"nested\"\nundefined_required = \"ignore\"\nunion_tags = \"implied\"\n[unions.\"*\"]\nundecidable = \"json\"\n".to_owned(),
        ),
        lock: None,
    };
    let lock = codegen::lock(&bare, None).ok().flatten();
    Sources {
        lock: lock.map(|text| source("names.lock", text)),
        ..bare
    }
}

#[test]
fn schemas_that_refer_to_each_other_in_any_way() {
    holds(250, &vec(schema(), NAMES.len()), |schemas| {
        check(&sources(&schemas));
    });
}
