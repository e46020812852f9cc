//! Differences between two documents without an effect for users. In: the trees after the overlay and the changes that were found.
//! Out: the nodes that none of the changes is about, so that a reader knows that they were compared.

use crate::document::{Node, Value};
use crate::pointer::Pointer;

use super::changes::Side;
use super::{Change, Level, NodeLocation};

/// The nodes that differ and that no change is about: with their location in the new document, else in the old one.
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

/// Whether a change is about the node, or about something in it. A description is not about the nodes below its own.
fn is_about(change: &Change, pointer: &Pointer) -> bool {
    let places = [&change.old, &change.new].into_iter().flatten();
    let mut known = places
        .map(|place| &place.pointer)
        .filter(|known| !known.is_root());
    known.any(|known| {
        let is_in = match change.level() {
            Level::Documentation => pointer.parent().as_ref() == Some(known),
            Level::Breaking | Level::Accepted | Level::Additive | Level::Wire => {
                pointer.is_within(known)
            }
        };
        is_in || known.is_within(pointer)
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
