//! `sdk.toml`: how the SDK presents the API. Input: its text and the document. Output: rules whose targets were found.
//!
//! Every rule has its place in the file and a mark whether it was applied: a rule that was never applied is a fault
//! (`Config::unused`). What a rule means is decided where it is applied, in `resolve` and `naming`.

mod address;
mod bind;
mod edit;
mod file;
mod glob;
mod import;
mod layout;
mod rule;
mod skip;
mod unions;
mod unused;

use std::collections::{BTreeMap, BTreeSet};

use crate::document::Document;
use crate::pointer::Pointer;
use crate::report::Fault;

use self::bind::Binder;
use self::file::{File, Unsupported};

pub(crate) use self::address::{address_of, key_of, node_of, quoted};
pub(crate) use self::edit::with_entry;
pub(crate) use self::file::{
    HandleRule, OldNameRule, PagingRule, PathValue, Repeat, UnionRule, WaiterRule,
};
pub(crate) use self::import::Import;
pub use self::layout::Layout;
pub(crate) use self::rule::{ConfigRule, Rules};

/// The rules of `sdk.toml`, by what they apply to.
#[derive(Debug, Default)]
pub struct Config {
    /// How the generated code is divided into modules.
    pub(crate) layout: Layout,
    /// Names that are required and defined nowhere are not required.
    pub(crate) undefined_required: Option<ConfigRule<()>>,
    /// Inline schemas of one product that are equal are one type.
    pub(crate) equal_inline: Option<ConfigRule<()>>,
    /// Tags of unions that have one value in a struct are no fields of it.
    pub(crate) union_tags: Option<ConfigRule<()>>,
    /// Path patterns that select operations.
    pub(crate) import: Vec<ConfigRule<String>>,
    /// Security schemes whose credentials are set by name, beside the client's own.
    pub(crate) credentials: BTreeMap<String, ConfigRule<()>>,
    /// Groups of security schemes: a requirement that lists all of them together is read as one group or another.
    pub(crate) any_of: Option<ConfigRule<Vec<Vec<String>>>>,
    /// Schema name prefixes and their replacements, longest first.
    pub(crate) prefixes: Vec<ConfigRule<(String, String)>>,
    /// Schema name suffixes and their replacements, longest first.
    pub(crate) suffixes: Vec<ConfigRule<(String, String)>>,
    /// Rust keywords and the names of fields that would be called so.
    pub(crate) keywords: BTreeMap<String, ConfigRule<String>>,
    /// Names of types, by schema.
    pub(crate) types: Rules<String>,
    /// Names of fields, by property.
    pub(crate) fields: Rules<String>,
    /// Names of variants, by enum value or member of a union.
    pub(crate) variants: Rules<String>,
    /// The prefix of the values of an enum that is omitted from their names, by enum.
    pub(crate) variant_prefixes: Rules<String>,
    /// Names of methods, by operation.
    pub(crate) methods: Rules<String>,
    /// Names and descriptions of handles, by resource key.
    pub(crate) handles: BTreeMap<String, ConfigRule<HandleRule>>,
    /// Names of id newtypes, by schema, property or parameter.
    pub(crate) ids: Rules<String>,
    /// What parameters of the path can be, by their newtype, where their name says it wrongly.
    pub(crate) path_values: BTreeMap<String, ConfigRule<PathValue>>,
    /// Strings that must not be printed, by schema or property, with the reason.
    pub(crate) secret: Rules<String>,
    /// Strings that are IP addresses, by property, with the reason.
    pub(crate) ip_addresses: Rules<String>,
    /// Properties with one fixed value.
    pub(crate) fixed: Rules<String>,
    /// How variants are chosen, by union.
    pub(crate) unions: Rules<UnionRule>,
    /// The same for each union whose variants nothing distinguishes.
    pub(crate) undecidable: Option<ConfigRule<UnionRule>>,
    /// Misspelt keys that are accepted too, by property name.
    pub(crate) aliases: BTreeMap<String, ConfigRule<Vec<String>>>,
    /// Sentences for properties and parameters, in place of what the document says of their type.
    pub(crate) docs: Rules<String>,
    /// Other names of methods and types, under which the search of the documentation finds them, by operation or schema.
    pub(crate) search_names: Rules<Vec<String>>,
    /// Whether an operation may be repeated, where its method does not decide it.
    pub(crate) repeat: Rules<Repeat>,
    /// Lists with totals that count something else, by operation, with the reason.
    pub(crate) foreign_totals: Rules<String>,
    /// The properties of `result` that have the lists of operations, by operation.
    pub(crate) lists: Rules<String>,
    /// How operations return their lists, where the document does not say it.
    pub(crate) paging: Rules<PagingRule>,
    /// Waiters, by their name in `sdk.toml`.
    pub(crate) waiters: BTreeMap<String, ConfigRule<WaiterRule>>,
    /// The feature of the SDK behind which the rules of requests are emitted; without it none are.
    pub(crate) rules: Option<ConfigRule<String>>,
    /// What is left out, by operation, schema, parameter or response, with the reason.
    pub(crate) skip: Rules<String>,
    /// Accepted oddities. Only `lint` applies them, so `lint` reports those that accept nothing.
    pub(crate) accept: Vec<ConfigRule<Acceptance>>,
    /// The new names of renamed items, by their old ones.
    pub(crate) deprecated_names: BTreeMap<String, ConfigRule<OldNameRule>>,
}

