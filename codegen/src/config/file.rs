//! The shape of `sdk.toml`, as it is written.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::pointer::Pointer;
use crate::report::{Fault, Input, Span};

/// The whole file.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct File {
    pub(super) import: Import,
    pub(super) names: Names,
    pub(super) handles: BTreeMap<String, HandleRule>,
    pub(super) ids: BTreeMap<String, Vec<String>>,
    pub(super) secret: BTreeMap<String, String>,
    pub(super) fixed: BTreeMap<String, String>,
    pub(super) unions: BTreeMap<String, UnionRule>,
    pub(super) aliases: BTreeMap<String, Vec<String>>,
    pub(super) repeat: BTreeMap<String, Repeat>,
    pub(super) waiters: BTreeMap<String, WaiterRule>,
    pub(super) skip: BTreeMap<String, String>,
    pub(super) accept: BTreeMap<String, String>,
}

/// `[import]`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Import {
    pub(super) paths: Vec<String>,
    /// Components that an import takes though nothing reaches them; [`super::Import`] reads it.
    pub(super) keep: Vec<String>,
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

/// What a handle is called and what it is for, where the document does not say it well.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct HandleRule {
    /// The method that gives the handle.
    pub(crate) method: Option<String>,
    /// The handle's type.
    #[serde(rename = "type")]
    pub(crate) ty: Option<String>,
    /// A sentence for its documentation, in place of that of the tag.
    pub(crate) description: Option<String>,
}

/// How the variant of a union is chosen.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct UnionRule {
    /// The property whose value tells.
    pub(crate) tag: String,
    /// Each of its values, with the schema that it stands for.
    pub(crate) variants: BTreeMap<String, String>,
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

/// What one waits for by calling an operation again and again.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WaiterRule {
    /// The operation that shows the state, as it is written here.
    pub(crate) operation: String,
    /// The same, found.
    #[serde(skip)]
    pub(crate) target: Pointer,
    /// The method of the operation's handle.
    pub(crate) method: String,
    /// A sentence for its documentation.
    pub(crate) description: String,
    /// The property whose value identifies an item, where the operation gives a list.
    pub(crate) item: Option<String>,
    /// Optional parameters of the operation that are set to true, because the state comes only then.
    #[serde(default)]
    pub(crate) with: Vec<String>,
    /// Where the state stands in what the operation gives: `status.lifecycle_state`.
    pub(crate) state: String,
    /// The states that one waits for.
    #[serde(default)]
    pub(crate) ready: Vec<String>,
    /// The states from which no way leads on.
    #[serde(default)]
    pub(crate) failed: Vec<String>,
    /// Where the service says why it failed.
    #[serde(default)]
    pub(crate) reasons: Vec<String>,
    /// Whether one waits until there is nothing left: status 404.
    #[serde(default)]
    pub(crate) gone: bool,
    /// Whether the first look may show how an earlier run ended, so that a final state must be seen twice.
    #[serde(default)]
    pub(crate) confirm: bool,
    /// Seconds between two looks.
    pub(crate) interval: u64,
    /// Seconds after which to give up.
    pub(crate) limit: u64,
}

impl File {
    /// Reads the text; a fault carries the place that the parser names.
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
