//! A finding of a rule at one node.

use crate::pointer::Pointer;

use super::mend::Mend;

/// A finding at a node.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// The node, in the document after the overlay.
    pub(super) pointer: Pointer,
    /// What is odd.
    pub(super) message: String,
    /// What to do.
    pub(super) help: String,
    /// Other nodes that it refers to.
    pub(super) related: Vec<Pointer>,
    /// The action that corrects it.
    pub(super) mend: Option<Mend>,
    /// Whether a person must review the correction even if those of its rule are safe.
    pub(super) by_hand: bool,
}

impl Found {
    /// A finding at `pointer`.
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

    /// Adds other nodes that it refers to.
    pub(super) fn related(mut self, related: impl IntoIterator<Item = Pointer>) -> Self {
        self.related = related.into_iter().collect();
        self
    }

    /// Adds the action that corrects it.
    pub(super) fn mend(mut self, mend: Mend) -> Self {
        self.mend = Some(mend);
        self
    }

    /// Marks the correction as one that a person must review.
    pub(super) fn by_hand(mut self) -> Self {
        self.by_hand = true;
        self
    }
}
