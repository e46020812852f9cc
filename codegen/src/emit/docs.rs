//! Rustdoc: the document's descriptions, wrapped, as doc attributes.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::Bounds;

use crate::format::NEXT_LINE;

use super::blocks::{BlockKind, begins_block, blocks, longest_run, marker};
use super::doc_block;
use super::escape::escape;

/// Columns of a line of documentation, without `///`.
const WIDTH: usize = 90;

/// The languages of code that rustdoc compiles.
const RUST: &[&str] = &[
    "rust",
    "should_panic",
    "no_run",
    "ignore",
    "compile_fail",
    "test_harness",
    "standalone_crate",
];

/// `/// …` for each line of some paragraphs: one attribute for all of them.
pub(super) fn outer<S: AsRef<str>>(paragraphs: &[S]) -> TokenStream {
    let block = doc_block::literal(&lines(paragraphs)).into_iter();
    quote! { #(#[doc = #block])* }
}

/// A text as code, on one line.
pub(super) fn code(text: &str) -> String {
    let is_plain = !text.is_empty() && !text.contains(['`', '\n', '\r']);
    if is_plain {
        return format!("`{text}`");
    }
    let fence = "`".repeat(longest_run(text) + 1);
    format!("{fence} {text:?} {fence}")
}

/// `//! …` for each line of a text.
pub(super) fn inner(text: &str) -> TokenStream {
    let block = doc_block::literal(&lines(&[text])).into_iter();
    quote! { #(#![doc = #block])* }
}

/// A text of the document, whose last paragraph ends with a full stop. Characters that rustdoc would read as HTML or a link are escaped,
/// and code without a language is `text`, because rustdoc would compile it.
pub(super) fn sentence(text: &str) -> String {
    let mut said = Vec::new();
    let blocks = blocks(text.trim());
    let last = blocks.len().saturating_sub(1);
    for (index, block) in blocks.into_iter().enumerate() {
        let lines = block.lines.join("\n");
        said.push(match block.kind {
            BlockKind::Code => in_text(&lines),
            BlockKind::Quotation => quoted(&block.lines),
            BlockKind::Paragraph if index == last => ended(escape(&lines)),
            BlockKind::Paragraph | BlockKind::List | BlockKind::Table | BlockKind::Line => {
                escape(&lines)
            }
        });
    }
    said.join("\n\n")
}

/// A quotation, inside of which there are blocks too.
fn quoted(lines: &[String]) -> String {
    let inside = lines.iter().map(|line| {
        let line = line.trim_start().trim_start_matches('>');
        line.strip_prefix(' ').unwrap_or(line)
    });
    let inside: Vec<&str> = inside.collect();
    let said = sentence(&inside.join("\n"));
    let lines = said.lines().map(|line| format!("> {line}"));
    let lines: Vec<String> = lines.map(|line| line.trim_end().to_owned()).collect();
    lines.join("\n")
}

/// A text as code, however many backticks are in it.
fn code_span(text: &str) -> String {
    let fence = "`".repeat(longest_run(text) + 1);
    match text.starts_with('`') || text.ends_with('`') {
        true => format!("{fence} {text} {fence}"),
        false => format!("{fence}{text}{fence}"),
    }
}

/// A paragraph with its full stop.
fn ended(text: String) -> String {
    match text.ends_with(['.', '!', '?', ':']) {
        true => text,
        false => format!("{text}."),
    }
}

/// A code block that rustdoc does not compile.
fn in_text(code: &str) -> String {
    let (first, rest) = code.split_once('\n').unwrap_or((code, ""));
    let info = first.trim_start().trim_start_matches(['`', '~']);
    let mut words = info
        .split([' ', ',', '\t', '{'])
        .filter(|word| !word.is_empty());
    let is_language = |word: &str| {
        !RUST.contains(&word) && !word.starts_with(['.', '#']) && !word.starts_with("edition")
    };
    match words.next().filter(|word| is_language(word)) {
        Some(_) => code.to_owned(),
        None => {
            let fence = first.strip_suffix(info).unwrap_or(first);
            format!("{fence}text\n{rest}")
        }
    }
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
        parts.push(format!("matches {}", code_span(pattern)));
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
    for block in paragraphs.iter().flat_map(|text| blocks(text.as_ref())) {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        match block.kind {
            BlockKind::Paragraph | BlockKind::List => wrap(&block.lines, &mut lines),
            BlockKind::Code | BlockKind::Quotation | BlockKind::Table | BlockKind::Line => {
                let kept = block.lines.iter();
                lines.extend(kept.map(|line| format!(" {line}").trim_end().to_owned()));
            }
        }
    }
    lines.iter().map(|line| visible(line)).collect()
}

/// A text in which line breaks and Unicode direction controls are escaped: the compiler rejects them in a doc comment. So is what separates
/// lines here.
pub(super) fn visible(text: &str) -> String {
    let is_hidden = |c: char| matches!(c, '\r' | '\n' | NEXT_LINE | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    // Hidden characters are rare.
    if !text.contains(is_hidden) {
        return text.to_owned();
    }
    let mut visible = String::with_capacity(text.len());
    for character in text.chars() {
        match is_hidden(character) {
            true => visible.extend(character.escape_default()),
            false => visible.push(character),
        }
    }
    visible
}

/// Wraps the lines of a paragraph or list. Each item starts on a new line, under which the rest of the item is indented.
fn wrap(paragraph: &[String], lines: &mut Vec<String>) {
    let mut line = String::new();
    let mut indent = String::from(" ");
    for (index, source) in paragraph.iter().enumerate() {
        let spaces = source.len() - source.trim_start().len();
        let item = marker(source);
        if item.is_some() && !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        if item.is_some() || index == 0 {
            line = " ".repeat(spaces);
            indent = " ".repeat(1 + item.unwrap_or(spaces));
        }
        for word in source.split_whitespace() {
            let is_full = line.chars().count() + 1 + word.chars().count() > WIDTH;
            if is_full && !line.trim().is_empty() && !begins_block(word) {
                lines.push(std::mem::take(&mut line));
                line.push_str(&indent);
            } else {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines.push(line);
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
    fn what_separates_lines_is_escaped_in_a_text() {
        assert_eq!(lines(&["a\u{1e}b"]), [" a\\u{1e}b"]);
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
        assert_eq!(
            sentence("See:\n```json\n{}\n```"),
            "See:\n\n```json\n{}\n```"
        );
        assert_eq!(sentence("|a|\n|-|\n|b|"), "|a|\n|-|\n|b|");
    }

    #[test]
    fn code_without_a_language_is_text() {
        assert_eq!(sentence("```\nlet a\n```"), "```text\nlet a\n```");
        assert_eq!(sentence("~~~ rust,ignore\n<b>\n~~~"), "~~~text\n<b>\n~~~");
        assert_eq!(sentence("```toml\na\n"), "```toml\na\n```");
    }

    #[test]
    fn lists_keep_their_levels() {
        let text = "1. first\n   and more\n   - inner\n2. second";
        assert_eq!(
            lines(&[text]),
            [" 1. first and more", "    - inner", " 2. second"]
        );
    }

    #[test]
    fn no_line_begins_with_what_would_be_a_list() {
        let text = format!("{} - 1. end", "word ".repeat(17).trim_end());
        let lines = lines(&[text.as_str()]);
        assert_eq!(lines.get(1).map(String::as_str), Some(" end"));
    }
}
