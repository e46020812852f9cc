//! From the raw tree to the values of other crates: JSON for queries, YAML for `openapiv3`.
//!
//! Both conversions drop the spans, so the tree is never read back from their output.

use super::node::{Node, Value};

impl Node {
    /// The value on one line, as JSON.
    pub fn line(&self) -> String {
        // Serialising a tree of strings, numbers, lists and objects cannot fail.
        serde_json::to_string(&to_json(self)).unwrap_or_else(|_| self.kind().to_owned())
    }

    /// The value on one line, cut after about sixty characters, as messages quote it.
    pub fn brief(&self) -> String {
        let text = self.line();
        match text.char_indices().nth(60) {
            Some((cut, _)) => format!("{}…", text.get(..cut).unwrap_or("")),
            None => text,
        }
    }
}

/// The node as JSON.
pub(crate) fn to_json(node: &Node) -> serde_json::Value {
    match &node.value {
        Value::Null => serde_json::Value::Null,
        Value::Bool(value) => serde_json::Value::Bool(*value),
        Value::Number(text) => json_number(text),
        Value::String(text) => serde_json::Value::String(text.clone()),
        Value::List(members) => serde_json::Value::Array(members.iter().map(to_json).collect()),
        Value::Map(entries) => serde_json::Value::Object(
            entries
                .iter()
                .map(|entry| (entry.key.clone(), to_json(&entry.node)))
                .collect(),
        ),
    }
}

/// The node as YAML.
pub(crate) fn to_yaml(node: &Node) -> serde_yaml::Value {
    match &node.value {
        Value::Null => serde_yaml::Value::Null,
        Value::Bool(value) => serde_yaml::Value::Bool(*value),
        Value::Number(text) => serde_yaml::Value::Number(yaml_number(text)),
        Value::String(text) => serde_yaml::Value::String(text.clone()),
        Value::List(members) => serde_yaml::Value::Sequence(members.iter().map(to_yaml).collect()),
        Value::Map(entries) => {
            let pairs = entries.iter().map(|entry| {
                (
                    serde_yaml::Value::String(entry.key.clone()),
                    to_yaml(&entry.node),
                )
            });
            serde_yaml::Value::Mapping(pairs.collect())
        }
    }
}

fn json_number(text: &str) -> serde_json::Value {
    if let Ok(number) = text.parse::<i64>() {
        return number.into();
    }
    if let Ok(number) = text.parse::<u64>() {
        return number.into();
    }
    // The parsers accept finite numbers only, so this is never null.
    text.parse::<f64>()
        .map_or(serde_json::Value::Null, serde_json::Value::from)
}

fn yaml_number(text: &str) -> serde_yaml::Number {
    if let Ok(number) = text.parse::<i64>() {
        return number.into();
    }
    if let Ok(number) = text.parse::<u64>() {
        return number.into();
    }
    text.parse::<f64>().unwrap_or(0.0).into()
}
