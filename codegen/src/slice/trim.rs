//! Copies a node without what the slice leaves out: foreign extensions, and upstream's prose if the slice has ours.

use std::collections::BTreeMap;

use crate::document::check::Shape;
use crate::document::{Entry, Node, Value};

use super::{Prose, extensions, prose};

/// The copy. `left_out` counts the extensions that were left out.
pub(super) fn trimmed(
    node: &Node,
    shape: Shape,
    words: Prose,
    left_out: &mut BTreeMap<String, usize>,
) -> Node {
    let value = match &node.value {
        Value::Map(entries) if shape.is_object() || shape.is_names() => {
            let kept = entries
                .iter()
                .filter_map(|entry| trimmed_entry(entry, shape, words, left_out));
            Value::Map(kept.collect())
        }
        Value::List(members) if shape.is_list() => {
            let members = members.iter().enumerate();
            Value::List(
                members
                    .map(|(index, member)| {
                        trimmed(member, shape.below(&index.to_string()), words, left_out)
                    })
                    .collect(),
            )
        }
        value => value.clone(),
    };
    Node {
        value,
        span: node.span,
        input: node.input,
    }
}

fn trimmed_entry(
    entry: &Entry,
    shape: Shape,
    words: Prose,
    left_out: &mut BTreeMap<String, usize>,
) -> Option<Entry> {
    let key = entry.key.as_str();
    if shape.is_extension(key) && !extensions::KEPT.contains(&key) {
        *left_out.entry(key.to_owned()).or_default() += 1;
        return None;
    }
    if words == Prose::Ours && prose::is_prose(shape, key) {
        return None;
    }
    Some(Entry {
        key: entry.key.clone(),
        key_span: entry.key_span,
        node: trimmed(&entry.node, shape.below(key), words, left_out),
    })
}
