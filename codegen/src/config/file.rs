//! The shape of `sdk.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::pointer::Pointer;
use crate::report::{Fault, Input, Span};

use super::layout::Layout;

/// The whole file.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct File {
    pub(super) layout: Layout,
    pub(super) unsupported: Unsupported,
    pub(super) undefined_required: UndefinedRequired,
    pub(super) equal_inline: EqualInline,
    pub(super) union_tags: UnionTags,
    pub(super) import: Import,
    pub(super) credentials: Credentials,
    pub(super) names: Names,
    pub(super) handles: BTreeMap<String, HandleRule>,
    pub(super) ids: BTreeMap<String, Vec<String>>,
    pub(super) path_values: BTreeMap<String, PathValue>,
    pub(super) secret: BTreeMap<String, String>,
    pub(super) ip_addresses: BTreeMap<String, String>,
    pub(super) fixed: BTreeMap<String, String>,
    pub(super) unions: BTreeMap<String, UnionRule>,
    pub(super) aliases: BTreeMap<String, Vec<String>>,
    pub(super) docs: BTreeMap<String, String>,
    pub(super) search_names: BTreeMap<String, Vec<String>>,
    pub(super) repeat: BTreeMap<String, Repeat>,
    pub(super) foreign_totals: BTreeMap<String, String>,
    pub(super) lists: BTreeMap<String, String>,
    pub(super) paging: BTreeMap<String, PagingRule>,
    pub(super) waiters: BTreeMap<String, WaiterRule>,
    pub(super) rules: Option<RequestRules>,
    pub(super) skip: BTreeMap<String, String>,
    pub(super) accept: BTreeMap<String, String>,
    pub(super) accept_breaks: BTreeMap<String, String>,
    pub(super) deprecated_names: BTreeMap<String, OldNameRule>,
}

/// What becomes of an operation that the generator or the runtime does not support.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Unsupported {
    /// It is a fault.
    #[default]
    Refuse,
    /// It is left out, and a note says why.
    Skip,
}

/// What becomes of a name that is required and defined nowhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum UndefinedRequired {
    /// It is a fault.
    #[default]
    Refuse,
    /// It is not required, and a note says so.
    Ignore,
}

/// What becomes of inline schemas that are equal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum EqualInline {
    /// Each is a type of its own.
    #[default]
    Apart,
    /// Those of one product are one type, with a name for each.
    Share,
}

/// What becomes of a property by which unions choose a struct, if it has one value and the struct is nothing but their variant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum UnionTags {
    /// It is a field.
    #[default]
    Fields,
    /// The struct writes it, and has no field for it.
    Implied,
}

/// `[import]`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Import {
    pub(super) paths: Vec<String>,
    /// Components that an import includes although nothing refers to them; [`super::Import`] reads it.
    pub(super) keep: Vec<String>,
}

/// `[credentials]`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Credentials {
    /// Security schemes whose credentials applications set by name, beside the API token and the API key.
    pub(super) by_name: Vec<String>,
    /// Groups of security schemes: a requirement that lists all of them together is read as one group or another.
    pub(super) any_of: Vec<Vec<String>>,
}

/// `[names]`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Names {
    pub(super) prefixes: BTreeMap<String, String>,
    pub(super) suffixes: BTreeMap<String, String>,
    pub(super) keywords: BTreeMap<String, String>,
    pub(super) types: BTreeMap<String, String>,
    pub(super) fields: BTreeMap<String, String>,
    pub(super) variants: BTreeMap<String, BTreeMap<String, String>>,
    pub(super) variant_prefixes: BTreeMap<String, String>,
    pub(super) methods: BTreeMap<String, String>,
}

/// `[rules]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RequestRules {
    /// The feature of the SDK behind which the rules of requests are emitted.
    pub(super) feature: String,
}

