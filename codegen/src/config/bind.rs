//! From the tables of `sdk.toml` to rules with their targets. Input: the file's shape and the document. Output: the rules whose
//! targets were found, and a fault for each of the others.

use std::collections::BTreeMap;

use crate::document::Document;
use crate::document::near::Looks;
use crate::pointer::Pointer;
use crate::report::{Fault, Input};

use super::address::{Members, find};
use super::file::{
    EqualInline, File, OldNameRule, RequestRules, UndefinedRequired, UnionTags, WaiterRule,
};
use super::rule::{ConfigRule, Rules};
use super::{Acceptance, Config};

/// Finds the targets of rules and collects the faults of those that are not found.
pub(super) struct Binder<'a> {
    pub(super) document: &'a Document,
    pub(super) faults: Vec<Fault>,
    looks: Looks,
}

impl<'a> Binder<'a> {
    /// Nothing is bound yet.
    pub(super) fn new(document: &'a Document) -> Self {
        Self {
            document,
            faults: Vec::new(),
            looks: Looks::new(),
        }
    }

    /// The rules whose targets were found, and the faults of the others.
    pub(super) fn bind(mut self, file: File) -> (Config, Vec<Fault>) {
        let File {
            layout,
            unsupported: _,
            undefined_required,
            equal_inline,
            union_tags,
            import,
            credentials,
            names,
            handles,
            ids,
            path_values,
            secret,
            ip_addresses,
            fixed,
            unions,
            aliases,
            docs,
            search_names,
            repeat,
            foreign_totals,
            lists,
            paging,
            waiters,
            rules,
            skip,
            accept,
            accept_breaks,
            deprecated_names,
        } = file;
        let root = Pointer::default();
        let named = root.push("names");
        let paths = root.push("import").push("paths");
        self.breaks(&accept_breaks, &root.push("accept_breaks"));
        let (unions, undecidable) = self.unions(unions, &root.push("unions"));
        let config = Config {
            layout,
            undefined_required: (undefined_required == UndefinedRequired::Ignore)
                .then(|| ConfigRule::new(root.push("undefined_required"), ())),
            equal_inline: (equal_inline == EqualInline::Share)
                .then(|| ConfigRule::new(root.push("equal_inline"), ())),
            union_tags: (union_tags == UnionTags::Implied)
                .then(|| ConfigRule::new(root.push("union_tags"), ())),
            import: (import.paths.into_iter().enumerate())
                .map(|(index, path)| ConfigRule::new(paths.push(&index.to_string()), path))
                .collect(),
            credentials: listed(
                credentials.by_name,
                &root.push("credentials").push("by_name"),
            ),
            any_of: (!credentials.any_of.is_empty()).then(|| {
                let place = root.push("credentials").push("any_of");
                ConfigRule::new(place, credentials.any_of)
            }),
            prefixes: affixes(names.prefixes, &named.push("prefixes")),
            suffixes: affixes(names.suffixes, &named.push("suffixes")),
            keywords: keyed(names.keywords, &named.push("keywords")),
            types: self.types(names.types, &named.push("types")),
            fields: self.rules(names.fields, &named.push("fields")),
            variants: self.variants(names.variants, &named.push("variants")),
            variant_prefixes: self.rules(names.variant_prefixes, &named.push("variant_prefixes")),
            methods: self.rules(names.methods, &named.push("methods")),
            handles: keyed(handles, &root.push("handles")),
            ids: self.ids(ids, &root.push("ids")),
            path_values: keyed(path_values, &root.push("path_values")),
            secret: self.reasons(secret, &root.push("secret")),
            ip_addresses: self.reasons(ip_addresses, &root.push("ip_addresses")),
            fixed: self.rules(fixed, &root.push("fixed")),
            unions,
            undecidable,
            aliases: keyed(aliases, &root.push("aliases")),
            docs: self.sentences(docs, &root.push("docs")),
            search_names: self.rules(search_names, &root.push("search_names")),
            repeat: self.rules(repeat, &root.push("repeat")),
            foreign_totals: self.reasons(foreign_totals, &root.push("foreign_totals")),
            lists: self.rules(lists, &root.push("lists")),
            paging: self.rules(paging, &root.push("paging")),
            waiters: self.waiters(waiters, &root.push("waiters")),
            rules: self.feature(rules, &root.push("rules")),
            skip: self.skips(skip, &root.push("skip")),
            accept: self.acceptances(&accept, &root.push("accept")),
            deprecated_names: self.old_names(deprecated_names, &root.push("deprecated_names")),
        };
        (config, self.faults)
    }

