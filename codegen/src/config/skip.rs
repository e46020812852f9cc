//! `[skip]` of `sdk.toml`: its addresses and patterns.
//!
//! | written | leaves out |
//! |---|---|
//! | an address | that node |
//! | `/zones/{zone_id}/rules/**` | the operations whose path fits, as under `[import]` |
//! | `DELETE /zones/**` | those of them with this method |
//! | `zones-rules-*` | the operations and schemas whose id or name fits; `*` is any text, also none |

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::document::Document;
use crate::pointer::Pointer;
use crate::report::{Fault, Input, Level};

use super::address::find;
use super::bind::Binder;
use super::glob;
use super::rule::{ConfigRule, Rules};

impl Binder<'_> {
    /// What is left out: by address, then by pattern, the longest first, what no entry before it names. A schema or operation that is
    /// gone is left out as well: that is a note.
    pub(super) fn skips(
        &mut self,
        table: BTreeMap<String, String>,
        place: &Pointer,
    ) -> Rules<String> {
        self.want_reasons(&table, place);
        let (patterns, addresses): (BTreeMap<_, _>, BTreeMap<_, _>) = table
            .into_iter()
            .partition(|(key, _)| Pattern::of(key).is_some() && find(self.document, key).is_err());
        let known = self.faults.len();
        let mut rules = self.rules(addresses, place);
        for fault in self
            .faults
            .iter_mut()
            .skip(known)
            .filter(|fault| fault.is_stale())
        {
            let address = fault.pointer.last().unwrap_or_default();
            if !address.contains(['#', '.', '?', '[', '{']) {
                fault.level = Level::Note;
                fault.help = format!(
                    "nothing is skipped: remove the entry, or correct it: {}",
                    fault.help
                );
            }
        }
        let mut patterns: Vec<(String, String)> = patterns.into_iter().collect();
        patterns.sort_by_key(|(key, _)| Reverse(key.len()));
        for (key, reason) in patterns {
            let rule = ConfigRule::new(place.push(&key), reason);
            if let Some(pattern) = Pattern::of(&key) {
                self.pattern(&mut rules, &pattern, &rule);
            }
        }
        rules
    }

    /// An entry with a pattern is one rule for each node that fits, which counts as applied with any of them.
    fn pattern(
        &mut self,
        rules: &mut Rules<String>,
        pattern: &Pattern<'_>,
        rule: &ConfigRule<String>,
    ) {
        let place = rule.place.clone();
        if let Some((message, help)) = pattern.malformed() {
            let fault = Fault::new(Input::Config, place, message, help);
            self.faults.push(fault.on_key());
            return;
        }
        let targets = pattern.targets(self.document);
        let new = targets.iter().filter(|target| rules.peek(target).is_none());
        let new: Vec<Pointer> = new.cloned().collect();
        let why = match (targets.is_empty(), new.is_empty()) {
            (true, _) => pattern.what(),
            (false, true) => "other entries name all that fits",
            (false, false) => "",
        };
        if !why.is_empty() {
            let message = format!("this entry changes nothing: {why}");
            let help = "remove the entry, or correct the pattern";
            let mut fault = Fault::new(Input::Config, place, message, help).stale();
            if targets.is_empty() && !pattern.is_open() {
                fault.level = Level::Note;
            }
            self.faults.push(fault.on_key());
        }
        for target in new {
            rules.insert(target, rule.clone());
        }
    }
}

/// A pattern of `[skip]`; what has no `*` and is not a path is an address.
enum Pattern<'a> {
    /// Operations by path, with this method where one is stated.
    Path(Option<&'a str>, &'a str),
    /// Operations and schemas by name.
    Name(&'a str),
}

impl<'a> Pattern<'a> {
    /// The pattern, if the key is one. An operation without an id has `GET /path` as its address, which fits itself alone.
    fn of(key: &'a str) -> Option<Self> {
        let (method, path) = match key.split_once(' ') {
            Some((method, path)) => (Some(method), path),
            None => (None, key),
        };
        if path.starts_with('/') {
            return Some(Self::Path(method, path));
        }
        (key.contains('*') && !key.starts_with('#')).then_some(Self::Name(key))
    }

    /// Why the pattern is malformed, and what to write.
    fn malformed(&self) -> Option<(String, &'static str)> {
        match self {
            Self::Path(_, path) => glob::malformed(path),
            Self::Name(name) if name.contains(['?', '[', '{']) => {
                let message = format!(
                    "`{name}` is not a pattern of names: parameters, items and values have none"
                );
                Some((
                    message,
                    "write a pattern for operations or schemas, or an address without `*`",
                ))
            }
            Self::Name(_) => None,
        }
    }

    /// The operations and schemas that fit, in the order of the document.
    fn targets(&self, document: &Document) -> Vec<Pointer> {
        let operations = document.operations().into_iter();
        match self {
            Self::Path(method, path) => {
                let fits = |operation: &Pointer| {
                    let tokens = operation.tokens();
                    let [_, template, own] = tokens.as_slice() else {
                        return false;
                    };
                    method.is_none_or(|method| method.eq_ignore_ascii_case(own))
                        && glob::matches(path, template)
                };
                let operations = operations.map(|(operation, _)| operation);
                operations.filter(fits).collect()
            }
            Self::Name(name) => {
                let schemas = Pointer::root().push("components").push("schemas");
                let operations = operations
                    .filter(|(_, id)| glob::fits(name, id))
                    .map(|(operation, _)| operation);
                let names = document.keys(&schemas).into_iter();
                let names = names.filter(|known| glob::fits(name, known));
                operations
                    .chain(names.map(|known| schemas.push(&known)))
                    .collect()
            }
        }
    }

    /// Whether it can fit several operations: one path alone may be gone, as an address may.
    fn is_open(&self) -> bool {
        match self {
            Self::Path(_, path) => path.contains('*'),
            Self::Name(_) => true,
        }
    }

    /// What the pattern is for, for messages.
    fn what(&self) -> &'static str {
        match self {
            Self::Path(..) => "no operation has such a path",
            Self::Name(_) => "no operation and no schema has such a name",
        }
    }
}
