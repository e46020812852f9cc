//! Methods that an added operation takes away. In: two models. Out: a fault for each method that became part of a handle of its own,
//! with the entry that keeps it.
//!
//! A literal at the end of a path is a method of the handle above it until there is another operation at it or below it. What the
//! SDK should have then is for a person to say: an entry under `[handles]` says it.

use std::collections::BTreeMap;

use crate::config::quoted;
use crate::model::{Api, Operation, Resource, Segment};
use crate::report::{Entry, Fault, Input};
use crate::understand::Model;

use super::changes::Side;

/// The faults, in the order of the new document.
pub(super) fn displaced(old: &Side<'_>, new: &Side<'_>) -> Vec<Fault> {
    let after = places(&new.model.api);
    let mut faults = Vec::new();
    for (place, (resource, operation)) in places(&old.model.api) {
        let Some((now, same)) = after.get(&place) else {
            continue;
        };
        let Some(Segment::Literal(verb)) = operation.path.segments.last() else {
            continue;
        };
        if leads_to(&resource.key, &now.key, verb) && !is_decided(new.model, &now.key) {
            let (was, is) = (method(old, operation), method(new, same));
            faults.push(fault(same, now, verb, &was, &is));
        }
    }
    faults
}

/// Whether the key is that of the handle above with this literal behind it, and at most parameters in between.
fn leads_to(above: &str, key: &str, literal: &str) -> bool {
    let below = key
        .strip_prefix(above)
        .and_then(|rest| rest.strip_prefix('/'));
    let Some((between, last)) = below.map(|rest| rest.rsplit_once('/').unwrap_or(("", rest)))
    else {
        return false;
    };
    let mut between = between.split('/').filter(|segment| !segment.is_empty());
    last == literal && between.all(|segment| segment.starts_with('{'))
}

/// Each operation with its resource, by its place: the path without the names of its parameters, and the method.
fn places(api: &Api) -> BTreeMap<(Vec<Segment>, &'static str), (&Resource, &Operation)> {
    let mut places = BTreeMap::new();
    for resource in api.root.walk() {
        for operation in &resource.operations {
            let segments = operation.path.segments.iter().map(Segment::blank);
            let place = (segments.collect(), operation.method.as_str());
            places.insert(place, (resource, operation));
        }
    }
    places
}

/// Whether `sdk.toml` says what this handle is.
fn is_decided(model: &Model<'_>, key: &str) -> bool {
    let handles = model.config_tree.get("handles");
    handles.and_then(|handles| handles.get(key)).is_some()
}

/// The Rust path of the method of an operation.
fn method(side: &Side<'_>, operation: &Operation) -> String {
    let wanted = &operation.pointer;
    let found = side.surface.entries.iter().find(|(_, entry)| {
        entry.kind == crate::surface::EntryKind::Method && entry.pointers.first() == Some(wanted)
    });
    found.map_or_else(|| operation.id.clone(), |(path, _)| path.clone())
}

fn fault(operation: &Operation, handle: &Resource, verb: &str, was: &str, is: &str) -> Fault {
    let method = format!("{}_operations", heck::AsSnakeCase(verb));
    let ty = heck::AsUpperCamelCase(&method).to_string();
    let entry = [
        ("verb", operation.id.as_str()),
        ("method", &method),
        ("type", &ty),
    ];
    let entry = Entry::table("handles", &handle.key, entry);
    let (key, id) = (quoted(&handle.key), quoted(&operation.id));
    let (method, ty) = (quoted(&method), quoted(&ty));
    let message = format!(
        "an operation was added beside or below this one: the method `{was}` would become `{is}`, and callers break"
    );
    let help = format!(
        "keep the method, with a handle for the others: {key} = {{ verb = {id}, method = {method}, type = {ty} }} under [handles] in spec/sdk.toml; or break callers: {key} = {{ description = \"<what it is for>\" }} there"
    );
    let fault = Fault::new(Input::Spec, operation.pointer.clone(), message, help);
    fault.on_key().entry(entry)
}
