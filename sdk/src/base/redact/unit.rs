//! One character of a text that may be escaped, as URIs, HTML and JSON escape it.
//!
//! In: the rest of a text. Out: the character that it begins with, and how many bytes it takes. What is no escape is itself.

/// The first character of a text, unescaped, with its length in the text. `None` at the end.
pub(super) fn first(text: &str) -> Option<(char, usize)> {
    let escaped = match text.as_bytes().first()? {
        b'%' => percent(text),
        b'&' => entity(text),
        b'\\' => json(text),
        _ => None,
    };
    escaped.or_else(|| {
        let plain = text.chars().next()?;
        Some((plain, plain.len_utf8()))
    })
}

/// `%3D`, and `%253D`, which was encoded twice or more often.
fn percent(text: &str) -> Option<(char, usize)> {
    let mut at = 1;
    while text.get(at..)?.starts_with("25") {
        at += 2;
    }
    // A `%25` that encodes no further character is a percent sign.
    let (digits, end) = match text.get(at..at + 2) {
        Some(digits) if is_hex(digits) => (digits, at + 2),
        _ if at > 1 => ("25", 3),
        _ => return None,
    };
    let byte = u8::from_str_radix(digits, 16).ok()?;
    byte.is_ascii().then(|| (char::from(byte), end))
}

/// `&amp;`, `&#61;`, `&#x3d;`.
fn entity(text: &str) -> Option<(char, usize)> {
    const LONGEST: usize = 8;
    let end = text
        .bytes()
        .take(LONGEST + 2)
        .position(|byte| byte == b';')?;
    let name = text.get(1..end)?;
    let found = match (name, name.strip_prefix('#')) {
        ("amp", _) => '&',
        ("lt", _) => '<',
        ("gt", _) => '>',
        ("quot", _) => '"',
        ("apos", _) => '\'',
        ("nbsp", _) => ' ',
        ("equals", _) => '=',
        ("colon", _) => ':',
        (_, Some(number)) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)?
        }
        _ => return None,
    };
    Some((found, end + 1))
}

/// `\/`, `\"`, `\u0026`. Any other escape is a space: `\n`, `\t`.
fn json(text: &str) -> Option<(char, usize)> {
    match text.as_bytes().get(1)? {
        found @ (b'/' | b'"' | b'\'' | b'\\') => Some((char::from(*found), 2)),
        b'n' | b'r' | b't' => Some((' ', 2)),
        b'u' => {
            let digits = text.get(2..6).filter(|digits| is_hex(digits))?;
            let code = u32::from_str_radix(digits, 16).ok()?;
            Some((char::from_u32(code)?, 6))
        }
        _ => None,
    }
}

fn is_hex(digits: &str) -> bool {
    digits.bytes().all(|byte| byte.is_ascii_hexdigit())
}
