//! Strings that are points in time.

use std::collections::BTreeSet;

use heck::ToSnakeCase;

use crate::document::{Node, Object};
use crate::pointer::Pointer;

use super::found::Found;
use super::look::{Look, text};
use super::mend::{Change, Mend};
use super::target::Target;

pub(super) fn without_format(look: &Look<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for schema in look.schemas() {
        let entries = schema.node.get("properties").map(Node::entries);
        let place = schema.pointer.push("properties");
        for entry in entries.unwrap_or_default() {
            let pointer = place.push(&entry.key);
            if is_bare(&entry.node) && is_time_by_name(&entry.key) {
                let evidence = format!("`{}` is a point in time by its name", entry.key);
                found.push(without_statement(look, pointer, &evidence));
            }
        }
        found.extend(by_example(look, schema));
    }
    // A name and an example can be evidence for the same string.
    let mut seen = BTreeSet::new();
    found.retain(|found| seen.insert(found.pointer.clone()));
    found
}

fn by_example(look: &Look<'_>, schema: &Object<'_>) -> Option<Found> {
    let keys = ["example", "default"].into_iter();
    let mut values = keys.filter_map(|key| text(schema.node, key));
    let example = values.find(|value| is_time(value))?;
    let evidence = format!("`{example}` is a point in time");
    is_bare(schema.node).then(|| without_statement(look, schema.pointer.clone(), &evidence))
}

fn without_statement(look: &Look<'_>, pointer: Pointer, evidence: &str) -> Found {
    let change = Change::Set {
        key: "format",
        value: "date-time",
        now: None,
    };
    let target = Target::node(look.document.root(), &pointer);
    let mend = Mend::new(target, "A timestamp in RFC 3339.", change);
    let message = format!("{evidence}, and has no `format`");
    let help = "if the service sends RFC 3339, add this action:";
    Found::new(pointer, message, help).mend(mend)
}

/// Whether a schema is a string without any statement about its values.
fn is_bare(schema: &Node) -> bool {
    let silent = |key: &str| schema.get(key).is_none();
    text(schema, "type") == Some("string") && ["format", "enum", "pattern"].into_iter().all(silent)
}

/// `created_at`, `valid_until`, `created_on`, `last_updated`, `discovery_started_at_v2`, `createdAt`.
fn is_time_by_name(name: &str) -> bool {
    let name = name.to_snake_case();
    let mut words: Vec<&str> = name.split('_').collect();
    if words.last().is_some_and(|word| is_version(word)) {
        words.pop();
    }
    match words.as_slice() {
        [.., "timestamp" | "datetime"] => true,
        [.., _, "at" | "since" | "until"] => true,
        [.., word, "on"] => word.ends_with("ed"),
        ["last" | "first", .., word] => word.ends_with("ed"),
        _ => false,
    }
}

/// `v2`.
fn is_version(word: &str) -> bool {
    let number = word.strip_prefix('v').unwrap_or_default();
    !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a string is a date and a time of RFC 3339.
fn is_time(text: &str) -> bool {
    let digits = |letter: char| if letter.is_ascii_digit() { '0' } else { letter };
    let shape: String = text.chars().map(digits).collect();
    let zone = shape.strip_prefix("0000-00-00T00:00:00");
    zone.is_some_and(|zone| zone.ends_with('Z') || zone.ends_with("00:00"))
}

#[cfg(test)]
mod tests {
    use super::{is_time, is_time_by_name};

    #[test]
    fn names_of_points_in_time() {
        for name in [
            "created_at",
            "createdAt",
            "created_on",
            "valid-until",
            "rejected_since",
            "last_updated",
            "first_observed",
            "last_discovery_completed_at_v2",
            "timestamp",
        ] {
            assert!(is_time_by_name(name), "{name}");
        }
        for name in [
            "at",
            "format",
            "since",
            "depends_on",
            "time_limit",
            "last_name",
            "last",
            "flat",
            "on",
            "update_mode",
            "based_on_v",
            "",
        ] {
            assert!(!is_time_by_name(name), "{name}");
        }
    }

    #[test]
    fn examples_of_points_in_time() {
        assert!(is_time("2026-07-20T08:00:00Z"));
        assert!(is_time("2026-07-20T08:00:00.123+02:00"));
        for text in [
            "",
            "2026-07-20",
            "08:00:00Z",
            "2026-07-20T08:00:00",
            "ü026-07-20T08:00:00Z",
        ] {
            assert!(!is_time(text), "{text}");
        }
    }
}
