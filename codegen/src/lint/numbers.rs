//! Numbers that are always integers.

use heck::ToSnakeCase;

use crate::document::{Node, Object};
use crate::pointer::Pointer;

use super::found::Found;
use super::look::{Look, members, text};
use super::mend::{Change, Mend};
use super::target::Target;

pub(super) fn whole(look: &Look<'_>) -> Vec<Found> {
    let numbers = look.schemas().filter(|schema| {
        text(schema.node, "type") == Some("number") && schema.node.get("format").is_none()
    });
    numbers
        .filter_map(|schema| {
            let by_name = || by_name(&schema.pointer).filter(|_| !is_fraction(schema.node));
            let evidence = evidence(schema.node).or_else(by_name)?;
            Some(found(look, schema, &evidence))
        })
        .collect()
}

fn found(look: &Look<'_>, schema: &Object<'_>, evidence: &str) -> Found {
    let message = format!("this `number` looks like an integer: {evidence}");
    let help = "if the service never sends fractions, add this action:";
    let change = Change::Set {
        key: "type",
        value: "integer",
        now: schema.node.get("type").cloned(),
    };
    let target = Target::node(look.document.root(), &schema.pointer);
    let mend = Mend::new(target, "It is an integer.", change);
    Found::new(schema.pointer.push("type"), message, help).mend(mend)
}

/// Keywords that are evidence about a number, beside its values.
const EVIDENCE: [&str; 5] = ["multipleOf", "minimum", "maximum", "default", "example"];

/// The keywords among them that are values of the number.
const VALUES: [&str; 2] = ["default", "example"];

/// From here on a whole value is rather a count than a measure.
const LARGE: f64 = 1000.0;

/// The evidence that a number is an integer: its list of values, its step, or a bound with a value that is too large to be a measure
/// such as a temperature. Bounds alone say nothing: those of fractions are whole as a rule.
fn evidence(schema: &Node) -> Option<String> {
    let stated = |key: &&str| Some(format!("`{key}` is {}", schema.get(key)?.brief()));
    if is_fraction(schema) {
        return None;
    }
    if let Some(decisive) = ["enum", "multipleOf"].iter().find_map(stated) {
        return Some(decisive);
    }
    let has_value = VALUES.iter().any(|key| schema.get(key).is_some());
    let numbers = EVIDENCE.iter().filter_map(|key| schema.get(key)?.as_f64());
    let is_large = numbers.into_iter().any(|number| number.abs() >= LARGE);
    let stated: Vec<String> = EVIDENCE.iter().filter_map(stated).collect();
    (has_value && is_large && stated.len() > 1).then(|| stated.join(", "))
}

/// Whether a known value of a number is not an integer, or the number is a ratio.
fn is_fraction(schema: &Node) -> bool {
    let stated = EVIDENCE.iter().filter_map(|key| schema.get(key));
    let mut stated = stated.chain(members(schema, "enum"));
    let most = schema.get("maximum").and_then(Node::as_f64);
    stated.any(|node| node.as_f64().is_none_or(|number| number.fract() != 0.0))
        || most.is_some_and(|most| most <= 1.0)
}

/// Names of integers: `total_count`, `per_page`, `source_port`.
fn by_name(pointer: &Pointer) -> Option<String> {
    let is_property = pointer.parent()?.last()? == "properties";
    let name = pointer.last().filter(|_| is_property)?;
    let words = name.to_snake_case();
    let last = words.rsplit('_').next()?;
    ["count", "page", "pages", "port"]
        .contains(&last)
        .then(|| format!("`{name}` is an integer by its name"))
}
