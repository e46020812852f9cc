//! The file name in a header, made safe.
//!
//! In: `Content-Disposition`, with whatever the server wrote. Out: one name without directories, hidden characters or characters
//! that some system forbids, or nothing. It does not touch the disk.

use http::HeaderValue;

/// The file name that the header suggests, made safe.
pub(crate) fn safe(header: &HeaderValue) -> Option<String> {
    let header = String::from_utf8_lossy(header.as_bytes());
    let name = parameter(&header, "filename*")
        .and_then(|value| extended(&value))
        .or_else(|| parameter(&header, "filename"))?;
    cleaned(&name)
}

/// A parameter of the header, unquoted.
fn parameter(header: &str, wanted: &str) -> Option<String> {
    let (_, mut rest) = header.split_once(';')?;
    loop {
        let (name, after) = rest.split_once('=')?;
        let (value, next) = value(after.trim_start());
        if name.trim().eq_ignore_ascii_case(wanted) {
            return Some(value);
        }
        rest = next.trim_start().strip_prefix(';')?;
    }
}

/// A token or a quoted string, and what follows it.
fn value(text: &str) -> (String, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find(';').unwrap_or(text.len());
        let (token, rest) = text.split_at(end);
        return (token.trim().to_owned(), rest);
    };
    let mut out = String::new();
    let mut chars = quoted.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => break,
            // Windows servers write directories with unescaped backslashes; `cleaned` removes those.
            '\\' if chars.as_str().starts_with(['"', '\\']) => out.extend(chars.next()),
            c => out.push(c),
        }
    }
    (out, chars.as_str())
}

/// The value of `filename*`: `UTF-8''na%20me`.
fn extended(value: &str) -> Option<String> {
    let (charset, rest) = value.split_once('\'')?;
    let (_, encoded) = rest.split_once('\'')?;
    if !charset.eq_ignore_ascii_case("utf-8") {
        return None;
    }
    let mut bytes = Vec::new();
    let mut rest = encoded.as_bytes();
    while let Some((byte, after)) = rest.split_first() {
        rest = after;
        if *byte == b'%' {
            let (digits, after) = after.split_at_checked(2)?;
            bytes.push(u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?);
            rest = after;
        } else {
            bytes.push(*byte);
        }
    }
    String::from_utf8(bytes).ok()
}

/// The last part of the name, without characters that are special on some system.
fn cleaned(name: &str) -> Option<String> {
    const LONGEST: usize = 150;
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let unfit = |c: &char| {
        c.is_control() || matches!(c, ':' | '*' | '?' | '"' | '<' | '>' | '|') || is_direction(*c)
    };
    let name: String = name.chars().filter(|c| !unfit(c)).collect();
    let name = name
        .trim()
        .trim_start_matches('.')
        .trim_end_matches(['.', ' '])
        .trim_start();
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    if stem.is_empty() || is_device(name) {
        return None;
    }
    if name.len() <= LONGEST {
        return Some(name.to_owned());
    }
    let extension: String = extension.chars().take(16).collect();
    let mut stem = stem.to_owned();
    while stem.len() + extension.len() > LONGEST {
        stem.pop();
    }
    Some(if extension.is_empty() {
        stem
    } else {
        format!("{stem}.{extension}")
    })
}

/// Whether it is a mark of text direction, which can make `fdp.exe` look like `exe.pdf`.
fn is_direction(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether Windows reserves the name for a device, with any extension.
fn is_device(name: &str) -> bool {
    let stem = name
        .split('.')
        .next()
        .unwrap_or_default()
        .trim_end()
        .to_ascii_uppercase();
    let numbered = stem
        .strip_prefix("COM")
        .or_else(|| stem.strip_prefix("LPT"));
    matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL")
        || numbered.is_some_and(|rest| rest.len() == 1 && rest != "0")
}

#[cfg(test)]
mod tests {
    use super::safe;
    use http::HeaderValue;

    fn name(header: &[u8]) -> Option<String> {
        safe(&HeaderValue::from_bytes(header).unwrap())
    }

    #[test]
    fn plain_quoted_and_extended_names_are_read() {
        assert_eq!(
            name(b"attachment; filename=onramp.zip").as_deref(),
            Some("onramp.zip")
        );
        assert_eq!(
            name(b"attachment; size=1; FileName=\"a \\\"b\\\"; c.zip\"").as_deref(),
            Some("a b; c.zip")
        );
        assert_eq!(
            name(b"attachment; filename=x; filename*=UTF-8''na%C3%AFve%20b.pcap").as_deref(),
            Some("na\u{ef}ve b.pcap")
        );
        assert_eq!(
            name(b"attachment; filename*=latin1''x; filename=\"y.zip\"").as_deref(),
            Some("y.zip")
        );
        assert_eq!(name(b"attachment"), None);
    }

    #[test]
    fn b54_names_stay_in_their_folder() {
        let cases: [(&[u8], Option<&str>); 9] = [
            (b"attachment; filename=\"../../etc/passwd\"", Some("passwd")),
            (
                b"attachment; filename=\"C:\\\\Windows\\\\x.dll\"",
                Some("x.dll"),
            ),
            (b"attachment; filename=\"..\"", None),
            (b"attachment; filename=\".bashrc\"", Some("bashrc")),
            (b"attachment; filename=\"nul.zip\"", None),
            (b"attachment; filename=\"a\tb:c?.zip\"", Some("abc.zip")),
            (b"attachment; filename*=UTF-8''%2e%2e%2fx%00y", Some("xy")),
            (
                b"attachment; filename*=UTF-8''%E2%80%AEexe.pcap",
                Some("exe.pcap"),
            ),
            (b"attachment; filename=\"dir/\"", None),
        ];
        for (header, expected) in cases {
            assert_eq!(
                name(header).as_deref(),
                expected,
                "{}",
                String::from_utf8_lossy(header)
            );
        }
    }

    #[test]
    fn long_names_keep_their_extension() {
        let long =
            name(format!("attachment; filename={}.pcap", "a".repeat(500)).as_bytes()).unwrap();
        assert!(long.len() <= 160 && long.ends_with("a.pcap"));
    }
}
