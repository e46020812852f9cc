//! Numbers that are always whole.

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
    let message = format!("this `number` looks whole: {evidence}");
    let help = "if the service never sends fractions, say so with this action:";
    let change = Change::Set {
        key: "type",
        value: "integer",
        now: schema.node.get("type").cloned(),
    };
    let target = Target::node(look.document.root(), &schema.pointer);
    let mend = Mend::new(target, "It is counted whole.", change);
    Found::new(schema.pointer.push("type"), message, help).mend(mend)
}

/// What is said of a number, beside the values that it can have.
const SAID: [&str; 5] = ["multipleOf", "minimum", "maximum", "default", "example"];

/// What tells that a number is whole: that all it can be is, or that its bounds are and so is what it is known to be.
fn evidence(schema: &Node) -> Option<String> {
    let said = |key: &&str| Some(format!("`{key}` is {}", schema.get(key)?.brief()));
    if is_fraction(schema) {
        return None;
    }
    if let Some(decisive) = ["enum", "multipleOf"].iter().find_map(said) {
        return Some(decisive);
    }
    let said: Vec<String> = SAID.iter().filter_map(said).collect();
    (said.len() > 1).then(|| said.join(", "))
}

/// Whether something that is said of a number is no whole number, or it is a share of one.
fn is_fraction(schema: &Node) -> bool {
    let said = SAID.iter().filter_map(|key| schema.get(key));
    let mut said = said.chain(members(schema, "enum"));
    let most = schema.get("maximum").and_then(Node::as_f64);
    said.any(|node| node.as_f64().is_none_or(|number| number.fract() != 0.0))
        || most.is_some_and(|most| most <= 1.0)
}

/// Names of what is counted: `total_count`, `per_page`, `source_port`.
fn by_name(pointer: &Pointer) -> Option<String> {
    let is_property = pointer.parent()?.last()? == "properties";
    let name = pointer.last().filter(|_| is_property)?;
    let words = name.to_snake_case();
    let last = words.rsplit('_').next()?;
    ["count", "page", "pages", "port"]
        .contains(&last)
        .then(|| format!("`{name}` is by its name"))
}
