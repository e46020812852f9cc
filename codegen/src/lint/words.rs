//! Missing sentences: items of the SDK would have no documentation.

use std::collections::BTreeMap;

use crate::document::{Document, Node, Object, What};
use crate::pointer::Pointer;

use super::found::Found;
use super::look::{Look, component, members, text};

pub(super) fn missing_description(look: &Look<'_>) -> Vec<Found> {
    let named = [What::Operation, What::Parameter, What::Tag];
    let named = named.into_iter().flat_map(|what| look.all(what));
    let bare = named.filter(|object| !is_described(look, object.node));
    let mut found: Vec<Found> = bare
        .map(|object| wordless(object.pointer.clone(), &called(object)))
        .collect();
    for schema in look.schemas() {
        let is_component = component(&schema.pointer).as_ref() == Some(&schema.pointer);
        if is_component && !is_described(look, schema.node) {
            found.push(wordless(schema.pointer.clone(), "this schema"));
        }
        let properties = schema.node.get("properties").map(Node::entries);
        let bare = properties.unwrap_or_default().iter();
        let place = schema.pointer.push("properties");
        // A missing sentence at the target of a reference is reported there, once.
        let bare = bare
            .filter(|entry| entry.node.get("$ref").is_none() && !is_described(look, &entry.node));
        found.extend(bare.map(|entry| wordless(place.push(&entry.key), "this property")));
    }
    found
}

fn wordless(pointer: Pointer, what: &str) -> Found {
    let message = format!("{what} has no description");
    Found::new(
        pointer,
        message,
        "describe it: users read it as documentation",
    )
}

/// How messages call a named object.
fn called(object: &Object<'_>) -> String {
    let (noun, key) = match object.what {
        What::Operation => ("operation", "operationId"),
        What::Parameter => ("parameter", "name"),
        _ => ("tag", "name"),
    };
    format!(
        "the {noun} `{}`",
        text(object.node, key).unwrap_or_default()
    )
}

/// Whether a node, the target of its reference or a member of its `allOf` has a sentence.
fn is_described<'a>(look: &Look<'a>, node: &'a Node) -> bool {
    look.parts(node).into_iter().any(|part| {
        let mut sentences = ["description", "summary"]
            .into_iter()
            .filter_map(|key| text(part, key));
        sentences.any(|sentence| !sentence.trim().is_empty())
    })
}

pub(super) fn undeclared_tag(look: &Look<'_>) -> Vec<Found> {
    let declared = declared(look.document);
    let mut uses: BTreeMap<&str, Vec<Pointer>> = BTreeMap::new();
    for operation in look.all(What::Operation) {
        let list = operation.pointer.push("tags");
        for (index, tag) in members(operation.node, "tags").iter().enumerate() {
            if let Some(tag) = tag.as_str().filter(|tag| !declared.contains(tag)) {
                uses.entry(tag).or_default().push(list.push_index(index));
            }
        }
    }
    let found = uses.into_iter().filter_map(|(tag, places)| {
        let (first, others) = places.split_first()?;
        let message = format!("`tags` at the top of the document does not describe `{tag}`");
        let help = "add it there, with a sentence for the handle whose operations have it";
        Some(Found::new(first.clone(), message, help).related(others.to_vec()))
    });
    found.collect()
}

fn declared(document: &Document) -> Vec<&str> {
    let tags = members(document.root(), "tags").iter();
    tags.filter_map(|tag| text(tag, "name")).collect()
}
