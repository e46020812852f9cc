//! What differs between two documents and reaches nobody. In come the trees after the overlay and the changes that were found; out
//! come the nodes that none of these is about, so that a reader knows that they were seen.

use crate::document::{Node, Value};
use crate::pointer::Pointer;

use super::changes::Side;
use super::{Change, Level, NodeLocation};

/// The nodes that differ and that no change is about: where they stand in the new document, else in the old one.
pub(super) fn rest(old: &Side<'_>, new: &Side<'_>, changes: &[Change]) -> Vec<NodeLocation> {
    let mut found = Vec::new();
    differ(
        old.model.document.root(),
        new.model.document.root(),
        &Pointer::root(),
        &mut found,
    );
    let found = found
        .into_iter()
        .filter(|pointer| !changes.iter().any(|change| is_about(change, pointer)));
    found
        .map(|pointer| match new.model.document.node(&pointer) {
            Some(_) => NodeLocation::of(new.desk, &pointer),
            None => NodeLocation::of(old.desk, &pointer),
        })
        .collect()
}

/// Whether a change is about the node, or about something in it. A sentence says nothing of what stands below its node.
fn is_about(change: &Change, pointer: &Pointer) -> bool {
    let places = [&change.old, &change.new].into_iter().flatten();
    let mut told = places
        .map(|place| &place.pointer)
        .filter(|told| !told.is_root());
    told.any(|told| {
        let is_in = match change.level() {
            Level::Documentation => pointer.parent().as_ref() == Some(told),
            Level::Breaking | Level::Additive | Level::Wire => pointer.is_within(told),
        };
        is_in || told.is_within(pointer)
    })
}

/// The smallest nodes in which two trees differ.
fn differ(old: &Node, new: &Node, at: &Pointer, found: &mut Vec<Pointer>) {
    match (&old.value, &new.value) {
        (Value::Map(before), Value::Map(after)) => {
            for entry in before {
                match new.get(&entry.key) {
                    Some(other) => differ(&entry.node, other, &at.push(&entry.key), found),
                    None => found.push(at.push(&entry.key)),
                }
            }
            let come = after.iter().filter(|entry| old.get(&entry.key).is_none());
            found.extend(come.map(|entry| at.push(&entry.key)));
        }
        (Value::List(before), Value::List(after)) if before.len() == after.len() => {
            for (index, (one, other)) in before.iter().zip(after).enumerate() {
                differ(one, other, &at.push_index(index), found);
            }
        }
        _ if old.same_as(new) => {}
        _ => found.push(at.clone()),
    }
}
