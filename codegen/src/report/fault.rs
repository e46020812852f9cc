//! What there is to say about an input, bound to one of its nodes.

use crate::pointer::Pointer;

/// One of the files that the generator reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Input {
    /// The OpenAPI document.
    Spec,
    /// The overlay that mends the document.
    Overlay,
    /// `sdk.toml`.
    Config,
    /// A document that is imported, by its number among those.
    Upstream(u16),
}

/// A stretch of an input's text, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last one.
    pub end: usize,
}

/// How grave a finding is. The order is the order of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// It stops the generator.
    Fault,
    /// It stops nothing, and would better be otherwise.
    Oddity,
    /// It was odd, and has just been mended.
    Mended,
    /// It is worth knowing.
    Note,
}

/// Something to say about a node of an input; its level tells whether it stops the generator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// How grave it is.
    pub level: Level,
    /// The rule of `lint` that found it; empty for what the generator itself finds.
    pub code: &'static str,
    /// The input that is meant.
    pub input: Input,
    /// The node that is meant.
    pub pointer: Pointer,
    /// Whether the node's key is meant rather than its value.
    pub on_key: bool,
    /// The place in the text of `input`, where it is known already; it wins over the pointer.
    pub span: Option<Span>,
    /// What is wrong, or what there is to know.
    pub message: String,
    /// What to write, and where; may be empty.
    pub help: String,
    /// Whether it is an exception that no longer bites: without it the inputs mean what they mean with it.
    pub lapsed: bool,
}

impl Fault {
    /// A fault of the node at `pointer`.
    pub fn new(
        input: Input,
        pointer: Pointer,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self {
            level: Level::Fault,
            code: "",
            input,
            pointer,
            on_key: false,
            span: None,
            message: message.into(),
            help: help.into(),
            lapsed: false,
        }
    }

    /// Something worth knowing about the node at `pointer`; it stops nothing.
    pub fn note(
        input: Input,
        pointer: Pointer,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self {
            level: Level::Note,
            ..Self::new(input, pointer, message, help)
        }
    }

    /// The same fault, as one of an exception that no longer bites.
    #[must_use]
    pub fn lapsed(mut self) -> Self {
        self.lapsed = true;
        self
    }

    /// The same fault, shown at the key of its node.
    #[must_use]
    pub fn on_key(mut self) -> Self {
        self.on_key = true;
        self
    }

    /// The same fault, shown at `span` of its input.
    #[must_use]
    pub fn at(mut self, span: Span) -> Self {
        self.span = Some(span);
        self
    }
}
