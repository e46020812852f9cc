//! The keywords that concern a single value.
//!
//! In: a keyword with its content, and a value that is not `null`. Out: the fault, if the value breaks the rule. A rule for
//! another kind of value is satisfied, as JSON Schema defines.

use std::collections::BTreeSet;

use serde_json::Value;

/// Whether a schema allows `null`: it is `nullable`, or it has neither `type` nor `enum`.
pub(super) fn allows_null(schema: &Value) -> bool {
    let listed = schema["enum"]
        .as_array()
        .is_some_and(|values| values.contains(&Value::Null));
    let silent = schema.get("type").is_none() && schema.get("enum").is_none();
    schema["nullable"] == true || listed || silent
}

/// The fault of the value under this keyword.
pub(super) fn fault(keyword: &str, rule: &Value, value: &Value) -> Option<String> {
    let wrong = match keyword {
        "type" => !has_type(rule.as_str()?, value),
        "enum" => !rule.as_array()?.iter().any(|listed| is_same(listed, value)),
        "format" => !has_format(rule.as_str()?, value),
        "minimum" => value.as_f64()? < rule.as_f64()?,
        "maximum" => value.as_f64()? > rule.as_f64()?,
        "minLength" => length(value)? < rule.as_u64()?,
        "maxLength" => length(value)? > rule.as_u64()?,
        "minItems" => (value.as_array()?.len() as u64) < rule.as_u64()?,
        "maxItems" => value.as_array()?.len() as u64 > rule.as_u64()?,
        "nullable" | "description" | "title" | "example" | "readOnly" | "writeOnly"
        | "deprecated" => false,
        other => {
            return (!other.starts_with("x-")).then(|| format!("there is no check for {other}"));
        }
    };
    wrong.then(|| format!("{value} breaks {keyword}: {rule}"))
}

fn has_type(name: &str, value: &Value) -> bool {
    match name {
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "number" => value.is_number(),
        "integer" => value.is_i64() || value.is_u64(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => false,
    }
}

/// The required names that an object does not have, without those that its message need not have.
pub(super) fn missing<'d>(
    required: &'d Value,
    value: &Value,
    absent: &BTreeSet<&str>,
) -> impl Iterator<Item = &'d str> {
    let names = required.as_array().into_iter().flatten();
    let names = names.filter_map(Value::as_str);
    names.filter(move |name| {
        let object = value.as_object();
        object.is_some_and(|object| !object.contains_key(*name)) && !absent.contains(*name)
    })
}

fn has_format(name: &str, value: &Value) -> bool {
    match (name, value.as_str()) {
        ("uuid", Some(text)) => is_uuid(text),
        // The service sends an empty text for timestamps of events that have not happened yet.
        ("date-time", Some(text)) => text.is_empty() || is_moment(text),
        ("uint32", None) => value
            .as_u64()
            .is_some_and(|value| u32::try_from(value).is_ok()),
        ("double", None) => value.is_number(),
        ("binary", Some(_)) => true,
        _ => false,
    }
}

fn is_uuid(text: &str) -> bool {
    let groups: Vec<_> = text.split('-').collect();
    let lengths: Vec<_> = groups.iter().map(|group| group.len()).collect();
    lengths == [8, 4, 4, 4, 12]
        && groups
            .concat()
            .chars()
            .all(|digit| digit.is_ascii_hexdigit())
}

fn is_moment(text: &str) -> bool {
    let shape: String = text
        .chars()
        .map(|c| if c.is_ascii_digit() { '0' } else { c })
        .collect();
    shape.starts_with("0000-00-00T00:00:00") && (shape.ends_with('Z') || shape.ends_with("00:00"))
}

fn length(value: &Value) -> Option<u64> {
    value.as_str().map(|text| text.chars().count() as u64)
}

/// Whether two values are equal as JSON Schema compares them: `1.0` is `1`.
fn is_same(one: &Value, other: &Value) -> bool {
    match (one.as_f64(), other.as_f64()) {
        (Some(first), Some(second)) => one == other || (first == second && is_exact(first)),
        _ => one == other,
    }
}

/// Whether an `f64` of this value is no rounded integer.
fn is_exact(number: f64) -> bool {
    number.abs() < 9_007_199_254_740_992.0
}
