//! Rustdoc: the document's descriptions, wrapped, as doc attributes.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::Bounds;

/// Columns of a line of documentation, without `///`.
const WIDTH: usize = 90;

/// `/// …` for each line of some paragraphs.
pub(super) fn outer<S: AsRef<str>>(paragraphs: &[S]) -> TokenStream {
    let lines = lines(paragraphs);
    quote! { #(#[doc = #lines])* }
}

/// `//! …` for each line of a text.
pub(super) fn inner(text: &str) -> TokenStream {
    let lines = lines(&[text]);
    quote! { #(#![doc = #lines])* }
}

/// A sentence or paragraph of the document, ending with a full stop. Characters that rustdoc would read as HTML or a link are escaped.
pub(super) fn sentence(text: &str) -> String {
    let text = super::escape::escape(text.trim());
    let last = text.lines().last().unwrap_or_default();
    if text.is_empty() || text.ends_with(['.', '!', '?', ':']) || is_member(last) {
        return text;
    }
    format!("{text}.")
}

/// The bounds as a sentence, in a paragraph of its own; `None` where there are none.
pub(super) fn bounds(bounds: &Bounds) -> Option<String> {
    let Bounds {
        minimum,
        maximum,
        exclusive_minimum,
        exclusive_maximum,
        multiple_of,
        min_length,
        max_length,
        min_items,
        max_items,
        pattern,
        format,
    } = bounds;
    let mut parts = Vec::new();
    if *exclusive_minimum || *exclusive_maximum {
        let strict = |strict: bool, word: &str, at: &str| {
            if strict {
                word.to_owned()
            } else {
                at.to_owned()
            }
        };
        let low = minimum.as_deref().map(|low| {
            format!(
                "{} {}",
                strict(*exclusive_minimum, "more than", "at least"),
                grouped(low)
            )
        });
        let high = maximum.as_deref().map(|high| {
            format!(
                "{} {}",
                strict(*exclusive_maximum, "less than", "at most"),
                grouped(high)
            )
        });
        parts.extend([low, high].into_iter().flatten());
    } else {
        parts.extend(range(minimum.as_deref(), maximum.as_deref(), ""));
    }
    parts.extend(
        multiple_of
            .as_deref()
            .map(|step| format!("a multiple of {}", grouped(step))),
    );
    parts.extend(range(
        text(*min_length).as_deref(),
        text(*max_length).as_deref(),
        " characters",
    ));
    parts.extend(range(
        text(*min_items).as_deref(),
        text(*max_items).as_deref(),
        " items",
    ));
    if let Some(pattern) = pattern {
        parts.push(format!("matches `{pattern}`"));
    }
    if let Some(format) = format {
        parts.push(format!("format `{format}`"));
    }
    (!parts.is_empty()).then(|| capitalized(&format!("{}.", parts.join("; "))))
}

/// A text whose first letter is a capital.
pub(super) fn capitalized(text: &str) -> String {
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => String::new(),
    }
}

fn text(bound: Option<usize>) -> Option<String> {
    bound.map(|bound| bound.to_string())
}

fn range(low: Option<&str>, high: Option<&str>, unit: &str) -> Option<String> {
    let (low, high) = (low.map(grouped), high.map(grouped));
    match (low, high) {
        (Some(low), Some(high)) if low == high => Some(format!("exactly {low}{unit}")),
        (Some(low), Some(high)) => Some(format!("{low} to {high}{unit}")),
        (Some(low), None) => Some(format!("at least {low}{unit}")),
        (None, Some(high)) => Some(format!("at most {high}{unit}")),
        (None, None) => None,
    }
}

/// `86400` as `86_400`, which is readable and valid Rust.
fn grouped(number: &str) -> String {
    let digits = number.strip_prefix('-').unwrap_or(number);
    if digits.len() < 5 || !digits.chars().all(|c| c.is_ascii_digit()) {
        return number.to_owned();
    }
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push('_');
        }
        grouped.push(digit);
    }
    let sign = if number.starts_with('-') { "-" } else { "" };
    format!("{sign}{grouped}")
}

