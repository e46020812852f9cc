//! The comparison for a terminal.

use std::fmt::Write;

use super::super::{Change, Comparison, Level};
use super::{SECTIONS, SHOWN, accepted, counted, expired, goes_without_why, marked, origin, title};

pub(super) fn render(comparison: &Comparison) -> String {
    let mut text = format!("{}\n", comparison.headline());
    let counts = comparison.counts();
    if !counts.is_empty() {
        let _ = writeln!(text, "{counts}");
    }
    exceptions(comparison, &mut text);
    for (level, title) in SECTIONS {
        let groups = comparison.of(level);
        if groups.is_empty() {
            continue;
        }
        let _ = write!(text, "\n{title} ({})\n", comparison.count(level));
        for group in groups {
            self::group(&group, &mut text);
        }
    }
    let expired = expired(comparison);
    if !expired.is_empty() {
        let _ = write!(text, "\n{expired}");
    }
    skips(comparison, &mut text);
    rest(comparison, &mut text);
    if !comparison.changelog.is_empty() {
        let _ = write!(
            text,
            "\nFor CHANGELOG.md, under Unreleased:\n\n{}",
            comparison.changelog
        );
    }
    let _ = write!(text, "\nCommit: {}\n", comparison.commit);
    text
}

/// The verdict, the counts, and what breaks.
pub(super) fn breaks(comparison: &Comparison) -> String {
    let mut text = format!("{}\n", comparison.headline());
    let counts = comparison.counts();
    if !counts.is_empty() {
        let _ = writeln!(text, "{counts}");
    }
    for group in comparison.of(Level::Breaking) {
        self::group(&group, &mut text);
    }
    text
}

/// One change, or several equal ones of several items.
fn group(group: &[&Change], text: &mut String) {
    let Some(first) = group.first() else {
        return;
    };
    text.push('\n');
    for change in group {
        let (pointer, lines) = origin(change);
        let title = title(change, &format!("`{}`", change.path));
        let _ = writeln!(text, "  {title}  [{}]", change.id);
        let _ = writeln!(text, "    {pointer}");
        let _ = writeln!(text, "    {lines}");
    }
    for (mark, line) in marked(group) {
        let _ = writeln!(text, "    {mark} {line}");
    }
    if !goes_without_why(first) {
        let _ = writeln!(text, "    {}", first.why);
    }
    for help in group.iter().filter_map(|change| change.help.as_ref()) {
        let _ = writeln!(text, "    help: {help}");
    }
    if let Some(reason) = accepted(group) {
        let _ = writeln!(text, "    {reason}");
    }
}

fn exceptions(comparison: &Comparison, text: &mut String) {
    if comparison.exceptions.is_empty() {
        return;
    }
    let count = counted(comparison.exceptions.len(), "exception", "exceptions");
    let _ = write!(
        text,
        "\nStale exceptions ({count}, a fault of the new inputs; compared without)\n\n"
    );
    for stale in &comparison.exceptions {
        let _ = writeln!(text, "  {} at {}:{}", stale.entry, stale.path, stale.line);
        let _ = writeln!(text, "    {}", stale.message);
        let _ = writeln!(text, "    help: {}", stale.help);
    }
}

fn skips(comparison: &Comparison, text: &mut String) {
    if comparison.skips.is_empty() {
        return;
    }
    let _ = write!(text, "\nNewly skipped ({})\n\n", comparison.skips.len());
    for skip in &comparison.skips {
        let _ = writeln!(
            text,
            "  {}  {}\n    {}",
            skip.place.pointer,
            skip.place.text(),
            skip.reason
        );
    }
}

fn rest(comparison: &Comparison, text: &mut String) {
    let count = comparison.rest.len();
    if count == 0 {
        return;
    }
    let nodes = counted(count, "node", "nodes");
    let _ = write!(
        text,
        "\nAlso different in the document ({nodes}): no effect for users\n\n"
    );
    for place in comparison.rest.iter().take(SHOWN) {
        let _ = writeln!(text, "  {}  {}", place.pointer, place.text());
    }
    if count > SHOWN {
        let _ = writeln!(text, "  and {} more", count - SHOWN);
    }
}
