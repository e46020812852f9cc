//! Names in a JSONPath: how RFC 9535 quotes them, and back.

pub(crate) use crate::pointer::json_path::quoted;

/// The name behind a selector: without its quotes, its escapes undone. A selector without quotes is the name itself.
pub(crate) fn unquoted(selector: &str) -> String {
    let Some(inner) = selector
        .strip_prefix(['\'', '"'])
        .and_then(|inner| inner.strip_suffix(['\'', '"']))
    else {
        return selector.to_owned();
    };
    let mut units = Vec::new();
    let mut letters = inner.chars();
    while let Some(letter) = letters.next() {
        let letter = match letter {
            '\\' => match letters.next().unwrap_or(letter) {
                'b' => '\u{8}',
                't' => '\t',
                'n' => '\n',
                'f' => '\u{c}',
                'r' => '\r',
                'u' => {
                    let digits: String = letters.by_ref().take(4).collect();
                    units.push(u16::from_str_radix(&digits, 16).unwrap_or(0xfffd));
                    continue;
                }
                other => other,
            },
            other => other,
        };
        units.extend_from_slice(letter.encode_utf16(&mut [0; 2]));
    }
    // Two escapes can be the surrogate halves of one character.
    String::from_utf16_lossy(&units)
}

#[cfg(test)]
mod tests {
    use serde_json_path::JsonPath;

    use super::{quoted, unquoted};

    const NAMES: [&str; 8] = [
        "plain",
        "/a/{b}",
        "it's \"so\"",
        "a\\b",
        "\u{8}\t\n\u{c}\r",
        "\u{0}\u{1f}\u{7f}\u{85}",
        "\u{fc}\u{1f4a1}",
        "",
    ];

    #[test]
    fn control_characters_are_escaped() {
        assert_eq!(quoted("a\nb"), r"'a\nb'");
        assert_eq!(quoted("\u{1}\u{7f}"), r"'\u0001\u007f'");
        assert_eq!(quoted("it's"), r"'it\'s'");
    }

    #[test]
    fn a_quoted_name_is_the_name_again() {
        for name in NAMES {
            assert_eq!(unquoted(&quoted(name)), name, "{name:?}");
            let tree = serde_json::json!({name: 1});
            let path = JsonPath::parse(&format!("$[{}]", quoted(name))).expect("a path");
            assert_eq!(path.query(&tree).all().len(), 1, "{name:?}");
        }
        assert_eq!(unquoted(r#""\ud83d\udca1""#), "\u{1f4a1}");
        assert_eq!(unquoted("7"), "7");
    }
}
