//! Blocks of documentation. In: an attribute for a whole block, whose lines are separated by a character that no text of ours has. Out: a
//! comment for each line. With an attribute for each line, the tokens of documentation would be most of what is read and printed.

/// Separates the lines of a block in the literal of its attribute.
pub(crate) const NEXT_LINE: char = '\u{1e}';

/// What begins a comment that is documentation.
const MARKS: [&str; 2] = ["///", "//!"];

/// Appends a line of the printer, or the lines of the block that it is.
pub(super) fn push(text: &mut String, line: &str) {
    let code = line.trim_start();
    let mark = MARKS.into_iter().find(|mark| code.starts_with(mark));
    let Some(mark) = mark.filter(|_| line.contains(NEXT_LINE)) else {
        return text.push_str(line);
    };
    let (begin, block) = line.split_at(line.len() - code.len() + mark.len());
    for (index, line) in block.split(NEXT_LINE).enumerate() {
        if index > 0 {
            text.push('\n');
        }
        text.push_str(begin);
        text.push_str(line.trim_end_matches(' '));
    }
}
