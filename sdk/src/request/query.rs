//! Encodes query parameters.
//!
//! In: names from the OpenAPI document and values from the caller. Out: percent-encoded UTF-8; only unreserved characters are not
//! encoded. A space is encoded as `%20`, because not every server decodes `+` as a space.

use std::borrow::Cow;

use crate::base::percent;

/// Appends `?name=value&...`, or nothing if there are no parameters.
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
    fn b51_only_unreserved_characters_are_not_encoded() {
        assert_eq!(encode("aZ0-._~"), "aZ0-._~");
        assert_eq!(
            encode("a&b=c d+é/?#\0"),
            "a%26b%3Dc%20d%2B%C3%A9%2F%3F%23%00"
        );
    }
}
