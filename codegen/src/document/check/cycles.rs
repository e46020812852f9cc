//! Cycles: references to references, and schemas that are their own `allOf` member.
//!
//! Input: the edges between nodes of the document. Output: one fault for each cycle. A schema that has itself
//! as a property is not a cycle: only references and `allOf` are followed.

use std::collections::BTreeMap;

use crate::pointer::Pointer;
use crate::report::{Code, Fault};

use super::walk::NodeEntry;

/// An edge: a reference to its target, or a schema to a member of its `allOf`.
pub(super) struct Edge<'d> {
    pub(super) to: Pointer,
    /// Where the edge is written.
    pub(super) place: NodeEntry<'d>,
    /// Whether the edge is a member of an `allOf`.
    pub(super) composes: bool,
}

/// The state of the search at a node.
#[derive(Clone, Copy, PartialEq)]
enum State {
    /// On the current path.
    Open,
    Done,
}

/// A node on the current path, with the index of the edge to follow next.
struct Step<'e> {
    at: &'e Pointer,
    next: usize,
}

/// One fault for each cycle.
pub(super) fn check(edges: &BTreeMap<Pointer, Vec<Edge<'_>>>) -> Vec<Fault> {
    let mut states: BTreeMap<&Pointer, State> = BTreeMap::new();
    let mut faults = Vec::new();
    for start in edges.keys() {
        if !states.contains_key(start) {
            follow(start, edges, &mut states, &mut faults);
        }
    }
    faults
}

/// Depth-first search from `start`, without recursion: chains may be long.
fn follow<'e>(
    start: &'e Pointer,
    edges: &'e BTreeMap<Pointer, Vec<Edge<'_>>>,
    states: &mut BTreeMap<&'e Pointer, State>,
    faults: &mut Vec<Fault>,
) {
    let mut path = vec![Step { at: start, next: 0 }];
    states.insert(start, State::Open);
    while let Some(step) = path.last_mut() {
        let edge = edges.get(step.at).and_then(|edges| edges.get(step.next));
        step.next += 1;
        let Some(edge) = edge else {
            states.insert(step.at, State::Done);
            path.pop();
            continue;
        };
        match states.get(&edge.to) {
            Some(State::Open) => faults.extend(cycle(&path, edge, edges)),
            Some(State::Done) => {}
            None if edges.contains_key(&edge.to) => {
                states.insert(&edge.to, State::Open);
                path.push(Step {
                    at: &edge.to,
                    next: 0,
                });
            }
            None => {}
        }
    }
}

/// The cycle that `last` closes: from its target along the path.
fn cycle(
    path: &[Step<'_>],
    last: &Edge<'_>,
    edges: &BTreeMap<Pointer, Vec<Edge<'_>>>,
) -> Option<Fault> {
    let cycle: Vec<&Step<'_>> = path.iter().skip_while(|step| *step.at != last.to).collect();
    let followed = |step: &Step<'_>| {
        edges
            .get(step.at)
            .and_then(|edges| edges.get(step.next - 1))
    };
    let composes = cycle
        .iter()
        .filter_map(|step| followed(step))
        .any(|edge| edge.composes);
    let names = cycle
        .iter()
        .map(|step| step.at)
        .filter(|at| !composes || is_component(at))
        .chain([&last.to]);
    let names: Vec<String> = names.map(short).collect();
    let first = cycle.first().and_then(|step| followed(step))?;
    let (message, help) = if composes {
        (
            format!(
                "this schema is a member of its own `allOf`: {}",
                names.join(" → ")
            ),
            "remove one of the members",
        )
    } else {
        (
            format!("this reference leads back to itself: {}", names.join(" → ")),
            "write the object itself at one of these places",
        )
    };
    let node = first.place.node;
    let fault = Fault::new(node.input, last.to.clone(), message, help);
    Some(fault.code(Code::Reference).at(node.span))
}

fn is_component(pointer: &Pointer) -> bool {
    pointer.tokens().len() == 3
}

/// A component by its name, anything else by its pointer.
fn short(pointer: &Pointer) -> String {
    match pointer.last() {
        Some(name) if is_component(pointer) => format!("`{name}`"),
        _ => format!("`{pointer}`"),
    }
}
