//! Redacts secrets in texts that are about to be printed.
//!
//! In: a message or the start of a body, as the service sent it. Out: one line without the values of `access-key-id` and
//! `secret-access-key`, whether they are in a bucket's URI or in JSON. It does not redact the client's credentials: they are
//! never part of such a text.

/// The maximum length of a line, in bytes. Longer texts of the service are truncated.
const MAX_LINE: usize = 300;

/// How many bytes of a text are read for its line.
const MAX_INPUT: usize = 4096;

/// The text as one line: no control characters, no runs of white space, no secrets, truncated if it is too long.
pub(crate) fn line(text: &str) -> String {
    let text = secrets(truncate(text, MAX_INPUT));
    let words = text
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty());
    let mut line = String::new();
    for word in words {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    if line.len() <= MAX_LINE {
        return line;
    }
    format!("{}…", truncate(&line, MAX_LINE))
}

/// The first `limit` bytes of the text, or fewer where `limit` is inside a character.
fn truncate(text: &str, limit: usize) -> &str {
    let mut end = limit.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or(text)
}

/// The text with the values of secret keys replaced by `***`.
pub(crate) fn secrets(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(key) = find_key(rest) {
        let (before, after) = rest.split_at(key);
        out.push_str(before);
        let (separator, value) = after.split_at(separator_length(after));
        out.push_str(separator);
        let end = if separator.is_empty() {
            0
        } else {
            value_end(value)
        };
        if end > 0 {
            out.push_str("***");
        }
        rest = value.get(end..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

/// The offset of the end of the next secret key.
fn find_key(text: &str) -> Option<usize> {
    ["access-key-id", "secret-access-key"]
        .iter()
        .filter_map(|key| find(text, key).map(|at| at + key.len()))
        .min()
}

/// Finds a key, in upper or lower case, written with `-` or `_`.
fn find(text: &str, key: &str) -> Option<usize> {
    let matches = |found: u8, wanted: u8| {
        found.eq_ignore_ascii_case(&wanted) || (found == b'_' && wanted == b'-')
    };
    text.as_bytes().windows(key.len()).position(|window| {
        window
            .iter()
            .zip(key.bytes())
            .all(|(found, wanted)| matches(*found, wanted))
    })
}

/// The length of the separator between a key and its value: `=`, `%3D`, or `": "` with quotes that may be escaped. 0 if there
/// is none.
fn separator_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    if bytes.first() == Some(&b'=') {
        return 1;
    }
    if bytes
        .get(..3)
        .is_some_and(|bytes| bytes.eq_ignore_ascii_case(b"%3d"))
    {
        return 3;
    }
    let quoting = |byte: &u8| matches!(byte, b'\\' | b'"' | b'\'' | b' ' | b'\t' | b'\r' | b'\n');
    let before = bytes.iter().take_while(|byte| quoting(byte)).count();
    if bytes.get(before) != Some(&b':') {
        return 0;
    }
    let after = bytes
        .iter()
        .skip(before + 1)
        .take_while(|byte| quoting(byte))
        .count();
    before + 1 + after
}

/// The offset of the end of a value. A `\/` is part of the value, any other backslash ends it: JSON may escape `/` as `\/`, and
/// `&` as `\u0026`.
fn value_end(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut end = 0;
    while let Some(byte) = bytes.get(end) {
        match byte {
            b'&' | b'"' | b'\'' | b',' | b';' | b'<' | b'>' | b'}' => break,
            b'\\' if bytes.get(end + 1) == Some(&b'/') => end += 2,
            b'\\' => break,
            byte if byte.is_ascii_whitespace() || byte.is_ascii_control() => break,
            _ => end += 1,
        }
    }
    end
}

#[cfg(test)]
mod tests {
    use super::line;

    #[test]
    fn b14_secret_values_are_redacted_in_every_form() {
        let forms = [
            "r2://b?region=x&access-key-id=HUSH&secret-access-key=HUSH/+HUSH==&z=1",
            r#"{"destination_conf":"r2://b?access-key-id=HUSH\u0026secret-access-key=HUSH\/HUSH"}"#,
            r#"{"access-key-id": "HUSH", "Secret_Access_Key" :"HUSH"}"#,
            r#"{\"secret-access-key\":\"HUSH\"}"#,
            "r2%3A%2F%2Fb%3Fsecret-access-key%3DHUSH",
            "secret-access-key=HUSH",
        ];
        for form in forms {
            let line = line(form);
            assert!(!line.contains("HUSH"), "{line}");
            assert!(line.contains("***"), "{line}");
        }
    }

    #[test]
    fn the_rest_of_the_text_is_kept() {
        assert_eq!(
            line("s3://b?access-key-id=k&region=eu"),
            "s3://b?access-key-id=***&region=eu"
        );
        assert_eq!(
            line("the secret-access-key is missing"),
            "the secret-access-key is missing"
        );
        assert_eq!(line("secret-access-key=, é"), "secret-access-key=, é");
    }

    #[test]
    fn a_text_becomes_one_short_line() {
        assert_eq!(line(" a\r\n\tb\0c "), "a b c");
        let long = line(&"é".repeat(9000));
        assert!(long.len() < 310 && long.ends_with('…'));
    }
}
