//! From the bytes of a body to a type: fast where all is well, exact and telling where it is not.
//!
//! In: JSON text. Out: the type, or a [`Fault`] that names the path. Two ways lead there. The fast one is serde's derive over
//! serde_json. Where it fails, or where a number in the text is long enough to be rounded, the text is read once more as a
//! [`tree`] that keeps the last of duplicate keys and the exact text of numbers, and the type is read from that by [`node`].
//! Whatever the fast way accepts, the slow way would accept with the same result; it only takes longer.

use std::ops::Range;

use serde::de::{Deserialize, DeserializeOwned, Deserializer};
use serde_json::Value;

mod depth;
mod fault;
mod no_list;
mod node;
mod number;
pub(crate) mod tree;

pub(crate) use self::depth::{DEEPEST, check_depth};
pub(crate) use self::fault::Fault;
use self::no_list::NoList;
pub(crate) use self::node::Node;
use self::tree::Tree;

/// Reads a type from a JSON text.
pub(crate) fn from_text<T: DeserializeOwned>(text: &str) -> Result<T, Fault> {
    match fast(text) {
        Some(value) => Ok(value),
        None => exact(text),
    }
}

/// The slow way.
pub(crate) fn exact<T: DeserializeOwned>(text: &str) -> Result<T, Fault> {
    // It lies in an envelope at least.
    let tree = Tree::parse(text, 1)?;
    T::deserialize(Node::new(&tree))
}

/// The fast way. `None` where it fails or might round.
pub(crate) fn fast<'a, T: Deserialize<'a>>(text: &'a str) -> Option<T> {
    if may_round(text) {
        return None;
    }
    serde_json::from_str(text).ok()
}

/// Whether the text has a number that a float may be unable to hold: at least 16 digits in a row.
///
/// Such a run covers one position in 16, and the one 8 before or 8 after it, so only these are looked at. Digits inside a string
/// can look like a number too: that costs the slow way, never a wrong value.
fn may_round(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut at = LONG - 1;
    while at < bytes.len() {
        if digit(at) && (digit(at - LONG / 2) || digit(at + LONG / 2)) {
            let run = digits_around(bytes, at);
            if run.len() >= LONG && is_number(bytes, &run) {
                return true;
            }
            // On behind the run, so that none is counted twice.
            at += (run.end - at) / LONG * LONG;
        }
        at += LONG;
    }
    false
}

/// How many digits in a row are too many for a float to be sure of.
const LONG: usize = 16;

/// The run of digits around one of them.
fn digits_around(bytes: &[u8], at: usize) -> Range<usize> {
    let (before, after) = bytes.split_at(at);
    let digit = |byte: &&u8| byte.is_ascii_digit();
    let left = before.iter().rev().take_while(digit).count();
    let right = after.iter().take_while(digit).count();
    at - left..at + right
}

/// Whether digits stand where a number can. Those of ids in hexadecimal do not.
fn is_number(bytes: &[u8], digits: &Range<usize>) -> bool {
    let space = |byte: &u8| byte.is_ascii_whitespace();
    let opens = |byte: &u8| {
        space(byte) || matches!(byte, b':' | b',' | b'[' | b'-' | b'+' | b'.' | b'e' | b'E')
    };
    let ends = |byte: &u8| space(byte) || matches!(byte, b',' | b']' | b'}' | b'.' | b'e' | b'E');
    bytes[..digits.start].last().is_none_or(opens) && bytes[digits.end..].first().is_none_or(ends)
}

/// The text of a body: UTF-8, without the mark that some programs put in front of it.
pub(crate) fn text(body: &[u8]) -> Result<&str, Fault> {
    let skipped = body.len() - without_bom(body).len();
    std::str::from_utf8(without_bom(body)).map_err(|error| {
        let offset = skipped + error.valid_up_to();
        Fault::new(format!("the body is not valid UTF-8 at byte {offset}"))
    })
}

/// A body as JSON of any shape. `None` where it is none.
pub(crate) fn value(body: &[u8]) -> Option<Value> {
    serde_json::from_str(text(body).ok()?).ok()
}

/// The body without a byte order mark.
pub(crate) fn without_bom(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body)
}

/// Reads `null` as the empty collection.
#[allow(dead_code, reason = "generated types use what their document needs")]
pub(crate) fn null_as_empty<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}

/// Reads a field that is there, `null` included; serde's own `Option` makes no difference between `null` and absence. A list is
/// no struct here.
pub(crate) fn present<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    T::deserialize(NoList(deserializer)).map(Some)
}

#[cfg(test)]
mod tests;
