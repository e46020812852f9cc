//! Reads the query of a request as a server does.
//!
//! In: what stands behind the question mark. Out: names and values, in order and decoded.

/// The pairs of a query, decoded.
pub fn pairs(query: &str) -> Vec<(String, String)> {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    pairs
        .map(|(name, value)| (decoded(name), decoded(value)))
        .collect()
}

/// The text behind percent signs. A bare plus sign is a space, as most servers read it.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = (*first == b'%').then(|| after.get(..2)).flatten();
        let code =
            code.and_then(|code| u8::from_str_radix(std::str::from_utf8(code).ok()?, 16).ok());
        let bare = if *first == b'+' { b' ' } else { *first };
        bytes.push(code.unwrap_or(bare));
        rest = if code.is_some() { &after[2..] } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
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
