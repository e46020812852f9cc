//! How a string is written: plain, quoted, literal or folded. It depends on the string alone, not on how it was written
//! before.

use crate::document::node::Value;
use crate::document::scalar;

/// The form of a string after a key or a dash.
pub(super) enum Style {
    /// This text, on the current line.
    OneLine(String),
    /// A literal block: its lines unchanged, below.
    Literal,
    /// A folded block: its one line, folded.
    Folded,
}

/// The form of a string if `room` columns are left on the current line, and `below` on the lines below it.
pub(super) fn style(text: &str, room: usize, below: usize) -> Style {
    let content = text.strip_suffix('\n').unwrap_or(text);
    if content.contains('\n') {
        let fits = content.split('\n').all(|line| !line.ends_with(' '))
            && !content.starts_with([' ', '\n'])
            && !content.ends_with('\n')
            && !text.contains(is_hidden);
        return if fits {
            Style::Literal
        } else {
            Style::OneLine(on_one_line(text))
        };
    }
    let fits_below = !content.is_empty()
        && !content.starts_with(' ')
        && !content.ends_with(' ')
        && !text.contains(is_hidden);
    if !fits_below {
        return Style::OneLine(on_one_line(text));
    }
    if content.len() < text.len() {
        return if content.chars().count() > below && can_fold(content) {
            Style::Folded
        } else {
            Style::Literal
        };
    }
    let line = on_one_line(text);
    if line.chars().count() > room && can_fold(text) {
        Style::Folded
    } else {
        Style::OneLine(line)
    }
}

/// Whether folding the string and reading it back returns the same: words with one space between them.
fn can_fold(text: &str) -> bool {
    text.contains(' ') && !text.contains("  ")
}

/// The words in lines of at most `width` columns; longer words have a line each.
pub(super) fn folded(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut columns = 0;
    for word in text.split(' ') {
        let length = word.chars().count();
        match lines.last_mut() {
            Some(line) if columns + 1 + length <= width => {
                line.push(' ');
                line.push_str(word);
                columns += 1 + length;
            }
            _ => {
                lines.push(word.to_owned());
                columns = length;
            }
        }
    }
    lines
}

/// The string on one line: plain, or in the quotes that it needs.
pub(super) fn on_one_line(text: &str) -> String {
    if text.contains('\n') || text.contains(is_hidden) {
        format!("\"{}\"", escaped(text))
    } else if is_plain(text) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', "''"))
    }
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match character {
            '"' => escaped.push_str("\\\""),
            '\\' => escaped.push_str("\\\\"),
            '\n' => escaped.push_str("\\n"),
            '\r' => escaped.push_str("\\r"),
            '\t' => escaped.push_str("\\t"),
            other if is_hidden(other) => match u32::from(other) {
                code @ 0..=0xff => escaped.push_str(&format!("\\x{code:02X}")),
                code @ 0x100..=0xffff => escaped.push_str(&format!("\\u{code:04X}")),
                code => escaped.push_str(&format!("\\U{code:08X}")),
            },
            other => escaped.push(other),
        }
    }
    escaped
}

/// Characters that YAML does not allow, or that are invisible to a reader of the file: controls, line breaks of Unicode,
/// blanks other than a space, byte order marks, marks of zero width and those that change the direction of writing.
fn is_hidden(character: char) -> bool {
    let is_odd = matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        || matches!(character, '\u{feff}' | '\u{fffe}' | '\u{ffff}');
    let is_blank = character.is_whitespace() && character != ' ';
    character != '\n' && (is_odd || is_blank || character.is_control())
}

/// Whether every reader reads the bare text as a string, and as this one.
fn is_plain(text: &str) -> bool {
    const INDICATORS: &str = "-?:,[]{}#&*!|>'\"%@`";
    !text.is_empty()
        && !text.starts_with(|first| INDICATORS.contains(first) || first == ' ')
        && !text.ends_with([' ', ':'])
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.starts_with("...")
        && matches!(scalar::plain(text), Ok(Value::String(_)))
        && !means_more_in_yaml_1_1(text)
}

/// Whether YAML 1.1, which many tools still read, reads the bare text as something else: `yes`, `1_000`, `12:30`, a date.
fn means_more_in_yaml_1_1(text: &str) -> bool {
    const WORDS: [&str; 8] = ["y", "n", "yes", "no", "on", "off", "=", "<<"];
    if WORDS.contains(&text.to_ascii_lowercase().as_str()) {
        return true;
    }
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if !digits.starts_with(|first: char| first.is_ascii_digit() || first == '.') {
        return false;
    }
    let consists_of = |allowed: &str| {
        digits
            .chars()
            .all(|c| c.is_ascii_digit() || allowed.contains(c))
    };
    let is_binary = digits
        .strip_prefix("0b")
        .is_some_and(|rest| rest.chars().all(|c| "01_".contains(c)));
    let is_number = scalar::number(&digits.replace('_', "")).is_some();
    is_binary || is_number || consists_of(":_.") && digits.contains(':') || is_date(digits)
}

/// `2026-07-27`, and whatever follows.
fn is_date(text: &str) -> bool {
    let mut parts = text.splitn(3, '-');
    let part = |text: Option<&str>, lengths: std::ops::RangeInclusive<usize>| {
        text.is_some_and(|text| {
            lengths.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
        })
    };
    part(parts.next(), 4..=4)
        && part(parts.next(), 1..=2)
        && parts
            .next()
            .is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_digit()))
}
