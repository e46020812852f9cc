//! The structural check: whether the tree is an OpenAPI 3.0 document.
//!
//! Input: the raw tree. Output: all faults at once. `openapiv3` ignores unknown keys, wrong types and duplicate
//! names, and has no spans, so every rule of the specification about the shape of a document is checked here, from
//! tables. What a document means for the SDK is not decided here.

mod cycles;
mod faults;
mod keys;
mod names;
mod objects;
mod operations;
mod overlay;
mod references;
mod root;
mod rules;
mod schema;
mod schema_rules;
mod security;
mod shape;
mod table;
mod templates;
mod walk;
mod words;

use crate::pointer::Pointer;
use crate::report::{Code, Fault};

use super::node::{Node, Value};
pub(crate) use keys::is_media_type;
pub(crate) use operations::{LINK, OPERATION, PARAMETER, PATH_ITEM, RESPONSE};
use root::OPENAPI;
pub(crate) use root::{INFO, SERVER, TAG};
pub(crate) use schema::{DISCRIMINATOR, SCHEMA};
pub(crate) use shape::Shape;
use table::ValueKind;
use walk::{NodeEntry, Walk};

pub(crate) use objects::{Object, What};

/// Everything that is wrong with the shape of the document, and notes on it.
pub(super) fn check(root: &Node) -> Vec<Fault> {
    let mut walk = Walk::new(root);
    walk.visit(NodeEntry::member(root), ValueKind::Object(&OPENAPI));
    references::check(&mut walk);
    names::check(&mut walk);
    walk.faults
}

/// Every object of the specification that the document has.
pub(super) fn objects(root: &Node) -> Vec<Object<'_>> {
    objects::of(root)
}

/// Everything that is wrong with the shape of an overlay.
pub(super) fn overlay(root: &Node) -> Vec<Fault> {
    overlay::check(root)
}

/// Whether the document is an OpenAPI 3.0 document; any other is not checked further.
pub(crate) fn version(root: &Node) -> Option<Fault> {
    let fault = |place: &Node, key: &str, message: &str, help: &str| {
        let fault = Fault::new(place.input, Pointer::root().push(key), message, help);
        Some(fault.code(Code::NotOpenapi).at(place.span))
    };
    if !root.is_map() {
        let message = format!(
            "the document must be an OpenAPI Object, and is {}",
            root.kind()
        );
        return Some(
            Fault::new(
                root.input,
                Pointer::root(),
                message,
                "start with `openapi: 3.0.3`",
            )
            .code(Code::NotOpenapi)
            .at(root.span),
        );
    }
    match (root.get("openapi"), root.get("swagger")) {
        (Some(version), _) => match &version.value {
            Value::String(text) if is_three_zero(text) => None,
            Value::String(text) if text.starts_with("3.1") || text.starts_with("3.2") => {
                let message = format!("the document is of OpenAPI {text}, and only 3.0 is read");
                fault(
                    version,
                    "openapi",
                    &message,
                    "convert it to 3.0 first, or take upstream's 3.0 document",
                )
            }
            Value::Number(_) => {
                let message = format!("`openapi` must be a string, and is `{}`", version.brief());
                fault(
                    version,
                    "openapi",
                    &message,
                    "write the whole version: `openapi: 3.0.3`",
                )
            }
            _ => {
                let message = format!(
                    "`openapi` is {}, which is not a version of OpenAPI 3.0",
                    version.brief()
                );
                fault(version, "openapi", &message, "write `openapi: 3.0.3`")
            }
        },
        (None, Some(version)) => {
            let help = "convert it to OpenAPI 3.0 first, for example with swagger2openapi";
            fault(
                version,
                "swagger",
                "the document is of Swagger 2.0, and only OpenAPI 3.0 is read",
                help,
            )
        }
        (None, None) => {
            let message = match root.get("message").and_then(Node::as_str) {
                // As GitHub's API sends it: `{"message": "Not Found", "status": "404"}`.
                Some(said) if root.get("paths").is_none() => {
                    format!("this is what a server sends in place of a document: `{said}`")
                }
                _ => "`openapi` is missing at the top of the document".to_owned(),
            };
            let help = match ["components", "info", "paths"]
                .iter()
                .any(|key| root.get(key).is_some())
            {
                true => {
                    "write `openapi: 3.0.3`; where it was there before, the text may have been cut off: fetch it again"
                }
                false => "write `openapi: 3.0.3`",
            };
            let first = root
                .entries()
                .first()
                .map_or(root.span, |entry| entry.key_span);
            let fault = Fault::new(root.input, Pointer::root(), message, help);
            Some(fault.code(Code::NotOpenapi).at(first))
        }
    }
}

/// `3.0.` and a number, perhaps with a suffix such as `-rc1`.
fn is_three_zero(version: &str) -> bool {
    version
        .strip_prefix("3.0.")
        .is_some_and(|patch| patch.starts_with(|first: char| first.is_ascii_digit()))
}

#[cfg(test)]
mod tests;
