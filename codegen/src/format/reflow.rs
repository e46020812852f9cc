//! Lays out like `rustfmt` what `prettyplease` lays out differently. In: its text. Out: the same tokens on other lines.
//!
//! The printer breaks every line at 89 columns; `rustfmt` breaks at 100, but chains of calls, arguments and arrays already at 60.
//! So signatures and imports that fit are joined or filled again, and a longer chain gets a line for each call. It supports only what
//! the emitter writes. A text with literals or comments of several lines is left as it is.

mod chain;
mod code;
mod group;
mod structure;

/// Columns of a line.
const WIDTH: usize = 100;
/// Columns of a chain of calls, the arguments of a call or the items of an array, where they are on one line.
const SHORT: usize = 60;

/// The text, with some lines laid out again.
pub(super) fn reflow(text: &str) -> String {
    if !text.lines().all(code::is_plain) {
        return text.to_owned();
    }
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    // A group that was joined can be joined with the code around it.
    loop {
        let joined = group::join(&lines);
        if joined == lines {
            break;
        }
        lines = joined;
    }
    let lines = lines.iter().flat_map(|line| chain::split(line));
    let lines = lines.flat_map(|line| structure::split(&line));
    lines.map(|line| line + "\n").collect()
}

/// The spaces in front of a line.
fn indent(line: &str) -> &str {
    let text = line.trim_start_matches(' ');
    line.get(..line.len() - text.len()).unwrap_or_default()
}

#[cfg(test)]
mod tests;
