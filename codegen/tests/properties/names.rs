//! Names: valid, unique in their scope, and unchanged when something is added beside them.

use std::collections::BTreeSet;

use codegen::{Source, Sources, generate, model};
use proptest::prelude::{Strategy, prop_oneof};
use serde_json::json;
use serde_yaml::Value;

use super::holds;
use super::inputs::{ours, rewritable};

/// Wire names: most are usual ones, a few are very unusual.
fn wire_name() -> impl Strategy<Value = String> {
    prop_oneof![
        20 => "[a-z]{2,5}(_[a-z0-9]{1,4}){0,2}",
        10 => "[a-z]{2,4}[A-Z][a-z]{1,4}",
        10 => "[A-Z]{2,6}(-[a-z]{2,4})?",
        1 => "[A-Za-z0-9_ -]{0,8}",
        1 => "(type|self|Self|new|build|Unknown|error|body|clone|send)",
        1 => "\\PC{0,4}",
    ]
}

#[test]
fn names_are_valid_and_unique_for_any_wire_names() {
    let list = |least: usize, most: usize| proptest::collection::vec(wire_name(), least..most);
    let strategy = (
        "[A-Za-z]{2}[A-Za-z0-9._-]{1,8}",
        "[A-Za-z]{2}[A-Za-z0-9._-]{1,8}",
        list(1, 5),
        list(1, 5),
        list(0, 4),
        "[a-z]{2}[A-Za-z0-9_~-]{1,6}",
    );
    holds(
        600,
        &strategy,
        |(schema, other, properties, values, parameters, literal)| {
            let sources = document(
                &[&schema, &other],
                &properties,
                &values,
                &parameters,
                &literal,
            );
            super::check(&sources);
            if let Ok(model) = model(&sources) {
                check_names(&model);
            }
        },
    );
}

#[test]
fn names_of_our_document_are_valid_and_unique() {
    check_names(&model(&ours()).unwrap());
}

/// A document with these names.
fn document(
    schemas: &[&str; 2],
    properties: &[String],
    values: &[String],
    parameters: &[String],
    literal: &str,
) -> Sources {
    let properties: serde_json::Map<_, _> = properties
        .iter()
        .map(|name| (name.clone(), json!({"type": "string"})))
        .collect();
    let values: BTreeSet<&String> = values.iter().collect();
    let names: BTreeSet<&String> = parameters.iter().collect();
    let parameters: Vec<_> = names
        .iter()
        .map(|name| json!({"name": name, "in": "query", "schema": {"type": "string"}}))
        .collect();
    let lists = json!({"type": "array", "items": {}});
    let result = json!({"$ref": format!("#/components/schemas/{}", schemas[0])});
    let envelope = json!({"type": "object", "properties": {"success": {"type": "boolean"}, "errors": lists, "result": result}});
    let text = json!({
        "openapi": "3.0.3",
        "info": {"title": "t", "version": "1"},
        "paths": {format!("/lamps/{literal}"): {"post": {
            "operationId": "lamps-post",
            "parameters": parameters,
            "requestBody": {"required": true, "content": {"application/json": {"schema": result}}},
            "responses": {"200": {"description": "d", "content": {"application/json": {"schema": envelope}}}},
        }}},
        "components": {"schemas": {
            schemas[0]: {"type": "object", "properties": properties, "additionalProperties": {"$ref": format!("#/components/schemas/{}", schemas[1])}},
            schemas[1]: {"type": "string", "enum": values},
        }},
    });
    let source = |path: &str, text: String| Source {
        path: path.to_owned(),
        text,
    };
    Sources {
        spec: source("spec.json", text.to_string()),
        overlay: None,
        config: source("sdk.toml", String::new()),
        lock: None,
    }
}

/// Items are unique in the crate, and every name is valid.
fn check_names(model: &codegen::Model<'_>) {
    let names = &model.names;
    let handles = names.handles.values().map(|handle| &handle.ty);
    let endpoints = names.methods.values().map(|method| &method.endpoint);
    // Schemas that share a type share its name; they are one entry of the model.
    let types = names.types.values();
    let items: Vec<&String> = types
        .chain(handles)
        .chain(endpoints)
        .chain(model.api.ids.keys())
        .collect();
    let unique: BTreeSet<&String> = items.iter().copied().collect();
    assert_eq!(unique.len(), items.len(), "{items:?}");
    let methods = names.methods.values().map(|method| &method.method);
    let words = names
        .fields
        .values()
        .chain(names.variants.values())
        .chain(methods);
    for name in items.into_iter().chain(words) {
        assert!(
            syn::parse_str::<syn::Ident>(name).is_ok(),
            "{name} is not a name"
        );
        assert!(
            !name.starts_with('_') && !name.ends_with('_'),
            "{name} is not a public name"
        );
    }
}

