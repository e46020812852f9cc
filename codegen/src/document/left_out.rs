//! What of a document is left out because of faults: operations, and the components that only these reach.
//!
//! Input: the tree and faults of its nodes. Output: the operations that each fault concerns. A fault inside an operation concerns that
//! operation, one beside the operations of a path all of these, and one in a component every operation that reaches it.

use std::collections::{BTreeMap, BTreeSet};

use crate::pointer::Pointer;
use crate::report::{Fault, Level};

use super::node::Node;
use super::query::{METHODS, references};

/// The operations that are left out, each with the fault that is the reason, and what goes with them.
#[derive(Clone, Debug, Default)]
pub struct LeftOut {
    /// Operations, with the first fault that concerns each.
    operations: BTreeMap<Pointer, Fault>,
    /// Paths and components with faults of their own, and the components that use such.
    faulty: BTreeSet<Pointer>,
    /// Components that operations which are left out reach, and no others.
    lost: BTreeSet<Pointer>,
}

impl LeftOut {
    /// Whether nothing is left out.
    pub(crate) fn is_empty(&self) -> bool {
        self.operations.is_empty() && self.faulty.is_empty()
    }

    /// The operations that are left out.
    pub(crate) fn operations(&self) -> impl Iterator<Item = &Pointer> {
        self.operations.keys()
    }

    /// How many operations are left out.
    pub(crate) fn count(&self) -> usize {
        self.operations.len()
    }

    /// The fault because of which an operation is left out.
    pub(crate) fn reason(&self, operation: &Pointer) -> Option<&Fault> {
        self.operations.get(operation)
    }

    /// The components that no operation reaches any more.
    pub(crate) fn components(&self) -> impl Iterator<Item = &Pointer> {
        self.faulty
            .union(&self.lost)
            .filter(|pointer| is_component(pointer))
    }

    /// Whether a node is part of what is left out.
    pub(crate) fn covers(&self, pointer: &Pointer) -> bool {
        owner(pointer).is_some_and(|owner| self.has(&owner) || self.lost.contains(&owner))
    }

    /// Leaves out what these faults concern. Returns the faults that concern nothing in particular, or nothing that was left.
    pub(super) fn add(&mut self, root: &Node, uses: &Uses, faults: Vec<Fault>) -> Vec<Fault> {
        let mut rest = Vec::new();
        let before = self.clone();
        for fault in faults {
            let is_fault = fault.level == Level::Fault && !fault.is_stale();
            match owner(&fault.pointer).filter(|owner| is_fault && !before.has(owner)) {
                Some(owner) => self.add_owner(uses, &owner, &fault),
                None => rest.push(fault),
            }
        }
        let reached = uses.reached(root, &self.operations);
        let lost = uses
            .reached_by(self.operations.keys())
            .into_iter()
            .filter(|component| !reached.contains(component));
        self.lost = lost.collect();
        rest
    }

    /// Whether an operation, path or component is left out because of faults.
    fn has(&self, owner: &Pointer) -> bool {
        self.operations.contains_key(owner) || self.faulty.contains(owner)
    }

    /// Leaves out a node, and all that uses it.
    fn add_owner(&mut self, uses: &Uses, owner: &Pointer, fault: &Fault) {
        let mut pending = vec![owner.clone()];
        while let Some(node) = pending.pop() {
            let is_new = !self.has(&node);
            // What refers into an operation is concerned by the faults inside it alone.
            let spreads = !is_operation(&node) || node == *owner;
            if is_operation(&node) {
                self.operations
                    .entry(node.clone())
                    .or_insert_with(|| fault.clone());
            } else {
                self.faulty.insert(node.clone());
            }
            if is_new && spreads {
                pending.extend(uses.users(&node).iter().cloned());
            }
        }
    }

    /// The document without the operations, and without the paths and components that have faults.
    pub(super) fn cut(&self, root: &Node) -> Node {
        let mut root = root.clone();
        for pointer in self.operations.keys().chain(&self.faulty) {
            root.remove(pointer);
        }
        root
    }
}

/// Which paths, operations and components use which, by the references of a document.
#[derive(Clone, Debug, Default)]
pub(super) struct Uses {
    users: BTreeMap<Pointer, Vec<Pointer>>,
    used: BTreeMap<Pointer, Vec<Pointer>>,
}

