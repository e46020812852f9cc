//! Path templates and their parameters.
//!
//! Input: the map of paths. Output: faults where a template is malformed, is equivalent to another one, names a
//! parameter that is not declared, or lacks one that is declared, and where a parameter is declared twice.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::near;
use crate::document::node::{Entry, Node};

use super::walk::{NodeEntry, Walk};

const METHODS: &[&str] = &[
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// Checks all paths and the parameters declared under them.
pub(super) fn check<'d>(walk: &mut Walk<'d>, paths: NodeEntry<'d>) {
    let mut shapes: BTreeMap<String, &str> = BTreeMap::new();
    for entry in paths
        .node
        .entries()
        .iter()
        .filter(|entry| entry.key.starts_with('/'))
    {
        walk.within(&entry.key, |walk| match names(&entry.key) {
            Ok(names) => {
                collide(walk, entry, &names, &mut shapes);
                item(walk, entry, &names);
            }
            Err(message) => {
                walk.fault_on_key(
                    NodeEntry::of(entry),
                    message,
                    "write each parameter as `{name}`, each name once",
                );
            }
        });
    }
}

/// The names between braces.
fn names(path: &str) -> Result<Vec<&str>, String> {
    let mut names = Vec::new();
    let mut rest = path;
    while let Some(open) = rest.find(['{', '}']) {
        let after = rest.get(open + 1..).unwrap_or("");
        let name = match after.split_once('}') {
            Some((name, tail)) if rest.as_bytes().get(open) == Some(&b'{') => {
                rest = tail;
                name
            }
            _ => return Err(format!("the braces of the path `{path}` do not match")),
        };
        if name.is_empty() || name.contains(['{', '/']) {
            return Err(format!(
                "`{{{name}}}` in the path `{path}` is not a parameter"
            ));
        }
        if names.contains(&name) {
            return Err(format!("`{{{name}}}` is in the path `{path}` twice"));
        }
        names.push(name);
    }
    Ok(names)
}

/// Refuses a second path that differs only in the names of its parameters.
fn collide<'d>(
    walk: &mut Walk<'d>,
    entry: &'d Entry,
    names: &[&str],
    shapes: &mut BTreeMap<String, &'d str>,
) {
    let shape = names.iter().fold(entry.key.clone(), |shape, name| {
        shape.replace(&format!("{{{name}}}"), "{}")
    });
    match shapes.get(&shape) {
        Some(first) => {
            let message = format!("the path `{}` is equivalent to `{first}`", entry.key);
            let help = "move the operations of both to one path";
            walk.fault_on_key(NodeEntry::of(entry), message, help);
        }
        None => {
            shapes.insert(shape, &entry.key);
        }
    }
}

/// Parameters of one path: those of the path item, and those of each operation.
fn item<'d>(walk: &mut Walk<'d>, entry: &'d Entry, names: &[&str]) {
    let Some(item) = walk.resolved(&entry.node) else {
        return;
    };
    // A path item behind a reference is checked here, but its faults belong to the place where it is written.
    let here = std::ptr::eq(item, &entry.node);
    let shared = if here {
        declared(walk, item, names)
    } else {
        Declared::unknown()
    };
    for operation in item
        .entries()
        .iter()
        .filter(|operation| METHODS.contains(&operation.key.as_str()))
    {
        walk.within(&operation.key, |walk| {
            let own = declared(walk, &operation.node, names);
            if own.complete && shared.complete {
                undeclared(walk, operation, &entry.key, names, &shared, &own);
            }
        });
    }
}

/// The path parameters that a list declares; incomplete when one of the list could not be read.
struct Declared<'d> {
    path: BTreeSet<&'d str>,
    complete: bool,
}

impl Declared<'_> {
    fn unknown() -> Self {
        Self {
            path: BTreeSet::new(),
            complete: false,
        }
    }
}

fn undeclared<'d>(
    walk: &mut Walk<'d>,
    operation: &'d Entry,
    path: &str,
    names: &[&str],
    shared: &Declared<'d>,
    own: &Declared<'d>,
) {
    for name in names
        .iter()
        .filter(|name| !shared.path.contains(**name) && !own.path.contains(**name))
    {
        let message = format!("`{{{name}}}` of the path `{path}` is not declared as a parameter");
        let help = format!(
            "add `{{name: {name}, in: path, required: true, schema: {{type: string}}}}` to `parameters`"
        );
        walk.fault_on_key(NodeEntry::of(operation), message, help);
    }
}

/// Reads the `parameters` of a path item or an operation.
fn declared<'d>(walk: &mut Walk<'d>, holder: &'d Node, names: &[&str]) -> Declared<'d> {
    let mut declared = Declared {
        path: BTreeSet::new(),
        complete: true,
    };
    let members = holder
        .get("parameters")
        .map(Node::members)
        .unwrap_or_default();
    let mut seen: BTreeSet<(&str, String)> = BTreeSet::new();
    for (index, member) in members.iter().enumerate() {
        let parameter = walk.resolved(member);
        let text = |key: &str| {
            parameter
                .and_then(|parameter| parameter.get(key))
                .and_then(Node::as_str)
        };
        let (Some(name), Some(location)) = (text("name"), text("in")) else {
            declared.complete = false;
            continue;
        };
        let found = Found {
            name,
            location,
            index,
            member,
        };
        if !seen.insert((location, found.identity())) {
            found.fault(
                walk,
                format!("the {location} parameter `{name}` is declared twice"),
                "remove one of the two".to_owned(),
            );
        }
        if location == "path" {
            declared.path.insert(name);
            if !names.contains(&name) {
                let template =
                    format!("write `{{{name}}}` into the path, or correct the parameter's name");
                let help = near::did_you_mean(name, names.iter().copied(), &template);
                found.fault(
                    walk,
                    format!("the path has no `{{{name}}}` for this path parameter"),
                    help,
                );
            }
        }
    }
    declared
}

/// A parameter in a list.
struct Found<'d> {
    name: &'d str,
    location: &'d str,
    index: usize,
    member: &'d Node,
}

impl<'d> Found<'d> {
    /// What identifies the parameter; names of headers are compared without case.
    fn identity(&self) -> String {
        if self.location == "header" {
            self.name.to_lowercase()
        } else {
            self.name.to_owned()
        }
    }

    fn fault(&self, walk: &mut Walk<'d>, message: String, help: String) {
        let place = NodeEntry::member(self.member);
        walk.within("parameters", |walk| {
            walk.within(&self.index.to_string(), |walk| {
                walk.fault(place, message, help);
            });
        });
    }
}
