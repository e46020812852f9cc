//! The texts that the generator reads, each with its display path.

/// A text that the generator reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The display path: relative, with forward slashes.
    pub path: String,
    /// The content of the file.
    pub text: String,
}

/// Everything that the generator reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sources {
    /// The OpenAPI document.
    pub spec: Source,
    /// The overlay that corrects the document, where there is one.
    pub overlay: Option<Source>,
    /// `sdk.toml`.
    pub config: Source,
    /// `names.lock`, where there is one: the names that settle clashes in nested layout.
    pub lock: Option<Source>,
}