/// The name and purpose of a handle, where the document does not describe it well.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct HandleRule {
    /// The method that returns the handle.
    pub(crate) method: Option<String>,
    /// The handle's type.
    #[serde(rename = "type")]
    pub(crate) ty: Option<String>,
    /// The operation at the handle's own segment that stays a method of the handle above, by its `operationId`: it was one before
    /// there were others at the segment or below it.
    pub(crate) verb: Option<String>,
    /// The key of the handle that it stays directly below: the literals between the two join it, though there is something beside them.
    pub(crate) below: Option<String>,
    /// Whether each handle below it is a product of its own, in nested layout: it is too large to be compiled as one.
    #[serde(default)]
    pub(crate) divided: bool,
    /// A sentence for its documentation, in place of that of the tag.
    pub(crate) description: Option<String>,
    /// Other names, under which the search of the documentation finds it.
    #[serde(default)]
    pub(crate) search_names: Vec<String>,
    /// Sentences on errors that every operation at and below it can have, as list items of the documentation.
    #[serde(default)]
    pub(crate) errors: Vec<String>,
}

/// The new name of a renamed item, which keeps its old name for one release.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OldNameRule {
    /// The Rust path now: `Provider`, `api::Onramps::plan`.
    pub(crate) name: String,
    /// The version in which the old name is deprecated first.
    pub(crate) since: String,
}

/// How the variant of a union is chosen.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct UnionRule {
    /// The property whose value decides.
    pub(crate) tag: Option<String>,
    /// Each of its values, with the schema that it selects.
    #[serde(default)]
    pub(crate) variants: BTreeMap<String, String>,
    /// What becomes of values of members that nothing distinguishes.
    pub(crate) undecidable: Option<Undecidable>,
}

/// What becomes of values of a union that nothing distinguishes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Undecidable {
    /// They are kept as JSON.
    Json,
}

/// What a parameter of the path can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum PathValue {
    /// An id: letters, digits, `-` and `_` alone are sent.
    Id,
    /// Any text, which is percent-encoded.
    Text,
}

/// Whether an operation may be sent again after an unknown outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Repeat {
    /// It may.
    Safe,
    /// It may not.
    Once,
}

/// How an operation returns its list, where the document does not say it, or says it wrongly.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
pub(crate) enum PagingRule {
    /// As it comes, in one response.
    Whole,
    /// Page by page, by the query parameter `page`.
    Number,
    /// Page by page, by cursor.
    Cursor {
        /// The query parameter that takes the cursor.
        parameter: String,
        /// The keys that lead to the cursor of the next page in a response, joined by dots.
        next: String,
    },
}

/// A state to wait for by calling an operation repeatedly.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WaiterRule {
    /// The operation that returns the state, as it is written here.
    pub(crate) operation: String,
    /// The same operation, found in the document.
    #[serde(skip)]
    pub(crate) target: Pointer,
    /// The method of the operation's handle.
    pub(crate) method: String,
    /// A sentence for its documentation.
    pub(crate) description: String,
    /// The property whose value identifies an item, if the operation returns a list.
    pub(crate) item: Option<String>,
    /// Optional parameters of the operation that are set to true, because the response has the state only then.
    #[serde(default)]
    pub(crate) with: Vec<String>,
    /// The path to the state in the result of the operation: `status.lifecycle_state`.
    pub(crate) state: String,
    /// The states to wait for.
    #[serde(default)]
    pub(crate) ready: Vec<String>,
    /// Terminal failure states.
    #[serde(default)]
    pub(crate) failed: Vec<String>,
    /// The path to the service's reason for a failure.
    #[serde(default)]
    pub(crate) reasons: Vec<String>,
    /// Whether the waiter waits for removal: status 404.
    #[serde(default)]
    pub(crate) gone: bool,
    /// Whether the first poll may return the final state of an earlier run, so that a final state must be seen twice.
    #[serde(default)]
    pub(crate) confirm: bool,
    /// Seconds between two polls.
    pub(crate) interval: u64,
    /// Seconds until the waiter times out.
    pub(crate) limit: u64,
}

impl File {
    /// Reads the text; a fault has the span that the parser reports.
    pub(super) fn read(text: &str) -> Result<Self, Fault> {
        toml::from_str(text).map_err(|error| {
            let range = error.span().unwrap_or(0..0);
            Fault::new(
                Input::Config,
                Pointer::default(),
                error.message().to_owned(),
                "the tables of sdk.toml are described in CONTRIBUTING.md",
            )
            .at(Span {
                start: range.start,
                end: range.end,
            })
        })
    }
}
