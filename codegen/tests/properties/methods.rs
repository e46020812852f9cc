//! Accepted inputs never define a name twice in one scope: no two methods of one type, no two fields, variants or arguments,
//! no two items of one file.
//!
//! Input: generated files as syntax trees, of all inputs of this test and of documents whose names are made to clash.

use std::collections::BTreeSet;

use codegen::naming::{CALL, CLIENT};
use codegen::{Source, Sources, generate};
use proptest::prelude::{Strategy, any, prop_oneof};
use proptest::sample::select;
use quote::ToTokens;
use serde_json::{Map, Value, json};
use syn::{FnArg, Ident, ImplItem, Item, ItemImpl, Pat, Signature, Type};

use super::holds;

/// Fails if a file defines one name twice in one scope.
pub(crate) fn check_unique(path: &str, file: &syn::File) {
    let mut names = Names::default();
    for item in &file.items {
        names.item(item);
    }
    assert_eq!(names.twice, [""; 0], "{path}");
}

/// The names found so far, each with its scope.
#[derive(Default)]
struct Names {
    met: BTreeSet<(String, String)>,
    twice: Vec<String>,
}

impl Names {
    fn take(&mut self, place: &str, name: &str) {
        if !self.met.insert((place.to_owned(), name.to_owned())) {
            self.twice.push(format!("`{name}` in {place}"));
        }
    }

    fn item(&mut self, item: &Item) {
        let mut all = |name: &Ident, members: &mut dyn Iterator<Item = &Ident>| {
            self.take("the file", &name.to_string());
            for member in members {
                self.take(&format!("the type {name}"), &member.to_string());
            }
        };
        match item {
            Item::Struct(item) => all(
                &item.ident,
                &mut item.fields.iter().filter_map(|field| field.ident.as_ref()),
            ),
            Item::Enum(item) => all(
                &item.ident,
                &mut item.variants.iter().map(|variant| &variant.ident),
            ),
            Item::Const(item) => all(&item.ident, &mut std::iter::empty()),
            Item::Impl(block) => self.members(block),
            _ => {}
        }
    }

    fn members(&mut self, block: &ItemImpl) {
        let ty = name_of(&block.self_ty);
        if let Some((path, _)) = &block.trait_ {
            self.take(
                &format!("the traits of {ty}"),
                &path.to_token_stream().to_string(),
            );
            return;
        }
        let runtime: &[&str] = match ty.split(' ').next() {
            Some("Call") => CALL,
            Some("Client") => CLIENT,
            _ => &[],
        };
        for item in &block.items {
            let ImplItem::Fn(function) = item else {
                continue;
            };
            let name = function.sig.ident.to_string();
            assert!(!runtime.contains(&name.as_str()), "`{name}` of the runtime");
            self.take(&format!("the methods of {ty}"), &name);
            self.arguments(&format!("the arguments of {ty}::{name}"), &function.sig);
            // `new` without arguments calls `default`, which must be the trait's.
            if name == "new" && function.sig.inputs.is_empty() {
                self.take(&format!("the methods of {ty}"), "default");
            }
        }
    }

    fn arguments(&mut self, place: &str, signature: &Signature) {
        for input in &signature.inputs {
            if let FnArg::Typed(typed) = input
                && let Pat::Ident(name) = &*typed.pat
            {
                self.take(place, &name.ident.to_string());
            }
        }
    }
}

/// The type of an `impl`. A call has methods for each endpoint; a builder is one type, whatever is set already.
fn name_of(ty: &Type) -> String {
    let text = ty.to_token_stream().to_string();
    match text.split_once(" <") {
        Some((name, _)) if name != "Call" => name.to_owned(),
        _ => text,
    }
}

/// Names of few words, so that clashes are frequent.
const WORDS: &[&str] = &["x", "y", "z", "clear_x", "clear_y", "id", "name", "state"];

/// Names that clash with those of the runtime, or with each other after conversion.
const CLASHING: &[&str] = &[
    "clear_clear_x",
    "clearX",
    "X",
    "new",
    "build",
    "builder",
    "default",
    "clone",
    "additional_properties",
    "body",
    "send",
    "as_str",
    "all",
    "unknown",
];

/// A property or parameter: its name, its type, and whether it is required, nullable, read-only, write-only.
type Part = (&'static str, &'static str, [bool; 4]);

