//! How the generated code is divided into modules, as `sdk.toml` says it.

use serde::Deserialize;

/// The value of `layout`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Layout {
    /// All types in one public module, all handles in another; which file an item is in is internal. For small documents.
    #[default]
    Flat,
    /// A public module for each handle, inside that of the handle above: a type is in the module of each handle that uses it. For
    /// large documents.
    Nested,
}
