//! The comparison for a pull request: changes that need a decision are visible, documentation changes are collapsed.

use std::fmt::Write;

use crate::markdown::{code, fenced};

use super::super::{Change, Comparison, Level};
use super::{SECTIONS, SHOWN, accepted, counted, expired, goes_without_why, marked, origin, title};

pub(super) fn render(comparison: &Comparison) -> String {
    let mut text = format!("**{}**\n", comparison.headline());
    let counts = comparison.counts();
    if !counts.is_empty() {
        let _ = write!(text, "\n{}.\n", capital(&counts));
    }
    exceptions(comparison, &mut text);
    for (level, title) in SECTIONS {
        let groups = comparison.of(level);
        if groups.is_empty() {
            continue;
        }
        let title = format!("{title} ({})", comparison.count(level));
        let is_folded = level == Level::Documentation;
        match is_folded {
            true => drop(write!(text, "\n<details>\n<summary>{title}</summary>\n")),
            false => drop(write!(text, "\n### {title}\n")),
        }
        for group in groups {
            self::group(&group, &mut text);
        }
        if is_folded {
            text.push_str("\n</details>\n");
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
            "\n### For CHANGELOG.md, under *Unreleased*\n\n{}",
            fenced("markdown", &comparison.changelog)
        );
    }
    let _ = write!(text, "\nCommit: {}\n", code(&comparison.commit));
    text
}

pub(super) fn group(group: &[&Change], text: &mut String) {
    let Some(first) = group.first() else {
        return;
    };
    text.push('\n');
    titles(group, text);
    let lines = marked(group).into_iter();
    let lines: String = lines
        .map(|(mark, line)| format!("{mark} {line}\n"))
        .collect();
    let _ = write!(text, "\n{}", indented(&fenced("diff", &lines)));
    reasons(group, first, text);
}

/// One line for each change of a group.
pub(super) fn titles(group: &[&Change], text: &mut String) {
    for change in group {
        let (pointer, lines) = origin(change);
        let title = title(change, &code(&change.path));
        let (pointer, lines) = (code(&pointer), lines.replace("->", "→"));
        let _ = writeln!(text, "- {title} · {pointer} · {lines} · `{}`", change.id);
    }
}

/// Why it breaks or does not, and what can be done about it.
fn reasons(group: &[&Change], first: &Change, text: &mut String) {
    if !goes_without_why(first) {
        let _ = write!(text, "\n  {}.\n", capital(first.why));
    }
    for help in group.iter().filter_map(|change| change.help.as_ref()) {
        let _ = write!(text, "\n  Help: {help}.\n");
    }
    if let Some(reason) = accepted(group) {
        let _ = write!(text, "\n  {}.\n", capital(reason.trim_end_matches('.')));
    }
}

pub(super) fn exceptions(comparison: &Comparison, text: &mut String) {
    if comparison.exceptions.is_empty() {
        return;
    }
    let count = comparison.exceptions.len();
    let _ = write!(
        text,
        "\n### Stale exceptions ({count})\n\nFaults of the new inputs; compared without them.\n\n"
    );
    for stale in &comparison.exceptions {
        let _ = writeln!(
            text,
            "- {} at {}:{}: {} ({})",
            code(&stale.entry),
            stale.path,
            stale.line,
            stale.message,
            stale.help
        );
    }
}

pub(super) fn skips(comparison: &Comparison, text: &mut String) {
    if comparison.skips.is_empty() {
        return;
    }
    let _ = write!(text, "\n### Newly skipped ({})\n\n", comparison.skips.len());
    for skip in &comparison.skips {
        let pointer = code(skip.place.pointer.as_str());
        let _ = writeln!(
            text,
            "- {pointer} · {} · {}",
            skip.place.text(),
            skip.reason
        );
    }
}

pub(super) fn rest(comparison: &Comparison, text: &mut String) {
    let count = comparison.rest.len();
    if count == 0 {
        return;
    }
    let nodes = counted(count, "node", "nodes");
    let _ = write!(
        text,
        "\n<details>\n<summary>Also different in the document ({nodes}): no effect for users</summary>\n\n"
    );
    for place in comparison.rest.iter().take(SHOWN) {
        let _ = writeln!(
            text,
            "- {} · {}",
            code(place.pointer.as_str()),
            place.text()
        );
    }
    if count > SHOWN {
        let _ = writeln!(text, "- and {} more", count - SHOWN);
    }
    text.push_str("\n</details>\n");
}

pub(super) fn indented(text: &str) -> String {
    let lines = text
        .lines()
        .map(|line| format!("  {line}").trim_end().to_owned() + "\n");
    lines.collect()
}

pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters
        .next()
        .map(|first| first.to_uppercase().to_string())
        .unwrap_or_default();
    format!("{first}{}", letters.as_str())
}