    pub(super) fn rules<T>(&mut self, table: BTreeMap<String, T>, place: &Pointer) -> Rules<T> {
        let mut rules = Rules::default();
        for (address, value) in table {
            let rule = ConfigRule::new(place.push(&address), value);
            self.add(&mut rules, &address, rule);
        }
        rules
    }

    /// Names of types. The address of a parameter is that of its inline schema.
    fn types(&mut self, table: BTreeMap<String, String>, place: &Pointer) -> Rules<String> {
        let mut rules = Rules::default();
        for (address, name) in table {
            let rule = ConfigRule::new(place.push(&address), name);
            match find(self.document, &address) {
                Ok(target) if address.contains('?') && !address.starts_with('#') => {
                    self.insert(&mut rules, target.push("schema"), &address, rule);
                }
                _ => self.add(&mut rules, &address, rule),
            }
        }
        rules
    }

    /// The feature of `[rules]`, which must be a name that Cargo allows.
    fn feature(
        &mut self,
        rules: Option<RequestRules>,
        place: &Pointer,
    ) -> Option<ConfigRule<String>> {
        let place = place.push("feature");
        let feature = rules?.feature;
        let allowed = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        if feature.is_empty() || !feature.chars().all(allowed) {
            self.faults.push(Fault::new(
                Input::Config,
                place,
                format!("`{feature}` is not the name of a feature"),
                "write the name of a feature of the SDK: letters, digits, `-` and `_`",
            ));
            return None;
        }
        Some(ConfigRule::new(place, feature))
    }

    /// Rules whose value is a sentence.
    fn sentences(&mut self, table: BTreeMap<String, String>, place: &Pointer) -> Rules<String> {
        self.want_text(&table, place, "sentence", "write it, or remove the entry");
        self.rules(table, place)
    }

    /// Rules whose value is their reason.
    fn reasons(&mut self, table: BTreeMap<String, String>, place: &Pointer) -> Rules<String> {
        self.want_reasons(&table, place);
        self.rules(table, place)
    }

    /// `"rule" = "reason"` or `"rule address" = "reason"`.
    fn acceptances(
        &mut self,
        table: &BTreeMap<String, String>,
        place: &Pointer,
    ) -> Vec<ConfigRule<Acceptance>> {
        self.want_reasons(table, place);
        let mut rules = Vec::new();
        for key in table.keys() {
            let place = place.push(key);
            let (rule, address) = match key.split_once(' ') {
                Some((rule, address)) => (rule, Some(address)),
                None => (key.as_str(), None),
            };
            match address
                .map(|address| find(self.document, address))
                .transpose()
            {
                Ok(target) => {
                    let rule = rule.to_owned();
                    rules.push(ConfigRule::new(place, Acceptance { rule, target }));
                }
                Err(missing) => self
                    .faults
                    .push(missing.fault(self.document, &self.looks, place)),
            }
        }
        rules
    }

    /// Old names, each with the version in which it is deprecated.
    fn old_names(
        &mut self,
        table: BTreeMap<String, OldNameRule>,
        place: &Pointer,
    ) -> BTreeMap<String, ConfigRule<OldNameRule>> {
        let rules = keyed(table, place);
        let unfit =
            |rule: &&ConfigRule<OldNameRule>| semver::Version::parse(&rule.value.since).is_err();
        for rule in rules.values().filter(unfit) {
            let message = format!("`{}` is not a version", rule.value.since);
            let help = "write the version in which the old name is deprecated first, such as 1.2.3";
            let place = rule.place.push("since");
            self.faults
                .push(Fault::new(Input::Config, place, message, help));
        }
        rules
    }

    /// `"id" = "reason"`: `compare` applies them, since only a comparison knows what breaks.
    fn breaks(&mut self, table: &BTreeMap<String, String>, place: &Pointer) {
        self.want_reasons(table, place);
        let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        let is_id = |id: &&String| id.len() == 10 && id.bytes().all(is_digit);
        for id in table.keys().filter(|id| !is_id(id)) {
            let message = format!("`{id}` is not the id of a change");
            let help = "write the ten digits that the report of `spec diff` shows beside the break";
            let fault = Fault::new(Input::Config, place.push(id), message, help);
            self.faults.push(fault.on_key());
        }
    }

