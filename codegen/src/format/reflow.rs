//! Lays out like `rustfmt` what `prettyplease` lays out differently. In: its text. Out: the same tokens on other lines.
//!
//! The printer breaks every line at 89 columns; `rustfmt` breaks at 100, but chains of calls, arguments and arrays already at 60.
//! So signatures and imports that fit are joined or filled again, and a longer chain gets a line for each call. It supports only what
//! the emitter writes. A text with literals or comments of several lines is left as it is.

mod chain;
mod code;
mod group;
mod structure;

use std::borrow::Cow;

/// Columns of a line.
const WIDTH: usize = 100;
/// Columns of a chain of calls, the arguments of a call or the items of an array, where they are on one line.
const SHORT: usize = 60;

/// A line: one of the text, or one that was laid out again.
type Line<'a> = Cow<'a, str>;

/// The lines that a few lines become, and how many these are.
type Relaid<'a> = (Vec<Line<'a>>, usize);

/// The text, with some lines laid out again.
pub(super) fn reflow(text: &str) -> String {
    if !text.lines().all(code::is_plain) {
        return text.to_owned();
    }
    let mut lines: Vec<Line<'_>> = text.lines().map(Cow::Borrowed).collect();
    // A group that was joined can be joined with the code around it.
    while group::join(&mut lines) {}
    let mut laid_out = String::with_capacity(text.len() + text.len() / 16);
    let mut push = |line: &str| {
        laid_out.push_str(line);
        laid_out.push('\n');
    };
    for line in &lines {
        match chain::split(line).or_else(|| structure::split(line)) {
            Some(lines) => lines.iter().for_each(|line| push(line)),
            None => push(line),
        }
    }
    laid_out
}

/// The spaces in front of a line.
fn indent(line: &str) -> &str {
    let spaces = line.bytes().take_while(|byte| *byte == b' ').count();
    line.get(..spaces).unwrap_or_default()
}

#[cfg(test)]
mod tests;
