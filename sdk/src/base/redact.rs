//! Blanks out secrets in texts that are about to be printed.
//!
//! In: a message or the beginning of a body, as the service sent it. Out: one line without the values of `access-key-id` and
//! `secret-access-key`, whether they stand in a bucket's URI or in JSON. It knows nothing of credentials: these never get
//! into a text in the first place.

/// Longer texts of the service are cut: an error is one line.
const LINE: usize = 300;

/// How much of a body is looked at for a snippet.
const WINDOW: usize = 4096;

/// One line: no control characters, no runs of white space, no secrets, not too long.
pub(crate) fn line(text: &str) -> String {
    let text = secrets(cut(text, WINDOW));
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
    if line.len() <= LINE {
        return line;
    }
    format!("{}…", cut(&line, LINE))
}

/// The text up to `limit` bytes, not inside a character.
fn cut(text: &str, limit: usize) -> &str {
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
        let separator = separator(after);
        let (separator, value) = after.split_at(separator);
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

/// Where the next secret key ends.
fn find_key(text: &str) -> Option<usize> {
    ["access-key-id", "secret-access-key"]
        .iter()
        .filter_map(|key| find(text, key).map(|at| at + key.len()))
        .min()
}

/// Finds a key, in any case, written with `-` or `_`.
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

/// How long the separator between a key and its value is: `=`, `%3D`, or `": "` with quotes that may be escaped.
fn separator(text: &str) -> usize {
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

/// Where a value ends. A `\/` is part of it, any other backslash is not: JSON writes `/` so, and `&` as `\u0026`.
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
    fn b14_keys_lose_their_values_in_every_form() {
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
    fn the_rest_of_the_text_stays() {
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
    fn a_line_is_one_line_and_short() {
        assert_eq!(line(" a\r\n\tb\0c "), "a b c");
        let long = line(&"é".repeat(9000));
        assert!(long.len() < 310 && long.ends_with('…'));
    }
}
