//! From the tree to the types of `openapiv3`, through `serde_yaml`.
//!
//! Input: a tree that the structural check has accepted. Output: typed objects. What `openapiv3` still refuses is a
//! fault at the smallest part that it cannot read.

use openapiv3::{
    Callback, Example, Header, Link, OpenAPI, Parameter, PathItem, ReferenceOr, RequestBody,
    Response, Schema, SecurityScheme,
};
use serde::de::DeserializeOwned;

use crate::pointer::Pointer;
use crate::report::{Code, Fault, Input};

use super::convert::to_yaml;
use super::node::Node;

/// Reads the whole document.
pub(super) fn openapi(root: &Node) -> Result<OpenAPI, Fault> {
    read(root)
        .map_err(|error| culprit(root).unwrap_or_else(|| refused(root, Pointer::root(), &error)))
}

/// Reads the node at `pointer` as `T`.
pub(super) fn at<T: DeserializeOwned>(root: &Node, pointer: &Pointer) -> Result<T, Fault> {
    match root.at(pointer) {
        Some(node) => read(node).map_err(|error| refused(node, pointer.clone(), &error)),
        None => {
            let message = format!("the document has no node at `{pointer}`");
            Err(Fault::new(
                Input::Spec,
                pointer.clone(),
                message,
                "check the pointer",
            ))
        }
    }
}

fn read<T: DeserializeOwned>(node: &Node) -> Result<T, serde_yaml::Error> {
    serde_yaml::from_value(to_yaml(node))
}

fn refused(node: &Node, pointer: Pointer, error: &serde_yaml::Error) -> Fault {
    let help = "correct it in the overlay, or exclude it from the slice";
    Fault::new(
        node.input,
        pointer,
        format!("this cannot be read as OpenAPI 3.0: {error}"),
        help,
    )
    .code(Code::Structure)
    .at(node.span)
}

/// The first path or component that cannot be read on its own.
fn culprit(root: &Node) -> Option<Fault> {
    let components = root.get("components");
    let section = |name: &str| components.and_then(|components| components.get(name));
    let pointer = |name: &str| Pointer::root().push("components").push(name);
    first::<ReferenceOr<Schema>>(section("schemas"), &pointer("schemas"))
        .or_else(|| first::<ReferenceOr<Response>>(section("responses"), &pointer("responses")))
        .or_else(|| first::<ReferenceOr<Parameter>>(section("parameters"), &pointer("parameters")))
        .or_else(|| first::<ReferenceOr<Example>>(section("examples"), &pointer("examples")))
        .or_else(|| {
            first::<ReferenceOr<RequestBody>>(section("requestBodies"), &pointer("requestBodies"))
        })
        .or_else(|| first::<ReferenceOr<Header>>(section("headers"), &pointer("headers")))
        .or_else(|| {
            first::<ReferenceOr<SecurityScheme>>(
                section("securitySchemes"),
                &pointer("securitySchemes"),
            )
        })
        .or_else(|| first::<ReferenceOr<Link>>(section("links"), &pointer("links")))
        .or_else(|| first::<ReferenceOr<Callback>>(section("callbacks"), &pointer("callbacks")))
        .or_else(|| {
            first::<ReferenceOr<PathItem>>(root.get("paths"), &Pointer::root().push("paths"))
        })
}

/// The first entry of `map` that cannot be read as `T`.
fn first<T: DeserializeOwned>(map: Option<&Node>, pointer: &Pointer) -> Option<Fault> {
    let entries = map?
        .entries()
        .iter()
        .filter(|entry| !entry.key.starts_with("x-"));
    entries.into_iter().find_map(|entry| {
        let error = read::<T>(&entry.node).err()?;
        Some(refused(&entry.node, pointer.push(&entry.key), &error))
    })
}
