//! A rule of `sdk.toml`: its value, its place in the file, and whether it was applied.

use std::collections::{BTreeMap, BTreeSet};
use std::iter::successors;
use std::sync::{Arc, OnceLock};

use crate::pointer::Pointer;

/// One entry of `sdk.toml`.
#[derive(Clone, Debug)]
pub(crate) struct ConfigRule<T> {
    /// Its position in `sdk.toml`.
    pub(crate) place: Pointer,
    /// Its value.
    pub(crate) value: T,
    /// Filled once it has applied to something; clones of the rule share it.
    used: Arc<OnceLock<()>>,
}

impl<T> ConfigRule<T> {
    /// A rule that has not been applied yet.
    pub(crate) fn new(place: Pointer, value: T) -> Self {
        Self {
            place,
            value,
            used: Arc::default(),
        }
    }

    /// Records that the rule was applied.
    pub(crate) fn mark(&self) {
        self.used.get_or_init(|| ());
    }

    /// Whether it was applied.
    pub(crate) fn is_used(&self) -> bool {
        self.used.get().is_some()
    }
}

/// The rules of one table, by the node of the document that they apply to.
#[derive(Clone, Debug)]
pub(crate) struct Rules<T>(BTreeMap<Pointer, ConfigRule<T>>);

impl<T> Default for Rules<T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<T> Rules<T> {
    /// Adds a rule; returns the one that it replaces.
    pub(crate) fn insert(&mut self, target: Pointer, rule: ConfigRule<T>) -> Option<ConfigRule<T>> {
        self.0.insert(target, rule)
    }

    /// The rule for a node, which counts as applied from now on.
    pub(crate) fn get(&self, target: &Pointer) -> Option<&ConfigRule<T>> {
        let rule = self.0.get(target)?;
        rule.mark();
        Some(rule)
    }

    /// Drops the rules at these places of `sdk.toml`.
    pub(crate) fn forget(&mut self, places: &BTreeSet<&Pointer>) {
        self.0.retain(|_, rule| !places.contains(&rule.place));
    }

    /// The rule for a node, without marking it as applied.
    pub(crate) fn peek(&self, target: &Pointer) -> Option<&ConfigRule<T>> {
        self.0.get(target)
    }

    /// The rule for a node or the nearest one around it, without marking it as applied.
    pub(crate) fn around(&self, target: &Pointer) -> Option<&ConfigRule<T>> {
        let mut around = successors(Some(target.clone()), Pointer::parent);
        around.find_map(|pointer| self.0.get(&pointer))
    }

    /// All rules.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &ConfigRule<T>> {
        self.0.values()
    }

    /// All rules with their targets.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (&Pointer, &ConfigRule<T>)> {
        self.0.iter()
    }
}
