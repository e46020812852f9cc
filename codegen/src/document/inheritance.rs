//! Inheritance: a schema with a discriminator that other schemas extend, as the choice that it is.
//!
//! In: the tree of a document. Out: the same, where each such schema is a choice among the schemas that extend it, and what it says
//! itself is a schema beside it, `<name>-base`, which these extend. So a value where the schema is used is read as what it really is, and a
//! `$ref` in an `allOf` goes on to mean the properties alone. What only others extend, and nothing uses, stays as it is.

use std::collections::{BTreeMap, BTreeSet};

use crate::pointer::Pointer;

use super::entries::Entries;
use super::node::{Entry, Node, Value};
use super::query::references;

/// What the name of a schema ends with that has what another one says itself.
const BASE: &str = "-base";

/// What a choice takes over from the schema in whose place it is.
const KEPT: [&str; 5] = [
    "title",
    "description",
    "nullable",
    "deprecated",
    "externalDocs",
];

/// Turns schemas that others extend into choices, apart from those with faults.
pub(super) fn rewrite(root: &mut Node, faulty: &[Pointer]) {
    let place = schemas();
    let Some(listed) = root.at(&place) else {
        return;
    };
    let candidates = listed.entries().iter().filter(|entry| is_base(&entry.node));
    let candidates: BTreeSet<&str> = candidates.map(|entry| entry.key.as_str()).collect();
    if candidates.is_empty() {
        return;
    }
    let uses = references(root);
    let is_fit = |name: &&str| {
        let own = place.push(name);
        let mut users = uses.get(&own).into_iter().flatten();
        users.any(|user| !extends(root, user))
            && listed.get(&base_name(name)).is_none()
            && !faulty.iter().any(|fault| fault.is_within(&own))
    };
    let bases: BTreeSet<String> = candidates
        .into_iter()
        .filter(is_fit)
        .map(str::to_owned)
        .collect();
    let direct = direct_extenders(listed);
    let choices = bases.iter().filter_map(|name| {
        let node = listed.get(name)?;
        let choice = choice(root, name, &extenders(&direct, name), &bases)?;
        let mut own = node.clone();
        own.remove(&Pointer::root().push("discriminator"));
        Some((name.clone(), choice, own))
    });
    let choices: Vec<(String, Node, Node)> = choices.collect();
    let Some(listed) = root.at_mut(&place) else {
        return;
    };
    let mut rewritten = BTreeSet::new();
    for (name, choice, own) in choices {
        listed.set(&base_name(&name), own);
        listed.set(&name, choice);
        rewritten.insert(name);
    }
    let names: Vec<String> = listed.entries().iter().map(|one| one.key.clone()).collect();
    for name in names {
        let members = listed.get_mut(&name).and_then(|node| node.get_mut("allOf"));
        for member in members.map(Node::members_mut).unwrap_or_default() {
            if let Some(base) = target(member).filter(|name| rewritten.contains(name))
                && let Some(node) = member.get_mut("$ref")
            {
                node.value = Value::String(reference(&base_name(&base)));
            }
        }
    }
}

fn schemas() -> Pointer {
    Pointer::root().push("components").push("schemas")
}

fn base_name(name: &str) -> String {
    format!("{name}{BASE}")
}

/// Whether a reference is that of a schema which extends another one: `/components/schemas/a/allOf/0`. One that adds nothing is the other.
fn extends(root: &Node, user: &Pointer) -> bool {
    let Some(list) = user.parent() else {
        return false;
    };
    let schema = list.parent().unwrap_or_default();
    let is_listed = list.last().as_deref() == Some("allOf") && schema.parent() == Some(schemas());
    let adds = root.at(&list).is_some_and(|list| list.members().len() > 1)
        || root.at(&schema.push("properties")).is_some();
    is_listed && adds
}

/// Whether a schema has a discriminator for those that extend it.
fn is_base(node: &Node) -> bool {
    let is_object = node
        .get("type")
        .is_none_or(|kind| kind.as_str() == Some("object"));
    is_object
        && node.get("discriminator").is_some()
        && node.get("oneOf").is_none()
        && node.get("anyOf").is_none()
}

/// The schemas that extend each one directly, with their positions in the document.
type Extenders = BTreeMap<String, Vec<(usize, String)>>;

fn direct_extenders(listed: &Node) -> Extenders {
    let mut found = Extenders::new();
    for (position, entry) in listed.entries().iter().enumerate() {
        let members = entry.node.get("allOf").map(Node::members);
        for base in members.unwrap_or_default().iter().filter_map(target) {
            let extender = (position, entry.key.clone());
            found.entry(base).or_default().push(extender);
        }
    }
    found
}

/// The schemas that extend this one, directly or not, in document order.
fn extenders(direct: &Extenders, name: &str) -> Vec<String> {
    let mut found = BTreeSet::new();
    let mut pending = vec![name];
    while let Some(base) = pending.pop() {
        for extender in direct.get(base).into_iter().flatten() {
            if extender.1 != name && found.insert(extender) {
                pending.push(&extender.1);
            }
        }
    }
    found.into_iter().map(|(_, name)| name.clone()).collect()
}

/// The schema that a `$ref` leads to, by its name.
fn target(member: &Node) -> Option<String> {
    named(member.get("$ref")?.as_str()?)
}

