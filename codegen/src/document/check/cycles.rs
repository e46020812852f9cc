//! Chains that lead back to where they began: references to references, and schemas that are their own `allOf` member.
//!
//! In come the edges between places of the document; out comes one fault for each ring. A schema that holds itself
//! as a property is no ring: only references and `allOf` are followed.

use std::collections::BTreeMap;

use crate::pointer::Pointer;
use crate::report::Fault;

use super::walk::Place;

/// One step: a reference to its target, or a schema to a member of its `allOf`.
pub(super) struct Edge<'d> {
    pub(super) to: Pointer,
    /// Where the step is written.
    pub(super) place: Place<'d>,
    /// Whether the step goes into an `allOf`.
    pub(super) composes: bool,
}

/// How far the search is with a place.
#[derive(Clone, Copy, PartialEq)]
enum State {
    /// On the way that is being followed, at this depth.
    Open,
    Done,
}

/// A place on the way, with the edge that is followed next.
struct Step<'e> {
    at: &'e Pointer,
    next: usize,
}

/// One fault for each ring.
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

/// Searches in depth from `start`, without recursion: chains may be long.
fn follow<'e>(
    start: &'e Pointer,
    edges: &'e BTreeMap<Pointer, Vec<Edge<'_>>>,
    states: &mut BTreeMap<&'e Pointer, State>,
    faults: &mut Vec<Fault>,
) {
    let mut way = vec![Step { at: start, next: 0 }];
    states.insert(start, State::Open);
    while let Some(step) = way.last_mut() {
        let edge = edges.get(step.at).and_then(|edges| edges.get(step.next));
        step.next += 1;
        let Some(edge) = edge else {
            states.insert(step.at, State::Done);
            way.pop();
            continue;
        };
        match states.get(&edge.to) {
            Some(State::Open) => faults.extend(ring(&way, edge, edges)),
            Some(State::Done) => {}
            None if edges.contains_key(&edge.to) => {
                states.insert(&edge.to, State::Open);
                way.push(Step {
                    at: &edge.to,
                    next: 0,
                });
            }
            None => {}
        }
    }
}

/// The ring that `last` closes: from its target along the way.
fn ring(
    way: &[Step<'_>],
    last: &Edge<'_>,
    edges: &BTreeMap<Pointer, Vec<Edge<'_>>>,
) -> Option<Fault> {
    let ring: Vec<&Step<'_>> = way.iter().skip_while(|step| *step.at != last.to).collect();
    let taken = |step: &Step<'_>| {
        edges
            .get(step.at)
            .and_then(|edges| edges.get(step.next - 1))
    };
    let composes = ring
        .iter()
        .filter_map(|step| taken(step))
        .any(|edge| edge.composes);
    let names = ring
        .iter()
        .map(|step| step.at)
        .filter(|at| !composes || is_component(at))
        .chain([&last.to]);
    let names: Vec<String> = names.map(short).collect();
    let first = ring.first().and_then(|step| taken(step))?;
    let (message, help) = if composes {
        (
            format!(
                "this schema is a member of its own `allOf`: {}",
                names.join(" → ")
            ),
            "take one of the members out",
        )
    } else {
        (
            format!("this reference leads back to itself: {}", names.join(" → ")),
            "write the object out at one of these places",
        )
    };
    let node = first.place.node;
    Some(Fault::new(node.input, last.to.clone(), message, help).at(node.span))
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
