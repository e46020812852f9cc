//! Changes that an action makes to the tree.
//!
//! Input: a node and an update, or a pointer to remove. The tree is changed in place. The caller has checked that the
//! change is allowed: `conflicts` lists the pairs of kinds that do not merge.

use crate::document::Entries;
use crate::document::node::{Entry, Node, Value};
use crate::pointer::Pointer;

/// Merges an object into `node`, or appends a member to it, and records the pointers of what is new.
pub(super) fn update(node: &mut Node, update: &Node, at: &Pointer, changed: &mut Vec<Pointer>) {
    match (&mut node.value, &update.value) {
        (Value::List(members), _) => {
            changed.push(at.push_index(members.len()));
            members.push(update.clone());
        }
        (Value::Map(entries), Value::Map(new)) => merge(entries, new, at, changed),
        _ => {}
    }
}

fn merge(entries: &mut Entries, new: &[Entry], at: &Pointer, changed: &mut Vec<Pointer>) {
    for update in new {
        let place = at.push(&update.key);
        let Some(entry) = entries.find_mut(&update.key) else {
            entries.push(update.clone());
            changed.push(place);
            continue;
        };
        match (&mut entry.node.value, &update.node.value) {
            (Value::Map(inner), Value::Map(new)) => merge(inner, new, &place, changed),
            (Value::List(members), Value::List(new)) => {
                changed.extend(
                    (members.len()..members.len() + new.len()).map(|index| place.push_index(index)),
                );
                members.extend(new.iter().cloned());
            }
            _ => {
                if !entry.node.same_as(&update.node) {
                    *entry = update.clone();
                    changed.push(place);
                }
            }
        }
    }
}

/// Whether merging `update` into `node` would change anything.
pub(super) fn changes(node: &Node, update: &Node) -> bool {
    match (&node.value, &update.value) {
        (Value::List(_), _) => true,
        (Value::Map(_), Value::Map(new)) => new.iter().any(|update| match node.get(&update.key) {
            Some(old) => match (&old.value, &update.node.value) {
                (Value::List(_), Value::List(new)) => !new.is_empty(),
                (Value::Map(_), Value::Map(_)) => changes(old, &update.node),
                _ => !old.same_as(&update.node),
            },
            None => true,
        }),
        _ => false,
    }
}

/// A pair of values that does not merge.
pub(super) struct Conflict<'a> {
    pub(super) at: Pointer,
    pub(super) old: &'a Node,
    pub(super) new: &'a Entry,
}

/// All pairs that do not merge: the update replaces a list or an object by a value of another kind.
pub(super) fn conflicts<'a>(node: &'a Node, update: &'a Node, at: &Pointer) -> Vec<Conflict<'a>> {
    let mut found = Vec::new();
    for new in update.entries() {
        let Some(old) = node.get(&new.key) else {
            continue;
        };
        let at = at.push(&new.key);
        if old.is_map() && new.node.is_map() {
            found.extend(conflicts(old, &new.node, &at));
        } else if old.is_map() != new.node.is_map() || old.is_list() != new.node.is_list() {
            found.push(Conflict { at, old, new });
        }
    }
    found
}
