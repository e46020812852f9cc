//! The functions `match` and `search` of RFC 9535, for the filters of targets.
//!
//! `serde_json_path` would add the crate `regex` for them, which takes 10 s of CPU to compile. Here they use `regex-lite`:
//! the same syntax without Unicode classes such as `\p{L}`. A pattern that cannot be parsed matches nothing, as the RFC
//! requires.

use regex_lite::Regex;
use serde_json::Value;
use serde_json_path::functions::{LogicalType, ValueType};

/// Whether the whole string matches the pattern.
#[serde_json_path_macros::function(name = "match")]
fn matches(text: ValueType<'_>, pattern: ValueType<'_>) -> LogicalType {
    fits(&text, &pattern, |pattern| format!("(?R)^({pattern})$"))
}

/// Whether a part of the string matches the pattern.
#[serde_json_path_macros::function]
fn search(text: ValueType<'_>, pattern: ValueType<'_>) -> LogicalType {
    fits(&text, &pattern, |pattern| format!("(?R)({pattern})"))
}

fn fits(
    text: &ValueType<'_>,
    pattern: &ValueType<'_>,
    regex: impl FnOnce(&str) -> String,
) -> LogicalType {
    let (Some(Value::String(text)), Some(Value::String(pattern))) =
        (text.as_value(), pattern.as_value())
    else {
        return LogicalType::False;
    };
    match Regex::new(&regex(pattern)) {
        Ok(regex) if regex.is_match(text) => LogicalType::True,
        _ => LogicalType::False,
    }
}
