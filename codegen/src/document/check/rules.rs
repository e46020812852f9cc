//! Rules for operations that tables cannot express: styles that fit their location, keys that need or exclude each other.

use crate::document::node::Node;

use super::operations::STYLES;
use super::walk::{NodeEntry, Walk};
use super::words::listed;

const REMOVE_ONE: &str = "remove one of the two";

/// Records the id of the operation.
pub(super) fn operation<'d>(walk: &mut Walk<'d>, place: NodeEntry<'d>) {
    if let Some(id) = place.child("operationId") {
        let name = walk.within("operationId", |walk| walk.name_at(id));
        walk.operation_ids.extend(name);
    }
}

/// A parameter's style must fit its location, and a path parameter is always required.
pub(super) fn parameter<'d>(walk: &mut Walk<'d>, place: NodeEntry<'d>) {
    schema_or_content(walk, place);
    let text = |key: &str| place.node.get(key).and_then(Node::as_str).unwrap_or("");
    let (location, style) = (text("in"), text("style"));
    let styles: &[&str] = match location {
        "path" => &["matrix", "label", "simple"],
        "query" => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
        "header" => &["simple"],
        "cookie" => &["form"],
        _ => return,
    };
    if STYLES.contains(&style) && !styles.contains(&style) {
        let message = format!("the style `{style}` is not allowed with `in: {location}`");
        let help = format!("allowed are {}", listed(styles.iter().copied()));
        walk.fault_in(place, "style", message, help);
    }
    let required = place.node.get("required").and_then(Node::as_bool);
    if location == "path" && required != Some(true) {
        let message = format!("the path parameter `{}` is not required", text("name"));
        walk.fault_in(place, "required", message, "write `required: true`");
    }
}

/// A parameter or header has a schema, or a `content` with one media type.
pub(super) fn schema_or_content<'d>(walk: &mut Walk<'d>, place: NodeEntry<'d>) {
    one_kind_of_example(walk, place);
    match (place.node.get("schema"), place.node.get("content")) {
        (None, None) => {
            let help = "write `schema: {type: …}`";
            walk.fault_on_key(place, "neither `schema` nor `content` is here", help);
        }
        (Some(_), Some(_)) => {
            walk.fault_on(
                place,
                "content",
                "`content` is not allowed beside `schema`",
                REMOVE_ONE,
            );
        }
        (None, Some(content)) if content.is_map() && content.entries().len() != 1 => {
            let message = "`content` must have one media type here";
            walk.fault_on(place, "content", message, "keep one media type");
        }
        (None, Some(_)) | (Some(_), None) => {}
    }
}

/// `example` and `examples` exclude each other.
pub(super) fn one_kind_of_example<'d>(walk: &mut Walk<'d>, place: NodeEntry<'d>) {
    exclude(walk, place, "example", "examples");
}

/// An example has its value here or elsewhere, not both.
pub(super) fn example<'d>(walk: &mut Walk<'d>, place: NodeEntry<'d>) {
    exclude(walk, place, "value", "externalValue");
}

/// A link names one operation, by id or by reference.
pub(super) fn link<'d>(walk: &mut Walk<'d>, place: NodeEntry<'d>) {
    exclude(walk, place, "operationId", "operationRef");
    match (place.child("operationId"), place.child("operationRef")) {
        (None, None) => {
            walk.fault_on_key(
                place,
                "a link must name an operation",
                "write `operationId: …`",
            );
        }
        (Some(id), None) => {
            let name = walk.within("operationId", |walk| walk.name_at(id));
            walk.linked_operations.extend(name);
        }
        (_, Some(_)) => {}
    }
}

fn exclude<'d>(walk: &mut Walk<'d>, place: NodeEntry<'d>, one: &str, other: &str) {
    if place.node.get(one).is_some() && place.node.get(other).is_some() {
        let message = format!("`{other}` is not allowed beside `{one}`");
        walk.fault_on(place, other, message, REMOVE_ONE);
    }
}
