//! The rules of `sdk.toml` that were never applied.
//!
//! Input: the rules, after the document was read. Output: a fault for each that changes nothing, and a note where the reason is that
//! operations are left out because of faults.

use crate::document::LeftOut;
use crate::pointer::Pointer;
use crate::report::{Code, Fault, Input};

use super::Config;
use super::rule::{ConfigRule, Rules};

const UNDECIDED: &str = "no union comes from it, or something distinguishes all of its members";

/// Collects the rules that were never applied.
struct Unused<'a> {
    left_out: &'a LeftOut,
    found: Vec<Fault>,
}

impl Config {
    /// A fault for each rule that was never applied, or a note where only what is left out could use it.
    pub(crate) fn unused(&self, left_out: &LeftOut) -> Vec<Fault> {
        let mut unused = Unused {
            left_out,
            found: Vec::new(),
        };
        unused.free(&self.import, "no operation has such a path");
        unused.free(
            self.credentials.values(),
            "no operation takes this scheme beside the client's own credentials, nor is it another bearer token that one takes",
        );
        unused.free(
            &self.undefined_required,
            "every name that is required is defined",
        );
        unused.free(
            &self.equal_inline,
            "no two inline schemas of one product are equal; there are products in nested layout only",
        );
        unused.free(
            &self.union_tags,
            "no union chooses a struct by a property with one text, or the struct is used beside such unions too",
        );
        unused.free(
            &self.any_of,
            "no operation has a requirement that lists all of these together",
        );
        unused.free(
            &self.prefixes,
            "no schema that becomes a type starts with it",
        );
        unused.free(&self.suffixes, "no schema that becomes a type ends with it");
        unused.free(self.keywords.values(), "no property has this name");
        unused.bound(&self.types, "no type comes from it");
        unused.bound(&self.fields, "no field comes from it");
        unused.bound(&self.variants, "no variant comes from it");
        unused.bound(&self.variant_prefixes, "no enum comes from it");
        unused.bound(&self.methods, "no method comes from it");
        unused.free(self.handles.values(), "no resource has this key");
        unused.bound(&self.ids, "nothing of this type is reached");
        unused.free(
            self.path_values.values(),
            "no parameter of the path has this newtype and a name that says otherwise",
        );
        unused.bound(&self.secret, "no string that is reached comes from it");
        unused.bound(
            &self.ip_addresses,
            "no string of a struct comes from it, or its format says it",
        );
        unused.bound(&self.fixed, "no field of a request comes from it");
        for (target, rule) in self.unions.entries() {
            let why = match rule.value.tag {
                Some(_) => "no union comes from it",
                None => UNDECIDED,
            };
            unused.rule(rule, Some(target), why);
        }
        unused.free(&self.undecidable, UNDECIDED);
        unused.free(self.aliases.values(), "no property has this name");
        unused.bound(&self.docs, "no field or parameter comes from it");
        unused.bound(&self.search_names, "no method or type comes from it");
        unused.bound(&self.repeat, "the operation is not emitted");
        unused.bound(&self.foreign_totals, "no list without pages comes from it");
        unused.bound(&self.lists, "the operation is not emitted");
        unused.bound(&self.paging, "the operation is not emitted");
        for rule in self.waiters.values() {
            unused.rule(
                rule,
                Some(&rule.value.target),
                "the operation is not emitted",
            );
        }
        unused.bound(&self.skip, "it is not used where it could be left out");
        unused.found
    }
}

impl Unused<'_> {
    /// Rules for nodes of the document.
    fn bound<T>(&mut self, rules: &Rules<T>, why: &str) {
        for (target, rule) in rules.entries() {
            self.rule(rule, Some(target), why);
        }
    }

    /// Rules for whatever has a name or a path.
    fn free<'r, T: 'r>(&mut self, rules: impl IntoIterator<Item = &'r ConfigRule<T>>, why: &str) {
        for rule in rules {
            self.rule(rule, None, why);
        }
    }

    fn rule<T>(&mut self, rule: &ConfigRule<T>, target: Option<&Pointer>, why: &str) {
        if rule.is_used() {
            return;
        }
        let place = rule.place.clone();
        let message = format!("this entry changes nothing: {why}");
        let is_excused = match target {
            Some(target) => self.left_out.covers(target),
            None => !self.left_out.is_empty(),
        };
        let found = if is_excused {
            let help = "nothing has to be done where it is for operations that are left out";
            Fault::note(Input::Config, place, message, help).code(Code::Stale)
        } else {
            let help = "remove the entry, or name what it should apply to";
            Fault::new(Input::Config, place, message, help).stale()
        };
        self.found.push(found.on_key());
    }
}
