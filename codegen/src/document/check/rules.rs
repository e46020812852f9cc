//! What the tables of operations cannot say: styles that fit their place, keys that need or exclude each other.

use crate::document::node::Node;

use super::walk::{Place, Walk, listed};

/// Notes the id of the operation.
pub(super) fn operation<'d>(walk: &mut Walk<'d>, place: Place<'d>) {
    if let Some(id) = place.child("operationId") {
        let name = walk.within("operationId", |walk| walk.name_at(id));
        walk.operation_ids.extend(name);
    }
}

/// A parameter's style must fit where it stands, and a path parameter is always required.
pub(super) fn parameter<'d>(walk: &mut Walk<'d>, place: Place<'d>) {
    schema_or_content(walk, place);
    let location = place.node.get("in").and_then(Node::as_str).unwrap_or("");
    let styles: &[&str] = match location {
        "path" => &["matrix", "label", "simple"],
        "query" => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
        "header" => &["simple"],
        "cookie" => &["form"],
        _ => return,
    };
    if let Some(style) = place.child("style")
        && let Some(text) = style.node.as_str()
        && super::operations::STYLES.contains(&text)
        && !styles.contains(&text)
    {
        let message = format!("the style `{text}` does not go with `in: {location}`");
        let help = format!("allowed are {}", listed(styles.iter().copied()));
        walk.within("style", |walk| walk.fault(style, message, help));
    }
    if location == "path" && place.node.get("required").and_then(Node::as_bool) != Some(true) {
        let name = place.node.get("name").and_then(Node::as_str).unwrap_or("");
        let message = format!("the path parameter `{name}` is not required");
        match place.child("required") {
            Some(required) => walk.within("required", |walk| walk.fault(required, message, "write `required: true`")),
            None => walk.fault_on_key(place, message, "write `required: true`"),
        }
    }
}

/// A parameter or header has a schema, or a content with one media type.
pub(super) fn schema_or_content<'d>(walk: &mut Walk<'d>, place: Place<'d>) {
    one_kind_of_example(walk, place);
    match (place.child("schema"), place.child("content")) {
        (None, None) => {
            walk.fault_on_key(place, "neither `schema` nor `content` stands here", "write `schema: {type: …}`");
        }
        (Some(_), Some(content)) => {
            let help = "remove one of the two";
            walk.within("content", |walk| walk.fault_on_key(content, "`content` stands beside `schema`", help));
        }
        (None, Some(content)) if content.node.is_map() && content.node.entries().len() != 1 => {
            let message = "`content` must have one media type here";
            walk.within("content", |walk| walk.fault_on_key(content, message, "keep one media type"));
        }
        _ => {}
    }
}

/// `example` and `examples` exclude each other.
pub(super) fn one_kind_of_example<'d>(walk: &mut Walk<'d>, place: Place<'d>) {
    if let (Some(_), Some(examples)) = (place.child("example"), place.child("examples")) {
        let help = "remove one of the two";
        walk.within("examples", |walk| walk.fault_on_key(examples, "`examples` stands beside `example`", help));
    }
}

/// An example's value stands here or elsewhere, not both.
pub(super) fn example<'d>(walk: &mut Walk<'d>, place: Place<'d>) {
    if let (Some(_), Some(external)) = (place.child("value"), place.child("externalValue")) {
        let help = "remove one of the two";
        walk.within("externalValue", |walk| walk.fault_on_key(external, "`externalValue` stands beside `value`", help));
    }
}

/// A link names one operation, by id or by reference.
pub(super) fn link<'d>(walk: &mut Walk<'d>, place: Place<'d>) {
    match (place.child("operationId"), place.child("operationRef")) {
        (None, None) => walk.fault_on_key(place, "a link must name an operation", "write `operationId: …`"),
        (Some(_), Some(reference)) => {
            let help = "remove one of the two";
            let message = "`operationRef` stands beside `operationId`";
            walk.within("operationRef", |walk| walk.fault_on_key(reference, message, help));
        }
        (Some(id), None) => {
            let name = walk.within("operationId", |walk| walk.name_at(id));
            walk.linked_operations.extend(name);
        }
        (None, Some(_)) => {}
    }
}
