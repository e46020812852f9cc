//! Percent-encoding.
//!
//! In: any text, and the characters that may stand as they are besides the unreserved ones. Out: ASCII. A space is `%20`: `+` means
//! a space to some servers only.

/// The text with every byte encoded that is neither unreserved nor in `plain`.
pub(crate) fn encode(text: &str, plain: &[u8]) -> String {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        let is_unreserved =
            byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
        if is_unreserved || plain.contains(&byte) {
            out.push(char::from(byte));
        } else {
            let digits = [HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]];
            out.push('%');
            out.extend(digits.map(char::from));
        }
    }
    out
}

/// The text with every byte decoded that is encoded. What is no UTF-8 then is replaced.
#[cfg(feature = "test-util")]
pub(crate) fn decode(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let digits = after
            .get(..2)
            .and_then(|digits| std::str::from_utf8(digits).ok());
        let encoded = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match encoded.filter(|_| byte == b'%') {
            Some(byte) => {
                out.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                out.push(byte);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(all(test, feature = "test-util"))]
mod tests {
    use super::{decode, encode};

    #[test]
    fn what_is_encoded_comes_back() {
        for text in ["", "a&b=c d+é/?#\0%", "100%", "%zz"] {
            assert_eq!(decode(&encode(text, b"")), text);
        }
        assert_eq!(decode("100%2"), "100%2");
    }
}
