//! Encodes query parameters.
//!
//! In: names from the document and values from the caller. Out: percent-encoded UTF-8, in which only the characters that no
//! parser can take for something else stand as they are. A space is `%20`: `+` means a space to some servers only.

use std::borrow::Cow;

use crate::base::percent;

/// Appends `?name=value&...`; nothing where there is nothing.
pub(crate) fn append(uri: &mut String, query: &[(Cow<'static, str>, String)]) {
    for (index, (name, value)) in query.iter().enumerate() {
        uri.push(if index == 0 { '?' } else { '&' });
        uri.push_str(&encode(name));
        uri.push('=');
        uri.push_str(value);
    }
}

/// The value, percent-encoded.
pub(crate) fn encode(value: &str) -> String {
    percent::encode(value)
}

#[cfg(test)]
mod tests {
    use super::encode;

    #[test]
    fn b51_only_unreserved_characters_stand_as_they_are() {
        assert_eq!(encode("aZ0-._~"), "aZ0-._~");
        assert_eq!(
            encode("a&b=c d+é/?#\0"),
            "a%26b%3Dc%20d%2B%C3%A9%2F%3F%23%00"
        );
    }
}
