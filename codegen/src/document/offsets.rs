//! From the positions of the YAML parser to bytes.
//!
//! The parser counts characters; spans count bytes.

use crate::report::Span;

/// Converts the parser's positions, which count characters, to bytes.
pub(super) struct Offsets {
    /// The byte at which each character starts; empty for a text where both counts agree.
    starts: Option<Vec<usize>>,
    length: usize,
}

impl Offsets {
    pub(super) fn new(text: &str) -> Self {
        let starts =
            (!text.is_ascii()).then(|| text.char_indices().map(|(byte, _)| byte).collect());
        Self {
            starts,
            length: text.len(),
        }
    }

    pub(super) fn byte(&self, character: usize) -> usize {
        match &self.starts {
            Some(starts) => starts.get(character).copied().unwrap_or(self.length),
            None => character.min(self.length),
        }
    }

    pub(super) fn span(&self, span: saphyr_parser::Span) -> Span {
        let start = self.byte(span.start.index());
        Span {
            start,
            end: self.byte(span.end.index()).max(start),
        }
    }
}
