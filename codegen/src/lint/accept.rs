//! `[accept]` of `sdk.toml`: oddities that are accepted for a reason.
//!
//! An entry names a rule, and optionally the node at and below which it is accepted. An entry that accepts nothing is a
//! fault, like every stale exception; only `lint` can detect it.

use std::collections::BTreeMap;
use std::iter::successors;

use crate::config::{Acceptance, Config, ConfigRule};
use crate::document::near;
use crate::pointer::Pointer;
use crate::report::{Fault, Input};

use super::finding::Finding;
use super::rule::RULES;

/// Removes the findings that are accepted.
pub(super) fn accept(config: &Config, findings: &mut Vec<Finding>) {
    let mut entries: BTreeMap<(&str, Option<&Pointer>), Vec<&ConfigRule<Acceptance>>> =
        BTreeMap::new();
    for entry in &config.accept {
        let Acceptance { rule, target } = &entry.value;
        let place = (rule.as_str(), target.as_ref());
        entries.entry(place).or_default().push(entry);
    }
    findings.retain(|finding| {
        let around = successors(Some(finding.pointer().clone()), Pointer::parent);
        let around: Vec<Pointer> = around.collect();
        let places = around.iter().map(Some).chain([None]);
        let fitting = places.filter_map(|place| entries.get(&(finding.rule.id, place)));
        let mut is_accepted = false;
        for entry in fitting.flatten() {
            entry.mark();
            is_accepted = true;
        }
        !is_accepted
    });
}

/// Entries that name no rule, and those that accept nothing; the latter only when every rule could run.
pub(super) fn faults(config: &Config, is_whole: bool) -> Vec<Fault> {
    let mut faults = Vec::new();
    for entry in &config.accept {
        let name = entry.value.rule.as_str();
        let ids = || RULES.iter().map(|rule| rule.id);
        let (message, help) = if !ids().any(|id| id == name) {
            let otherwise = "`cargo xtask spec lint --rules` lists the rules";
            (
                format!("no rule is called `{name}`"),
                near::did_you_mean(name, ids(), otherwise),
            )
        } else if is_whole && !entry.is_used() {
            let message = format!("this entry accepts nothing: `{name}` finds nothing there");
            (message, "remove the entry".to_owned())
        } else {
            continue;
        };
        faults.push(Fault::new(Input::Config, entry.place.clone(), message, help).on_key());
    }
    faults
}
