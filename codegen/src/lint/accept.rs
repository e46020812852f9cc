//! `[accept]` of `sdk.toml`: oddities that are accepted for a reason.
//!
//! An entry names a rule, and optionally the node at and below which it is accepted. An entry that accepts nothing is a
//! fault, like every stale exception; only `lint` can detect it.

use crate::config::{Acceptance, Config};
use crate::document::near;
use crate::report::{Fault, Input};

use super::finding::Finding;
use super::rule::RULES;

/// Removes the findings that are accepted.
pub(super) fn accept(config: &Config, findings: &mut Vec<Finding>) {
    findings.retain(|finding| {
        let mut is_accepted = false;
        for rule in config
            .accept
            .iter()
            .filter(|rule| fits(&rule.value, finding))
        {
            rule.mark();
            is_accepted = true;
        }
        !is_accepted
    });
}

fn fits(acceptance: &Acceptance, finding: &Finding) -> bool {
    let Acceptance { rule, target } = acceptance;
    let is_there = |target: &_| finding.pointer().is_within(target);
    *rule == finding.rule.id && target.as_ref().is_none_or(is_there)
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
