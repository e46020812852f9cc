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
