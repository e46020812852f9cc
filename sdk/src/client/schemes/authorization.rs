//! The whole value of the header `Authorization`, for services that have a format of their own.
//!
//! In: the value, as the application set it. Out: the header, or an error that does not have the value; and the texts that are secrets
//! wherever a response has them.

use std::collections::BTreeSet;

use http::HeaderValue;

use crate::client::credentials::header;

/// What a value is put into by mistake. In the parameters of a value, `"` is a part of it.
const QUOTES: [char; 3] = ['"', '\'', '`'];

/// The longest name of a scheme that is no secret. Those of RFC 9110's registry and of large services are shorter.
const LONGEST_SCHEME: usize = 24;

/// The header, without white space at its ends. What is between its words is sent as it is: RFC 9110 allows several spaces.
pub(super) fn check(about: &str, value: &str) -> Result<HeaderValue, String> {
    let value = value.trim();
    if value.is_empty() {
        return Err(format!("{about} is empty"));
    }
    if is_quoted(value) {
        return Err(format!(
            "{about} is in quotes: remove them, they are no part of it"
        ));
    }
    let is_sent = |byte: u8| byte == b' ' || byte.is_ascii_graphic();
    if !value.bytes().all(is_sent) {
        return Err(format!(
            "{about} has a line break, a tab or another character that is not allowed in it"
        ));
    }
    let name = value.split(':').next().unwrap_or_default().trim_end();
    if name.len() < value.len() && name.eq_ignore_ascii_case("authorization") {
        return Err(format!(
            "{about} begins with `Authorization:`: pass what follows the name of the header"
        ));
    }
    header(about, value)
}

/// Whether a value begins with a quote, or ends with one that nothing opens: `Token key="a"` has quotes of its own.
fn is_quoted(value: &str) -> bool {
    let typographic = ['\u{201c}', '\u{201d}'];
    let is_open = |quote: char| value.ends_with(quote) && value.matches(quote).count() % 2 == 1;
    value.starts_with(QUOTES)
        || QUOTES.into_iter().any(is_open)
        || value.starts_with(typographic)
        || value.ends_with(typographic)
}

/// The value, what follows the name of its scheme, and each part of that which may appear alone: what is in quotes, words, and the values
/// of parameters.
pub(super) fn secrets(value: &HeaderValue) -> Vec<String> {
    let value = value.to_str().unwrap_or_default();
    let rest = match value.split_once(' ') {
        Some((name, rest)) if is_scheme(name) => rest.trim_start(),
        _ => value,
    };
    let quoted = QUOTES.into_iter();
    let quoted = quoted.flat_map(|quote| rest.split(quote).skip(1).step_by(2));
    let words = rest
        .split([' ', ',', ';'])
        .chain(rest.split(|c: char| !is_part(c)));
    let words = words.flat_map(|word| {
        // `auth=secret`, `account:secret`.
        let separators = word.match_indices(['=', ':']);
        let values = separators.filter_map(|(at, _)| word.get(at + 1..));
        std::iter::once(word).chain(values)
    });
    // The padding of Base64 can be left out.
    let words = words.map(|word| word.trim_matches(QUOTES).trim_end_matches('='));
    let all: BTreeSet<&str> = [value, rest]
        .into_iter()
        .chain(quoted)
        .chain(words)
        .collect();
    all.into_iter().map(str::to_owned).collect()
}

/// Whether a character can be in a token or a key, or is between the parts of one parameter.
fn is_part(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-._~+/%=:".contains(c)
}

/// Whether the first of several words is the name of a scheme, such as `Token`, and no key. Masked, it would hide a harmless word of messages.
fn is_scheme(word: &str) -> bool {
    let is_of_name = |byte: u8| byte.is_ascii_alphabetic() || byte == b'-';
    word.len() <= LONGEST_SCHEME && word.bytes().all(is_of_name)
}
