//! From byte offsets to lines and columns.
//!
//! Input: an input and a span of it. Output: the line, the column in characters, and the text of the line.

use std::sync::OnceLock;

use crate::source::Source;

use super::{Excerpt, Span};

/// How many bytes of a long line are shown on either side of the span.
const REACH: usize = 90;

/// How many bytes apart the places are whose characters are counted beforehand.
const STEP: usize = 1_024;

/// An input with the offsets of its line starts.
pub(super) struct Lines<'a> {
    path: &'a str,
    text: &'a str,
    starts: Vec<usize>,
    /// How many characters start before each multiple of [`STEP`] bytes, once someone asks: minified JSON is one line, and many faults
    /// can be in it.
    counts: OnceLock<Vec<usize>>,
}

impl<'a> Lines<'a> {
    pub(super) fn new(source: Option<&'a Source>) -> Self {
        let (path, text) = source.map_or(("", ""), |source| {
            (source.path.as_str(), source.text.as_str())
        });
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = std::iter::once(0)
            .chain(breaks.map(|(offset, _)| offset + 1))
            .collect();
        Self {
            path,
            text,
            starts,
            counts: OnceLock::new(),
        }
    }

    pub(super) fn path(&self) -> &str {
        self.path
    }

    /// How many characters start before this byte.
    fn characters(&self, offset: usize) -> usize {
        let starts = |bytes: &[u8]| {
            let starts = bytes.iter().filter(|byte| **byte & 0xC0 != 0x80);
            starts.count()
        };
        let count = || {
            let mut counts = vec![0];
            let mut all = 0;
            for chunk in self.text.as_bytes().chunks(STEP) {
                all += starts(chunk);
                counts.push(all);
            }
            counts
        };
        let step = offset / STEP;
        let before = self.counts.get_or_init(count).get(step).copied();
        let rest = self.text.as_bytes().get(step * STEP..offset);
        before.unwrap_or(0) + rest.map_or(0, starts)
    }

    /// The line and column (both from 1) where `span` starts, and the line with the part that `span` covers.
    pub(super) fn place(&self, span: Span) -> (usize, usize, Excerpt) {
        let start = floor_boundary(self.text, span.start);
        let line = self.starts.partition_point(|first| *first <= start).max(1);
        let first = self.starts.get(line - 1).copied().unwrap_or(0);
        let last = self
            .starts
            .get(line)
            .map_or(self.text.len(), |next| next - 1);
        let text = self
            .text
            .get(first..last)
            .unwrap_or("")
            .trim_end_matches('\r');
        let from = (start - first).min(text.len());
        let upto = floor_boundary(text, span.end.saturating_sub(first)).max(from);
        let column = self.characters(first + from) - self.characters(first) + 1;
        (line, column, excerpt(text, from, upto))
    }
}

/// Cuts a long line (minified JSON has only one) to the surroundings of the span.
fn excerpt(line: &str, from: usize, upto: usize) -> Excerpt {
    let upto = upto.min(from + REACH);
    let first = if from > REACH {
        floor_boundary(line, from - REACH)
    } else {
        0
    };
    let last = floor_boundary(line, upto + REACH);
    let (before, after) = (
        if first > 0 { "…" } else { "" },
        if last < line.len() { "…" } else { "" },
    );
    let text = format!("{before}{}{after}", line.get(first..last).unwrap_or(""));
    let start = from - first + before.len();
    let end = floor_boundary(&text, upto - first + before.len());
    Excerpt {
        text,
        start,
        end,
        cut: first > 0,
    }
}

/// The nearest character boundary at or before `offset`.
fn floor_boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}
