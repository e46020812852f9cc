//! The texts of the check's messages: names of kinds, the value found, the correction.

use crate::document::node::{Node, Value};

use super::table::ValueKind;

/// Whether the number is a non-negative integer that fits 63 bits.
pub(super) fn is_count(number: &str) -> bool {
    number.parse::<i64>().is_ok_and(|count| count >= 0)
}

/// The name of a value of this kind.
pub(super) fn named(kind: ValueKind) -> String {
    match kind {
        ValueKind::Any | ValueKind::Custom(_) => "a value".to_owned(),
        ValueKind::Text => "a string".to_owned(),
        ValueKind::Bool => "`true` or `false`".to_owned(),
        ValueKind::Number => "a number".to_owned(),
        ValueKind::Count => "a non-negative integer".to_owned(),
        ValueKind::Choice(choices) => format!("one of {}", listed(choices.iter().copied())),
        ValueKind::Object(object) => object.name.to_owned(),
        ValueKind::Ref(object) => format!("{} or a `$ref`", object.name),
        ValueKind::List(_) => "a list".to_owned(),
        ValueKind::Map(..) => "an object".to_owned(),
        ValueKind::BoolOr(inner) => format!("`true`, `false`, or {}", named(*inner)),
    }
}

/// The kind of the value, with the value where it is short.
pub(super) fn found(node: &Node) -> String {
    match &node.value {
        Value::Bool(_) | Value::Number(_) => format!("`{}`", node.brief()),
        Value::String(_) => format!("the string `{}`", node.brief()),
        Value::Null | Value::List(_) | Value::Map(_) => node.kind().to_owned(),
    }
}

/// What to write instead of a value of the wrong kind.
pub(super) fn remedy(node: &Node, wanted: &str) -> String {
    match &node.value {
        Value::Null => format!("write {wanted}, or remove the key"),
        Value::Number(_) | Value::Bool(_) if wanted.starts_with("a string") => {
            format!("put quotes around it: `\"{}\"`", node.brief())
        }
        Value::String(text)
            if wanted == "`true` or `false`" && (text == "true" || text == "false") =>
        {
            format!("write `{text}` without quotes")
        }
        Value::String(text) if text.parse::<f64>().is_ok() => {
            format!("write `{text}` without quotes")
        }
        _ => format!("write {wanted} here"),
    }
}

/// Names in backticks with commas between them.
pub(super) fn listed<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names
        .map(|name| format!("`{name}`"))
        .collect::<Vec<_>>()
        .join(", ")
}

/// The text with a capital letter first.
pub(super) fn capital(text: &str) -> String {
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => String::new(),
    }
}
