//! Redacts secrets in texts that are about to be printed.
//!
//! In: a message or the start of a body, as the service sent it. Out: one line without the values of `access-key-id`,
//! `secret-access-key` and `x-auth-key`, whether they are in a bucket's URI, in JSON, in HTML or in other text, without what looks like
//! a token, and without the client's own credentials, as far as [`Secrets::blank`] makes them known.

use std::ops::Range;

mod keys;
mod known;
mod unit;

pub(crate) use self::known::Secrets;

/// Printed in place of a secret.
pub(crate) const MASK: &str = "***";

/// The maximum length of a line, in bytes. Longer texts of the service are truncated.
const MAX_LINE: usize = 300;

/// How many bytes of a text are read for its line.
const MAX_INPUT: usize = 4096;

/// The text as one line: no control characters, no runs of white space, no secrets, truncated if it is too long.
pub(crate) fn line(text: &str) -> String {
    let text = secrets(beginning(text));
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

/// The part of a text that is read. A word that it cuts is left out: it could be the beginning of a secret.
fn beginning(text: &str) -> &str {
    let start = truncate(text, MAX_INPUT);
    if start.len() == text.len() {
        return text;
    }
    start
        .rsplit_once(char::is_whitespace)
        .map_or(start, |(whole, _)| whole)
}

/// The first `limit` bytes of the text, or fewer where `limit` is inside a character.
fn truncate(text: &str, limit: usize) -> &str {
    let mut end = limit.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or(text)
}

/// The text with secrets replaced by [`MASK`].
pub(crate) fn secrets(text: &str) -> String {
    blank(&blank(text, known::find), keys::find)
}

/// The text with credentials replaced by [`MASK`], as far as they are known or look like Cloudflare's.
#[cfg(feature = "responses")]
pub(crate) fn credentials(text: &str) -> String {
    blank(text, known::find)
}

/// The text with all that `find` finds replaced by [`MASK`].
fn blank(text: &str, find: fn(&str) -> Option<Range<usize>>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(found) = find(rest) {
        out.push_str(rest.get(..found.start).unwrap_or_default());
        out.push_str(MASK);
        rest = rest.get(found.end..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::{Secrets, line, secrets};

    #[test]
    fn b14_secret_values_are_redacted_in_every_form() {
        let forms = [
            "r2://b?region=x&access-key-id=HUSH&secret-access-key=HUSH/+HUSH==&z=1",
            r#"{"destination_conf":"r2://b?access-key-id=HUSH\u0026secret-access-key=HUSH\/HUSH"}"#,
            r#"{"access-key-id": "HUSH", "Secret_Access_Key" :"HUSH"}"#,
            r#"{\"secret-access-key\":\"HUSH\"}"#,
            "r2%3A%2F%2Fb%3Fsecret-access-key%3DHUSH",
            "secret-access-key=HUSH",
            "secret-access-key&#61;HUSH&#x2f;HUSH",
            "r2%253A%252F%252Fb%253Fsecret-access-key%253DHUSH%252FHUSH",
            r#"{"secretAccessKey":"HUSH","accessKeyId" : "HUSH"}"#,
            "access_key_id = HUSH",
            "secret-access-key: 'HUSH'",
            "&quot;secret-access-key&quot;:&quot;HUSH&quot;",
            "<SecretAccessKey>HUSH</SecretAccessKey>",
            "AccessKeyId => `HUSH`",
            "x-auth-key: HUSH",
        ];
        for form in forms {
            let line = line(form);
            assert!(!line.contains("HUSH"), "{line}");
            assert!(line.contains("***"), "{line}");
        }
    }

    #[test]
    fn b98_tokens_are_redacted_by_their_prefix_and_behind_bearer() {
        // Written so that no scanner takes them for real tokens.
        let token = "HUSH".repeat(11);
        for prefix in ["cfk_", "cfut_", "cfat_", "cfoat_", "Bearer ", "bearer%20"] {
            let line = line(&format!("<p>no {prefix}{token}</p> more"));
            assert_eq!(line, "<p>no ***</p> more");
        }
        assert_eq!(
            line("a Bearer token is required"),
            "a Bearer token is required"
        );
    }

    #[test]
    fn b98_known_secrets_are_redacted_in_every_form() {
        let known = Secrets::new(["a/very+secret=1".to_owned(), "short".to_owned()]);
        for form in [
            "a/very+secret=1",
            "a%2Fvery%2Bsecret%3D1",
            "a%252Fvery%252Bsecret%253D1",
            "a&#47;very&#x2b;secret&#61;1",
            r"a\/very+secret\u003d1",
        ] {
            let text = format!("x{form}y, short");
            assert_eq!(known.blank(|| secrets(&text)), "x***y, short");
            assert_eq!(secrets(&text), text, "outside of the scope");
        }
    }

    #[test]
    fn b98_a_secret_that_begins_with_another_is_redacted_whole() {
        let known = Secrets::new(["HUSH-HUSH", "HUSH-HUSH-more"].map(str::to_owned));
        let text = "HUSH-HUSH-more, HUSH-HUSH";
        assert_eq!(known.blank(|| secrets(text)), "***, ***");
    }

    #[test]
    fn b98_what_is_cut_off_leaves_no_beginning_of_a_secret() {
        let known = Secrets::new(["HUSH-HUSH-HUSH".to_owned()]);
        for blanks in 4080..4100 {
            let text = format!("a{}HUSH-HUSH-HUSH", " ".repeat(blanks));
            let line = known.blank(|| line(&text));
            assert!(!line.contains('H'), "{line}");
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
