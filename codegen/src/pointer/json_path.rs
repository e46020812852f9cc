//! A pointer as a JSONPath, and the overlay action that removes its node.

use super::Pointer;

/// A name as a path quotes it; invisible characters are escaped.
pub(crate) fn quoted(name: &str) -> String {
    let mut text = String::from("'");
    for letter in name.chars() {
        match letter {
            '\\' | '\'' => text.extend(['\\', letter]),
            '\u{8}' => text.push_str("\\b"),
            '\t' => text.push_str("\\t"),
            '\n' => text.push_str("\\n"),
            '\u{c}' => text.push_str("\\f"),
            '\r' => text.push_str("\\r"),
            control if control.is_control() => {
                text.push_str(&format!("\\u{:04x}", u32::from(control)));
            }
            other => text.push(other),
        }
    }
    text.push('\'');
    text
}

/// The overlay action that removes a node, on one line: to be pasted below `actions:`. `expected` is its value now, as JSON, where
/// it is short.
pub(crate) fn removal(pointer: &Pointer, expected: Option<&str>) -> String {
    let target = target(pointer).replace('\\', "\\\\").replace('"', "\\\"");
    let expected = expected.map_or_else(String::new, |value| format!("x-expect: {value}, "));
    format!("- {{target: \"{target}\", description: \"<why>\", {expected}remove: true}}")
}

/// The path to a node. A number below a key that holds a list is a position.
fn target(pointer: &Pointer) -> String {
    const LISTS: [&str; 5] = ["allOf", "anyOf", "oneOf", "enum", "parameters"];
    let mut target = "$".to_owned();
    let mut before = String::new();
    for token in pointer.tokens() {
        let is_number = token.bytes().all(|byte| byte.is_ascii_digit());
        match is_number && LISTS.contains(&before.as_str()) {
            true => target.push_str(&format!("[{token}]")),
            false => target.push_str(&format!("[{}]", quoted(&token))),
        }
        before = token;
    }
    target
}
