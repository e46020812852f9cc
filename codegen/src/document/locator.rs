//! Finds the text behind a pointer.
//!
//! Input: a pointer into one of the inputs. Output: the span of that node. A pointer into
//! the document may lead to the overlay's text, when an action added the node.

use crate::pointer::Pointer;
use crate::report::{Input, Locate, Span};

use super::node::{Entry, Node};

/// The trees of the inputs, to look up places in.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Locator<'a> {
    spec: Option<&'a Node>,
    overlay: Option<&'a Node>,
    config: Option<&'a Node>,
}

impl<'a> Locator<'a> {
    /// A locator for the document and its overlay; each tree is optional.
    pub(crate) fn new(spec: Option<&'a Node>, overlay: Option<&'a Node>) -> Self {
        Self {
            spec,
            overlay,
            config: None,
        }
    }

    /// The same locator, for `sdk.toml` too.
    #[must_use]
    pub(crate) fn with_config(mut self, config: &'a Node) -> Self {
        self.config = Some(config);
        self
    }
}

impl Locate for Locator<'_> {
    /// The span of the node; where the pointer leads to nothing, that of the nearest node above.
    fn locate(&self, input: Input, pointer: &Pointer, on_key: bool) -> Option<(Input, Span)> {
        let root = match input {
            Input::Spec => self.spec,
            Input::Overlay => self.overlay,
            Input::Config => self.config,
            // Faults of other inputs carry their spans.
            Input::Lock | Input::Upstream(_) => None,
        }?;
        let mut node = root;
        let mut entry: Option<&Entry> = None;
        let mut found_all = true;
        for token in pointer.tokens() {
            let Some(child) = node.child(&token) else {
                found_all = false;
                break;
            };
            entry = node.entry(&token);
            node = child;
        }
        let span = match entry {
            Some(entry) if on_key || !found_all => entry.key_span,
            _ => node.span,
        };
        Some((node.input, span))
    }
}