impl Uses {
    pub(super) fn of(root: &Node) -> Self {
        let mut uses = Self::default();
        for (target, users) in references(root) {
            let Some(target) = owner(&target) else {
                continue;
            };
            for user in users.iter().filter_map(owner) {
                uses.add(user, &target);
            }
        }
        let schemes = Pointer::root().push("components").push("securitySchemes");
        let common = root.get("security");
        for (path, operation, node) in operations(root) {
            uses.add(operation.clone(), &path);
            let required = node.get("security").or(common);
            let required = required.map(Node::members).unwrap_or_default();
            for scheme in required.iter().flat_map(Node::entries) {
                uses.add(operation.clone(), &schemes.push(&scheme.key));
            }
        }
        uses
    }

    fn add(&mut self, user: Pointer, target: &Pointer) {
        if user != *target {
            self.used
                .entry(user.clone())
                .or_default()
                .push(target.clone());
            self.users.entry(target.clone()).or_default().push(user);
        }
    }

    fn users(&self, node: &Pointer) -> &[Pointer] {
        self.users.get(node).map(Vec::as_slice).unwrap_or_default()
    }

    /// The components that the operations of a document reach, apart from those that are left out.
    fn reached(&self, root: &Node, left_out: &BTreeMap<Pointer, Fault>) -> BTreeSet<Pointer> {
        let operations = operations(root).into_iter();
        let others: Vec<Pointer> = operations
            .map(|(_, operation, _)| operation)
            .filter(|operation| !left_out.contains_key(operation))
            .collect();
        self.reached_by(others.iter())
    }

    /// The components that these operations reach.
    fn reached_by<'a>(&self, operations: impl Iterator<Item = &'a Pointer>) -> BTreeSet<Pointer> {
        let mut seen: BTreeSet<Pointer> = BTreeSet::new();
        let mut pending: Vec<&Pointer> = operations.collect();
        while let Some(node) = pending.pop() {
            for target in self.used.get(node).into_iter().flatten() {
                if !is_operation(target) && seen.insert(target.clone()) {
                    pending.push(target);
                }
            }
        }
        seen
    }
}

/// The operations of a document, each with its path before it and its node behind it.
fn operations(root: &Node) -> Vec<(Pointer, Pointer, &Node)> {
    let place = Pointer::root().push("paths");
    let mut found = Vec::new();
    for path in root.get("paths").map(Node::entries).unwrap_or_default() {
        let place = place.push(&path.key);
        for entry in path.node.entries() {
            if METHODS.contains(&entry.key.as_str()) {
                found.push((place.clone(), place.push(&entry.key), &entry.node));
            }
        }
    }
    found
}

/// The operation, path or component that a node is or is a part of.
fn owner(pointer: &Pointer) -> Option<Pointer> {
    let text = pointer.as_str();
    let mut ends = text.match_indices('/').map(|(index, _)| index).skip(1);
    let mut upto = |count: usize| {
        let end = ends.nth(count).unwrap_or(text.len());
        text.get(..end)
    };
    let owner = match text.split('/').nth(1) {
        Some("components") => upto(2).filter(|text| text.matches('/').count() == 3),
        Some("paths") => match text.split('/').nth(3) {
            Some(method) if METHODS.contains(&method) => upto(2),
            _ => upto(1).filter(|text| text.matches('/').count() == 2),
        },
        _ => None,
    };
    Some(Pointer::from_escaped(owner?))
}

fn is_operation(owner: &Pointer) -> bool {
    let text = owner.as_str();
    text.starts_with("/paths/") && text.matches('/').count() == 3
}

fn is_component(owner: &Pointer) -> bool {
    owner.as_str().starts_with("/components/")
}

#[cfg(test)]
mod tests {
    use super::{Pointer, owner};

    #[test]
    fn a_node_belongs_to_an_operation_a_path_or_a_component() {
        for (node, expected) in [
            ("/paths/~1a/get/responses/200", Some("/paths/~1a/get")),
            ("/paths/~1a/get", Some("/paths/~1a/get")),
            ("/paths/~1a/parameters/0", Some("/paths/~1a")),
            ("/paths/~1a", Some("/paths/~1a")),
            ("/paths", None),
            (
                "/components/schemas/a/properties/b",
                Some("/components/schemas/a"),
            ),
            ("/components/schemas/a", Some("/components/schemas/a")),
            ("/components/schemas", None),
            ("/info/title", None),
            ("", None),
        ] {
            let found = owner(&Pointer::parse(node).expect("a pointer"));
            assert_eq!(found.as_ref().map(Pointer::as_str), expected, "{node}");
        }
    }
}
