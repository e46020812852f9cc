//! `[unions]`: how the variants of unions are chosen.

use std::collections::BTreeMap;

use crate::pointer::Pointer;
use crate::report::{Fault, Input};

use super::bind::Binder;
use super::file::UnionRule;
use super::rule::{ConfigRule, Rules};

impl Binder<'_> {
    /// How variants are chosen: by union, and under `*` for all whose variants nothing distinguishes.
    pub(super) fn unions(
        &mut self,
        mut table: BTreeMap<String, UnionRule>,
        place: &Pointer,
    ) -> (Rules<UnionRule>, Option<ConfigRule<UnionRule>>) {
        let mut unfit = Vec::new();
        for (address, rule) in &table {
            let help = match (address.as_str(), &rule.tag, rule.undecidable) {
                ("*", None, Some(_)) if rule.variants.is_empty() => continue,
                ("*", ..) => {
                    "write `undecidable = \"json\"`, and nothing else: it is for all unions"
                }
                (_, Some(_), None) => continue,
                (_, None, Some(_)) if rule.variants.is_empty() => continue,
                _ => "write `tag` and `variants`, or `undecidable = \"json\"`",
            };
            let message = "this entry does not say how the variant is chosen";
            let fault = Fault::new(Input::Config, place.push(address), message, help);
            unfit.push(fault.on_key());
        }
        table.retain(|address, _| {
            !unfit
                .iter()
                .any(|fault| fault.pointer == place.push(address))
        });
        self.faults.extend(unfit);
        let all = table.remove("*");
        let all = all.map(|rule| ConfigRule::new(place.push("*"), rule));
        (self.rules(table, place), all)
    }
}
