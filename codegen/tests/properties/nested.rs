//! Names in nested layout: everything has a name once clashes are settled, and what comes and goes beside a thing renames nothing.

use std::collections::{BTreeMap, BTreeSet};

use codegen::{Model, Source, Sources, lock, model};
use proptest::prelude::Strategy;
use serde_json::{Map, Value, json};

use super::holds;

/// A handle with two methods, and the schema that they take and return.
type Piece = (usize, usize, usize, Vec<usize>, Vec<usize>);

/// Literals of paths: some have one name in Rust.
const LITERALS: [&str; 6] = [
    "doors",
    "walls",
    "front-door",
    "front_door",
    "type",
    "lists",
];
const SCHEMAS: [&str; 8] = [
    "a_door",
    "b_door",
    "c_door",
    "a_list",
    "doors_get",
    "a_doors",
    "b_wall",
    "a-wall",
];
const PROPERTIES: [&str; 9] = [
    "name", "a-b", "a_b", "type", "1st", "", "self", "build", "aB",
];
const VALUES: [&str; 9] = ["on", "ON", "1", "1.0", "", "+", "unknown", "Self", "a b"];

fn piece() -> impl Strategy<Value = Piece> {
    let few = |most: usize| proptest::collection::vec(0..most, 0..4);
    (
        0..3usize,
        0..LITERALS.len(),
        0..SCHEMAS.len(),
        few(PROPERTIES.len()),
        few(VALUES.len()),
    )
}

#[test]
fn what_comes_and_goes_renames_nothing() {
    let pieces = |most: usize| proptest::collection::vec(piece(), 1..most);
    let strategy = (pieces(6), pieces(4), proptest::bool::ANY);
    holds(60, &strategy, |(first, more, in_front)| {
        let mut all = match in_front {
            true => [more.clone(), first.clone()].concat(),
            false => [first.clone(), more].concat(),
        };
        // Of one place the first piece counts: nothing that is there before changes itself.
        let known: BTreeSet<_> = first.iter().map(|piece| (piece.0, piece.1)).collect();
        let schemas: BTreeSet<_> = first.iter().map(|piece| piece.2).collect();
        all.retain(|piece| {
            first.contains(piece)
                || !(known.contains(&(piece.0, piece.1)) || schemas.contains(&piece.2))
        });
        let before = settled(document(&first), None);
        let grown = settled(document(&all), Some(&before));
        unchanged(&before, &grown);
        let shrunk = Sources {
            lock: grown.lock.clone(),
            ..document(&first)
        };
        let shrunk = settled(shrunk, Some(&grown));
        unchanged(&grown, &shrunk);
    });
}

/// The inputs with the names that settle them.
fn settled(mut sources: Sources, before: Option<&Sources>) -> Sources {
    if let (None, Some(before)) = (&sources.lock, before) {
        sources.lock.clone_from(&before.lock);
    }
    let text = lock(&sources, before).unwrap_or_else(|report| panic!("{report:?}"));
    sources.lock = text.map(|text| Source {
        path: "names.lock".to_owned(),
        text,
    });
    super::check(&sources);
    if let Err(report) = model(&sources) {
        let report = report.render(codegen::MessageFormat::Human);
        panic!("{}\n{report}", sources.spec.text);
    }
    sources
}

/// What is in both has one name in both.
fn unchanged(one: &Sources, other: &Sources) {
    let (was, is) = (model(one).unwrap(), model(other).unwrap());
    let (was, is) = (names(&was), names(&is));
    for (node, name) in &was {
        if let Some(now) = is.get(node) {
            assert_eq!(name, now, "{node}\n{}\n{}", one.spec.text, other.spec.text);
        }
    }
}

/// The names of a model by their nodes; a type has one in each module of a handle that uses it.
fn names(model: &Model<'_>) -> BTreeMap<String, String> {
    let names = &model.names;
    let mut found = BTreeMap::new();
    for pointer in model.api.types.keys() {
        for user in names.users.of_type(pointer) {
            let path = format!("{}::{}", names.homes.handles[user], names.types[pointer]);
            found.insert(format!("{pointer} in {user}"), path);
        }
    }
    for (pointer, name) in names.fields.iter().chain(&names.parameters) {
        found.insert(pointer.to_string(), name.clone());
    }
    for (pointer, name) in &names.variants {
        found.insert(pointer.to_string(), name.clone());
    }
    for (pointer, method) in &names.methods {
        found.insert(pointer.to_string(), format!("{method:?}"));
    }
    for (key, handle) in &names.handles {
        found.insert(
            key.clone(),
            format!("{handle:?} {}", names.homes.handles[key]),
        );
    }
    found
}

fn document(pieces: &[Piece]) -> Sources {
    let mut paths = Map::new();
    let mut schemas = Map::new();
    for (above, literal, schema, properties, values) in pieces {
        let (literal, schema) = (LITERALS[*literal], SCHEMAS[*schema]);
        let path = format!("/houses{above}/{literal}");
        if paths.contains_key(&path) {
            continue;
        }
        let own = json!({"$ref": format!("#/components/schemas/{schema}")});
        let envelope = json!({"type": "object", "properties": {"success": {"type": "boolean"}, "errors": {"type": "array", "items": {}}, "result": own}});
        let responses = json!({"200": {"description": "d", "content": {"application/json": {"schema": envelope}}}});
        let id = format!("{above}-{literal}");
        let body = json!({"required": true, "content": {"application/json": {"schema": own}}});
        paths.insert(
            path,
            json!({
                "get": {"operationId": format!("{id}-get"), "responses": responses},
                "put": {"operationId": format!("{id}-put"), "requestBody": body, "responses": responses},
            }),
        );
        let mut members = Map::new();
        for property in properties {
            members.insert(PROPERTIES[*property].to_owned(), json!({"type": "string"}));
        }
        let values: BTreeSet<&str> = values.iter().map(|value| VALUES[*value]).collect();
        if !values.is_empty() {
            members.insert("kind".to_owned(), json!({"type": "string", "enum": values}));
        }
        members.insert("own".to_owned(), json!({"type": "string"}));
        let object = json!({"type": "object", "properties": members});
        schemas.entry(schema).or_insert(object);
    }
    let used: Vec<String> = schemas.keys().cloned().collect();
    let text = json!({
        "openapi": "3.0.3",
        "info": {"title": "t", "version": "1"},
        "paths": Value::Object(paths),
        "components": {"schemas": Value::Object(schemas)},
    });
    let source = |path: &str, text: String| Source {
        path: path.to_owned(),
        text,
    };
    let affix = |text: &str| {
        let is_used = used.iter().any(|schema| schema.starts_with(text));
        match is_used {
            true => format!("\"{text}\" = \"\"\n"),
            false => String::new(),
        }
    };
    let affixes: String = ["a_", "b_", "c_"].into_iter().map(affix).collect();
    let config = format!("layout = \"nested\"\n[names.prefixes]\n{affixes}");
    Sources {
        spec: source("spec.json", text.to_string()),
        overlay: None,
        config: source("sdk.toml", config),
        lock: None,
    }
}
