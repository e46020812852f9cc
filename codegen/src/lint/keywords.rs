//! Keywords of a schema that have no effect, or less than it seems.

use std::collections::BTreeSet;

use crate::document::{Node, Object, Value};
use crate::pointer::Pointer;

use super::found::Found;
use super::look::{Look, members, text};
use super::mend::{Change, Mend};
use super::target::Target;

/// Bounds with the types whose values they bound.
const BOUNDS: [(&str, &[&str]); 13] = [
    ("minLength", &["string"]),
    ("maxLength", &["string"]),
    ("pattern", &["string"]),
    ("minimum", NUMBERS),
    ("maximum", NUMBERS),
    ("exclusiveMinimum", NUMBERS),
    ("exclusiveMaximum", NUMBERS),
    ("multipleOf", NUMBERS),
    ("minItems", &["array"]),
    ("maxItems", &["array"]),
    ("uniqueItems", &["array"]),
    ("minProperties", &["object"]),
    ("maxProperties", &["object"]),
];

const NUMBERS: &[&str] = &["integer", "number"];

pub(super) fn without_effect(look: &Look<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for schema in look.schemas() {
        let Some(kind) = text(schema.node, "type") else {
            continue;
        };
        for (key, kinds) in BOUNDS.iter().filter(|(_, kinds)| !kinds.contains(&kind)) {
            if let Some(value) = schema.node.get(key) {
                found.push(without_effect_on(look, schema, kind, key, kinds, value));
            }
        }
    }
    found
}

fn without_effect_on(
    look: &Look<'_>,
    schema: &Object<'_>,
    kind: &str,
    key: &str,
    kinds: &[&str],
    value: &Node,
) -> Found {
    let pointer = schema.pointer.push(key);
    let meant = kinds.join("s and ");
    let message = format!("`{key}` is for {meant}s, and this is {}", article(kind));
    let help = match instead(kind, key) {
        Some(other) => format!(
            "if `{other}` is meant, add that in a separate action; this one removes `{key}`:"
        ),
        None => "it has no effect here; this action removes it:".to_owned(),
    };
    let reason = format!(
        "It is for {meant}s, and has no effect on {}.",
        article(kind)
    );
    let target = Target::node(look.document.root(), &pointer);
    let mend = Mend::new(target, reason, Change::Remove(value.clone()));
    Found::new(pointer, message, help).mend(mend)
}

/// The bound of this type that corresponds to `key`.
fn instead(kind: &str, key: &str) -> Option<String> {
    let side = ["min", "max"]
        .into_iter()
        .find(|side| key.starts_with(side))?;
    Some(match kind {
        "string" => format!("{side}Length"),
        "array" => format!("{side}Items"),
        "object" => format!("{side}Properties"),
        "integer" | "number" => format!("{side}imum"),
        _ => return None,
    })
}

fn article(kind: &str) -> String {
    let article = if kind.starts_with(['a', 'i', 'o']) {
        "an"
    } else {
        "a"
    };
    format!("{article} {kind}")
}

pub(super) fn enum_of_one(look: &Look<'_>) -> Vec<Found> {
    let tags = tags(look);
    let mut found = Vec::new();
    for schema in look.schemas() {
        let [only] = members(schema.node, "enum") else {
            continue;
        };
        // OpenAPI 3.0 writes a constant boolean or `null` like this: no value could be added to it.
        let can_grow = matches!(only.value, Value::String(_) | Value::Number(_));
        if can_grow && !is_decided(look, &schema.pointer, &tags) {
            let message = format!("`enum` lists one value, {}", only.brief());
            let help = "fix a property of requests under [fixed] in spec/sdk.toml; in responses it is an enum with one variant, which may gain others";
            found.push(Found::new(schema.pointer.push("enum"), message, help));
        }
    }
    found
}

/// Whether `sdk.toml` fixes a property of this schema, or a union is chosen by it.
fn is_decided(look: &Look<'_>, schema: &Pointer, tags: &BTreeSet<&str>) -> bool {
    let users = look.references.get(schema).into_iter().flatten();
    let mut places = users.chain([schema]);
    places.any(|place| {
        let is_fixed = look.config.fixed.peek(place).is_some();
        is_fixed
            || place
                .last()
                .is_some_and(|name| tags.contains(name.as_str()))
    })
}

/// The names of the properties by which the variants of unions are chosen.
fn tags<'a>(look: &Look<'a>) -> BTreeSet<&'a str> {
    let discriminators = look
        .schemas()
        .filter_map(|schema| schema.node.get("discriminator"));
    let named = discriminators.filter_map(|node| text(node, "propertyName"));
    let unions = look.config.unions.iter();
    named
        .chain(unions.filter_map(|rule| rule.value.tag.as_deref()))
        .collect()
}
