//! Handles that an added operation divides. In: two models. Out: a fault for each handle whose joined literals became handles of their
//! own, with the entry that keeps them together.
//!
//! Literals without operations are one handle until there is something else beside them. What the SDK should have then is for a person to
//! say: an entry under `[handles]` says it.

use crate::config::quoted;
use crate::model::{Resource, keyed};
use crate::pointer::Pointer;
use crate::report::{Entry, Fault, Input};

use super::changes::Side;

/// The faults, in the order of the old document.
pub(super) fn divided(old: &Side<'_>, new: &Side<'_>) -> Vec<Fault> {
    let after = new.model.api.root.walk();
    let mut faults = Vec::new();
    for was in old.model.api.root.walk() {
        let is = after.iter().find(|is| is.key == was.key);
        let Some(is) = is.filter(|is| length(is) < length(was)) else {
            continue;
        };
        let between = above(&is.key, length(is));
        if !is_decided(new, between) {
            faults.push(fault(old, new, is, between, above(&was.key, length(was))));
        }
    }
    faults
}

/// How many segments of a handle its key has.
fn length(resource: &Resource) -> usize {
    keyed(&resource.segments).len()
}

/// The key without so many segments at its end.
fn above(key: &str, segments: usize) -> &str {
    let mut above = key;
    for _ in 0..segments {
        above = above.rsplit_once('/').map_or("", |(above, _)| above);
    }
    above
}

/// Whether `sdk.toml` says what the new handle above this one is.
fn is_decided(side: &Side<'_>, key: &str) -> bool {
    let handles = side.model.config_tree.get("handles");
    handles.and_then(|handles| handles.get(key)).is_some()
}

fn fault(old: &Side<'_>, new: &Side<'_>, handle: &Resource, between: &str, above: &str) -> Fault {
    let path = |side: &Side<'_>| {
        let handles = &side.model.names.handles;
        handles.get(&handle.key).map(|it| it.path.clone())
    };
    let (was, is) = (path(old).unwrap_or_default(), path(new).unwrap_or_default());
    let message = format!(
        "an operation was added beside the literals that are one handle: `{was}` would become `{is}`, and callers break"
    );
    let (key, below, other) = (quoted(&handle.key), quoted(above), quoted(between));
    let help = format!(
        "keep the handle, beside another one for the others: {key} = {{ below = {below} }} under [handles] in spec/sdk.toml; or break callers: {other} = {{ description = \"<what it is for>\" }} there"
    );
    let entry = Entry::table("handles", &handle.key, [("below", above)]);
    let fault = Fault::new(Input::Spec, place(handle), message, help);
    fault.on_key().entry(entry)
}

/// The first operation at or below a handle.
fn place(handle: &Resource) -> Pointer {
    let resources = handle.walk();
    let mut operations = resources.iter().flat_map(|resource| &resource.operations);
    let first = operations.next();
    first
        .map(|operation| operation.pointer.clone())
        .unwrap_or_default()
}
