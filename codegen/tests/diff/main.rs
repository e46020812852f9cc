//! Whether each change is classified correctly: each case of `lamps` forwards and backwards, and the steps of the real
//! document, with the expected report. `tests/tests/consumers` checks the same with the compiler.
//!
//! `UPDATE_GOLDEN=1 cargo test -p codegen --test diff` accepts the reports (a name instead of `1`: of that case only). It
//! never changes the expected classification, which is in `verdicts.rs`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    unreachable_pub,
    reason = "a test reports what it cannot read by failing, and shares its cases with another"
)]

mod cases;
mod exceptions;
mod golden;
mod nested;
mod verdicts;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use codegen::compare::{Change, Comparison, Level, ReportFormat, State, Verdict, Version};
use codegen::{MessageFormat, Sources, compare, generate};

use cases::{Case, history, lamps};
use golden::Golden;
use verdicts::{HISTORY, VERDICTS};

/// The version of the small SDK.
const VERSION: &str = "0.1.0";

fn compared(old: &Sources, new: &Sources) -> Comparison {
    compare(old, new, VERSION).unwrap_or_else(|why| panic!("{why}: {why:?}"))
}

/// A case with its results, forwards and backwards.
struct Compared {
    case: Case,
    forward: Comparison,
    backward: Comparison,
}

/// All cases of the small API. Each state is read once, and each case is compared once for all tests.
static LAMPS: LazyLock<Vec<Compared>> = LazyLock::new(|| {
    let cases = lamps();
    // All start from the same inputs.
    let old = state(&cases[0].old);
    let mut refused = String::new();
    let compared = cases.iter().filter_map(|case| {
        let new = match State::read(&case.new) {
            Ok(new) => new,
            Err(report) => {
                let report = report.render(MessageFormat::Human);
                refused.push_str(&format!("{}: refused\n{report}\n", case.name));
                return None;
            }
        };
        let version = Version::parse(VERSION).unwrap();
        Some((
            old.compare(&new, version.clone()),
            new.compare(&old, version),
        ))
    });
    let compared: Vec<_> = compared.collect();
    assert!(refused.is_empty(), "\n{refused}");
    let cases = cases.into_iter().zip(compared);
    let cases = cases.map(|(case, (forward, backward))| Compared {
        case,
        forward,
        backward,
    });
    cases.collect()
});

fn state(sources: &Sources) -> State<'_> {
    State::read(sources).unwrap_or_else(|report| panic!("{report:?}"))
}

#[test]
fn every_case_has_its_verdict_and_its_report() {
    let mut golden = Golden::new();
    let mut found = Vec::new();
    for Compared {
        case,
        forward,
        backward,
    } in LAMPS.iter()
    {
        for (name, comparison) in [("forward.txt", forward), ("backward.txt", backward)] {
            let report = comparison.render(ReportFormat::Text);
            golden.hold(&case.name, &case.folder.join(name), &report);
        }
        found.push((case.name.as_str(), forward.verdict, backward.verdict));
    }
    let other: Vec<_> = found
        .iter()
        .filter(|line| !VERDICTS.contains(line))
        .collect();
    assert!(other.is_empty(), "not as in verdicts.rs: {other:#?}");
    let names: Vec<&str> = found.iter().map(|(name, ..)| *name).collect();
    let listed: Vec<&str> = VERDICTS.iter().map(|(name, ..)| *name).collect();
    assert_eq!(
        names, listed,
        "the cases and verdicts.rs, in the order of the names"
    );
    golden.assert();
}

#[test]
fn every_step_of_history_has_its_verdict_and_its_report() {
    let mut golden = Golden::new();
    let mut found = Vec::new();
    for step in history() {
        let comparison = compared(&step.old, &step.new);
        golden.hold(
            &step.name,
            &step.folder.join("report.md"),
            &comparison.render(ReportFormat::Markdown),
        );
        found.push((step.name, comparison.verdict));
    }
    let found: Vec<_> = found
        .iter()
        .map(|(name, verdict)| (name.as_str(), *verdict))
        .collect();
    assert_eq!(found, HISTORY);
    golden.assert();
}

