//! Envelopes of responses.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::{Node, What};
use crate::model::ENVELOPE;

use super::found::Found;
use super::look::Look;

/// Properties of envelopes that the runtime does not read.
pub(super) fn unknown_field(look: &Look<'_>) -> Vec<Found> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    let schemas = look.schemas();
    let holders: BTreeMap<*const Node, _> = schemas
        .map(|schema| (std::ptr::from_ref(schema.node), schema))
        .collect();
    let operations = look.all(What::Operation);
    let responses = operations.filter_map(|operation| operation.node.get("responses"));
    let responses = responses.flat_map(Node::entries);
    let responses = responses.filter_map(|entry| look.resolved(&entry.node)?.get("content"));
    let media = responses.flat_map(Node::entries);
    for schema in media.filter_map(|entry| entry.node.get("schema")) {
        let parts = look.parts(schema);
        let properties = parts.iter().filter_map(|part| part.get("properties"));
        let keys: BTreeSet<&str> = properties
            .flat_map(Node::entries)
            .map(|entry| entry.key.as_str())
            .collect();
        if !["success", "errors"].iter().all(|key| keys.contains(key)) {
            continue;
        }
        for part in parts {
            let Some(holder) = holders.get(&std::ptr::from_ref(part)) else {
                continue;
            };
            let properties = part.get("properties").map(Node::entries);
            let others = properties.unwrap_or_default().iter();
            for entry in others.filter(|entry| !ENVELOPE.contains(&entry.key.as_str())) {
                let pointer = holder.pointer.push("properties").push(&entry.key);
                if look.is_skipped(&pointer) || !seen.insert(pointer.clone()) {
                    continue;
                }
                let key = &entry.key;
                let message = format!(
                    "`{key}` beside `result` is nothing that the runtime reads: no item comes from it"
                );
                let help = "users find it in the raw body of the response; if the service does not send it, remove it in spec/overlay.yaml";
                found.push(Found::new(pointer, message, help));
            }
        }
    }
    found
}
