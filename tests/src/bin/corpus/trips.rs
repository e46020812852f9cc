//! Round trips: each generated type reads random values of its schema, and writes them again.
//!
//! In: the cases with their types. Out: a program for the copy of the SDK, the values for it, and the faults in what it prints.

use std::collections::BTreeSet;
use std::path::Path;

use ::tests::schema::{Message, shape_faults};
use serde_json::{Number, Value, json};

use crate::instance::Maker;

/// How many values of each type.
const VALUES: u64 = 12;

/// How often a value is made that the document allows: what it says of one value in several places is made for each of them, so that it can
/// contradict itself.
const TURNS: u64 = 16;

/// How far down a choice is looked at.
const DEEPEST: usize = 6;

/// A generated type: its Rust path below the case, and the node that defines it.
#[derive(Clone, Debug)]
pub(crate) struct TypeName {
    pub(crate) path: String,
    pub(crate) pointer: String,
}

/// The values of the types of a document: `(path, value)`. A type whose schema has no value is left out.
pub(crate) fn values(root: &Value, types: &[TypeName]) -> Vec<(String, Value)> {
    let mut values = Vec::new();
    for (number, ty) in (0..).zip(types) {
        for seed in 0..VALUES {
            let value = value(root, &ty.pointer, number * VALUES + seed);
            let newer = value.as_ref();
            let newer = newer.and_then(|value| unlisted(root, &ty.pointer, value));
            let both = value.into_iter().chain(newer);
            values.extend(both.map(|value| (ty.path.clone(), value)));
        }
    }
    values
}

/// The first value of a schema that the document allows. Where that contradicts itself, none is found, and the first value is used.
fn value(root: &Value, pointer: &str, seed: u64) -> Option<Value> {
    let schema = root.pointer(pointer)?;
    let seeds = (0..TURNS).map(|turn| seed * TURNS + turn + 1);
    let mut made = seeds.filter_map(|seed| Maker::new(root, seed).at(pointer));
    let first = made.next()?;
    let fits = |value: &Value| shape_faults(root, schema, value, Message::Any).is_empty();
    if fits(&first) {
        return Some(first);
    }
    Some(made.find(fits).unwrap_or(first))
}

/// The value of a choice with texts that its document does not list, as a newer service sends them: nothing of it may be lost either. Only
/// choices are tried: a struct can be a variant, whose tag must keep its value.
fn unlisted(root: &Value, pointer: &str, value: &Value) -> Option<Value> {
    let schema = root.pointer(pointer)?;
    let is_choice = |key: &str| schema[key].as_array().is_some_and(|list| list.len() > 1);
    if !is_choice("oneOf") && !is_choice("anyOf") {
        return None;
    }
    let mut listed = BTreeSet::new();
    listed_texts(root, schema, &mut listed, 0);
    let mut newer = value.clone();
    for (key, inner) in newer.as_object_mut()? {
        if inner.is_string() && listed.contains(key.as_str()) {
            *inner = json!("unlisted");
        }
    }
    (newer != *value).then_some(newer)
}

/// The properties of an object, and of all that it is a choice among or is merged of, whose texts the document lists.
fn listed_texts<'a>(
    root: &'a Value,
    schema: &'a Value,
    found: &mut BTreeSet<&'a str>,
    depth: usize,
) {
    let resolved = |schema: &'a Value| {
        let target = schema["$ref"].as_str()?.strip_prefix('#')?;
        root.pointer(target)
    };
    let schema = resolved(schema).unwrap_or(schema);
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        let property = resolved(property).unwrap_or(property);
        if property["enum"].is_array() {
            found.insert(name);
        }
    }
    for key in ["allOf", "oneOf", "anyOf"] {
        let members = schema[key].as_array().into_iter().flatten();
        for member in members.filter(|_| depth < DEEPEST) {
            listed_texts(root, member, found, depth + 1);
        }
    }
}

/// The program: reads the lines of a file, and prints for each `{"written"}` or `{"error"}`.
pub(crate) fn program(types: &[TypeName], file: &Path) -> String {
    let mut rows = String::new();
    for TypeName { path, .. } in types {
        rows.push_str(&format!(
            "    (\"{path}\", trip::<cloudflare_magic::corpus::{path}>),\n"
        ));
    }
    let file = file.display().to_string();
    format!("{HEAD}const FILE: &str = {file:?};\n\nconst TYPES: &[(&str, Trip)] = &[\n{rows}];\n")
}

const HEAD: &str = r#"//! Reads values as the types that they are of, and writes them.
#![allow(deprecated)]
use cloudflare_magic::Exposed;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

type Trip = fn(&str) -> Result<Value, String>;

