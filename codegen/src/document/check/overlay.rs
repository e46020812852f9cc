//! The objects of an overlay file by the Overlay Specification 1.0, and what we require beyond it: every action
//! has its reason (`description`) and the value that it expects to find (`x-expect`).

use crate::document::node::{Node, Value};
use crate::document::overlay::query;
use crate::report::Fault;

use super::table::{Object, ValueKind, may, must};
use super::walk::{NodeEntry, Walk};

pub(super) static OVERLAY: Object = Object::new(
    "an Overlay Object",
    &[
        must("overlay", ValueKind::Custom(version)),
        must("info", ValueKind::Object(&INFO)),
        may("extends", ValueKind::Text),
        must("actions", ValueKind::List(&ValueKind::Object(&ACTION))),
    ],
)
.rule(not_empty);

static INFO: Object = Object::new(
    "an Info Object of an overlay",
    &[
        must("title", ValueKind::Text),
        must("version", ValueKind::Text),
    ],
);

static ACTION: Object = Object::new(
    "an Action Object",
    &[
        must("target", ValueKind::Text),
        must("description", ValueKind::Text),
        may("update", ValueKind::Any),
        may("remove", ValueKind::Bool),
        must("x-expect", ValueKind::Any),
    ],
)
.hints(&[(
    "copy",
    "Overlay 1.1 has it, 1.0 does not: write the value itself under `update`",
)])
.rule(action);

fn version<'d>(walk: &mut Walk<'d>, place: NodeEntry<'d>) {
    match &place.node.value {
        Value::String(text) if text == "1.0" || text.starts_with("1.0.") => {}
        Value::String(_) => {
            let message = format!(
                "the overlay is of version {}, and only 1.0 is read",
                place.node.brief()
            );
            walk.fault(place, message, "write `overlay: 1.0.0`");
        }
        _ => walk.wrong_kind(place, "a string such as `'1.0.0'`"),
    }
}

fn not_empty<'d>(walk: &mut Walk<'d>, place: NodeEntry<'d>) {
    let actions = place.node.get("actions");
    if actions.is_some_and(|actions| actions.is_list() && actions.members().is_empty()) {
        let help = "write an action, or remove the overlay";
        walk.fault_in(
            place,
            "actions",
            "an overlay needs at least one action",
            help,
        );
    }
}

fn action<'d>(walk: &mut Walk<'d>, place: NodeEntry<'d>) {
    const NOTHING: &str = "this action does nothing";
    match (place.node.get("update"), place.node.get("remove")) {
        (None, None) => {
            walk.fault_on_key(place, NOTHING, "write `update: …` or `remove: true`");
        }
        (Some(_), Some(_)) => {
            let help =
                "keep one of the two; for a replacement write two actions, the removal first";
            walk.fault_on(
                place,
                "update",
                "`update` is not allowed beside `remove`",
                help,
            );
        }
        (None, Some(remove)) if remove.as_bool() == Some(false) => {
            walk.fault_in(place, "remove", NOTHING, "write `remove: true`");
        }
        (None, Some(_)) | (Some(_), None) => {}
    }
    let text = |key: &str| place.node.get(key).and_then(Node::as_str);
    if text("description").is_some_and(|description| description.trim().is_empty()) {
        let help = "write what is wrong in the document, and how that is known";
        walk.fault_in(place, "description", "this action has no reason", help);
    }
    if let Some(message) = text("target").and_then(query::refused) {
        let help = "write an RFC 9535 path such as `$.components.schemas['name'].properties.size`";
        walk.fault_in(place, "target", message, help);
    }
}

/// Everything that is wrong with the shape of an overlay.
pub(super) fn check(root: &Node) -> Vec<Fault> {
    let mut walk = Walk::new(root);
    walk.visit(NodeEntry::member(root), ValueKind::Object(&OVERLAY));
    walk.faults
}
