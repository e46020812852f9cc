//! Missing examples: nothing shows what an operation sends and returns.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::{Node, What};
use crate::pointer::Pointer;

use super::found::Found;
use super::look::{Look, MAX_DEPTH, members, target, text};

pub(super) fn missing(look: &Look<'_>) -> Vec<Found> {
    let mut shown = Shown {
        look,
        known: BTreeMap::new(),
        depth: 0,
    };
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for operation in look.all(What::Operation) {
        let id = text(operation.node, "operationId").unwrap_or_default();
        for (what, pointer, media) in bodies(look, &operation.pointer, operation.node) {
            if seen.insert(pointer.clone()) && !shown.media(media) {
                let message = format!("there is no example of {what} of the operation `{id}`");
                let help = "write one beside the schema, in our own words";
                found.push(Found::new(pointer, message, help));
            }
        }
    }
    found
}

/// The JSON bodies of an operation: the request's, and that of its success.
fn bodies<'a>(
    look: &Look<'a>,
    at: &Pointer,
    operation: &'a Node,
) -> Vec<(&'static str, Pointer, &'a Node)> {
    let mut places = Vec::new();
    if let Some(body) = operation.get("requestBody") {
        places.push(("the request body", at.push("requestBody"), body));
    }
    let list = at.push("responses");
    let responses = operation.get("responses").map(Node::entries);
    for entry in responses.unwrap_or_default() {
        if entry.key.starts_with('2') {
            places.push(("the response", list.push(&entry.key), &entry.node));
        }
    }
    let mut found = Vec::new();
    for (what, pointer, node) in places {
        let place = look.place(&pointer, node).push("content");
        let content = look.resolved(node).and_then(|node| node.get("content"));
        let media = content.map(Node::entries).unwrap_or_default().iter();
        let json = media.filter(|media| is_json(&media.key));
        found.extend(json.map(|media| (what, place.push(&media.key), &media.node)));
    }
    found
}

/// Whether a value can be composed from examples.
struct Shown<'l, 'a> {
    look: &'l Look<'a>,
    /// The results for components, each computed once.
    known: BTreeMap<Pointer, bool>,
    /// How many components are being examined.
    depth: usize,
}

impl<'a> Shown<'_, 'a> {
    fn media(&mut self, media: &'a Node) -> bool {
        let has = |key: &str| media.get(key).is_some();
        // A media type without a schema has nothing to show; another rule reports it.
        match media.get("schema") {
            Some(schema) => has("example") || has("examples") || self.schema(schema),
            None => true,
        }
    }

    fn schema(&mut self, schema: &'a Node) -> bool {
        let Some(target) = target(schema) else {
            return self.inline(schema);
        };
        if let Some(known) = self.known.get(&target) {
            return *known;
        }
        if self.depth >= MAX_DEPTH {
            return true;
        }
        self.depth += 1;
        // A recursive schema is shown by its other parts.
        self.known.insert(target.clone(), true);
        let is_shown = self
            .look
            .behind(&target)
            .is_some_and(|node| self.schema(node));
        self.depth -= 1;
        self.known.insert(target, is_shown);
        is_shown
    }

    fn inline(&mut self, schema: &'a Node) -> bool {
        let has = |key: &&str| schema.get(key).is_some();
        if ["example", "default", "enum"].iter().any(has) || text(schema, "type") == Some("boolean")
        {
            return true;
        }
        let list = |key: &str| members(schema, key).iter();
        let properties = schema
            .get("properties")
            .map(Node::entries)
            .unwrap_or_default();
        let mut parts = list("allOf")
            .chain(schema.get("items"))
            .chain(properties.iter().map(|entry| &entry.node))
            .peekable();
        let is_made_of_parts = parts.peek().is_some();
        is_made_of_parts && parts.all(|part| self.schema(part))
            || list("oneOf")
                .chain(list("anyOf"))
                .any(|choice| self.schema(choice))
    }
}

/// Whether a media type is JSON.
fn is_json(name: &str) -> bool {
    let essence = name.split(';').next().unwrap_or_default().trim();
    essence == "application/json" || essence.ends_with("+json")
}
