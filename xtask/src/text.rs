//! From the bytes of a file to its text. What is not UTF-8 is refused with the line.

use std::io;

/// The text, or an error that says what the bytes are and what to do.
pub(crate) fn text_of(content: Vec<u8>) -> io::Result<String> {
    String::from_utf8(content).map_err(|error| {
        let bytes = error.as_bytes();
        if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
            return io::Error::other("it is UTF-16: save the file as UTF-8");
        }
        let at = error.utf8_error().valid_up_to();
        let before = bytes.get(..at).unwrap_or_default();
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        let byte = bytes.get(at).copied().unwrap_or_default();
        io::Error::other(format!(
            "line {line} has the byte 0x{byte:02X}, which is not UTF-8: save the file as UTF-8"
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::text_of;

    fn error(content: &[u8]) -> String {
        text_of(content.to_vec()).unwrap_err().to_string()
    }

    #[test]
    fn what_is_not_utf_8_is_named_with_its_line() {
        assert_eq!(text_of(b"caf\xc3\xa9".to_vec()).unwrap(), "café");
        let latin = "line 3 has the byte 0xE9, which is not UTF-8: save the file as UTF-8";
        assert_eq!(error(b"a\nb\ncaf\xe9\n"), latin);
        assert_eq!(error(b"a\r\nb\r\ncaf\xe9"), latin);
        let wide = "it is UTF-16: save the file as UTF-8";
        assert_eq!(error(b"\xff\xfeo\0p\0"), wide);
        assert_eq!(error(b"\xfe\xff\0o\0p\xd8"), wide);
    }
}