    pub(super) fn want_reasons(&mut self, table: &BTreeMap<String, String>, place: &Pointer) {
        self.want_text(
            table,
            place,
            "reason",
            "write the reason, for later readers",
        );
    }

    fn want_text(
        &mut self,
        table: &BTreeMap<String, String>,
        place: &Pointer,
        what: &str,
        help: &str,
    ) {
        for (address, _) in table.iter().filter(|(_, text)| text.trim().is_empty()) {
            let message = format!("this entry has no {what}");
            let fault = Fault::new(Input::Config, place.push(address), message, help);
            self.faults.push(fault);
        }
    }

    fn add<T>(&mut self, rules: &mut Rules<T>, address: &str, rule: ConfigRule<T>) {
        match find(self.document, address) {
            Ok(target) => self.insert(rules, target, address, rule),
            Err(missing) => self
                .faults
                .push(missing.fault(self.document, &self.looks, rule.place)),
        }
    }

    fn insert<T>(
        &mut self,
        rules: &mut Rules<T>,
        target: Pointer,
        address: &str,
        rule: ConfigRule<T>,
    ) {
        let place = rule.place.clone();
        if rules.insert(target, rule).is_some() {
            let message = format!("another entry names the same node as `{address}`");
            let help = "keep one of the two";
            self.faults
                .push(Fault::new(Input::Config, place, message, help).on_key());
        }
    }

    fn ids(&mut self, table: BTreeMap<String, Vec<String>>, place: &Pointer) -> Rules<String> {
        let mut rules = Rules::default();
        for (name, addresses) in table {
            for (index, address) in addresses.into_iter().enumerate() {
                let place = place.push(&name).push(&index.to_string());
                self.add(&mut rules, &address, ConfigRule::new(place, name.clone()));
            }
        }
        rules
    }

    /// Waiters, each with the operation that it names.
    fn waiters(
        &mut self,
        table: BTreeMap<String, WaiterRule>,
        place: &Pointer,
    ) -> BTreeMap<String, ConfigRule<WaiterRule>> {
        let mut rules = keyed(table, place);
        rules.retain(|_, rule| match find(self.document, &rule.value.operation) {
            Ok(target) => {
                rule.value.target = target;
                true
            }
            Err(missing) => {
                let mut fault =
                    missing.fault(self.document, &self.looks, rule.place.push("operation"));
                fault.on_key = false;
                self.faults.push(fault);
                false
            }
        });
        rules
    }

    /// `address = { value = "Name" }`: the target is the value's own node.
    fn variants(
        &mut self,
        table: BTreeMap<String, BTreeMap<String, String>>,
        place: &Pointer,
    ) -> Rules<String> {
        let mut rules = Rules::default();
        for (address, names) in table {
            let place = place.push(&address);
            let owner = match find(self.document, &address) {
                Ok(owner) => owner,
                Err(missing) => {
                    self.faults
                        .push(missing.fault(self.document, &self.looks, place));
                    continue;
                }
            };
            let members = Members::of(self.document, &owner);
            for (value, name) in names {
                let rule = ConfigRule::new(place.push(&value), name);
                match members.find(&value) {
                    Ok(target) => {
                        rules.insert(target, rule);
                    }
                    Err(missing) => {
                        self.faults
                            .push(missing.fault(self.document, &self.looks, rule.place));
                    }
                }
            }
        }
        rules
    }
}

fn keyed<T>(table: BTreeMap<String, T>, place: &Pointer) -> BTreeMap<String, ConfigRule<T>> {
    table
        .into_iter()
        .map(|(key, value)| {
            let rule = ConfigRule::new(place.push(&key), value);
            (key, rule)
        })
        .collect()
}

/// A list of names, each with its place.
fn listed(names: Vec<String>, place: &Pointer) -> BTreeMap<String, ConfigRule<()>> {
    let names = names.into_iter().enumerate();
    names
        .map(|(index, name)| (name, ConfigRule::new(place.push_index(index), ())))
        .collect()
}

/// Longest first, so that the most specific one is tried first.
fn affixes(table: BTreeMap<String, String>, place: &Pointer) -> Vec<ConfigRule<(String, String)>> {
    let mut rules: Vec<_> = table
        .into_iter()
        .map(|(from, to)| ConfigRule::new(place.push(&from), (from, to)))
        .collect();
    rules.sort_by_key(|rule| std::cmp::Reverse(rule.value.0.len()));
    rules
}
