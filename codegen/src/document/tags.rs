//! YAML tags: those of the core schema are read, all others are refused.
//!
//! Input: a tag and the text of its scalar. Output: the typed value.

use saphyr_parser::Tag;

use super::node::Value;
use super::scalar;

/// What to do about an unknown tag.
pub(super) const REMOVE: &str =
    "remove the tag: the tags of YAML's core schema are the only ones that are read";

/// Whether the tag only states the core type that the node has.
pub(super) fn fits_node(tag: &Tag, wanted: &str) -> bool {
    core_name(tag).is_some_and(|name| name == wanted || name == "!")
}

/// The name of a core schema tag: `str` of `!!str`, and `!` for the tag that only states "not a plain scalar".
fn core_name(tag: &Tag) -> Option<&str> {
    match (tag.handle.as_str(), tag.suffix.as_str()) {
        ("tag:yaml.org,2002:", name) => Some(name),
        ("", "!") | ("!", "") => Some("!"),
        ("", full) => full.strip_prefix("tag:yaml.org,2002:"),
        _ => None,
    }
}

/// The message that refuses a tag.
pub(super) fn misfit(tag: &Tag) -> String {
    let shown = match core_name(tag) {
        Some("!") => "!".to_owned(),
        Some(name) => format!("!!{name}"),
        None => format!("{}{}", tag.handle, tag.suffix),
    };
    format!("the tag `{shown}` does not fit here")
}

/// The value of a tagged scalar; `None` when the tag does not fit its text.
pub(super) fn scalar_value(tag: &Tag, text: &str) -> Option<Value> {
    match core_name(tag) {
        Some("str" | "!") => Some(Value::String(text.to_owned())),
        Some(name @ ("int" | "float" | "bool" | "null")) => {
            scalar::plain(text).ok().filter(|value| fits(name, value))
        }
        _ => None,
    }
}

fn fits(name: &str, value: &Value) -> bool {
    match value {
        Value::Null => name == "null",
        Value::Bool(_) => name == "bool",
        Value::Number(text) => name == "float" || (name == "int" && !text.contains(['.', 'e'])),
        _ => false,
    }
}
