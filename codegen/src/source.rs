//! The texts that the generator reads, each with the path that people see.

/// A text that the generator reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The path as people are shown it: relative, with forward slashes.
    pub path: String,
    /// What the file holds.
    pub text: String,
}

/// Everything that the generator reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sources {
    /// The OpenAPI document.
    pub spec: Source,
    /// The overlay that mends the document, where there is one.
    pub overlay: Option<Source>,
    /// `sdk.toml`.
    pub config: Source,
}
