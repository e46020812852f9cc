//! A finding about an input, bound to one of its nodes.

use crate::pointer::Pointer;

use super::{Code, Entry};

/// One of the files that the generator reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Input {
    /// The OpenAPI document.
    Spec,
    /// The overlay that corrects the document.
    Overlay,
    /// `sdk.toml`.
    Config,
    /// `names.lock`.
    Lock,
    /// A document that is imported, by its index among those.
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

/// The severity of a finding. The order is the order of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// It stops the generator.
    Fault,
    /// It does not stop the generator, but should be corrected.
    Oddity,
    /// It was odd, and has just been corrected.
    Mended,
    /// It is worth knowing.
    Note,
}

/// How something wrong can be read all the same, so that no value and no request is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadAs {
    /// A stale exception: the inputs mean the same without it.
    Unwritten,
    /// Without it.
    Absent,
    /// What the document has beside the SDK.
    LeftOut,
    /// What is listed several times.
    Once,
    /// A boolean or a number among texts.
    Text,
    /// As a newer version of OpenAPI has it.
    Newer,
    /// Items of any type.
    AnyItems,
    /// Bounds that no value is within.
    NoBounds,
    /// More values than the document means.
    MoreValues,
    /// A response of any media type.
    AnyMedia,
}

impl ReadAs {
    /// The end of a message; none for what is no fault of the document.
    fn text(self) -> Option<&'static str> {
        Some(match self {
            Self::Unwritten => return None,
            Self::Absent => "it is ignored",
            Self::LeftOut => "they are left out",
            Self::Once => "it is read once",
            Self::Text => "it is read as text",
            Self::Newer => "it is read as OpenAPI 3.1 has it",
            Self::AnyItems => "items of any type are read",
            Self::NoBounds => "neither bounds what is sent or read",
            Self::MoreValues => "other values are read too",
            Self::AnyMedia => "it is read as `*/*`",
        })
    }
}

/// A finding about a node of an input; its level decides whether it stops the generator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Its severity.
    pub level: Level,
    /// What kind of finding it is; by default that of its place.
    pub code: Code,
    /// The rule of `lint` that found it; empty for what the generator itself finds.
    pub rule: &'static str,
    /// The input.
    pub input: Input,
    /// The node.
    pub pointer: Pointer,
    /// Whether the finding is about the node's key rather than its value.
    pub on_key: bool,
    /// The span in the text of `input`, if it is known already; it has priority over the pointer.
    pub span: Option<Box<Span>>,
    /// What is wrong, or the fact.
    pub message: String,
    /// The correction, and where to write it; may be empty.
    pub help: String,
    /// How the node can be read all the same, if it can.
    pub read_as: Option<ReadAs>,
    /// The entries of `sdk.toml` one of which removes it, the best first; the help says them in words.
    pub entries: Box<[Entry]>,
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
            code: Code::of(input, &pointer),
            rule: "",
            input,
            pointer,
            on_key: false,
            span: None,
            message: message.into(),
            help: help.into(),
            read_as: None,
            entries: Box::default(),
        }
    }

    /// A note about the node at `pointer`; it stops nothing.
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

    /// Marks the fault as one of a stale exception.
    #[must_use]
    pub fn stale(mut self) -> Self {
        self.read_as = Some(ReadAs::Unwritten);
        self.code = Code::Stale;
        self
    }

    /// Whether it is a stale exception: the inputs mean the same without it.
    pub fn is_stale(&self) -> bool {
        self.read_as == Some(ReadAs::Unwritten)
    }

    /// The note that it is where operations at fault are left out: nothing has to be, since the node can be read. Itself where it cannot.
    #[must_use]
    pub(crate) fn tolerated(mut self) -> Self {
        let reading = self.read_as.and_then(ReadAs::text);
        if let (Level::Fault, Some(reading)) = (self.level, reading) {
            self.level = Level::Note;
            self.message = format!("{}: {reading}", self.message);
        }
        self
    }

    /// Adds an entry of `sdk.toml` that removes it.
    #[must_use]
    pub fn entry(mut self, entry: Entry) -> Self {
        self.add(entry);
        self
    }

    /// The same in place.
    pub(crate) fn add(&mut self, entry: Entry) {
        let mut entries = std::mem::take(&mut self.entries).into_vec();
        entries.push(entry);
        self.entries = entries.into_boxed_slice();
    }

    /// Says what kind of finding it is.
    #[must_use]
    pub fn code(mut self, code: Code) -> Self {
        self.code = code;
        self
    }

    /// Places the fault at the key of its node.
    #[must_use]
    pub fn on_key(mut self) -> Self {
        self.on_key = true;
        self
    }

    /// Places the fault at `span` of its input.
    #[must_use]
    pub fn at(mut self, span: Span) -> Self {
        self.span = Some(Box::new(span));
        self
    }
}
