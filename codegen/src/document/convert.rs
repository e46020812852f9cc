//! From the raw tree to the values of other crates: JSON for queries, YAML for `openapiv3`.
//!
//! Both directions lose the places, so nothing is ever read back from them.

use super::node::{Node, Value};

impl Node {
    /// The value on one line, as JSON.
    pub fn line(&self) -> String {
        // A tree of texts, numbers, lists and objects always serialises.
        serde_json::to_string(&to_json(self)).unwrap_or_else(|_| self.kind().to_owned())
    }

    /// The value on one line, cut after some sixty characters, as messages show it.
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
    // The parsers let no number pass that is not finite, so this is never null.
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
