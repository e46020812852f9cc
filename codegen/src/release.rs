//! Whether the version and the changelog go with what changes for users. In come a [`Comparison`] and both states of the two
//! texts; out comes what is missing, or the changelog with the missing lines entered. It reads no file.

mod changelog;

use crate::compare::{
    self, Bump, Change, ChangeRule, Comparison, Level, ReportFormat, Verdict, Version,
};
use crate::report::command;

use self::changelog::Changelog;

/// What a state of the repository says of itself.
#[derive(Clone, Copy, Debug)]
pub struct State<'a> {
    /// The version of the SDK.
    pub version: &'a str,
    /// The text of CHANGELOG.md.
    pub changelog: &'a str,
}

/// Something that does not go with the changes, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// What is missing.
    pub message: String,
    /// What to write, and where.
    pub help: String,
}

/// What is missing in `new` beside the changes since `old`.
///
/// The version must be far enough from the last release, which is the newest in the old changelog; while there is none, any
/// version goes. Everything that breaks must be named in what the changelog gained; where nothing breaks, it must have gained
/// something.
pub fn gaps(comparison: &Comparison, old: State<'_>, new: State<'_>) -> Vec<Gap> {
    if comparison.verdict == Verdict::None {
        return Vec::new();
    }
    let before = Changelog::read(old.changelog);
    let version = version_gap(comparison.verdict, before.released(), new.version);
    let gained = Changelog::read(new.changelog).since(&before);
    version
        .into_iter()
        .chain(changelog_gaps(comparison, &gained))
        .chain(old_name_gaps(comparison, before.released(), new.version))
        .collect()
}

/// Old names that were deprecated for one release, where the next version may break.
fn old_name_gaps(comparison: &Comparison, released: Option<Version>, now: &str) -> Vec<Gap> {
    let (Some(released), Some(now)) = (released, compare::release(now)) else {
        return Vec::new();
    };
    let breaking = Bump::of(Verdict::Breaking, &released).after(&released);
    let old = comparison.old_names.iter();
    let due = old.filter(|(_, since)| *since <= released && now >= breaking);
    let gap = |(path, since): &(String, Version)| Gap {
        message: format!("`{path}` is deprecated since {since}, and {now} may break"),
        help: "remove the entry under [deprecated_names] in spec/sdk.toml".to_owned(),
    };
    due.map(gap).collect()
}

fn version_gap(verdict: Verdict, released: Option<Version>, now: &str) -> Option<Gap> {
    let released = released?;
    let needed = Bump::of(verdict, &released).after(&released);
    if compare::release(now).is_some_and(|now| now >= needed) {
        return None;
    }
    let verdict = verdict.name();
    Some(Gap {
        message: format!("the version is {now}, and the verdict since {released} is {verdict}"),
        help: format!(
            "set `version = \"{needed}\"` in Cargo.toml, under [workspace.package] and beside `cloudflare-magic`"
        ),
    })
}

fn changelog_gaps(comparison: &Comparison, gained: &str) -> Vec<Gap> {
    let help = "write it under [Unreleased] in CHANGELOG.md, as the report's last part has it";
    let breaks = comparison
        .changes
        .iter()
        .filter(|change| change.rule.level() == Level::Breaking);
    let mut gaps: Vec<Gap> = breaks
        .map(released_name)
        .filter(|name| !names(gained, name))
        .map(|name| Gap {
            message: format!("the changelog does not say that `{name}` breaks"),
            help: help.to_owned(),
        })
        .collect();
    gaps.dedup();
    if gaps.is_empty() && gained.trim().is_empty() && !comparison.changelog.is_empty() {
        gaps.push(Gap {
            message: "the changelog does not say what changes".to_owned(),
            help: help.to_owned(),
        });
    }
    gaps
}

/// The name under which users know what a change is about.
fn released_name(change: &Change) -> &str {
    match (change.rule, change.before.first()) {
        (ChangeRule::Renamed, Some(before)) => before,
        _ => &change.path,
    }
}

/// Whether a text has this name: the whole path, with or without its first module, and not as a part of another name.
fn names(text: &str, path: &str) -> bool {
    let short = path.replace("api::", "");
    [path, short.as_str()].iter().any(|path| {
        let found = text.match_indices(*path);
        found.into_iter().any(|(start, _)| {
            let (before, after) = (&text[..start], &text[start + path.len()..]);
            let is_name = |letter: char| letter.is_alphanumeric() || letter == '_';
            let before = before.strip_suffix("api::").unwrap_or(before);
            !(before.ends_with(is_name)
                || before.ends_with("::")
                || after.starts_with(is_name)
                || after.starts_with("::"))
        })
    })
}

/// The changelog with what a comparison says of itself under *Unreleased*; lines that are there already are not repeated.
///
/// `written` are the lines that earlier runs entered for the same old state. Of these, lines that are no longer true are removed,
/// and lines that a person has rewritten are not entered again.
pub fn entered(changelog: &str, comparison: &Comparison, written: &str) -> String {
    changelog::entered(changelog, &comparison.changelog, written)
}

/// What is missing, for the reader of a comparison in the same format; empty where nothing is.
pub fn render(gaps: &[Gap], format: ReportFormat) -> String {
    let line = |Gap { message, help }: &Gap| match format {
        ReportFormat::Text => format!("error: {message}\n  help: {help}\n"),
        ReportFormat::Json => format!("error: {message}\nhelp: {help}\n"),
        ReportFormat::Markdown => format!("- {message}: {help}\n"),
        ReportFormat::Github => command("error", None, message, help),
    };
    let lines: String = gaps.iter().map(line).collect();
    match format {
        ReportFormat::Markdown if !gaps.is_empty() => {
            format!("\n### Does not go with it yet ({})\n\n{lines}", gaps.len())
        }
        ReportFormat::Text if !gaps.is_empty() => format!("\n{lines}"),
        _ => lines,
    }
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn a_name_is_no_part_of_another_name() {
        for (text, path) in [
            ("- `Lamp`: gone.", "Lamp"),
            ("- Lamp is gone.", "Lamp"),
            ("- `Lamp::watts`, `Lamp`.", "Lamp"),
            ("- `api::Lamps::dim`.", "api::Lamps::dim"),
            ("- `Lamps::dim`: gone.", "api::Lamps::dim"),
            ("- `Call<LampsDim>::slowly`.", "Call<api::LampsDim>::slowly"),
        ] {
            assert!(names(text, path), "{text}: {path}");
        }
        for (text, path) in [
            ("- `LampKind`: gone.", "Lamp"),
            ("- `CreateLamp`: gone.", "Lamp"),
            ("- `Lamp::watts`.", "Lamp"),
            ("- `Lamp::watts_now`.", "Lamp::watts"),
            ("- `Floor::Lamp`.", "Lamp"),
            ("- `Lamps::dim_all`.", "api::Lamps::dim"),
            ("- `OldLamps::dim`.", "api::Lamps::dim"),
        ] {
            assert!(!names(text, path), "{text}: {path}");
        }
    }
}
