//! A changelog in the format of Keep a Changelog: sections of versions, the newest on top, with headings for kinds of changes.

use crate::compare::{self, Version};

/// The heading of unreleased changes.
const UNRELEASED: &str = "## [Unreleased]";

/// The text, by lines.
#[derive(Clone, Debug)]
pub(super) struct Changelog<'a> {
    lines: Vec<&'a str>,
}

impl<'a> Changelog<'a> {
    pub(super) fn read(text: &'a str) -> Self {
        Self {
            lines: text.lines().collect(),
        }
    }

    /// The newest version that is released.
    pub(super) fn released(&self) -> Option<Version> {
        self.lines.iter().find_map(|line| released(line))
    }

    /// The lines above the newest release of `before` that `before` does not have.
    pub(super) fn since(&self, before: &Changelog<'_>) -> String {
        let last = before.released();
        let above = |line: &&&str| last.is_none() || released(line) != last;
        let gained = self
            .lines
            .iter()
            .take_while(above)
            .filter(|line| !line.starts_with('#') && !before.lines.contains(line));
        gained.flat_map(|line| [*line, "\n"]).collect()
    }

    /// The text with these headings and entries under *Unreleased*, each entry at the end of its heading's.
    pub(super) fn with(&self, entries: &str) -> String {
        let mut lines: Vec<String> = self.lines.iter().map(|line| (*line).to_owned()).collect();
        let mut heading = "";
        for entry in entries.lines().filter(|line| !line.trim().is_empty()) {
            if entry.starts_with("### ") {
                heading = entry;
            } else if !lines.iter().any(|line| line == entry) {
                let at = place(&mut lines, heading);
                lines.insert(at, entry.to_owned());
            }
        }
        lines.push(String::new());
        lines.join("\n")
    }
}

/// The text with new entries in place of those that were written before.
pub(super) fn entered(text: &str, entries: &str, written: &str) -> String {
    let is_entry = |line: &&str| line.starts_with("- ");
    let before: Vec<&str> = written.lines().filter(is_entry).collect();
    let untrue: Vec<&str> = (before.iter().copied())
        .filter(|line| !entries.lines().any(|entry| entry == *line))
        .collect();
    let text = without(text, &untrue);
    let new = entries.lines().filter(|line| !before.contains(line));
    let new: String = new.flat_map(|line| [line, "\n"]).collect();
    Changelog::read(&text).with(&new)
}

/// The text without these lines of *Unreleased*, and without the headings that have nothing left.
fn without(text: &str, untrue: &[&str]) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let start = lines.iter().position(|line| line.starts_with(UNRELEASED));
    let Some(start) = start.filter(|_| !untrue.is_empty()) else {
        return text.to_owned();
    };
    for line in untrue {
        let end = end_of(&lines, start, "## ");
        let section = lines[start..end].iter();
        let Some(at) = section.clone().position(|found| found == line) else {
            continue;
        };
        let at = start + at;
        lines.remove(at);
        let heading = lines[..at].iter().rposition(|line| !line.is_empty());
        let next = (lines[at..].iter()).position(|line| !line.is_empty());
        let next = next.map_or(lines.len(), |next| at + next);
        let is_empty = lines.get(next).is_none_or(|line| !line.starts_with("- "));
        if let Some(heading) = heading.filter(|heading| lines[*heading].starts_with("### "))
            && is_empty
        {
            lines.drain(heading..next);
        }
    }
    lines.push(String::new());
    lines.join("\n")
}

/// The line at which the next entry of a heading goes; makes the heading where there is none.
fn place(lines: &mut Vec<String>, heading: &str) -> usize {
    let start = section(lines);
    let end = end_of(lines, start, "## ");
    let found = lines[start..end].iter().position(|line| line == heading);
    let heading_at = found.map_or_else(
        || {
            let at = after_text(lines, start, end);
            lines.splice(at..at, [String::new(), heading.to_owned()]);
            at + 1
        },
        |below| start + below,
    );
    let end = end_of(lines, heading_at, "##");
    let at = after_text(lines, heading_at, end);
    if at == heading_at + 1 {
        lines.insert(at, String::new());
        return at + 1;
    }
    at
}

/// The line of *Unreleased*; made on top of the versions where there is none.
fn section(lines: &mut Vec<String>) -> usize {
    let found = lines.iter().position(|line| line.starts_with(UNRELEASED));
    found.unwrap_or_else(|| {
        let first = lines.iter().position(|line| line.starts_with("## "));
        let at = first.unwrap_or(lines.len());
        lines.splice(at..at, [UNRELEASED.to_owned(), String::new()]);
        at
    })
}

/// The next line below `start` that opens a heading, or a link at the end of the file.
fn end_of(lines: &[String], start: usize, opening: &str) -> usize {
    let is_end = |line: &String| line.starts_with(opening) || line.starts_with('[');
    let below = lines.iter().skip(start + 1).position(is_end);
    below.map_or(lines.len(), |below| start + 1 + below)
}

/// The line behind the last one with a text.
fn after_text(lines: &[String], start: usize, end: usize) -> usize {
    let last = lines[start..end].iter().rposition(|line| !line.is_empty());
    last.map_or(end, |last| start + last + 1)
}

/// The version in `## [1.2.3] - 2026-01-01`.
fn released(line: &str) -> Option<Version> {
    let rest = line.strip_prefix("## ")?.trim_start_matches('[');
    compare::release(rest.split([']', ' ']).next()?)
}

#[cfg(test)]
mod tests;