/// The name of a schema that a text refers to.
fn named(text: &str) -> Option<String> {
    let pointer = Pointer::parse(text)?;
    (pointer.parent()? == schemas()).then(|| pointer.last())?
}

fn reference(name: &str) -> String {
    format!("#{}", schemas().push(name))
}

/// The choice among the schemas that extend `name`, and what it says itself, if there are several. One that is such a choice itself counts
/// only where the mapping names it: then what it says itself is meant.
fn choice(root: &Node, name: &str, others: &[String], bases: &BTreeSet<String>) -> Option<Node> {
    let node = root.at(&schemas().push(name))?;
    let discriminator = node.get("discriminator")?;
    let mut mapped: Vec<(String, String)> = mapping(discriminator);
    let is_named = |other: &str| mapped.iter().any(|(_, target)| target == other);
    if !is_named(name) {
        let own = own_values(root, node, name, others, is_named);
        let is_new = |value: &String| mapped.iter().all(|(known, _)| known != value);
        let own: Vec<String> = own.into_iter().filter(is_new).collect();
        mapped.extend(own.into_iter().map(|value| (value, name.to_owned())));
    }
    for (_, target) in &mut mapped {
        if bases.contains(target) {
            *target = base_name(target);
        }
    }
    let is_plain = |other: &&String| !bases.contains(*other);
    let named = mapped.iter().map(|(_, target)| target.clone());
    let all: Vec<String> = named
        .chain(others.iter().filter(is_plain).cloned())
        .collect();
    let is_base = |target: &str| {
        target
            .strip_suffix(BASE)
            .is_some_and(|own| bases.contains(own))
    };
    let is_member = |target: &String| others.contains(target) || is_base(target);
    let mut members: Vec<String> = Vec::new();
    for member in all.into_iter().filter(is_member) {
        if !members.contains(&member) {
            members.push(member);
        }
    }
    (members.len() > 1).then(|| one_of(node, discriminator, &members, &mapped))
}

/// The choice as a node in the place of the schema.
fn one_of(
    node: &Node,
    discriminator: &Node,
    members: &[String],
    mapped: &[(String, String)],
) -> Node {
    let made = |value: Value| Node {
        value,
        span: node.span,
        input: node.input,
    };
    let text = |name: &str| made(Value::String(reference(name)));
    let members = members.iter().map(|member| {
        let entries = vec![Entry::made("$ref", text(member))];
        made(Value::Map(Entries::from(entries)))
    });
    let members = made(Value::List(members.collect()));
    let mut discriminator = discriminator.clone();
    for (value, target) in mapped {
        if discriminator.get("mapping").is_none() {
            discriminator.set("mapping", made(Value::Map(Entries::default())));
        }
        if let Some(mapping) = discriminator.get_mut("mapping") {
            match mapping.get_mut(value) {
                Some(known) if target.ends_with(BASE) => {
                    known.value = Value::String(reference(target));
                }
                // It stays as it is written.
                Some(_) => {}
                None => mapping.set(value, text(target)),
            }
        }
    }
    let is_kept = |key: &str| KEPT.contains(&key) || key.starts_with("x-");
    let kept = node.entries().iter().filter(|entry| is_kept(&entry.key));
    let mut entries: Vec<Entry> = kept.cloned().collect();
    entries.push(Entry::made("oneOf", members));
    entries.push(Entry::made("discriminator", discriminator));
    made(Value::Map(Entries::from(entries)))
}

/// The values of the discriminator that can mean the schema itself: its name; where the property lists values, those of them that are no
/// other schema's, which is known if each that extends it has one: by the mapping, or because the list has its name.
fn own_values(
    root: &Node,
    node: &Node,
    name: &str,
    others: &[String],
    is_mapped: impl Fn(&str) -> bool,
) -> Vec<String> {
    let Some(listed) = listed_values(root, node) else {
        return vec![name.to_owned()];
    };
    let is_named = |other: &String| is_mapped(other) || listed.contains(&other.as_str());
    let are_named = others.iter().all(is_named);
    let is_other = |value: &str| others.iter().any(|other| other == value);
    let is_own = |value: &&str| *value == name || (are_named && !is_other(value));
    let own = listed.into_iter().filter(is_own);
    own.map(str::to_owned).collect()
}

/// The values that the property of the discriminator lists.
fn listed_values<'a>(root: &'a Node, node: &'a Node) -> Option<Vec<&'a str>> {
    let property = node.get("discriminator")?.get("propertyName")?.as_str()?;
    let property = node.get("properties")?.get(property)?;
    let referred = property.get("$ref").and_then(Node::as_str);
    let property = match referred.and_then(Pointer::parse) {
        Some(target) => root.at(&target)?,
        None => property,
    };
    let values = property.get("enum")?.members().iter();
    Some(values.filter_map(Node::as_str).collect())
}

/// The values of a mapping, with the names of the schemas that they lead to.
fn mapping(discriminator: &Node) -> Vec<(String, String)> {
    let entries = discriminator.get("mapping").map(Node::entries);
    let entries = entries.unwrap_or_default().iter();
    let pairs = entries.filter_map(|entry| {
        let text = entry.node.as_str()?;
        let target = named(text).unwrap_or_else(|| text.to_owned());
        Some((entry.key.clone(), target))
    });
    pairs.collect()
}
