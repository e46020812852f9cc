//! Bytes as text: base64 (RFC 4648), as objects are kept in a snapshot, and the variant for URLs, as in a JWT.

pub(super) use crate::base::base64::encode;

/// Writes bytes as they are in a JWT: two other digits, and no padding.
pub(super) fn encode_for_url(bytes: &[u8]) -> String {
    let text = encode(bytes).replace('+', "-").replace('/', "_");
    text.trim_end_matches('=').to_owned()
}

/// Reads what [`encode`] has written. `None` for anything else.
pub(super) fn decode(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(4) {
        return None;
    }
    let digits = text.trim_end_matches('=');
    if text.len() - digits.len() > 2 {
        return None;
    }
    let mut bytes = Vec::with_capacity(digits.len() / 4 * 3 + 2);
    for chunk in digits.as_bytes().chunks(4) {
        let mut bits = 0;
        for place in 0..4 {
            bits = bits << 6 | chunk.get(place).map_or(Some(0), |digit| value(*digit))?;
        }
        let [_, one, two, three] = bits.to_be_bytes();
        let read = [one, two, three];
        bytes.extend(read.iter().take(chunk.len() - 1));
    }
    Some(bytes)
}

fn value(digit: u8) -> Option<u32> {
    let value = match digit {
        b'A'..=b'Z' => digit - b'A',
        b'a'..=b'z' => digit - b'a' + 26,
        b'0'..=b'9' => digit - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    };
    Some(value.into())
}

#[cfg(test)]
mod tests {
    use super::{decode, encode, encode_for_url};

    #[test]
    fn the_examples_of_the_rfc_are_read() {
        for (bytes, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(decode(text).unwrap(), bytes.as_bytes());
        }
        assert_eq!(encode_for_url(&[0xfb, 0xff]), "-_8");
    }

    #[test]
    fn every_byte_survives_and_other_texts_are_refused() {
        let all: Vec<u8> = (0..=255).collect();
        assert_eq!(decode(&encode(&all)), Some(all));
        for text in ["Z", "Zg=", "Z===", "Zg=a", "Z g="] {
            assert_eq!(decode(text), None, "{text}");
        }
    }
}
