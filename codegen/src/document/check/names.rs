//! Names that must be unique, and names that must exist: operation ids, security schemes, mapped schemas.
//!
//! Input: the uses that the traversal recorded. Output: faults.

use std::collections::BTreeMap;

use crate::document::near;
use crate::document::node::Node;
use crate::pointer::Pointer;
use crate::report::{Code, Fault};

use super::walk::{Use, Walk};

/// Checks all names that the traversal recorded.
pub(super) fn check(walk: &mut Walk<'_>) {
    let ids = operation_ids(walk);
    for link in std::mem::take(&mut walk.linked_operations) {
        if !ids.contains_key(link.text) {
            let help = near::did_you_mean(
                link.text,
                ids.keys().copied(),
                "write the `operationId` of an operation",
            );
            at_value(
                walk,
                &link,
                Code::UnknownName,
                format!("no operation has the id `{}`", link.text),
                help,
            );
        }
    }
    let components = walk.root.get("components");
    security(
        walk,
        components.and_then(|components| components.get("securitySchemes")),
    );
    mappings(
        walk,
        components.and_then(|components| components.get("schemas")),
    );
}

/// The operation ids with their pointers; a second use of one is a fault.
fn operation_ids<'d>(walk: &mut Walk<'d>) -> BTreeMap<&'d str, Pointer> {
    let mut first: BTreeMap<&str, Pointer> = BTreeMap::new();
    for id in std::mem::take(&mut walk.operation_ids) {
        match first.get(id.text) {
            Some(other) => {
                let message = format!(
                    "the operation id `{}` is taken by `{}`",
                    id.text,
                    parent(other)
                );
                let help = "rename one of the two".to_owned();
                at_value(walk, &id, Code::DuplicateId, message, help);
            }
            None => {
                first.insert(id.text, id.pointer);
            }
        }
    }
    first
}

fn security(walk: &mut Walk<'_>, schemes: Option<&Node>) {
    for name in std::mem::take(&mut walk.security_schemes) {
        if schemes.and_then(|schemes| schemes.get(name.text)).is_none() {
            let known = schemes
                .map(Node::entries)
                .unwrap_or_default()
                .iter()
                .map(|entry| entry.key.as_str());
            let otherwise = format!("add `{}` to `components/securitySchemes`", name.text);
            let help = near::did_you_mean(name.text, known, &otherwise);
            let message = format!("no security scheme is called `{}`", name.text);
            let span = name
                .place
                .entry
                .map_or(name.place.node.span, |entry| entry.key_span);
            walk.faults.push(
                Fault::new(name.place.node.input, name.pointer, message, help)
                    .code(Code::UnknownName)
                    .on_key()
                    .at(span),
            );
        }
    }
}

fn mappings(walk: &mut Walk<'_>, schemas: Option<&Node>) {
    let looks = near::Looks::new();
    for mapped in std::mem::take(&mut walk.mappings) {
        let by_name = schemas
            .and_then(|schemas| schemas.get(mapped.text))
            .is_some();
        let pointer = mapped
            .text
            .strip_prefix('#')
            .and_then(|_| Pointer::parse(mapped.text));
        let by_pointer = pointer
            .as_ref()
            .is_some_and(|pointer| walk.root.at(pointer).is_some());
        if by_name || by_pointer {
            continue;
        }
        let name = pointer
            .and_then(|pointer| pointer.last())
            .unwrap_or_else(|| mapped.text.to_owned());
        let known = schemas
            .map(Node::entries)
            .unwrap_or_default()
            .iter()
            .map(|entry| entry.key.as_str());
        let near = looks.allow().then(|| near::nearest(&name, known)).flatten();
        let help = match near {
            Some(near) => format!("did you mean `#/components/schemas/{near}`?"),
            None => "write `#/components/schemas/name`".to_owned(),
        };
        at_value(
            walk,
            &mapped,
            Code::UnknownName,
            format!("`{}` is not a schema of the document", mapped.text),
            help,
        );
    }
}

fn at_value(walk: &mut Walk<'_>, name: &Use<'_>, code: Code, message: String, help: String) {
    let node = name.place.node;
    let fault = Fault::new(node.input, name.pointer.clone(), message, help);
    walk.faults.push(fault.code(code).at(node.span));
}

fn parent(pointer: &Pointer) -> Pointer {
    pointer.parent().unwrap_or_default()
}
