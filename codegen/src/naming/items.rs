//! The scopes of items. In: names with the modules in which they are seen. Out: the faults of those that are taken.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

use crate::config::Layout;
use crate::pointer::Pointer;

use super::case::Case;
use super::reserved::CRATE;
use super::scope::{Name, Refusal, Scope};

/// The scopes of all items. In flat layout they are one; in nested layout each module has its own.
pub(super) struct Items {
    layout: Layout,
    scopes: BTreeMap<String, Scope>,
}

impl Items {
    pub(super) fn new(layout: Layout) -> Self {
        Self {
            layout,
            scopes: BTreeMap::new(),
        }
    }

    /// Reserves a name in all of these modules.
    pub(super) fn take(
        &mut self,
        modules: &BTreeSet<String>,
        name: &Name,
        pointer: &Pointer,
        line: &dyn Display,
    ) -> Option<Refusal> {
        let mut found = None;
        for module in self.keys(modules) {
            let scope = self
                .scopes
                .entry(module.to_owned())
                .or_insert_with(|| scope(module));
            let clash = scope.take(name, pointer, line);
            found = found.or(clash);
        }
        found
    }

    /// Whether something in one of these modules has this name.
    pub(super) fn has(&self, modules: &BTreeSet<String>, name: &str) -> bool {
        let mut keys = self.keys(modules).into_iter();
        keys.any(|module| self.scopes.get(module).is_some_and(|scope| scope.has(name)))
    }

    fn keys<'a>(&self, modules: &'a BTreeSet<String>) -> Vec<&'a str> {
        match self.layout {
            Layout::Flat => vec![""],
            Layout::Nested => modules.iter().map(String::as_str).collect(),
        }
    }
}

fn scope(module: &str) -> Scope {
    let place = match module {
        "" => "the crate".to_owned(),
        module => format!("`{module}`"),
    };
    Scope::new(&place, Case::UpperCamel, CRATE).with_builders()
}
