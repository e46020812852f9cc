//! What of a line is code: not a comment, not the inside of a literal.

/// Whether a line can be read on its own: all its literals end on it, and it is no part of a comment of several lines.
pub(super) fn is_plain(line: &str) -> bool {
    let begins = |byte: u8| matches!(byte, b'"' | b'\'' | b'*');
    // Most lines are documentation, or have no literal and no comment.
    if line.trim_ascii_start().starts_with("//") || !line.bytes().any(begins) {
        return true;
    }
    let Some(code) = code(line) else { return false };
    let mut pairs = code.iter().zip(code.iter().skip(1));
    !pairs.any(|((at, one), (next, other))| at + 1 == *next && (*one, *other) == ('/', '*'))
}

/// The characters outside of literals, each with its place. `None` where a literal is raw or does not end.
pub(super) fn code(line: &str) -> Option<Vec<(usize, char)>> {
    let mut found = Vec::new();
    let mut rest = line.char_indices().peekable();
    while let Some((at, character)) = rest.next() {
        match character {
            '"' if is_raw(&found, at) => return None,
            '"' => loop {
                match rest.next()?.1 {
                    '\\' => drop(rest.next()),
                    '"' => break,
                    _ => {}
                }
            },
            '\'' => {
                let after = line.get(at + 1..).unwrap_or_default();
                let length = literal(after);
                for _ in 0..length {
                    rest.next();
                }
                if length == 0 {
                    found.push((at, character));
                }
            }
            _ => found.push((at, character)),
        }
    }
    Some(found)
}

/// Whether a quote opens a raw literal: `r"` or `r#"`.
fn is_raw(before: &[(usize, char)], quote: usize) -> bool {
    let last = before.last().filter(|(at, _)| at + 1 == quote);
    last.is_some_and(|(_, last)| matches!(last, 'r' | '#'))
}

/// The characters of a character literal after its first quote; none where the quote begins a lifetime.
fn literal(after: &str) -> usize {
    let mut characters = after.chars();
    match (characters.next(), characters.next()) {
        (Some('\\'), _) => after
            .chars()
            .skip(2)
            .position(|character| character == '\'')
            .map_or(0, |end| end + 3),
        (Some(_), Some('\'')) => 2,
        _ => 0,
    }
}
