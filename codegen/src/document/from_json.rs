//! JSON text to the raw tree.
//!
//! YAML 1.2 accepts nearly all JSON, but not the surrogate pairs that most JSON writers use for an emoji, and YAML
//! parsers report JSON's mistakes in YAML's terms. So a text that starts like JSON is read here, with the same
//! builder. Input: the text. Output: the builder, with at most one fault of syntax.

use crate::report::{Input, Span};

use super::build::{Builder, Closed};
use super::node::{Node, Value};
use super::scalar;

/// Whether the text is read as JSON: its first character other than white space is `{` or `[`.
pub(super) fn looks_like(text: &str) -> bool {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    text.trim_start().starts_with(['{', '['])
}

/// Reads JSON (RFC 8259).
pub(super) fn read<'t>(text: &'t str, input: Input, builder: Builder<'t>) -> Builder<'t> {
    let start = if text.starts_with('\u{feff}') {
        '\u{feff}'.len_utf8()
    } else {
        0
    };
    let mut reader = Reader {
        text,
        at: start,
        input,
        builder,
    };
    if let Err(Stop { at, message, help }) = reader.document()
        && !message.is_empty()
    {
        reader
            .builder
            .fault(Span { start: at, end: at }, message, help);
    }
    reader.builder
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    input: Input,
    builder: Builder<'t>,
}

/// Why reading stopped early; without a message the builder already has the fault.
struct Stop {
    at: usize,
    message: String,
    help: &'static str,
}

/// What is expected next.
enum Want {
    /// A value, or the end of the list that was just opened.
    FirstMember,
    /// A key, or the end of the object that was just opened.
    FirstKey,
    Key,
    Value,
    /// A comma or the end of the innermost list or object; at the top level the end of the text.
    More,
}

