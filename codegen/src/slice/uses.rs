//! What a node refers to in the rest of its document.
//!
//! Input: a node with its shape. Output: the references, security schemes, operations and mapped schemas that it and all
//! below it name. Examples, defaults and values of enums are data: a `$ref` in them is not a reference.

use std::collections::BTreeSet;

use crate::document::check::{DISCRIMINATOR, LINK, OPERATION, Shape};
use crate::document::{Entry, Node, Value};
use crate::pointer::Pointer;
use crate::report::Span;

/// A name that refers to something elsewhere in the document.
pub(super) struct Use<'n> {
    pub(super) pointer: Pointer,
    pub(super) span: Span,
    pub(super) names: Names<'n>,
}

/// What is named, and how.
#[derive(Clone, Copy)]
pub(super) enum Names<'n> {
    /// `$ref`, or the `operationRef` of a link.
    Reference(&'n str),
    /// A value of a discriminator's mapping: the name of a schema, or a reference to one.
    Mapped(&'n str),
    /// The `operationId` of a link.
    Operation(&'n str),
    /// A scheme of a security requirement.
    Scheme(&'n str),
}

/// All uses within `node`, which is at `pointer`.
pub(super) fn of<'n>(node: &'n Node, shape: Shape, pointer: &Pointer) -> Vec<Use<'n>> {
    let mut uses = Vec::new();
    collect(node, shape, pointer, &mut uses);
    uses
}

fn collect<'n>(node: &'n Node, shape: Shape, pointer: &Pointer, uses: &mut Vec<Use<'n>>) {
    match &node.value {
        Value::Map(entries) if shape.is_object() || shape.is_names() => {
            if shape.is_object() {
                named(node, shape, pointer, uses);
            }
            for entry in entries {
                collect(
                    &entry.node,
                    shape.below(&entry.key),
                    &pointer.push(&entry.key),
                    uses,
                );
            }
        }
        Value::List(members) if shape.is_list() => {
            for (index, member) in members.iter().enumerate() {
                collect(
                    member,
                    shape.below(&index.to_string()),
                    &pointer.push_index(index),
                    uses,
                );
            }
        }
        _ => {}
    }
}

/// The names that an object of the specification has itself.
fn named<'n>(node: &'n Node, shape: Shape, pointer: &Pointer, uses: &mut Vec<Use<'n>>) {
    let mut text = |key: &str, names: fn(&'n str) -> Names<'n>| {
        if let Some(value) = node.get(key)
            && let Some(text) = value.as_str()
        {
            uses.push(Use {
                pointer: pointer.push(key),
                span: value.span,
                names: names(text),
            });
        }
    };
    text("$ref", Names::Reference);
    if shape.is(&LINK) {
        text("operationRef", Names::Reference);
        text("operationId", Names::Operation);
    }
    if shape.is(&DISCRIMINATOR)
        && let Some(mapping) = node.get("mapping")
    {
        let pointer = pointer.push("mapping");
        let mapped = mapping.entries().iter().filter_map(|entry| {
            Some(Use {
                pointer: pointer.push(&entry.key),
                span: entry.node.span,
                names: Names::Mapped(entry.node.as_str()?),
            })
        });
        uses.extend(mapped);
    }
    if shape.is(&OPERATION)
        && let Some(security) = node.get("security")
    {
        uses.extend(schemes(security, &pointer.push("security")));
    }
}

/// The schemes that a list of security requirements names.
pub(super) fn schemes<'n>(security: &'n Node, pointer: &Pointer) -> Vec<Use<'n>> {
    let mut uses = Vec::new();
    for (index, requirement) in security.members().iter().enumerate() {
        let pointer = pointer.push_index(index);
        uses.extend(requirement.entries().iter().map(|entry| Use {
            pointer: pointer.push(&entry.key),
            span: entry.key_span,
            names: Names::Scheme(&entry.key),
        }));
    }
    uses
}

/// The tags of the operations of these paths.
pub(super) fn used_tags(paths: &[Entry]) -> BTreeSet<&str> {
    let operations = paths.iter().flat_map(|path| path.node.entries());
    let tags = operations.filter_map(|operation| operation.node.get("tags"));
    tags.flat_map(Node::members)
        .filter_map(Node::as_str)
        .collect()
}
