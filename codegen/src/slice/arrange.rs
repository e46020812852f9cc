//! The order of keys in the canonical form.
//!
//! Keys of the specification are in the order of its tables, because the order in which upstream's tools write them means
//! nothing. Names keep upstream's order, and so do the methods of a path: paths, components, properties, statuses, values.

use crate::document::check::{OPERATION, PATH_ITEM, Shape};
use crate::document::{Node, Value};
use crate::pointer::Pointer;

/// Sorts the keys of a document.
pub(super) fn arrange(root: &mut Node) {
    arrange_node(root, Shape::at(&Pointer::root()));
}

fn arrange_node(node: &mut Node, shape: Shape) {
    match &mut node.value {
        Value::Map(entries) if shape.is_object() || shape.is_names() => {
            if shape.is_object() {
                entries.sort_by_key(|entry| rank(shape, &entry.key));
            }
            for (key, node) in entries.iter_mut() {
                arrange_node(node, shape.below(key));
            }
        }
        Value::List(members) if shape.is_list() => {
            for member in members {
                arrange_node(member, shape.below("0"));
            }
        }
        _ => {}
    }
}

/// A reference first, then the keys of the specification, then unknown keys, extensions last.
fn rank(shape: Shape, key: &str) -> usize {
    if key == "$ref" {
        return 0;
    }
    let word = if shape.is(&PATH_ITEM) && shape.below(key).is(&OPERATION) {
        "get"
    } else {
        key
    };
    match shape.rank(word) {
        Some(rank) => rank + 1,
        None if shape.is_extension(key) => usize::MAX,
        None => usize::MAX - 1,
    }
}