fn part() -> impl Strategy<Value = Part> {
    let types = &["string", "boolean", "array", "object", "integer"];
    let name = prop_oneof![8 => select(WORDS), 1 => select(CLASHING)];
    (name, select(types.as_slice()), any::<[bool; 4]>())
}

#[test]
fn no_two_methods_of_one_type_have_one_name() {
    let parts = |most: usize| proptest::collection::vec(part(), 0..most);
    let literal = prop_oneof![4 => select(PLAIN), 1 => select(LITERALS)];
    let literals = proptest::collection::vec(literal, 2..4);
    let strategy = (parts(7), parts(4), parts(4), any::<[bool; 4]>(), literals);
    let accepted = std::cell::Cell::new(0);
    holds(
        1500,
        &strategy,
        |(lamp, other, parameters, how, literals)| {
            let sources = document(&lamp, &other, &parameters, how, &literals);
            super::check(&sources);
            accepted.set(accepted.get() + usize::from(generate(&sources).is_ok()));
        },
    );
    assert!(accepted.get() > 100, "{} accepted", accepted.get());
}

/// Segments of paths.
const PLAIN: &[&str] = &["lamps", "rooms", "bulbs", "walls"];

/// Segments that clash with methods of the runtime, or with other operations.
const LITERALS: &[&str] = &[
    "request",
    "rate-limit",
    "new",
    "list",
    "get",
    "create",
    "wait",
    "clone",
];

/// A document with one or two operations: `how` decides in which messages the first schema is, whether it has other
/// properties, whether it is in a union, and whether the body is required.
fn document(
    lamp: &[Part],
    other: &[Part],
    parameters: &[Part],
    [sent, received, open, in_union]: [bool; 4],
    literals: &[&str],
) -> Sources {
    let named = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
    let shape = named(if in_union { "either" } else { "lamp" });
    let lists = json!({"type": "array", "items": {}});
    let result = if received {
        shape.clone()
    } else {
        json!({"type": "string"})
    };
    let envelope = json!({"type": "object", "properties": {"success": {"type": "boolean"}, "errors": lists, "result": result}});
    let mut operation = json!({
        "operationId": "do-it",
        "parameters": parameters.iter().map(parameter).collect::<Vec<_>>(),
        "responses": {"200": {"description": "d", "content": {"application/json": {"schema": envelope}}}},
    });
    if sent {
        operation["requestBody"] =
            json!({"required": open, "content": {"application/json": {"schema": shape}}});
    }
    let first = format!("/{}", literals.join("/"));
    let second = format!("/{}/other", literals[0]);
    let get = json!({"operationId": "get-it", "responses": {"204": {"description": "d"}}});
    let mut schemas = Map::new();
    schemas.insert("lamp".to_owned(), schema(lamp, open));
    if in_union {
        schemas.insert("other".to_owned(), schema(other, false));
        let members = json!([named("lamp"), named("other")]);
        schemas.insert("either".to_owned(), json!({"oneOf": members}));
    }
    let text = json!({
        "openapi": "3.0.3",
        "info": {"title": "t", "version": "1"},
        "paths": {first: {"post": operation}, second: {"get": get}},
        "components": {"schemas": schemas},
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

fn schema(parts: &[Part], open: bool) -> Value {
    let mut properties = Map::new();
    let mut required = BTreeSet::new();
    for (name, ty, [is_required, nullable, read, write]) in parts {
        let mut property = plain(ty);
        property["nullable"] = json!(nullable);
        property["readOnly"] = json!(*read && !write);
        property["writeOnly"] = json!(*write && !read);
        properties.insert((*name).to_owned(), property);
        if *is_required {
            required.insert(*name);
        }
    }
    let mut schema = json!({"type": "object", "properties": properties, "required": required});
    if open {
        schema["additionalProperties"] = json!({"type": "string"});
    }
    schema
}

fn parameter((name, ty, [required, ..]): &Part) -> Value {
    json!({"name": name, "in": "query", "required": required, "schema": plain(ty)})
}

fn plain(ty: &str) -> Value {
    match ty {
        "array" => json!({"type": "array", "items": {"type": "string"}}),
        "object" => json!({"type": "object"}),
        ty => json!({"type": ty}),
    }
}
