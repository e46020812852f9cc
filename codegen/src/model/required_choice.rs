//! Choices of required properties: `oneOf` or `anyOf` of which each member only says what is required. In Rust each of these properties is
//! optional; the documentation says what is needed.

use crate::pointer::Pointer;

/// A choice of required properties.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequiredChoice {
    /// The list in the document.
    pub pointer: Pointer,
    /// Whether a value has the properties of exactly one list (`oneOf`), not of one at least (`anyOf`).
    pub exactly_one: bool,
    /// What each member requires, by the names on the wire. None is empty.
    pub lists: Vec<Vec<String>>,
}

impl RequiredChoice {
    /// Whether a value with these properties has all of one of the lists.
    pub(crate) fn is_met(&self, has: impl Fn(&str) -> bool) -> bool {
        let mut lists = self.lists.iter();
        lists.any(|list| list.iter().all(|name| has(name)))
    }

    /// Whether a value with these properties, and none of the others, is one that the choice allows.
    pub(crate) fn allows(&self, has: impl Fn(&str) -> bool) -> bool {
        let lists = self.lists.iter();
        let met = lists.filter(|list| list.iter().all(|name| has(name)));
        match (met.count(), self.exactly_one) {
            (0, _) => false,
            (met, true) => met == 1,
            (_, false) => true,
        }
    }

    /// As a sentence, with the names as `shown` returns them.
    pub(crate) fn sentence(&self, shown: impl Fn(&str) -> String) -> String {
        let start = match self.exactly_one {
            true => "Exactly one of these is required",
            false => "At least one of these is required",
        };
        let lists = self.lists.iter().map(|list| {
            let names: Vec<String> = list.iter().map(|name| shown(name)).collect();
            names.join(" with ")
        });
        let lists: Vec<String> = lists.collect();
        let lists = match lists.as_slice() {
            // Names alone need no more than commas.
            lists if self.lists.iter().all(|list| list.len() == 1) => lists.join(", "),
            lists => lists.join("; "),
        };
        format!("{start}: {lists}.")
    }
}
