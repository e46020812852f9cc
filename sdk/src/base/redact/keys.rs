//! Values behind the names of secrets: `access-key-id`, `secret-access-key`, `x-auth-key`.
//!
//! In: a text of the service. Out: where the next such value is. Names are found in upper and lower case, with `-`, `_` or nothing
//! between their words. Between name and value are `=`, `:`, or the end of an XML tag, with spaces and quotes around it, all of which may
//! be escaped.

use std::ops::Range;

use super::unit;

/// The names, without what is between their words.
const NAMES: [&str; 3] = ["accesskeyid", "secretaccesskey", "xauthkey"];

/// The range of the first value behind the name of a secret. Empty values are none.
pub(super) fn find(text: &str) -> Option<Range<usize>> {
    let starts = text.char_indices().map(|(start, _)| start);
    starts.filter_map(|start| at(text, start)).next()
}

/// The value of the name that begins at `start`.
fn at(text: &str, start: usize) -> Option<Range<usize>> {
    let rest = text.get(start..)?;
    let name = NAMES.iter().find_map(|name| name_length(rest, name))?;
    let begin = name + separator_length(rest.get(name..)?)?;
    let length = value_length(rest.get(begin..)?);
    (length > 0).then(|| start + begin..start + begin + length)
}

/// The length of the name at the start of a text.
fn name_length(text: &str, name: &str) -> Option<usize> {
    let mut wanted = name.bytes().peekable();
    for (at, byte) in text.bytes().enumerate() {
        let Some(letter) = wanted.peek() else {
            return Some(at);
        };
        let is_between = at > 0 && matches!(byte, b'-' | b'_');
        if byte.eq_ignore_ascii_case(letter) {
            wanted.next();
        } else if !is_between {
            return None;
        }
    }
    None
}

/// The length of what is between a name and its value. `None` if the text goes on without a separator.
fn separator_length(text: &str) -> Option<usize> {
    let before = padding_length(text);
    let (separator, length) = unit::first(text.get(before..)?)?;
    if !matches!(separator, '=' | ':' | '>') {
        return None;
    }
    let mut end = before + length;
    // `=>`, and `==`.
    while text.get(end..)?.starts_with(['=', '>']) {
        end += 1;
    }
    Some(end + padding_length(text.get(end..)?))
}

/// The length of the spaces and quotes at the start of a text.
fn padding_length(text: &str) -> usize {
    let mut end = 0;
    while let Some((found, length)) = text.get(end..).and_then(unit::first) {
        if !found.is_whitespace() && !matches!(found, '"' | '\'' | '`' | '\\') {
            break;
        }
        end += length;
    }
    end
}

/// The length of the value at the start of a text. An escape is part of the value, unless it is of a quote, a space or `&`: JSON may
/// escape `/` as `\/`, and `&` as `\u0026`. A percent sign never ends it: in a URI the `&` between two parameters is not encoded.
fn value_length(text: &str) -> usize {
    let mut end = 0;
    while let Some(rest) = text.get(end..) {
        let Some((found, length)) = unit::first(rest) else {
            break;
        };
        let is_end = found.is_whitespace()
            || found.is_control()
            || matches!(
                found,
                '&' | '"' | '\'' | '`' | ',' | ';' | '<' | '>' | '}' | '\\'
            );
        if is_end && !rest.starts_with('%') {
            break;
        }
        end += length;
    }
    end
}
