//! The overlay: corrects the document, and checks that each correction is still needed.
//!
//! Input: the trees of the document and of an OpenAPI Overlay 1.0 file. Output: the corrected tree and what each action
//! changed, or every fault of every action. Overlay 1.0.0 applies where it is explicit: actions run in order,
//! each on the result of the one before; objects merge recursively; an update of a list is one member to append;
//! `remove` removes the node from its parent. Where 1.0.0 is silent, 1.1.0 decides: lists inside an update
//! are appended to the lists at the same key, a plain value replaces a plain value, other pairs of kinds are faults, and
//! `remove` may target plain values. An `update` beside a `remove` is a fault instead of being ignored.
//!
//! Beyond the specification each action must be in effect: it has a `description`, it matches something (and so does each
//! name of a list of names in its target), it changes every node that it matches, and `x-expect` holds the present value:
//! - for `remove` the value that is removed;
//! - for an `update` of an object the values of the keys of the update, `null` where the key is absent;
//! - for an `update` of a list the list.

mod change;
mod expect;
mod functions;
mod matches;
pub(super) mod query;

use crate::pointer::Pointer;
use crate::report::{Fault, Input};

use super::check;
use super::node::Node;
use matches::Document;

/// An action of the overlay that was applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppliedAction {
    /// The action in the overlay: `/actions/3`.
    pub pointer_in_overlay: Pointer,
    /// The JSONPath that it targets.
    pub target: String,
    /// Why it exists: its `description`.
    pub description: String,
    /// The nodes of the document that it added, replaced or removed, each at its position at the time.
    pub changed: Vec<Pointer>,
}

/// The result of applying an overlay.
pub(super) struct Applied {
    pub(super) root: Node,
    pub(super) actions: Vec<AppliedAction>,
    /// The faults of stale actions, which were left out: only where that is tolerated.
    pub(super) stale: Vec<Fault>,
}

/// How a stale action is handled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StaleActions {
    /// It is a fault.
    Fault,
    /// It is left out where it is stale, and reported.
    LeftOut,
    /// It is applied as far as it can be although it is stale, and reported.
    Applied,
}

/// Applies the overlay to a copy of the document.
pub(super) fn apply(
    root: &Node,
    overlay: &Node,
    stale: StaleActions,
) -> Result<Applied, Vec<Fault>> {
    let mut faults = check::overlay(overlay);
    if !faults.is_empty() {
        return Err(faults);
    }
    let mut document = Document::new(root.clone());
    let mut applied = Vec::new();
    let members = overlay
        .get("actions")
        .map(Node::members)
        .unwrap_or_default();
    for (index, node) in members.iter().enumerate() {
        let pointer = Pointer::root().push("actions").push_index(index);
        if let Some(action) = Action::read(node, pointer) {
            let (done, found) = action.run(&mut document, stale);
            applied.extend(done);
            faults.extend(found);
        }
    }
    if faults.iter().all(|fault| is_tolerated(fault, stale)) {
        Ok(Applied {
            root: document.into_root(),
            actions: applied,
            stale: faults,
        })
    } else {
        Err(faults)
    }
}

/// One action of the overlay.
struct Action<'o> {
    pointer: Pointer,
    target: &'o Node,
    path: &'o str,
    description: &'o str,
    /// The value to merge or append; `None`: the target is removed.
    update: Option<&'o Node>,
    expect: &'o Node,
}

impl<'o> Action<'o> {
    /// Reads an action; its shape has been checked.
    fn read(node: &'o Node, pointer: Pointer) -> Option<Self> {
        let target = node.get("target")?;
        Some(Self {
            pointer,
            target,
            path: target.as_str()?,
            description: node.get("description")?.as_str()?,
            update: node.get("update"),
            expect: node.get("x-expect")?,
        })
    }

    /// Finds the targets, compares them with `x-expect`, and changes those that agree.
    fn run(
        &self,
        document: &mut Document,
        stale: StaleActions,
    ) -> (Option<AppliedAction>, Vec<Fault>) {
        let mut faults = Vec::new();
        let mut targets = match document.find(self.path) {
            Ok(targets) => targets,
            Err(trouble) => {
                let pointer = self.pointer.push("target");
                let fault = Fault::new(Input::Overlay, pointer, trouble.message, trouble.help)
                    .at(self.target.span);
                faults.push(if trouble.stale { fault.stale() } else { fault });
                match stale {
                    StaleActions::Fault => Vec::new(),
                    StaleActions::LeftOut | StaleActions::Applied => document.some(self.path),
                }
            }
        };
        targets.retain(|target| {
            let node = document.root().at(target);
            let found = node.map(|node| expect::check(self, target, node));
            let found = found.unwrap_or_default();
            let is_applied = match stale {
                StaleActions::Fault | StaleActions::LeftOut => found.is_empty(),
                StaleActions::Applied => found.iter().all(Fault::is_stale),
            };
            faults.extend(found);
            is_applied
        });
        let stops = faults.iter().any(|fault| !is_tolerated(fault, stale));
        if stops || targets.is_empty() {
            return (None, faults);
        }
        let changed = match self.update {
            Some(update) => document.update(&targets, update),
            None => document.remove(&targets),
        };
        let done = AppliedAction {
            pointer_in_overlay: self.pointer.clone(),
            target: self.path.to_owned(),
            description: self.description.to_owned(),
            changed,
        };
        (Some(done), faults)
    }
}

fn is_tolerated(fault: &Fault, stale: StaleActions) -> bool {
    stale != StaleActions::Fault && fault.is_stale()
}

#[cfg(test)]
mod tests;
