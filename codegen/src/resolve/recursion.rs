//! Types that contain themselves: the field that closes a cycle is boxed.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Api, Ty};

/// The types that each type holds inline, by their indexes.
type Graph = Vec<Vec<usize>>;

/// Boxes each direct use of a type inside itself, however far down. Lists and maps are on the heap as they are.
///
/// The earliest type of a cycle has the box, and with it no cycle leads through that type: what is left of its group is searched anew.
pub(super) fn break_cycles(api: &mut Api) {
    let graph: Graph = (0..api.types.len()).map(|index| held(api, index)).collect();
    let mut open: Vec<Vec<usize>> = vec![(0..graph.len()).collect()];
    while let Some(types) = open.pop() {
        for mut group in groups(&graph, &types) {
            group.sort_unstable();
            let Some((first, rest)) = group.split_first() else {
                continue;
            };
            let others: BTreeSet<usize> = group.iter().copied().collect();
            put_in_boxes(api, *first, &others);
            if !rest.is_empty() {
                open.push(rest.to_vec());
            }
        }
    }
}

/// The indexes of the types that a value of this type holds inline, not on the heap.
fn held(api: &Api, index: usize) -> Vec<usize> {
    let Some((_, ty)) = api.types.get_index(index) else {
        return Vec::new();
    };
    let inline = ty.uses().into_iter().filter_map(|used| match used {
        Ty::Named(target) => api.types.get_index_of(target),
        _ => None,
    });
    inline.collect()
}

/// Boxes the uses of these types in one type.
fn put_in_boxes(api: &mut Api, index: usize, targets: &BTreeSet<usize>) {
    let boxed: Vec<bool> = match api.types.get_index(index) {
        Some((_, ty)) => {
            let is_meant = |used: &Ty| match used {
                Ty::Named(target) => {
                    let target = api.types.get_index_of(target);
                    target.is_some_and(|target| targets.contains(&target))
                }
                _ => false,
            };
            ty.uses().into_iter().map(is_meant).collect()
        }
        None => return,
    };
    let Some((_, ty)) = api.types.get_index_mut(index) else {
        return;
    };
    for (used, is_boxed) in ty.uses_mut().into_iter().zip(boxed) {
        if let (true, Ty::Named(target)) = (is_boxed, &*used) {
            *used = Ty::Boxed(target.clone());
        }
    }
}

/// A type on the current path of the search, with the index of the next type that it holds.
struct Step {
    at: usize,
    next: usize,
}

/// What the search knows of a type.
struct Known {
    /// When it was reached.
    number: usize,
    /// The earliest type of the current path that it leads to.
    low: usize,
    /// Whether its group is not complete yet.
    is_open: bool,
}

/// The groups of types that all hold one another, of those in `types`: the strongly connected components that have a cycle, by
/// Tarjan's algorithm. Without recursion: chains may be long.
fn groups(graph: &Graph, types: &[usize]) -> Vec<Vec<usize>> {
    let inside: BTreeSet<usize> = types.iter().copied().collect();
    let mut known: BTreeMap<usize, Known> = BTreeMap::new();
    let mut unfinished = Vec::new();
    let mut found = Vec::new();
    for start in types {
        if known.contains_key(start) {
            continue;
        }
        let mut path = Vec::new();
        enter(*start, &mut path, &mut known, &mut unfinished);
        while let Some(step) = path.last_mut() {
            let held = graph.get(step.at).and_then(|held| held.get(step.next));
            step.next += 1;
            let at = step.at;
            match held {
                Some(target) if inside.contains(target) => match known.get(target) {
                    None => enter(*target, &mut path, &mut known, &mut unfinished),
                    Some(target) if target.is_open => {
                        let number = target.number;
                        lower(&mut known, at, number);
                    }
                    Some(_) => {}
                },
                Some(_) => {}
                None => {
                    path.pop();
                    let low = known.get(&at).map_or(0, |known| known.low);
                    if let Some(above) = path.last() {
                        lower(&mut known, above.at, low);
                    }
                    found.extend(finished(at, graph, &mut known, &mut unfinished));
                }
            }
        }
    }
    found
}

fn enter(
    at: usize,
    path: &mut Vec<Step>,
    known: &mut BTreeMap<usize, Known>,
    unfinished: &mut Vec<usize>,
) {
    let number = known.len();
    let new = Known {
        number,
        low: number,
        is_open: true,
    };
    known.insert(at, new);
    unfinished.push(at);
    path.push(Step { at, next: 0 });
}

fn lower(known: &mut BTreeMap<usize, Known>, at: usize, number: usize) {
    if let Some(known) = known.get_mut(&at) {
        known.low = known.low.min(number);
    }
}

/// The group that was reached through this type, if it has a cycle and is complete.
fn finished(
    at: usize,
    graph: &Graph,
    known: &mut BTreeMap<usize, Known>,
    unfinished: &mut Vec<usize>,
) -> Option<Vec<usize>> {
    known.get(&at).filter(|known| known.low == known.number)?;
    let mut group = Vec::new();
    while let Some(member) = unfinished.pop() {
        if let Some(known) = known.get_mut(&member) {
            known.is_open = false;
        }
        group.push(member);
        if member == at {
            break;
        }
    }
    let holds_itself = || graph.get(at).is_some_and(|held| held.contains(&at));
    (group.len() > 1 || holds_itself()).then_some(group)
}