fn trip<T: DeserializeOwned + Serialize + PartialEq>(text: &str) -> Result<Value, String> {
    let read: T = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let written = serde_json::to_string(&Exposed(&read)).map_err(|error| error.to_string())?;
    let again: T = serde_json::from_str(&written).map_err(|error| format!("{written}: {error}"))?;
    if again != read {
        return Err(format!("{written} reads as another value"));
    }
    serde_json::from_str(&written).map_err(|error| error.to_string())
}

fn main() {
    for line in std::fs::read_to_string(FILE).unwrap().lines() {
        let line: (String, Value) = serde_json::from_str(line).unwrap();
        let (_, trip) = TYPES.iter().find(|(name, _)| *name == line.0).unwrap();
        let outcome = match trip(&line.1.to_string()) {
            Ok(written) => json!({"written": written}),
            Err(error) => json!({"error": error}),
        };
        println!("{outcome}");
    }
}

"#;

/// The lines that the program reads: `[type, value]`.
pub(crate) fn lines(values: &[(String, Value)]) -> String {
    let lines = values
        .iter()
        .map(|(path, value)| format!("{}\n", json!([path, value])));
    lines.collect()
}

/// One line for each value that did not survive.
pub(crate) fn faults(values: &[(String, Value)], printed: &str) -> Vec<String> {
    let mut printed = printed.lines();
    let mut faults = Vec::new();
    for (path, value) in values {
        let outcome = printed
            .next()
            .unwrap_or("{\"error\":\"the program ended before\"}");
        let outcome: Value = serde_json::from_str(outcome).unwrap_or_default();
        let fault = match outcome.get("written") {
            Some(written) => lost("", value, written),
            None => Some(outcome["error"].to_string()),
        };
        faults.extend(fault.map(|fault| format!("{path}: {fault}: {value}")));
    }
    faults
}

/// The first thing that was read and not written, or written and not read. What says nothing may be dropped: `null`, an empty list, object
/// or text.
fn lost(place: &str, read: &Value, written: &Value) -> Option<String> {
    match (read, written) {
        (Value::Object(read), Value::Object(written)) => {
            let dropped = read.iter().find_map(|(key, value)| {
                let place = format!("{place}.{key}");
                match written.get(key) {
                    Some(kept) => lost(&place, value, kept),
                    None => (!says_nothing(value)).then(|| format!("{place} was not written")),
                }
            });
            let added = || {
                let mut added = written.iter().filter(|(key, _)| !read.contains_key(*key));
                let (key, _) = added.find(|(_, value)| !says_nothing(value))?;
                Some(format!("{place}.{key} was not read"))
            };
            dropped.or_else(added)
        }
        (Value::Array(read), Value::Array(written)) if read.len() == written.len() => {
            let mut pairs = read.iter().zip(written).enumerate();
            pairs.find_map(|(at, (read, written))| lost(&format!("{place}[{at}]"), read, written))
        }
        (Value::Number(one), Value::Number(two)) if is_same(one, two) => None,
        _ if read == written || (says_nothing(read) && says_nothing(written)) => None,
        _ => Some(format!("{place} was written as {written}")),
    }
}

/// Whether two numbers are one: integers to the last digit, others as they are held.
fn is_same(one: &Number, two: &Number) -> bool {
    match (one.as_i64(), two.as_i64()) {
        (Some(one), Some(two)) => one == two,
        _ => one.as_f64() == two.as_f64(),
    }
}

fn says_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Object(map) => map.values().all(says_nothing),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{lost, value};

    #[test]
    fn values_are_those_that_the_document_allows() {
        let member = |kind: &str| json!({"type": "object", "required": ["kind", kind], "properties": {"kind": {"type": "string", "enum": [kind]}, kind: {"type": "string"}}});
        let choice = json!({"properties": {"a": {"oneOf": [member("one"), member("two")]}}, "required": ["a"]});
        let root = json!({"both": {"allOf": [choice, choice]}, "none": {"required": ["a"]}});
        for seed in 0..20 {
            let a = &value(&root, "/both", seed).unwrap()["a"];
            let kind = a["kind"].as_str().unwrap();
            let keys: Vec<&String> = a.as_object().unwrap().keys().collect();
            assert_eq!(keys, ["kind", kind]);
        }
        assert!(value(&root, "/none", 1).is_some());
    }

    #[test]
    fn what_is_lost_or_added_is_found() {
        let read = json!({"a": [1, {"b": "x"}], "n": null, "e": []});
        assert_eq!(lost("", &read, &json!({"a": [1.0, {"b": "x"}]})), None);
        for (written, expected) in [
            (json!({"a": [1, {}]}), ".a[1].b was not written"),
            (
                json!({"a": [1, {"b": "y"}]}),
                ".a[1].b was written as \"y\"",
            ),
            (json!({"a": [1]}), ".a was written as [1]"),
            (json!({"a": [1, {"b": "x"}], "c": 0}), ".c was not read"),
        ] {
            assert_eq!(lost("", &read, &written).as_deref(), Some(expected));
        }
    }
}