impl Reader<'_> {
    fn document(&mut self) -> Result<(), Stop> {
        let mut want = Want::Value;
        loop {
            self.skip_space();
            want = match (want, self.peek()) {
                (Want::More, None) if self.builder.depth() == 0 => return Ok(()),
                (_, None) => {
                    return self.stop(
                        "the text ends in the middle of the document",
                        "the file may have been cut off",
                    );
                }
                (Want::FirstMember, Some(b']')) | (Want::FirstKey, Some(b'}')) => self.close(),
                (Want::FirstKey | Want::Key, Some(b'"')) => self.key()?,
                (Want::FirstKey | Want::Key, Some(_)) => {
                    return self.stop(
                        "expected a key in double quotes here",
                        "remove a comma that nothing follows, or quote the key",
                    );
                }
                (Want::FirstMember | Want::Value, Some(first)) => self.value(first)?,
                (Want::More, Some(found)) => self.more(found)?,
            };
        }
    }

    fn more(&mut self, found: u8) -> Result<Want, Stop> {
        if self.builder.depth() == 0 {
            return self.stop(
                "something follows the end of the document",
                "keep one document per file",
            );
        }
        let in_map = self.builder.expects_key();
        match (found, in_map) {
            (b',', _) => {
                self.at += 1;
                Ok(if in_map { Want::Key } else { Want::Value })
            }
            (b'}', true) | (b']', false) => Ok(self.close()),
            (_, true) => self.stop(
                "expected `,` or `}` here",
                "write `,` between two entries and `}` after the last one",
            ),
            (_, false) => self.stop(
                "expected `,` or `]` here",
                "write `,` between two members and `]` after the last one",
            ),
        }
    }

    fn close(&mut self) -> Want {
        let end = self.take(1);
        if let Some(Closed { node, .. }) = self.builder.close(end) {
            self.builder.value(node);
        }
        Want::More
    }

    fn key(&mut self) -> Result<Want, Stop> {
        let start = self.at;
        let key = self.string()?;
        self.builder.key(
            key,
            Span {
                start,
                end: self.at,
            },
        );
        self.skip_space();
        if self.peek() != Some(b':') {
            return self.stop("expected `:` here", "write `\"key\": value`");
        }
        self.at += 1;
        Ok(Want::Value)
    }

    fn value(&mut self, first: u8) -> Result<Want, Stop> {
        let start = self.at;
        match first {
            b'[' | b'{' => return self.open(first),
            b'"' => {
                let text = self.string()?;
                self.scalar(start, Value::String(text));
            }
            _ => {
                let value = self.word()?;
                self.scalar(start, value);
            }
        }
        Ok(Want::More)
    }

    fn open(&mut self, first: u8) -> Result<Want, Stop> {
        let span = self.take(1);
        let is_list = first == b'[';
        let fits = if is_list {
            self.builder.open_list(span, 0)
        } else {
            self.builder.open_map(span, 0)
        };
        if !fits {
            return Err(Stop {
                at: span.start,
                message: String::new(),
                help: "",
            });
        }
        Ok(if is_list {
            Want::FirstMember
        } else {
            Want::FirstKey
        })
    }

    fn scalar(&mut self, start: usize, value: Value) {
        let span = Span {
            start,
            end: self.at,
        };
        self.builder.value(Node {
            value,
            span,
            input: self.input,
        });
    }

    /// `true`, `false`, `null` or a number.
    fn word(&mut self) -> Result<Value, Stop> {
        let rest = self.rest();
        let is_part =
            |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.' | b'_');
        let length = rest.bytes().take_while(|byte| is_part(*byte)).count();
        let word = rest.get(..length).unwrap_or("");
        let value = match word {
            "true" => Some(Value::Bool(true)),
            "false" => Some(Value::Bool(false)),
            "null" => Some(Value::Null),
            _ => json_number(word),
        };
        match value {
            Some(value) => {
                self.at += length;
                Ok(value)
            }
            None => self.stop(
                "this is not a JSON value",
                "write a number, `true`, `false`, `null`, or a string in double quotes",
            ),
        }
    }

    /// A string in double quotes.
    fn string(&mut self) -> Result<String, Stop> {
        let opening = self.at;
        self.at += 1;
        let mut text = String::new();
        loop {
            let rest = self.rest();
            let plain = rest
                .bytes()
                .take_while(|byte| !matches!(byte, b'"' | b'\\' | 0..=0x1f))
                .count();
            text.push_str(rest.get(..plain).unwrap_or(""));
            self.at += plain;
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(text);
                }
                Some(b'\\') => text.push(self.escape()?),
                Some(_) => {
                    return self.stop(
                        "a string cannot contain a control character",
                        "write `\\n` for a line break and `\\t` for a tab",
                    );
                }
                None => {
                    self.at = opening;
                    return self.stop(
                        "this string has no closing quote",
                        "close the quotes; the file may also have been cut off",
                    );
                }
            }
        }
    }

    fn escape(&mut self) -> Result<char, Stop> {
        let simple = match self.rest().as_bytes().get(1) {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode(),
            _ => return self.stop("JSON has no such escape", "write `\\\\` for a backslash"),
        };
        self.at += 2;
        Ok(simple)
    }

    /// `\uXXXX`, or two of them that encode one character.
    fn unicode(&mut self) -> Result<char, Stop> {
        let first = self.unit(0);
        let second = self.unit(6);
        let (character, length) = match (first, second) {
            (Some(high @ 0xd800..=0xdbff), Some(low @ 0xdc00..=0xdfff)) => (
                char::from_u32(0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00)),
                12,
            ),
            (Some(unit), _) => (char::from_u32(unit), 6),
            (None, _) => (None, 0),
        };
        match character {
            Some(character) => {
                self.at += length;
                Ok(character)
            }
            None => self.stop(
                "this escape is not a valid character",
                "write `\\u` with four hexadecimal digits",
            ),
        }
    }

    /// The value of the `\uXXXX` that is `ahead` bytes from here.
    fn unit(&self, ahead: usize) -> Option<u32> {
        let digits = self.rest().get(ahead..ahead + 6)?.strip_prefix("\\u")?;
        let hexadecimal = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        u32::from_str_radix(digits, 16).ok().filter(|_| hexadecimal)
    }

    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn take(&mut self, length: usize) -> Span {
        let start = self.at;
        self.at += length;
        Span {
            start,
            end: self.at,
        }
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn stop<T>(&self, message: &str, help: &'static str) -> Result<T, Stop> {
        Err(Stop {
            at: self.at,
            message: message.to_owned(),
            help,
        })
    }
}

/// A number as JSON allows it: no leading zeros, no plus, digits on both sides of the point.
fn json_number(word: &str) -> Option<Value> {
    let unsigned = word.strip_prefix('-').unwrap_or(word);
    let leading_zero = unsigned.len() > 1
        && unsigned.starts_with('0')
        && !unsigned.starts_with("0.")
        && !unsigned.starts_with(['e', 'E']);
    let bare_point =
        !unsigned.starts_with(|first: char| first.is_ascii_digit()) || unsigned.ends_with('.');
    if leading_zero || bare_point {
        return None;
    }
    match scalar::plain(word) {
        Ok(value @ Value::Number(_)) => Some(value),
        _ => None,
    }
}
