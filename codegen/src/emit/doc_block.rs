//! The lines of a block of documentation as the literal of one attribute. `format` writes each on a line of its own.

use proc_macro2::Literal;

use crate::format::NEXT_LINE;

/// The literal of some lines; `None` without any.
pub(super) fn literal(lines: &[String]) -> Option<Literal> {
    let separator = NEXT_LINE.encode_utf8(&mut [0; 4]).to_owned();
    (!lines.is_empty()).then(|| raw(&lines.join(&separator)))
}

/// A text as a raw literal: one with escapes is written and read character by character.
fn raw(text: &str) -> Literal {
    let quotes = text.split('"').skip(1);
    let hashes = quotes.map(|rest| rest.bytes().take_while(|byte| *byte == b'#').count());
    let fence = "#".repeat(hashes.max().map_or(0, |most| most + 1));
    let raw = format!("r{fence}\"{text}\"{fence}");
    raw.parse().unwrap_or_else(|_| Literal::string(text))
}

#[cfg(test)]
mod tests {
    use super::{literal, raw};

    fn value(literal: proc_macro2::Literal) -> Option<String> {
        match syn::Lit::new(literal) {
            syn::Lit::Str(text) => Some(text.value()),
            _ => None,
        }
    }

    #[test]
    fn a_raw_literal_has_any_text() {
        for text in [
            "",
            "a",
            "\"",
            "a \"b\"# c",
            "\"##\"#",
            "\\n",
            "\u{1e}\u{e9}",
        ] {
            assert_eq!(value(raw(text)).as_deref(), Some(text));
        }
    }

    #[test]
    fn lines_are_separated() {
        let lines = [" a", "", " b"].map(str::to_owned);
        let block = literal(&lines).and_then(value);
        assert_eq!(block.as_deref(), Some(" a\u{1e}\u{1e} b"));
        assert_eq!(
            literal(&[String::new()]).and_then(value).as_deref(),
            Some("")
        );
        assert!(literal(&[]).is_none());
    }
}