#[test]
fn additions_change_no_file_of_other_resources() {
    for (name, sources) in rewritable() {
        let before = generate(&sources).unwrap();
        for first in [true, false] {
            let after = generate(&with_addition(&sources, first)).unwrap_or_else(|report| {
                panic!("{name}: {}", report.render(codegen::MessageFormat::Human));
            });
            // These list what is in all resources.
            let lists = ["features.toml", "mod.rs", "rules.rs"];
            for (path, text) in before
                .files
                .iter()
                .filter(|(path, _)| !lists.contains(path))
            {
                assert_eq!(after.files.get(path), Some(text), "{name}: {path}");
            }
            let root = after.files.get("mod.rs").unwrap();
            let exported = exported(root);
            let lost = self::exported(before.files.get("mod.rs").unwrap());
            let lost: Vec<_> = lost.difference(&exported).collect();
            assert!(lost.is_empty(), "{name}: {lost:?}");
            let lost: Vec<_> = products(&before)
                .difference(&products(&after))
                .cloned()
                .collect();
            assert!(lost.is_empty(), "{name}: {lost:?}");
        }
    }
}

/// The lines of the products, without that of all of them.
fn products(output: &codegen::Output) -> BTreeSet<String> {
    let list = output.files.get("features.toml").unwrap_or_default();
    let lines = list
        .lines()
        .filter(|line| !line.starts_with("all-products"));
    lines.map(str::to_owned).collect()
}

/// The names in the `pub use` items of `mod.rs`.
fn exported(root: &str) -> BTreeSet<String> {
    let words = root.split(|c: char| !(c.is_alphanumeric() || c == '_'));
    words
        .filter(|word| word.starts_with(char::is_uppercase))
        .map(str::to_owned)
        .collect()
}

/// The document with an added resource, schema and enum, before all others or after them.
fn with_addition(sources: &Sources, first: bool) -> Sources {
    let mut tree: Value = serde_yaml::from_str(&sources.spec.text).unwrap();
    let path: Value = serde_yaml::from_str(PATH).unwrap();
    let schemas: Value = serde_yaml::from_str(SCHEMAS).unwrap();
    let root = tree.as_mapping_mut().unwrap();
    add(
        root.entry("paths".into())
            .or_insert_with(|| Value::Mapping(Default::default())),
        &path,
        first,
    );
    let components = root
        .entry("components".into())
        .or_insert_with(|| Value::Mapping(Default::default()));
    let listed = components.as_mapping_mut().unwrap().entry("schemas".into());
    add(
        listed.or_insert_with(|| Value::Mapping(Default::default())),
        &schemas,
        first,
    );
    let mut sources = sources.clone();
    sources.spec.text = serde_yaml::to_string(&tree).unwrap();
    // If patterns select the paths, they must select the new one too.
    sources.config.text = sources
        .config
        .text
        .replacen("paths = [", "paths = [\"/zebras/**\", ", 1);
    sources
}

fn add(map: &mut Value, new: &Value, first: bool) {
    let (old, new) = (
        map.as_mapping().unwrap().clone(),
        new.as_mapping().unwrap().clone(),
    );
    let (one, other) = if first { (new, old) } else { (old, new) };
    *map = Value::Mapping(one.into_iter().chain(other).collect());
}

const PATH: &str = "
/zebras/{zebra_id}:
  get:
    operationId: zebras-get
    security: []
    parameters:
      - {name: zebra_id, in: path, required: true, schema: {type: string}}
    responses:
      '200':
        description: A zebra.
        content:
          application/json:
            schema:
              type: object
              properties:
                success: {type: boolean}
                errors: {type: array, items: {type: object}}
                result: {$ref: '#/components/schemas/zebra'}
";

const SCHEMAS: &str = "
zebra: {type: object, required: [stripes], properties: {stripes: {$ref: '#/components/schemas/stripes'}}}
stripes: {type: string, enum: [black, white]}
";
