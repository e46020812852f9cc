//! Characters as words. In: a text of the document. Out: a text whose words can be part of a name.

/// Words in place of the characters that a name cannot have, of the letters that are not ASCII, and of capitals inside words: no two texts
/// become one.
pub(super) fn spelled(text: &str) -> String {
    let mut words = String::new();
    let mut before = None;
    for letter in text.chars() {
        let is_inside = |before: char| before.is_ascii_lowercase();
        if letter.is_ascii_uppercase() && before.is_some_and(is_inside) {
            words.push_str("_capital_");
        }
        push(&mut words, letter);
        before = Some(letter);
    }
    or_empty(words)
}

/// The same, but that what commonly divides words only divides them.
pub(super) fn pronounced(text: &str) -> String {
    let mut words = String::new();
    for letter in text.chars() {
        match letter {
            ' ' | '-' | '_' => words.push('_'),
            letter => push(&mut words, letter),
        }
    }
    match words.trim_matches('_') {
        // There is nothing but what divides words.
        "" => spelled(text),
        _ => words,
    }
}

fn push(words: &mut String, letter: char) {
    match letter.is_ascii_alphanumeric() {
        true => words.push(letter),
        false => words.push_str(&format!("_{}_", word_of(letter))),
    }
}

fn or_empty(words: String) -> String {
    match words.is_empty() {
        true => "empty".to_owned(),
        false => words,
    }
}

/// What a character is called.
fn word_of(letter: char) -> String {
    let word = match letter {
        ' ' => "space",
        '!' => "not",
        '"' => "quote",
        '#' => "hash",
        '$' => "dollar",
        '%' => "percent",
        '&' => "and",
        '\'' => "apostrophe",
        '(' => "open",
        ')' => "close",
        '*' => "star",
        '+' => "plus",
        ',' => "comma",
        '-' => "dash",
        '.' => "dot",
        '/' => "slash",
        ':' => "colon",
        ';' => "semicolon",
        '<' => "less",
        '=' => "equal",
        '>' => "greater",
        '?' => "question",
        '@' => "at",
        '\\' => "backslash",
        '^' => "caret",
        '_' => "underscore",
        '|' => "or",
        '~' => "tilde",
        other => return format!("u{:x}", u32::from(other)),
    };
    word.to_owned()
}

#[cfg(test)]
mod tests {
    use super::{pronounced, spelled};

    #[test]
    fn characters_become_words() {
        for (text, whole, short) in [
            ("", "empty", "empty"),
            (">=", "_greater__equal_", "_greater__equal_"),
            ("a+b", "a_plus_b", "a_plus_b"),
            ("a-b", "a_dash_b", "a_b"),
            ("-", "_dash_", "_dash_"),
            ("datasetId", "dataset_capital_Id", "datasetId"),
            ("ä", "_ue4_", "_ue4_"),
        ] {
            assert_eq!(spelled(text), whole, "{text}");
            assert_eq!(pronounced(text), short, "{text}");
        }
    }
}
