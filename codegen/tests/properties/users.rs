//! Who uses a type: compared with a search of the document, from each handle anew.

use std::collections::{BTreeMap, BTreeSet};

use codegen::{Source, Sources, model};
use proptest::collection::vec;
use serde_json::{Map, Value, json};

use super::holds;

/// As many handles as schemas.
const SIZE: usize = 7;

/// For each schema, those that it refers to; for each handle, the schema that it returns.
type Web = (Vec<Vec<usize>>, Vec<usize>);

#[test]
fn the_users_of_a_type_are_the_handles_that_lead_to_it() {
    let web = (
        vec(vec(0..SIZE, 0..3), SIZE..=SIZE),
        vec(0..SIZE, SIZE..=SIZE),
    );
    holds(80, &web, |web| {
        let expected = users(&web);
        for layout in ["flat", "nested"] {
            let sources = document(&web, layout);
            let model = model(&sources).unwrap();
            let names = &model.names;
            let found = model.api.types.keys().map(|pointer| {
                let users = names.users.of_type(pointer);
                let listed = users.len();
                let users: BTreeSet<String> = users.into_iter().map(str::to_owned).collect();
                assert_eq!(users.len(), listed, "each once");
                (pointer.to_string(), users)
            });
            let found: BTreeMap<String, BTreeSet<String>> = found.collect();
            if layout == "nested" {
                assert_eq!(found, expected, "{}", sources.spec.text);
                continue;
            }
            // One or several: that is what the home of a type depends on, and no list is longer.
            let counted = |users: &BTreeSet<String>| users.len().min(2);
            for (pointer, users) in &expected {
                let found = &found[pointer];
                assert_eq!(found.len(), counted(users), "{}", sources.spec.text);
                assert!(found.is_subset(users));
            }
            for (pointer, home) in &names.homes.types {
                let users = &expected[&pointer.to_string()];
                let only = users.first().filter(|_| users.len() == 1);
                let file = only.map_or("shared", |key| &names.homes.handles[key]);
                assert_eq!(home, file, "{}", sources.spec.text);
            }
        }
    });
}

/// The handles that lead to each schema that one leads to.
fn users((references, returned): &Web) -> BTreeMap<String, BTreeSet<String>> {
    let mut users: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (handle, first) in returned.iter().enumerate() {
        let mut seen = BTreeSet::new();
        let mut open = vec![*first];
        while let Some(schema) = open.pop() {
            if seen.insert(schema) {
                open.extend(&references[schema]);
                let pointer = format!("/components/schemas/s{schema}");
                users
                    .entry(pointer)
                    .or_default()
                    .insert(format!("h{handle}"));
            }
        }
    }
    users
}

fn document((references, returned): &Web, layout: &str) -> Sources {
    let reference = |schema: &usize| json!({"$ref": format!("#/components/schemas/s{schema}")});
    let schemas = references.iter().enumerate().map(|(schema, references)| {
        let others = references.iter().enumerate();
        let others = others.map(|(index, other)| (format!("to_{index}"), reference(other)));
        let mut properties: Map<String, Value> = others.collect();
        properties.insert("name".to_owned(), json!({"type": "string"}));
        let schema = format!("s{schema}");
        (schema, json!({"type": "object", "properties": properties}))
    });
    let schemas: Map<String, Value> = schemas.collect();
    let paths = returned.iter().enumerate().map(|(handle, first)| {
        let envelope = json!({"type": "object", "properties": {"success": {"type": "boolean"}, "errors": {"type": "array", "items": {}}, "result": reference(first)}});
        let responses = json!({"200": {"description": "d", "content": {"application/json": {"schema": envelope}}}});
        let operation = |method: &str| json!({"operationId": format!("h{handle}-{method}"), "responses": responses});
        let item = json!({"get": operation("get"), "put": operation("put")});
        (format!("/h{handle}"), item)
    });
    let paths: Map<String, Value> = paths.collect();
    let spec = json!({
        "openapi": "3.0.3",
        "info": {"title": "t", "version": "1"},
        "paths": paths,
        "components": {"schemas": schemas},
    });
    let source = |path: &str, text: String| Source {
        path: path.to_owned(),
        text,
    };
    Sources {
        spec: source("spec.json", spec.to_string()),
        overlay: None,
        config: source("sdk.toml", format!("layout = \"{layout}\"\n")),
        lock: None,
    }
}
