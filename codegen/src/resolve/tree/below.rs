//! `below` under `[handles]`: a handle whose literals stay joined though there is something else beside them now.
//!
//! In: a node of the tree, with the literals that lead to it. Out: the nodes below it that are handles of the resource above, taken out
//! of it. Without an entry each literal becomes a handle of its own as soon as there is something beside it.

use std::collections::BTreeSet;

use crate::model::{Resource, Segment};
use crate::report::{Fault, Input};

use super::super::resolver::Resolver;
use super::{PathNode, Planter, key_below};

/// A node that was taken out, with the segments that lead to it.
pub(super) type Kept = (Vec<Segment>, PathNode);

impl Planter<'_> {
    /// Takes out the handles that stay directly below the handle of `above`; `passed` are the segments from there to `place`.
    pub(super) fn kept(&self, above: &str, passed: &[Segment], place: &mut PathNode) -> Vec<Kept> {
        let start = key_below(above, passed) + "/";
        let mut kept = Vec::new();
        for (key, rule) in &self.config.handles {
            let literals = key.strip_prefix(&start);
            let literals = literals.filter(|_| rule.value.below.as_deref() == Some(above));
            let Some(literals) = literals else {
                continue;
            };
            let literals = literals.split('/');
            let literals: Vec<Segment> =
                literals.map(|it| Segment::Literal(it.to_owned())).collect();
            if let Some(inner) = place.take(&literals) {
                self.joined.borrow_mut().insert(key.clone());
                kept.push(([passed, literals.as_slice()].concat(), inner));
            }
        }
        kept
    }
}

impl PathNode {
    /// Takes out the node below these literals, where it becomes a handle and is not all that there is.
    fn take(&mut self, literals: &[Segment]) -> Option<Self> {
        let (first, rest) = literals.split_first()?;
        let has_more = !self.operations.is_empty() || self.below.len() > 1;
        let inner = self.below.get_mut(first)?;
        if rest.is_empty() {
            let is_kept = has_more && !inner.is_verb();
            return is_kept.then(|| self.below.shift_remove(first)).flatten();
        }
        if has_more {
            return inner.take_whole(rest).inspect(|_| self.prune(first));
        }
        inner.take(rest)
    }

    /// Takes out the node below these literals, where it becomes a handle.
    fn take_whole(&mut self, literals: &[Segment]) -> Option<Self> {
        let (first, rest) = literals.split_first()?;
        let inner = self.below.get_mut(first)?;
        if rest.is_empty() {
            let is_kept = !inner.is_verb();
            return is_kept.then(|| self.below.shift_remove(first)).flatten();
        }
        inner.take_whole(rest).inspect(|_| self.prune(first))
    }

    /// Removes a node with nothing left in it.
    fn prune(&mut self, segment: &Segment) {
        let is_empty = |inner: &Self| inner.operations.is_empty() && inner.below.is_empty();
        if self.below.get(segment).is_some_and(is_empty) {
            self.below.shift_remove(segment);
        }
    }
}

/// `below` must keep a handle together that would be divided otherwise.
pub(super) fn check(root: &Resource, joined: &BTreeSet<String>, resolver: &mut Resolver<'_>) {
    let has = |key: &str| root.walk().iter().any(|resource| resource.key == key);
    for (key, rule) in &resolver.config.handles {
        let Some(above) = rule.value.below.as_ref().filter(|_| !joined.contains(key)) else {
            continue;
        };
        let why = match has(above) {
            true => "nothing is beside these literals, or no handle ends there",
            false => "no resource has that key",
        };
        let message = format!("this entry changes nothing: `below` is `{above}`: {why}");
        let help = "remove `below`, or write the key of the handle above the joined literals";
        let place = rule.place.clone();
        let fault = Fault::new(Input::Config, place, message, help);
        resolver.faults.push(fault.on_key().stale());
    }
}