/// The paragraphs as lines, each with the space that follows `///`; an empty line between two paragraphs.
fn lines<S: AsRef<str>>(paragraphs: &[S]) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in paragraphs.iter().flat_map(|text| blocks(text.as_ref())) {
        let paragraph = paragraph.trim_matches('\n');
        if paragraph.trim().is_empty() {
            continue;
        }
        if !lines.is_empty() {
            lines.push(String::new());
        }
        wrap(paragraph, &mut lines);
    }
    lines.iter().map(|line| visible(line)).collect()
}

/// A text in which line breaks and Unicode direction controls are escaped: the compiler rejects them in a doc comment.
pub(super) fn visible(text: &str) -> String {
    let is_hidden =
        |c: char| matches!(c, '\r' | '\n' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let mut visible = String::with_capacity(text.len());
    for character in text.chars() {
        match is_hidden(character) {
            true => visible.extend(character.escape_default()),
            false => visible.push(character),
        }
    }
    visible
}

/// The paragraphs of a text. A code block is one, whatever it contains.
fn blocks(text: &str) -> Vec<&str> {
    match text.starts_with("```") {
        true => vec![text],
        false => text.split("\n\n").collect(),
    }
}

/// Wraps a paragraph. List items start on a new line, and code blocks stay as they are.
fn wrap(paragraph: &str, lines: &mut Vec<String>) {
    if paragraph.starts_with("```") {
        lines.extend(
            paragraph
                .lines()
                .map(|line| format!(" {line}").trim_end().to_owned()),
        );
        return;
    }
    let mut line = String::new();
    for source in paragraph.lines() {
        let member = is_member(source);
        if member && !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        let hanging = if member || line.starts_with(" - ") || line.starts_with("   ") {
            "   "
        } else {
            " "
        };
        for (index, word) in source.split_whitespace().enumerate() {
            if line.is_empty() {
                line = match index {
                    0 => format!(" {word}"),
                    _ => format!("{hanging}{word}"),
                };
            } else if line.chars().count() + 1 + word.chars().count() > WIDTH {
                lines.push(std::mem::take(&mut line));
                line = format!("{hanging}{word}");
            } else {
                line.push(' ');
                line.push_str(word);
            }
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
}

/// Whether a line is a list item.
fn is_member(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("- ") || line.starts_with("* ")
}

#[cfg(test)]
mod tests {
    use super::{Bounds, bounds, grouped, lines, sentence};

    #[test]
    fn paragraphs_are_wrapped_and_lists_kept() {
        let text = "one two\nthree\n\n- first\n- second";
        assert_eq!(
            lines(&[text]),
            [" one two three", "", " - first", " - second"]
        );
        let long = "word ".repeat(40);
        let wrapped = lines(&[long.as_str()]);
        assert!(wrapped.len() > 1);
        assert!(
            wrapped
                .iter()
                .all(|line| line.chars().count() <= super::WIDTH && line.starts_with(' '))
        );
    }

    #[test]
    fn code_blocks_stay_as_they_are() {
        let text = "```text\na   b\n```";
        assert_eq!(lines(&[text]), [" ```text", " a   b", " ```"]);
    }

    #[test]
    fn bounds_read_as_a_sentence() {
        let mut said = Bounds::default();
        assert_eq!(bounds(&said), None);
        said.minimum = Some("1".to_owned());
        said.maximum = Some("86400".to_owned());
        assert_eq!(bounds(&said).as_deref(), Some("1 to 86_400."));
        said.maximum = None;
        said.max_length = Some(32);
        said.min_length = Some(32);
        assert_eq!(
            bounds(&said).as_deref(),
            Some("At least 1; exactly 32 characters.")
        );
    }

    #[test]
    fn numbers_are_grouped_from_five_digits_on() {
        assert_eq!(grouped("1000"), "1000");
        assert_eq!(grouped("1000000000"), "1_000_000_000");
        assert_eq!(grouped("-86400"), "-86_400");
        assert_eq!(grouped("0.5"), "0.5");
    }

    #[test]
    fn a_sentence_ends_with_a_full_stop() {
        assert_eq!(sentence("List on-ramps"), "List on-ramps.");
        assert_eq!(sentence("Done."), "Done.");
        assert_eq!(sentence("See `x`"), "See `x`.");
        assert_eq!(sentence(" "), "");
        assert_eq!(
            sentence("One of:\n\n- this\n- that"),
            "One of:\n\n- this\n- that"
        );
    }
}
