//! Reads the query of a request as a server does.
//!
//! In: the text after the question mark. Out: names and values, in order and decoded.

use percent_encoding::percent_decode_str;

/// The pairs of a query, decoded.
pub fn pairs(query: &str) -> Vec<(String, String)> {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    pairs
        .map(|(name, value)| (decoded(name), decoded(value)))
        .collect()
}

/// The text, percent-decoded. A bare plus sign is a space, as for most servers.
fn decoded(text: &str) -> String {
    let text = text.replace('+', " ");
    percent_decode_str(&text).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::pairs;

    #[test]
    fn queries_are_decoded_pair_by_pair() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let wanted = [pair("a", "é&"), pair("b", "1+2 3"), pair("a", "")];
        assert_eq!(pairs("a=%C3%A9%26&b=1%2B2+3&a="), wanted);
    }
}
