//! The texts for the changelog and the commit. In: the changes. Out: texts to paste and edit.

use super::rules::{ChangeRule, Level};
use super::{Change, Verdict};

/// Columns of the first line of a commit.
const WIDTH: usize = 72;

/// The sections of a changelog, in its order.
const SECTIONS: [&str; 4] = ["Added", "Changed", "Deprecated", "Removed"];

/// Kinds of items that are listed together, where they belong to one type or call.
const PARTS: [&str; 3] = ["field", "variant", "parameter"];

/// The text for *Unreleased*: a section for each kind of change that affects users.
pub(super) fn changelog(changes: &[Change]) -> String {
    let mut text = String::new();
    for section in SECTIONS {
        let listed: Vec<String> = grouped(changes)
            .into_iter()
            .filter(|group| {
                group
                    .first()
                    .is_some_and(|change| self::section(change) == Some(section))
            })
            .map(|group| entry(&group))
            .collect();
        if !listed.is_empty() {
            text.push_str(&format!("### {section}\n\n{}\n", listed.concat()));
        }
    }
    text.truncate(text.trim_end().len());
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

/// The first line of the commit with the changes.
pub(super) fn commit(verdict: Verdict, changes: &[Change]) -> String {
    let mark = if verdict == Verdict::Breaking {
        "spec!"
    } else {
        "spec"
    };
    let Some(first) = changes.first() else {
        return format!("{mark}: no change for users");
    };
    let more = match changes.len() - 1 {
        0 => String::new(),
        more => format!(", and {more} more"),
    };
    let whole = format!("{mark}: {}{more}", happened(first));
    if whole.chars().count() <= WIDTH {
        return whole;
    }
    let count = |level: Level| {
        changes
            .iter()
            .filter(|change| change.level() == level)
            .count()
    };
    let counts = [
        (count(Level::Breaking), "breaking"),
        (count(Level::Accepted), "accepted"),
        (count(Level::Additive), "additive"),
        (count(Level::Wire), "wire"),
        (count(Level::Documentation), "documentation"),
    ];
    let counts = counts.into_iter().filter(|(count, _)| *count > 0);
    let counts: Vec<String> = counts
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    let noun = if changes.len() == 1 {
        "change"
    } else {
        "changes"
    };
    format!("{mark}: {} {noun}", counts.join(", "))
}

/// The change in a few words: `CreateOnramp::builder: arguments changed`.
fn happened(change: &Change) -> String {
    match change.rule {
        ChangeRule::Wire | ChangeRule::Documentation => {
            format!("{} of {} changed", change.noun, change.path)
        }
        rule => format!("{} {}", change.path, rule.name().replace('-', " ")),
    }
}

fn section(change: &Change) -> Option<&'static str> {
    match change.rule {
        ChangeRule::Removed if change.after.is_empty() => Some("Removed"),
        ChangeRule::Added if change.before.is_empty() => Some("Added"),
        ChangeRule::Added | ChangeRule::TraitGained => Some("Added"),
        ChangeRule::Deprecated | ChangeRule::OldNameDeprecated => Some("Deprecated"),
        ChangeRule::Documentation | ChangeRule::ArgumentRenamed => None,
        _ => Some("Changed"),
    }
}

fn entry(group: &[&Change]) -> String {
    let Some(change) = group.first() else {
        return String::new();
    };
    let mark = if change.rule.level() == Level::Breaking {
        "**Breaking:** "
    } else {
        ""
    };
    let paths: Vec<String> = group
        .iter()
        .map(|change| format!("`{}`", change.path))
        .collect();
    let paths = paths.join(", ");
    let (before, after) = (in_one(&change.before), in_one(&change.after));
    let text = match change.rule {
        ChangeRule::Removed if after.is_empty() => format!("{paths}."),
        ChangeRule::Added if before.is_empty() => format!("{paths}."),
        ChangeRule::Added | ChangeRule::TraitGained => format!("{paths}: `{after}`."),
        ChangeRule::Deprecated => format!("{paths}."),
        ChangeRule::Undeprecated => format!("{paths}: no longer deprecated."),
        ChangeRule::Renamed => format!("{paths}: was `{before}`."),
        ChangeRule::OldNameDeprecated => format!("`{before}`: is `{after}` now."),
        ChangeRule::Parted => format!("{paths}: a type of its own, was `{before}`."),
        ChangeRule::Joined => format!("{paths}: is `{after}` now."),
        _ if change.before.len() > 1 && change.after.len() > 1 => steps(change, &paths),
        ChangeRule::Wire => match (before.is_empty(), after.is_empty()) {
            (true, _) => format!("{paths}: {} is `{after}`.", change.noun),
            (_, true) => format!("{paths}: {} is no longer `{before}`.", change.noun),
            _ => format!("{paths}: {} is `{after}`, was `{before}`.", change.noun),
        },
        ChangeRule::Removed | ChangeRule::TraitLost | ChangeRule::TagLost if after.is_empty() => {
            format!("{paths}: without `{before}`.")
        }
        _ => format!("{paths}: `{after}`, was `{before}`."),
    };
    format!("- {mark}{text}\n")
}

/// Several signatures, or the steps of one, in one line.
fn in_one(texts: &[String]) -> String {
    let mut line = String::new();
    for text in texts {
        let is_step = text.starts_with(' ');
        if !line.is_empty() && !is_step {
            line.push_str("; ");
        }
        line.push_str(text.trim());
    }
    line
}

/// Of long signatures only the added and removed steps.
fn steps(change: &Change, paths: &str) -> String {
    let only = |these: &[String], those: &[String]| {
        let lines = these.iter().filter(|line| !those.contains(line));
        lines
            .map(|line| format!("`{}`", line.trim()))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let come = only(&change.after, &change.before);
    let gone = only(&change.before, &change.after);
    match (come.is_empty(), gone.is_empty()) {
        (false, true) => format!("{paths}: with {come}."),
        (true, false) => format!("{paths}: without {gone}."),
        (false, false) => format!("{paths}: with {come}, without {gone}."),
        (true, true) => format!("{paths}: the steps are in a different order."),
    }
}

/// Changes that are listed together: equal facts about different items, and parts of one type that are added or removed together.
pub(super) fn grouped(changes: &[Change]) -> Vec<Vec<&Change>> {
    let mut groups: Vec<Vec<&Change>> = Vec::new();
    for change in changes {
        let alike =
            |group: &&mut Vec<&Change>| group.first().is_some_and(|first| alike(first, change));
        match groups.iter_mut().find(alike) {
            Some(group) => group.push(change),
            None => groups.push(vec![change]),
        }
    }
    groups
}

fn alike(one: &Change, other: &Change) -> bool {
    let owner = |change: &Change| {
        change
            .path
            .rsplit_once("::")
            .map(|(owner, _)| owner.to_owned())
    };
    (one.rule, &one.noun) == (other.rule, &other.noun)
        && match one.rule {
            ChangeRule::Wire | ChangeRule::Documentation => {
                (&one.before, &one.after) == (&other.before, &other.after)
            }
            ChangeRule::Added | ChangeRule::Removed => {
                PARTS.contains(&one.noun.as_str()) && owner(one) == owner(other)
            }
            _ => false,
        }
}
