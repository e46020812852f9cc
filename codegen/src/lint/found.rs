//! What a rule hands out for one node.

use crate::pointer::Pointer;

use super::mend::Mend;

/// A node that a rule is about.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// The node, in the document after the overlay.
    pub(super) pointer: Pointer,
    /// What is odd.
    pub(super) message: String,
    /// What to do.
    pub(super) help: String,
    /// Other nodes that have to do with it.
    pub(super) related: Vec<Pointer>,
    /// The action that mends it.
    pub(super) mend: Option<Mend>,
    /// Whether a person must look at the mend even where those of its rule are safe.
    pub(super) by_hand: bool,
}

impl Found {
    /// Something odd at `pointer`.
    pub(super) fn new(
        pointer: Pointer,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self {
            pointer,
            message: message.into(),
            help: help.into(),
            related: Vec::new(),
            mend: None,
            by_hand: false,
        }
    }

    /// The same, with other nodes that have to do with it.
    pub(super) fn related(mut self, related: impl IntoIterator<Item = Pointer>) -> Self {
        self.related = related.into_iter().collect();
        self
    }

    /// The same, with the action that mends it.
    pub(super) fn mend(mut self, mend: Mend) -> Self {
        self.mend = Some(mend);
        self
    }

    /// The same, whose mend a person must look at.
    pub(super) fn by_hand(mut self) -> Self {
        self.by_hand = true;
        self
    }
}
