//! In: two texts. Out: a short unified diff.

use similar::TextDiff;

/// The most lines of a diff that are shown for one file.
const SHOWN: usize = 40;

/// Lines of context around a change.
const CONTEXT: usize = 3;

/// The whole unified diff of a file, as a patch would have it. Empty when the texts are equal.
pub(crate) fn patch(path: &str, old: &str, new: &str) -> String {
    let diff = TextDiff::from_lines(old, new);
    let mut diff = diff.unified_diff();
    let (was, is) = (format!("a/{path}"), format!("b/{path}"));
    diff.context_radius(1).header(&was, &is).to_string()
}

/// The unified diff from `old` (on the disk) to `new` (generated), cut after some hunks with a
/// line that counts the rest. Empty when the texts are equal.
pub fn unified(old: &str, new: &str) -> String {
    let diff = TextDiff::from_lines(old, new);
    let full = diff
        .unified_diff()
        .context_radius(CONTEXT)
        .header("on the disk", "generated")
        .to_string();
    let mut lines = full.lines();
    let mut short: String = lines
        .by_ref()
        .take(SHOWN)
        .flat_map(|line| [line, "\n"])
        .collect();
    let more = lines.filter(|line| line.starts_with(['+', '-'])).count();
    if more > 0 {
        let lines = if more == 1 {
            "line differs"
        } else {
            "lines differ"
        };
        short.push_str(&format!("... {more} more {lines}\n"));
    }
    short
}
