//! Percent-encoding of the parts of a URI.
//!
//! In: any text. Out: ASCII, in which only unreserved characters are not encoded. A space is encoded as `%20`, because not every
//! server decodes `+` as a space.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// The ASCII characters that are encoded: all but letters, digits and `-._~`.
pub(crate) const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The text, percent-encoded.
pub(crate) fn encode(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}
