//! The document that the SDK is generated from, after its overlay: as JSON, and as the generator's model of it.
//!
//! In: the files of `spec/`, read once. Out: operations, schemas and examples. If one is missing, the test that needs it fails.

#![allow(clippy::panic, reason = "a test fails if a file cannot be read")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use codegen::document::{Node, Value as Raw};
use codegen::{Model, Source, Sources};
use serde_json::{Map, Value};

const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

static SOURCES: LazyLock<Sources> = LazyLock::new(|| Sources {
    spec: source("spec/openapi.yaml"),
    overlay: Some(source("spec/overlay.yaml")),
    config: source("spec/sdk.toml"),
    lock: None,
});

static MODEL: LazyLock<Model<'static>> = LazyLock::new(|| match codegen::model(&SOURCES) {
    Ok(model) => model,
    Err(report) => panic!("{report:#?}"),
});

static JSON: LazyLock<Value> = LazyLock::new(|| json(MODEL.document.root()));

fn source(path: &str) -> Source {
    Source {
        path: path.to_owned(),
        text: read(path),
    }
}

/// A file of the repository.
pub fn read(path: &str) -> String {
    let full = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path);
    match fs::read_to_string(full) {
        Ok(text) => text,
        Err(error) => panic!("{path}: {error}"),
    }
}

/// The generator's model of the document.
pub fn model() -> &'static Model<'static> {
    &MODEL
}

/// The document as JSON.
pub fn root() -> &'static Value {
    &JSON
}

/// The node that a pointer such as `/components/schemas/mcn_provider` names.
pub fn node(pointer: &str) -> &'static Value {
    match root().pointer(pointer) {
        Some(node) => node,
        None => panic!("the document has no node at {pointer}"),
    }
}

/// The node itself, or the one that it refers to.
pub fn resolve(node: &'static Value) -> &'static Value {
    match node["$ref"].as_str() {
        Some(reference) => resolve(self::node(reference.trim_start_matches('#'))),
        None => node,
    }
}

/// The entries of an object of the document; none where there is no object.
pub fn entries(node: &'static Value) -> impl Iterator<Item = (&'static str, &'static Value)> {
    let entries = node.as_object().into_iter().flatten();
    entries.map(|(key, node)| (key.as_str(), node))
}

/// The members of a list of the document; none where there is no list.
pub fn members(node: &'static Value) -> impl Iterator<Item = &'static Value> {
    node.as_array().into_iter().flatten()
}

/// One operation of the document.
#[derive(Clone, Copy, Debug)]
pub struct Operation {
    /// `operationId`.
    pub id: &'static str,
    /// The method, in lowercase letters.
    pub method: &'static str,
    /// The path template.
    pub path: &'static str,
    /// The whole node.
    pub node: &'static Value,
}

/// The operations by their ids.
pub fn operations() -> BTreeMap<&'static str, Operation> {
    let mut found = BTreeMap::new();
    for (path, item) in entries(&root()["paths"]) {
        for (method, node) in entries(item).filter(|(key, _)| METHODS.contains(key)) {
            let Some(id) = node["operationId"].as_str() else {
                panic!("{method} {path} has no operationId");
            };
            let operation = Operation {
                id,
                method,
                path,
                node,
            };
            found.insert(id, operation);
        }
    }
    found
}

impl Operation {
    /// The parameters with this `in`: `path`, `query` or `header`.
    pub fn parameters(&self, place: &'static str) -> impl Iterator<Item = &'static Value> {
        let all = members(&self.node["parameters"]).map(resolve);
        all.filter(move |parameter| parameter["in"] == place)
    }

    /// The responses by status.
    pub fn responses(&self) -> impl Iterator<Item = (&'static str, &'static Value)> {
        entries(&self.node["responses"]).map(|(status, node)| (status, resolve(node)))
    }

    /// The only successful response that the document lists.
    pub fn success(&self) -> (u16, &'static Value) {
        let mut successes = self
            .responses()
            .filter(|(status, _)| status.starts_with('2'));
        match (successes.next(), successes.next()) {
            (Some((status, node)), None) => (number(status), node),
            _ => panic!("{}: expected one success", self.id),
        }
    }

    /// The failures that have an example: the status of the response, and the example.
    pub fn failures(&self) -> impl Iterator<Item = (u16, &'static Value)> {
        let failures = self
            .responses()
            .filter(|(status, _)| !status.starts_with('2'));
        failures.filter_map(|(status, node)| {
            let example = node["content"]["application/json"].get("example")?;
            let status = if status == "default" { "400" } else { status };
            Some((number(status), example))
        })
    }
}

fn number(status: &str) -> u16 {
    match status.parse() {
        Ok(number) => number,
        Err(_) => panic!("{status} is not an HTTP status"),
    }
}

/// A node of the generator's tree as JSON.
pub fn json(node: &Node) -> Value {
    match &node.value {
        Raw::Null => Value::Null,
        Raw::Bool(value) => Value::Bool(*value),
        Raw::Number(text) => match serde_json::from_str(text) {
            Ok(number) => Value::Number(number),
            Err(_) => panic!("{text} is not a JSON number"),
        },
        Raw::String(text) => Value::String(text.clone()),
        Raw::List(members) => Value::Array(members.iter().map(json).collect()),
        Raw::Map(entries) => {
            let entries = entries
                .iter()
                .map(|entry| (entry.key.clone(), json(&entry.node)));
            Value::Object(entries.collect::<Map<_, _>>())
        }
    }
}