/// CONTRIBUTING.md shows a whole report.
#[test]
fn the_report_in_contributing_is_the_real_one() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let page = fs::read_to_string(root.join("CONTRIBUTING.md")).unwrap();
    let shown = page.split("<!-- report: ").skip(1).map(|rest| {
        let (name, rest) = rest.split_once(" -->\n").expect("a name");
        (name, rest.split_once("<!-- end -->").expect("an end").0)
    });
    let shown: Vec<(&str, &str)> = shown.collect();
    assert_eq!(shown.len(), 1);
    for (name, text) in shown {
        let report = root
            .join("codegen/tests/diff/history")
            .join(name)
            .join("report.md");
        assert_eq!(text, fs::read_to_string(report).unwrap(), "{name}");
    }
}

#[test]
fn a_report_can_be_written_in_each_format() {
    let mut golden = Golden::new();
    let Compared { case, forward, .. } = of("several-at-once");
    for (name, format) in [
        ("report.md", ReportFormat::Markdown),
        ("report.json", ReportFormat::Json),
        ("report.github", ReportFormat::Github),
    ] {
        golden.hold(&case.name, &case.folder.join(name), &forward.render(format));
    }
    golden.assert();
}

/// The most severe change decides the verdict, and a report is ordered by severity.
#[test]
fn a_report_is_in_order_and_every_change_has_an_id_of_its_own() {
    for Compared { case, forward, .. } in LAMPS.iter() {
        let levels: Vec<Level> = forward.changes.iter().map(Change::level).collect();
        assert!(levels.is_sorted(), "{}: {levels:?}", case.name);
        let gravest = levels
            .first()
            .map_or(Verdict::None, |level| Verdict::from(*level));
        assert_eq!(gravest, forward.verdict, "{}", case.name);
        assert_eq!(ids(forward).len(), forward.changes.len(), "{}", case.name);
    }
}

/// An approval names an id: it must stay the same when something else changes too, and when lines move.
#[test]
fn an_id_does_not_depend_on_what_else_changes() {
    let all = ids(&of("several-at-once").forward);
    for alone in [
        "field-number-to-integer",
        "field-added-to-response",
        "schema-description-changed",
        "parameter-bound-changed",
        "operation-deprecated",
    ] {
        let alone_ids = ids(&of(alone).forward);
        assert!(
            !alone_ids.is_empty() && alone_ids.is_subset(&all),
            "{alone}: {alone_ids:?}"
        );
    }
    let (optional, required) = (
        "field-added-to-response",
        "field-required-added-to-response",
    );
    assert_ne!(
        ids(&of(optional).forward),
        ids(&of(required).forward),
        "what is there now is part of it"
    );
}

#[test]
fn a_state_compared_with_itself_has_no_changes() {
    let small = &of("several-at-once").case;
    for case in history().iter().chain([small]) {
        let comparison = compared(&case.new, &case.new);
        assert_eq!(comparison.verdict, Verdict::None, "{}", case.name);
        assert!(
            comparison.changes.is_empty()
                && comparison.rest.is_empty()
                && comparison.skips.is_empty()
        );
        assert_eq!(comparison.next.to_string(), VERSION);
        assert!(comparison.changelog.is_empty());
    }
}

/// The generated files contain everything that users see: equal surfaces are generated from equal text.
#[test]
fn where_nothing_changes_the_same_is_generated() {
    let silent = LAMPS
        .iter()
        .filter(|compared| compared.forward.verdict == Verdict::None);
    let silent: Vec<&Case> = silent.map(|compared| &compared.case).collect();
    assert!(silent.len() >= 5, "{}", silent.len());
    for case in silent {
        assert_eq!(generated(&case.old), generated(&case.new), "{}", case.name);
    }
}

fn of(name: &str) -> &'static Compared {
    let found = LAMPS.iter().find(|compared| compared.case.name == name);
    found.unwrap_or_else(|| panic!("there is no case `{name}`"))
}

fn ids(comparison: &Comparison) -> BTreeSet<&str> {
    comparison
        .changes
        .iter()
        .map(|change| change.id.as_str())
        .collect()
}

/// The lines of all files, sorted: users do not see their order.
fn generated(sources: &Sources) -> Vec<String> {
    let output = generate(sources).unwrap();
    let files = output.files.iter();
    let mut lines: Vec<String> = files
        .flat_map(|(_, text)| text.lines().map(str::to_owned))
        .collect();
    lines.sort();
    lines
}
