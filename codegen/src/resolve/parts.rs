//! The schemas that an `allOf` consists of, at any depth, each once, and the order in which they are united.
//!
//! Schemas can share members, and these can share theirs: there are as many paths as two to the power of the levels, and few schemas. A
//! later member counts more than an earlier one, so of a schema on several paths the last place counts. A name has the first place where
//! it is declared.

use std::collections::BTreeMap;

use indexmap::IndexSet;
use openapiv3::{ReferenceOr, Schema};

use crate::pointer::Pointer;

use super::facets::Facets;
use super::members::Members;

/// One schema, with the indexes of the members of its `allOf` that are objects.
pub(super) struct Part {
    pub(super) pointer: Pointer,
    /// The same seen from the whole: where it would be if it was written there.
    at: Pointer,
    pub(super) facets: Facets,
    members: Vec<usize>,
}

/// What an `allOf` lists.
pub(super) struct Listed {
    pub(super) members: Vec<ReferenceOr<Schema>>,
    /// The list in the document.
    pub(super) list: Pointer,
    /// The same seen from the whole.
    pub(super) at: Pointer,
}

/// All schemas; the whole is the first.
pub(super) struct Parts {
    list: Vec<Part>,
    indexes: BTreeMap<Pointer, usize>,
}

impl Parts {
    /// The index of the schema with the `allOf`.
    pub(super) const WHOLE: usize = 0;

    /// Only the schema with the `allOf`, and the place of the types that are made of it.
    pub(super) fn new(pointer: &Pointer, at: &Pointer, facets: Facets) -> Self {
        let whole = Part {
            pointer: pointer.clone(),
            at: at.clone(),
            facets,
            members: Vec::new(),
        };
        Self {
            list: vec![whole],
            indexes: BTreeMap::from([(pointer.clone(), Self::WHOLE)]),
        }
    }

    pub(super) fn get_mut(&mut self, index: usize) -> Option<&mut Part> {
        self.list.get_mut(index)
    }

    /// The facets of the schema with the `allOf`, without what was united.
    pub(super) fn whole(mut self) -> Facets {
        let whole = self.get_mut(Self::WHOLE);
        whole.map_or_else(Facets::default, |whole| std::mem::take(&mut whole.facets))
    }

    /// Takes out the members that the `allOf` of a part lists. `None` after the last part.
    pub(super) fn listed(&mut self, index: usize) -> Option<Listed> {
        let part = self.list.get_mut(index)?;
        Some(Listed {
            members: std::mem::take(&mut part.facets.all_of),
            list: part.pointer.push("allOf"),
            at: part.at.push("allOf"),
        })
    }

    /// Whether the schema is a part; if so, it is a member of `owner` from now on.
    pub(super) fn is_known(&mut self, owner: usize, pointer: &Pointer) -> bool {
        let Some(index) = self.indexes.get(pointer).copied() else {
            return false;
        };
        self.join(owner, index);
        true
    }

    /// Adds a schema as a member of `owner`.
    pub(super) fn add(&mut self, owner: usize, pointer: Pointer, at: Pointer, facets: Facets) {
        let index = self.list.len();
        self.indexes.insert(pointer.clone(), index);
        self.list.push(Part {
            pointer,
            at,
            facets,
            members: Vec::new(),
        });
        self.join(owner, index);
    }

    fn join(&mut self, owner: usize, member: usize) {
        if let Some(owner) = self.list.get_mut(owner) {
            owner.members.push(member);
        }
    }

    fn members(&self, index: usize) -> &[usize] {
        let part = self.list.get(index);
        part.map_or(&[], |part| part.members.as_slice())
    }

    /// Members before the schema that lists them, each where it is listed last.
    pub(super) fn order(&self) -> Vec<usize> {
        let mut seen = vec![false; self.list.len()];
        let mut order = Vec::new();
        let mut open = vec![Self::WHOLE];
        // From the end on: the first time is the last place.
        while let Some(index) = open.pop() {
            if is_new(&mut seen, index) {
                order.push(index);
                open.extend(self.members(index));
            }
        }
        order.reverse();
        order
    }

    /// Members before the schema that lists them, each where it is listed first.
    fn first_order(&self) -> Vec<usize> {
        let mut seen = vec![false; self.list.len()];
        let mut order = Vec::new();
        is_new(&mut seen, Self::WHOLE);
        let mut path = vec![(Self::WHOLE, self.members(Self::WHOLE).iter())];
        while let Some((index, members)) = path.last_mut() {
            match members.next() {
                Some(member) if is_new(&mut seen, *member) => {
                    path.push((*member, self.members(*member).iter()));
                }
                Some(_) => {}
                None => {
                    order.push(*index);
                    path.pop();
                }
            }
        }
        order
    }

    /// The names of the properties and the required names, in the order of their first places, after those that are there already. `None`
    /// where each schema has only one place, so that `order` is that order.
    pub(super) fn names(
        &self,
        order: &[usize],
        known: &Members,
    ) -> Option<(IndexSet<String>, IndexSet<String>)> {
        let first = self.first_order();
        if first == order {
            return None;
        }
        let parts = || first.iter().filter_map(|index| self.list.get(*index));
        let properties = parts().flat_map(|part| part.facets.properties.keys());
        let required = parts().flat_map(|part| &part.facets.required);
        let properties = known.properties.keys().chain(properties);
        let required = known.required.keys().chain(required);
        Some((properties.cloned().collect(), required.cloned().collect()))
    }
}

/// Whether it was not seen before.
fn is_new(seen: &mut [bool], index: usize) -> bool {
    seen.get_mut(index)
        .is_some_and(|seen| !std::mem::replace(seen, true))
}
