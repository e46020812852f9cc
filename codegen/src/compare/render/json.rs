//! The comparison for programs: one JSON object with stable keys.

use serde::Serialize;

use super::super::{Change, Comparison, Level, NodeLocation, Skip, StaleException};

#[derive(Serialize)]
struct Whole<'a> {
    verdict: &'static str,
    provisional: bool,
    bump: &'static str,
    version: String,
    next_version: String,
    headline: String,
    changes: Vec<One<'a>>,
    exceptions: Vec<Exception<'a>>,
    expired: &'a [String],
    skips: Vec<Skipped<'a>>,
    rest: Vec<At<'a>>,
    changelog: &'a str,
    commit: &'a str,
}

#[derive(Serialize)]
struct One<'a> {
    id: &'a str,
    level: &'static str,
    wire: bool,
    rule: &'static str,
    noun: &'a str,
    path: &'a str,
    before: &'a [String],
    after: &'a [String],
    why: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    accepted: Option<&'a str>,
    old: Option<At<'a>>,
    new: Option<At<'a>>,
}

#[derive(Serialize)]
struct At<'a> {
    pointer: &'a str,
    path: &'a str,
    line: usize,
}

#[derive(Serialize)]
struct Exception<'a> {
    entry: &'a str,
    path: &'a str,
    line: usize,
    message: &'a str,
    help: &'a str,
}

#[derive(Serialize)]
struct Skipped<'a> {
    at: At<'a>,
    reason: &'a str,
}

pub(super) fn render(comparison: &Comparison) -> String {
    let whole = Whole {
        verdict: comparison.verdict.name(),
        provisional: comparison.is_provisional(),
        bump: comparison.bump.name(),
        version: comparison.version.to_string(),
        next_version: comparison.next.to_string(),
        headline: comparison.headline(),
        changes: comparison.changes.iter().map(one).collect(),
        exceptions: comparison.exceptions.iter().map(exception).collect(),
        expired: &comparison.expired,
        skips: comparison.skips.iter().map(skipped).collect(),
        rest: comparison.rest.iter().map(at).collect(),
        changelog: &comparison.changelog,
        commit: &comparison.commit,
    };
    // Texts and numbers always serialise.
    let text = serde_json::to_string_pretty(&whole).unwrap_or_default();
    format!("{text}\n")
}

fn one(change: &Change) -> One<'_> {
    One {
        id: &change.id,
        level: change.level_name(),
        wire: change.level() == Level::Wire,
        rule: change.rule.name(),
        noun: &change.noun,
        path: &change.path,
        before: &change.before,
        after: &change.after,
        why: change.why,
        help: change.help.as_deref(),
        accepted: change.accepted.as_deref(),
        old: change.old.as_ref().map(at),
        new: change.new.as_ref().map(at),
    }
}

fn at(place: &NodeLocation) -> At<'_> {
    At {
        pointer: place.pointer.as_str(),
        path: &place.path,
        line: place.line,
    }
}

fn exception(stale: &StaleException) -> Exception<'_> {
    Exception {
        entry: &stale.entry,
        path: &stale.path,
        line: stale.line,
        message: &stale.message,
        help: &stale.help,
    }
}

fn skipped(skip: &Skip) -> Skipped<'_> {
    Skipped {
        at: at(&skip.place),
        reason: &skip.reason,
    }
}
