//! Descriptions of the document: an empty one counts as absent.

/// The text, unless it is empty.
pub(super) fn stated(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.trim().is_empty())
}
