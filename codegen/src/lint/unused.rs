//! Components that no operation leads to.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::key_of;
use crate::document::{Node, What};
use crate::pointer::Pointer;

use super::found::Found;
use super::look::{Look, component, members, name};
use super::mend::{Change, Mend};
use super::target::Target;

/// How many lines of YAML an action may quote: longer values change too often upstream.
const MAX_QUOTED: usize = 12;

pub(super) fn schemas(look: &Look<'_>) -> Vec<Found> {
    let help = |pointer: &Pointer| {
        let key = key_of(pointer);
        format!("skip it under [skip] in spec/sdk.toml: {key} = \"<reason>\"")
    };
    unused(look, |kind| kind == "schemas")
        .into_iter()
        .map(|(pointer, users)| {
            Found::new(pointer.clone(), message("schema", &users), help(&pointer)).related(users)
        })
        .collect()
}

pub(super) fn components(look: &Look<'_>) -> Vec<Found> {
    unused(look, |kind| kind != "schemas")
        .into_iter()
        .map(|(pointer, users)| remove(look, pointer, users))
        .collect()
}

fn remove(look: &Look<'_>, pointer: Pointer, users: Vec<Pointer>) -> Found {
    let message = message("component", &users);
    let target = Target::node(look.document.root(), &pointer);
    let node = look.document.node(&pointer).cloned();
    let quotable = node.filter(|node| node.yaml().lines().count() <= MAX_QUOTED);
    let Some(node) = quotable else {
        let help = "use it, or ask upstream to remove it";
        return Found::new(pointer, message, help).related(users);
    };
    let mend = Mend::new(target, "No operation uses it.", Change::Remove(node));
    Found::new(pointer, message, "use it, or remove it with this action:")
        .related(users)
        .mend(mend)
}

fn message(noun: &str, users: &[Pointer]) -> String {
    match users {
        [] => format!("nothing refers to this {noun}"),
        users => {
            let users: Vec<String> = users
                .iter()
                .map(|user| format!("`{}`", name(user)))
                .collect();
            let verb = if users.len() == 1 { "refers" } else { "refer" };
            format!(
                "no operation leads to this {noun}: only {} {verb} to it",
                users.join(", ")
            )
        }
    }
}

/// The components of some kinds that are not reached, each with those that refer to it.
fn unused(look: &Look<'_>, of_kind: fn(&str) -> bool) -> Vec<(Pointer, Vec<Pointer>)> {
    let uses = Uses::of(look);
    let reached = uses.reached();
    let place = Pointer::root().push("components");
    let kinds = look
        .document
        .node(&place)
        .map(Node::entries)
        .unwrap_or_default();
    let named = kinds
        .iter()
        .filter(|kind| of_kind(&kind.key))
        .flat_map(|kind| {
            let place = place.push(&kind.key);
            kind.node
                .entries()
                .iter()
                .map(move |entry| place.push(&entry.key))
        });
    named
        .filter(|pointer| !reached.contains(pointer) && !look.is_skipped(pointer))
        .map(|pointer| {
            let users = uses.users(&pointer);
            (pointer, users)
        })
        .collect()
}

/// The components that a component uses, and the other way round; the empty pointer is everything outside of components.
struct Uses {
    targets: BTreeMap<Pointer, BTreeSet<Pointer>>,
    users: BTreeMap<Pointer, BTreeSet<Pointer>>,
}

impl Uses {
    fn of(look: &Look<'_>) -> Self {
        let mut uses: BTreeMap<Pointer, BTreeSet<Pointer>> = BTreeMap::new();
        for (target, users) in &look.references {
            let Some(target) = component(target) else {
                continue;
            };
            for user in users {
                let user = component(user).unwrap_or_default();
                uses.entry(user).or_default().insert(target.clone());
            }
        }
        for schema in look.schemas() {
            let user = component(&schema.pointer).unwrap_or_default();
            uses.entry(user).or_default().extend(mapped(schema.node));
        }
        uses.entry(Pointer::root())
            .or_default()
            .extend(schemes(look));
        let mut users: BTreeMap<Pointer, BTreeSet<Pointer>> = BTreeMap::new();
        for (user, targets) in &uses {
            for target in targets.iter().filter(|target| *target != user) {
                users
                    .entry(target.clone())
                    .or_default()
                    .insert(user.clone());
            }
        }
        Self {
            targets: uses,
            users,
        }
    }

    /// Everything that operations reach.
    fn reached(&self) -> BTreeSet<Pointer> {
        let mut reached = BTreeSet::new();
        let mut open = vec![Pointer::root()];
        while let Some(user) = open.pop() {
            for target in self.targets.get(&user).into_iter().flatten() {
                if reached.insert(target.clone()) {
                    open.push(target.clone());
                }
            }
        }
        reached
    }

    fn users(&self, target: &Pointer) -> Vec<Pointer> {
        let users = self.users.get(target);
        users.into_iter().flatten().cloned().collect()
    }
}

/// The schemas that a discriminator names.
fn mapped(schema: &Node) -> Vec<Pointer> {
    let schemas = Pointer::root().push("components").push("schemas");
    let mapping = schema
        .get("discriminator")
        .and_then(|node| node.get("mapping"));
    let names = mapping.map(Node::entries).unwrap_or_default();
    let names = names.iter().filter_map(|entry| entry.node.as_str());
    let target = |name: &str| match name.starts_with('#') {
        true => Pointer::parse(name),
        false => Some(schemas.push(name)),
    };
    names
        .filter_map(target)
        .filter_map(|target| component(&target))
        .collect()
}

/// The security schemes that the root or an operation requires.
fn schemes(look: &Look<'_>) -> Vec<Pointer> {
    let place = Pointer::root().push("components").push("securitySchemes");
    let operations = look.all(What::Operation).map(|operation| operation.node);
    let holders = std::iter::once(look.document.root()).chain(operations);
    let requirements = holders.flat_map(|holder| members(holder, "security"));
    let named = requirements.flat_map(Node::entries);
    named.map(|entry| place.push(&entry.key)).collect()
}
