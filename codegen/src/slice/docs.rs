//! `[docs]` of `sdk.toml` after upstream has restructured its document.
//!
//! Input: the text of `sdk.toml`, both slices, and where nodes are now. Output: the text with the addresses of the nodes now, and what
//! became of each. An address that still leads to its node stays, and so does one whose node is gone: the generator reports it.

use crate::config::{address_of, quoted};
use crate::document::{Node, read_toml};
use crate::pointer::Pointer;

use super::follow::Moved;
use super::render::{Finding, FindingKind};

/// The text of `sdk.toml` with new addresses, and a finding for each; `None` where all stay.
pub(super) fn moved(
    config: &str,
    old: &Node,
    new: &Node,
    moved: &Moved,
) -> Option<(String, Vec<Finding>)> {
    let tree = read_toml(config).ok()?;
    let entries = tree.get("docs")?.entries();
    let mut changed = Vec::new();
    let mut taken: Vec<&str> = entries.iter().map(|entry| entry.key.as_str()).collect();
    let mut addresses = Vec::new();
    for entry in entries
        .iter()
        .filter(|entry| find(new, &entry.key).is_none())
    {
        let Some(now) = find(old, &entry.key).and_then(|place| moved.get(&place)) else {
            continue;
        };
        addresses.push((entry, address(new, now), now.clone()));
    }
    for (entry, now, place) in &addresses {
        // One sentence for one node: the first one stays.
        if !taken.contains(&now.as_str()) {
            taken.push(now);
            changed.push((*entry, now, place));
        }
    }
    if changed.is_empty() {
        return None;
    }
    let findings = changed.iter().map(|(entry, now, place)| {
        let text = format!("{} is {now} now", entry.key);
        Finding::new(FindingKind::DocsMoved, place.as_str(), text)
    });
    let findings = findings.collect();
    let mut text = config.to_owned();
    // From the end, so that the positions before stay.
    changed.sort_by_key(|(entry, ..)| std::cmp::Reverse(entry.key_span.start));
    for (entry, now, _) in changed {
        text.replace_range(entry.key_span.start..entry.key_span.end, &quoted(now));
    }
    Some((text, findings))
}

/// The node that an address names, in a tree.
fn find(tree: &Node, address: &str) -> Option<Pointer> {
    if address.starts_with('#') {
        return Pointer::parse(address).filter(|pointer| tree.at(pointer).is_some());
    }
    if let Some((operation, parameter)) = address.split_once('?') {
        return find_parameter(tree, operation, parameter);
    }
    let schemas = Pointer::root().push("components").push("schemas");
    let ends = address
        .char_indices()
        .filter(|(_, letter)| matches!(letter, '.' | '[' | '{'))
        .map(|(index, _)| index);
    let ends: Vec<usize> = ends.chain([address.len()]).collect();
    ends.into_iter().rev().find_map(|end| {
        let (name, steps) = address.split_at_checked(end)?;
        let schema = schemas.push(name);
        tree.at(&schema)?;
        walk(tree, schema, steps)
    })
}

fn walk(tree: &Node, mut at: Pointer, mut steps: &str) -> Option<Pointer> {
    while !steps.is_empty() {
        if let Some(rest) = steps.strip_prefix("[]") {
            (at, steps) = (at.push("items"), rest);
        } else if let Some(rest) = steps.strip_prefix("{}") {
            (at, steps) = (at.push("additionalProperties"), rest);
        } else {
            let rest = steps.strip_prefix('.').unwrap_or(steps);
            let end = rest.find(['.', '[', '{']).unwrap_or(rest.len());
            let (name, after) = rest.split_at(end);
            let members = at.push("allOf");
            let count = tree.at(&members).map_or(0, |list| list.members().len());
            let places = (0..count).rev().map(|index| members.push_index(index));
            let mut places = [at.clone()].into_iter().chain(places);
            at = places.find_map(|place| {
                let property = place.push("properties").push(name);
                tree.at(&property).is_some().then_some(property)
            })?;
            steps = after;
        }
        tree.at(&at)?;
    }
    Some(at)
}

fn find_parameter(tree: &Node, operation: &str, parameter: &str) -> Option<Pointer> {
    let place = Pointer::root().push("paths");
    let paths = tree.get("paths")?.entries();
    let (path, key) = paths.iter().find_map(|path| {
        let mut operations = path.node.entries().iter();
        let id = |node: &Node| {
            node.get("operationId")
                .and_then(Node::as_str)
                .map(str::to_owned)
        };
        let found = operations.find(|entry| id(&entry.node).as_deref() == Some(operation))?;
        Some((place.push(&path.key), found.key.clone()))
    })?;
    [path.push(&key), path].into_iter().find_map(|owner| {
        let list = owner.push("parameters");
        let members = tree.at(&list)?.members().iter().enumerate();
        let mut places = members.map(|(index, member)| {
            let target = member
                .get("$ref")
                .and_then(Node::as_str)
                .and_then(Pointer::parse);
            target.unwrap_or_else(|| list.push_index(index))
        });
        places.find(|place| {
            let name = tree.at(&place.push("name")).and_then(Node::as_str);
            name == Some(parameter)
        })
    })
}

/// The address of a parameter of an operation, or of all operations of a path.
fn parameter_address(tree: &Node, place: &Pointer) -> Option<String> {
    let name = tree.at(&place.push("name"))?.as_str()?;
    let owner = place.parent()?.parent()?;
    let owner = tree.at(&owner)?;
    let below = owner.entries().iter().map(|entry| &entry.node);
    let mut operations = [owner].into_iter().chain(below);
    operations.find_map(|operation| {
        let id = operation.get("operationId")?.as_str()?;
        let address = format!("{id}?{name}");
        (find(tree, &address).as_ref() == Some(place)).then_some(address)
    })
}

/// The shortest address of a node.
fn address(tree: &Node, place: &Pointer) -> String {
    if let Some(parameter) = parameter_address(tree, place) {
        return parameter;
    }
    let tokens = place.tokens();
    let [first, second, schema, steps @ ..] = tokens.as_slice() else {
        return format!("#{place}");
    };
    let mut text = schema.clone();
    let mut steps = steps.iter();
    while let Some(step) = steps.next() {
        match step.as_str() {
            "properties" => {
                let name = steps.next().map_or("", String::as_str);
                text.push_str(&format!(".{name}"));
            }
            "items" => text.push_str("[]"),
            "additionalProperties" => text.push_str("{}"),
            "allOf" => drop(steps.next()),
            _ => return format!("#{place}"),
        }
    }
    let is_schema = first == "components" && second == "schemas";
    match is_schema && find(tree, &text).as_ref() == Some(place) {
        true => text,
        false => address_of(place),
    }
}
