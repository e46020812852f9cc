//! Places that are the same under another name: properties, paths, parameters.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::check::Shape;
use crate::document::{Entry, Node, Value, canonical};
use crate::pointer::Pointer;
use crate::slice::Prose;
use crate::slice::trim::trimmed;

use super::target;

/// How deep `allOf` is followed: deeper ones are in a cycle.
const DEPTH: usize = 16;

/// The properties of a schema, its own and those of the members of its `allOf`, by name.
pub(super) fn properties(tree: &Node, schema: &Pointer) -> BTreeMap<String, Pointer> {
    let mut found = BTreeMap::new();
    collect(tree, schema, DEPTH, &mut found);
    found
}

fn collect(tree: &Node, schema: &Pointer, depth: usize, found: &mut BTreeMap<String, Pointer>) {
    let Some(node) = tree.at(schema).filter(|_| depth > 0) else {
        return;
    };
    if let Some(target) = target(node) {
        return collect(tree, &target, depth - 1, found);
    }
    let place = schema.push("properties");
    for entry in node
        .get("properties")
        .map(Node::entries)
        .unwrap_or_default()
    {
        found
            .entry(entry.key.clone())
            .or_insert_with(|| place.push(&entry.key));
    }
    let place = schema.push("allOf");
    for index in 0..node.get("allOf").map_or(0, |list| list.members().len()) {
        collect(tree, &place.push_index(index), depth - 1, found);
    }
}

/// Whether two paths are the same.
type AreSame<'a> = dyn Fn(&Entry, &Entry) -> bool + 'a;

/// The paths that are gone with those in their place: by another name of a parameter, by the ids of their operations, or by another
/// name of one segment where all else is the same.
pub(super) fn paths(old: &Node, new: &Node) -> Vec<(String, String)> {
    let paths = |tree: &Node| {
        tree.get("paths")
            .map(Node::entries)
            .unwrap_or_default()
            .to_vec()
    };
    let (was, is) = (paths(old), paths(new));
    let open = |these: &[Entry], those: &[Entry]| -> Vec<Entry> {
        let is_open = |entry: &&Entry| those.iter().all(|other| other.key != entry.key);
        these.iter().filter(is_open).cloned().collect()
    };
    let (mut gone, mut came) = (open(&was, &is), open(&is, &was));
    let same_but_one_segment = |one: &Entry, other: &Entry| {
        same_but_one_segment(one, other) && signature(one, new) == signature(other, old)
    };
    let rules: [&AreSame<'_>; 3] = [&same_place, &same_operations, &same_but_one_segment];
    let mut pairs = Vec::new();
    for are_same in rules {
        let mut left = Vec::new();
        for old in gone {
            let found = (0..came.len()).filter(|at| are_same(&old, &came[*at]));
            match found.collect::<Vec<_>>().as_slice() {
                [only] => pairs.push((old.key, came.remove(*only).key)),
                _ => left.push(old),
            }
        }
        gone = left;
    }
    pairs
}

/// What a path is, without its prose, the names of its parameters, and the names of components that `other` does not have.
fn signature(path: &Entry, other: &Node) -> String {
    let shape = Shape::at(&Pointer::root().push("paths").push("/"));
    let mut node = trimmed(&path.node, shape, Prose::Ours, &mut BTreeMap::new());
    anonymous(&mut node, other);
    canonical(&node)
}

fn anonymous(node: &mut Node, other: &Node) {
    let is_path = node.get("in").and_then(Node::as_str) == Some("path");
    let is_open = target(node).is_some_and(|target| other.at(&target).is_none());
    match &mut node.value {
        Value::Map(entries) => {
            entries.retain(|entry| match entry.key.as_str() {
                "operationId" | "tags" => false,
                "name" => !is_path,
                "$ref" => !is_open,
                _ => true,
            });
            entries
                .iter_mut()
                .for_each(|(_, node)| anonymous(node, other));
        }
        Value::List(members) => members
            .iter_mut()
            .for_each(|member| anonymous(member, other)),
        _ => {}
    }
}

fn blank(path: &str) -> Vec<&str> {
    let segments = path.split('/');
    segments
        .map(|segment| match segment.starts_with('{') {
            true => "{}",
            false => segment,
        })
        .collect()
}

fn same_place(old: &Entry, new: &Entry) -> bool {
    blank(&old.key) == blank(&new.key)
}

fn same_operations(old: &Entry, new: &Entry) -> bool {
    let ids = |path: &Entry| -> BTreeSet<String> {
        let operations = path.node.entries().iter();
        let ids =
            operations.filter_map(|it| it.node.get("operationId")?.as_str().map(str::to_owned));
        ids.collect()
    };
    !ids(old).is_disjoint(&ids(new))
}

fn same_but_one_segment(old: &Entry, new: &Entry) -> bool {
    let (was, is) = (blank(&old.key), blank(&new.key));
    let differing = was.iter().zip(&is).filter(|(one, other)| one != other);
    let are_literals = |(one, other): (&&str, &&str)| *one != "{}" && *other != "{}";
    let differing: Vec<bool> = differing.map(are_literals).collect();
    was.len() == is.len() && differing == [true]
}

/// Parameters of a path in its order, and others of one name and place of which one is a component.
pub(super) fn parameters(
    (old, was, gone): (&Node, &[Node], &[usize]),
    (new, is, came): (&Node, &[Node], &[usize]),
) -> Vec<(usize, usize)> {
    let of = |tree: &Node, list: &[Node], index: usize| -> Option<(String, String)> {
        let member = list.get(index)?;
        let target = target(member);
        let member = target
            .as_ref()
            .map_or(Some(member), |target| tree.at(target))?;
        let text = |key: &str| member.get(key).and_then(Node::as_str).map(str::to_owned);
        Some((text("in")?, text("name")?))
    };
    let mut pairs = Vec::new();
    let mut open: Vec<usize> = came.to_vec();
    let mut left = Vec::new();
    for index in gone {
        let before = of(old, was, *index);
        let same = open
            .iter()
            .position(|at| before.is_some() && of(new, is, *at) == before);
        match same {
            Some(at) => pairs.push((*index, open.remove(at))),
            None => left.push(*index),
        }
    }
    let in_path = |found: Option<(String, String)>| found.is_some_and(|(place, _)| place == "path");
    left.retain(|index| in_path(of(old, was, *index)));
    open.retain(|index| in_path(of(new, is, *index)));
    if left.len() == open.len() {
        pairs.extend(left.into_iter().zip(open));
    }
    pairs
}
