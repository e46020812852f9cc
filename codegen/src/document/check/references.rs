//! The targets of references.
//!
//! Input: the references that the traversal found, each with the kind of object that it should lead to. Output: faults for
//! those that lead out of the document, to nothing, to another kind of object, or back to themselves.

use std::collections::BTreeMap;

use crate::document::near;
use crate::document::node::Node;
use crate::pointer::Pointer;
use crate::report::{Code, Fault};

use super::cycles::{self, Edge};
use super::root::OPENAPI;
use super::table::{Object, ValueKind, kind_at};
use super::walk::{NodeEntry, Use, Walk};

/// Checks all references that the traversal found.
pub(super) fn check(walk: &mut Walk<'_>) {
    let references = std::mem::take(&mut walk.references);
    let compositions = std::mem::take(&mut walk.compositions);
    let looks = near::Looks::new();
    let mut known: BTreeMap<&str, Result<Target, Trouble>> = BTreeMap::new();
    let mut edges: BTreeMap<Pointer, Vec<Edge<'_>>> = BTreeMap::new();
    for (reference, object) in &references {
        let target = known
            .entry(reference.text)
            .or_insert_with(|| target(walk.root, reference.text, &looks));
        match target {
            Ok(found) => {
                if let Some(trouble) = found.misfit(reference.text, object) {
                    walk.faults.push(fault(reference, &trouble));
                }
                let edge = Edge {
                    to: found.pointer.clone(),
                    place: reference.place,
                    composes: false,
                };
                edges
                    .entry(reference.pointer.clone())
                    .or_default()
                    .push(edge);
            }
            Err(trouble) => walk.faults.push(fault(reference, trouble)),
        }
    }
    for (pointer, schema) in &compositions {
        let members = pointer.push("allOf");
        for (index, member) in schema
            .get("allOf")
            .map(Node::members)
            .unwrap_or_default()
            .iter()
            .enumerate()
        {
            let edge = Edge {
                to: members.push_index(index),
                place: NodeEntry::member(member),
                composes: true,
            };
            edges.entry(pointer.clone()).or_default().push(edge);
        }
    }
    walk.faults.extend(cycles::check(&edges));
}

/// The target of a reference.
struct Target {
    pointer: Pointer,
    kind: Option<ValueKind>,
}

/// Why a reference is invalid.
struct Trouble {
    message: String,
    help: String,
}

impl Target {
    /// The fault of a reference here that should lead to `wanted`.
    fn misfit(&self, text: &str, wanted: &'static Object) -> Option<Trouble> {
        let found = match self.kind {
            Some(ValueKind::Object(object) | ValueKind::Ref(object)) => object.name,
            Some(ValueKind::BoolOr(ValueKind::Ref(object))) => object.name,
            _ => "none of the specification's objects",
        };
        (found != wanted.name).then(|| Trouble {
            message: format!(
                "`{text}` should lead to {}, and leads to {found}",
                wanted.name
            ),
            help: format!("point to {}", wanted.name),
        })
    }
}

fn target(root: &Node, text: &str, looks: &near::Looks) -> Result<Target, Trouble> {
    if !text.starts_with('#') {
        let help = "copy what it points to into `components`, and point there: the document must contain all that it uses";
        return Err(Trouble {
            message: format!("`{text}` leads out of the document"),
            help: help.to_owned(),
        });
    }
    let Some(pointer) = Pointer::parse(text) else {
        let help = "write `#/components/schemas/name`; in a name `~1` is `/`, and `~0` is `~`";
        return Err(Trouble {
            message: format!("`{text}` is not a pointer into the document"),
            help: help.to_owned(),
        });
    };
    if root.at(&pointer).is_none() {
        return Err(dangling(root, text, &pointer, looks));
    }
    let kind = kind_at(&OPENAPI, &pointer.tokens());
    Ok(Target { pointer, kind })
}

fn dangling(root: &Node, text: &str, pointer: &Pointer, looks: &near::Looks) -> Trouble {
    let mut node = root;
    let mut at = Pointer::root();
    for token in pointer.tokens() {
        if let Some(child) = node.child(&token) {
            node = child;
            at = at.push(&token);
            continue;
        }
        if at.is_root()
            && let Some(place) = moved(&token)
        {
            let rest = pointer.as_str().split('/').skip(2);
            let now = rest.fold(format!("#/components/{place}"), |now, token| {
                format!("{now}/{token}")
            });
            return Trouble {
                message: format!(
                    "`{text}` leads to nothing: it is a reference of OpenAPI 2.0 (Swagger)"
                ),
                help: format!("in OpenAPI 3.0 write `{now}`"),
            };
        }
        let siblings = node.entries().iter().map(|entry| entry.key.as_str());
        let near = looks
            .allow()
            .then(|| near::nearest(&token, siblings))
            .flatten();
        let help = match near {
            Some(near) => format!("did you mean `#{}`?", at.push(near)),
            None => format!("add `{token}` under `#{at}`, or correct the reference"),
        };
        return Trouble {
            message: format!("`{text}` leads to nothing"),
            help,
        };
    }
    Trouble {
        message: format!("`{text}` leads to nothing"),
        help: String::new(),
    }
}

/// Where OpenAPI 3.0 has what OpenAPI 2.0 has at the top of the document, under `components`.
fn moved(section: &str) -> Option<&'static str> {
    match section {
        "definitions" => Some("schemas"),
        "parameters" => Some("parameters"),
        "responses" => Some("responses"),
        "securityDefinitions" => Some("securitySchemes"),
        _ => None,
    }
}

fn fault(reference: &Use<'_>, trouble: &Trouble) -> Fault {
    let node = reference.place.node;
    let pointer = reference.pointer.push("$ref");
    Fault::new(
        node.input,
        pointer,
        trouble.message.clone(),
        trouble.help.clone(),
    )
    .code(Code::Reference)
    .at(node.span)
}