/// What an entry of `[accept]` accepts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Acceptance {
    /// The id of a rule of `lint`, as it is written.
    pub(crate) rule: String,
    /// The node at and below which it is accepted; `None`: everywhere.
    pub(crate) target: Option<Pointer>,
}

impl Config {
    /// Reads `sdk.toml` and finds the target of each rule. Faults are returned beside the rules whose targets were found, so
    /// that the later stages can report their faults too.
    pub fn read(text: &str, document: &Document) -> (Self, Vec<Fault>) {
        let file = match File::read(text) {
            Ok(file) => file,
            Err(fault) => return (Self::default(), vec![fault]),
        };
        Binder::new(document).bind(file)
    }

    /// Whether operations that are at fault are left out: `unsupported = "skip"`.
    pub(crate) fn leaves_out(text: &str) -> bool {
        File::read(text).is_ok_and(|file| file.unsupported == Unsupported::Skip)
    }

    /// Drops the rules at these places of `sdk.toml`, as if they were not written.
    pub(crate) fn forget(&mut self, places: &[Pointer]) {
        let places = &places.iter().collect::<BTreeSet<_>>();
        let keeps = |place: &Pointer| !places.contains(place);
        self.undefined_required.take_if(|rule| !keeps(&rule.place));
        self.equal_inline.take_if(|rule| !keeps(&rule.place));
        self.union_tags.take_if(|rule| !keeps(&rule.place));
        self.import.retain(|rule| keeps(&rule.place));
        self.credentials.retain(|_, rule| keeps(&rule.place));
        self.any_of.take_if(|rule| !keeps(&rule.place));
        self.prefixes.retain(|rule| keeps(&rule.place));
        self.suffixes.retain(|rule| keeps(&rule.place));
        self.keywords.retain(|_, rule| keeps(&rule.place));
        self.handles.retain(|_, rule| keeps(&rule.place));
        self.aliases.retain(|_, rule| keeps(&rule.place));
        self.path_values.retain(|_, rule| keeps(&rule.place));
        self.waiters.retain(|_, rule| keeps(&rule.place));
        self.deprecated_names.retain(|_, rule| keeps(&rule.place));
        self.unions.forget(places);
        self.undecidable.take_if(|rule| !keeps(&rule.place));
        self.repeat.forget(places);
        self.paging.forget(places);
        self.search_names.forget(places);
        for rules in [
            &mut self.types,
            &mut self.fields,
            &mut self.variants,
            &mut self.variant_prefixes,
            &mut self.methods,
            &mut self.ids,
            &mut self.secret,
            &mut self.ip_addresses,
            &mut self.fixed,
            &mut self.docs,
            &mut self.foreign_totals,
            &mut self.lists,
            &mut self.skip,
        ] {
            rules.forget(places);
        }
    }
}

/// Whether a path matches one of the import patterns; all patterns that match count as applied.
pub(crate) fn imports(patterns: &[ConfigRule<String>], path: &str) -> bool {
    let mut found = false;
    for pattern in patterns {
        if glob::matches(&pattern.value, path) {
            pattern.mark();
            found = true;
        }
    }
    found
}
