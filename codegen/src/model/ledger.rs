//! The ledger: what became of each node of the document, so that nothing is dropped silently.

use std::collections::BTreeMap;

use crate::pointer::Pointer;

/// What became of a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is an item of its own in the generated code.
    Emitted,
    /// It is part of something else.
    Folded(Fold),
    /// `sdk.toml` leaves it out, for a reason.
    Skipped(String),
}

/// How a node was folded into something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fold {
    /// The envelope around a result: the runtime's `Response` and `Error` carry it.
    Envelope,
    /// A failure response: the runtime's `Error` carries it.
    Failure,
    /// A member of an `allOf`, or of a choice among scalars, merged into the schema that lists it.
    Merged,
    /// A name for a type that has another name in Rust, such as a string.
    Alias,
    /// A property that a later member of the same `allOf` declares again, with all that is said here or with another type.
    Replaced,
    /// A constant: the one value that a property can have.
    Constant,
    /// A property with one value, by which unions choose its struct, or the enum of that value: the struct writes it.
    Tag,
    /// A parameter that OpenAPI ignores, because something else describes it.
    Ignored,
    /// A keyword that says nothing beside the type of its schema.
    Meaningless,
    /// A response header: reached through `Response::headers`.
    Header,
    /// A media type of a body that is sent in another one, and the schema of a body that is bytes.
    MediaType,
    /// A name for a parameter, response or other component whose content is written where it is used.
    Component,
}

impl Fold {
    /// The kind in one or two words, for `explain` and for counts.
    pub fn name(self) -> &'static str {
        match self {
            Self::Envelope => "envelope",
            Self::Failure => "failure response",
            Self::Merged => "merged member",
            Self::Alias => "alias",
            Self::Replaced => "replaced property",
            Self::Constant => "constant",
            Self::Tag => "tag",
            Self::Ignored => "ignored parameter",
            Self::Meaningless => "meaningless keyword",
            Self::Header => "response header",
            Self::MediaType => "media type of a body",
            Self::Component => "reusable component",
        }
    }
}

/// The fate of each node by its pointer.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    fates: BTreeMap<Pointer, Fate>,
}

impl Ledger {
    /// Records that the node is an item of the generated code. This replaces a fold: a schema can be both.
    pub fn emitted(&mut self, pointer: &Pointer) {
        self.fates.insert(pointer.clone(), Fate::Emitted);
    }

    /// Records that the node, with everything inside it, is part of something else.
    pub fn folded(&mut self, pointer: &Pointer, fold: Fold) {
        self.fates
            .entry(pointer.clone())
            .or_insert(Fate::Folded(fold));
    }

    /// Records that the node is part of something else after all, and no item.
    pub(crate) fn absorbed(&mut self, pointer: &Pointer, fold: Fold) {
        self.fates.insert(pointer.clone(), Fate::Folded(fold));
    }

    /// Records that `sdk.toml` leaves the node out.
    pub fn skipped(&mut self, pointer: &Pointer, reason: &str) {
        self.fates
            .insert(pointer.clone(), Fate::Skipped(reason.to_owned()));
    }

    /// What became of the node itself.
    pub fn own(&self, pointer: &Pointer) -> Option<&Fate> {
        self.fates.get(pointer)
    }

    /// What became of the node: its own fate, or that of the nearest node around it that was folded or skipped whole.
    pub fn fate(&self, pointer: &Pointer) -> Option<&Fate> {
        if let Some(fate) = self.own(pointer) {
            return Some(fate);
        }
        let mut above = pointer.parent();
        while let Some(pointer) = above {
            match self.own(&pointer) {
                Some(Fate::Emitted) => return None,
                Some(fate) => return Some(fate),
                None => above = pointer.parent(),
            }
        }
        None
    }

    /// Each recorded node with its fate, by pointer.
    pub fn iter(&self) -> impl Iterator<Item = (&Pointer, &Fate)> {
        self.fates.iter()
    }

    /// How many nodes were folded, by kind.
    pub fn folds(&self) -> BTreeMap<Fold, usize> {
        let mut counts = BTreeMap::new();
        for fate in self.fates.values() {
            if let Fate::Folded(fold) = fate {
                *counts.entry(*fold).or_insert(0) += 1;
            }
        }
        counts
    }
}
