//! Sentences of the document: an empty one is none.

/// The text, unless it says nothing.
pub(super) fn stated(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.trim().is_empty())
}
