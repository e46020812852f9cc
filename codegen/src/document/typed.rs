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

/// Reads the whole document. Where it cannot be read, each path and each component is read once by itself: all that cannot are faults.
pub(super) fn openapi(root: &Node) -> Result<OpenAPI, Vec<Fault>> {
    read(root).map_err(|error| match culprits(root) {
        found if found.is_empty() => vec![refused(root, Pointer::root(), &error)],
        found => found,
    })
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

/// The paths and components that cannot be read on their own.
fn culprits(root: &Node) -> Vec<Fault> {
    let components = root.get("components");
    let mut found = Vec::new();
    let mut look = |name: &str, refuse: Refuse| {
        let section = components.and_then(|components| components.get(name));
        let place = Pointer::root().push("components").push(name);
        refuse(section, &place, &mut found);
    };
    look("schemas", refuse::<Schema>);
    look("responses", refuse::<Response>);
    look("parameters", refuse::<Parameter>);
    look("examples", refuse::<Example>);
    look("requestBodies", refuse::<RequestBody>);
    look("headers", refuse::<Header>);
    look("securitySchemes", refuse::<SecurityScheme>);
    look("links", refuse::<Link>);
    look("callbacks", refuse::<Callback>);
    let paths = Pointer::root().push("paths");
    refuse::<PathItem>(root.get("paths"), &paths, &mut found);
    found
}

/// Looks for what cannot be read in a section of the document.
type Refuse = fn(Option<&Node>, &Pointer, &mut Vec<Fault>);

/// Adds a fault for each entry of `map` that cannot be read as `T`.
fn refuse<T: DeserializeOwned>(map: Option<&Node>, pointer: &Pointer, found: &mut Vec<Fault>) {
    let entries = map.map(Node::entries).unwrap_or_default();
    let entries = entries.iter().filter(|entry| !entry.key.starts_with("x-"));
    found.extend(entries.filter_map(|entry| {
        let error = read::<ReferenceOr<T>>(&entry.node).err()?;
        Some(refused(&entry.node, pointer.push(&entry.key), &error))
    }));
}

#[cfg(test)]
mod tests {
    use super::openapi;
    use crate::document::parse::parse;
    use crate::report::Input;

    /// Each part is read once, however many of them cannot be read.
    #[test]
    fn all_that_cannot_be_read_comes_out_in_one_reading() {
        let bad: String = (0..300)
            .map(|number| format!("    bad{number}: {{x-note: 1}}\n"))
            .collect();
        let text = format!(
            "openapi: 3.0.3\ninfo: {{title: t, version: '1'}}\npaths: {{}}\ncomponents:\n  headers:\n    a: {{x-note: 1}}\n  callbacks:\n    good: {{}}\n{bad}"
        );
        let root = parse(&text, Input::Spec).node.expect("a tree");
        let found = openapi(&root).expect_err("faults");
        assert_eq!(found.len(), 301, "{:?}", found.first());
        assert_eq!(found[0].pointer.as_str(), "/components/headers/a");
    }
}
