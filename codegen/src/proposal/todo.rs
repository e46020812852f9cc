//! What a person has to do with an update, as a task list.
//!
//! Input: the comparison, what the import found, and what version and changelog lack; or the faults. Output: Markdown. Each line says what to do and where.

use crate::compare::{Comparison, Verdict};
use crate::report::Report;
use crate::slice::{FindingKind, Slice};

/// What is left to do before an update can be merged; empty where there is nothing.
pub(super) fn of_update(comparison: &Comparison, slice: &Slice, missing: &[String]) -> String {
    let count = |kind| slice.findings.iter().filter(|one| one.kind == kind).count();
    let unwritten = count(FindingKind::SentenceMissing) + count(FindingKind::SentenceWritten);
    let orphaned = count(FindingKind::SentenceOrphaned);
    let operations = count(FindingKind::OperationCame);
    let kept_nothing = count(FindingKind::KeptNothing);
    let mut tasks = missing.to_vec();
    if unwritten > 0 {
        let nodes = counted(unwritten, "node");
        tasks.push(format!(
            "Write sentences for {nodes} in `spec/openapi.yaml`, then `cargo xtask spec format` and `cargo xtask codegen`."
        ));
    }
    if orphaned > 0 {
        let sentences = counted(orphaned, "sentence");
        tasks.push(format!(
            "Move what is still true of {sentences} whose node is gone."
        ));
    }
    if operations > 0 {
        let operations = counted(operations, "new operation");
        tasks.push(format!(
            "{operations}: write an example of the response in the document, and a call in `tests/tests/wire`."
        ));
    }
    if kept_nothing > 0 {
        tasks.push("Remove the entries of `[import] keep` that keep nothing.".to_owned());
    }
    if !comparison.skips.is_empty() {
        tasks.push("Look at what is newly skipped.".to_owned());
    }
    if !comparison.changelog.is_empty() {
        tasks.push("Rewrite the lines under *Unreleased* in `CHANGELOG.md` for people.".to_owned());
    }
    tasks.extend(
        (comparison.verdict > Verdict::Patch)
            .then(|| "Read the difference of `sdk/src/generated` as a user would.".to_owned()),
    );
    list(&tasks)
}

/// What to do with a refused update.
pub(super) fn of_refusal(report: &Report) -> String {
    let faults = counted(report.fault_count(), "fault");
    list(&[
        format!(
            "Correct {faults}: each has a line of help. Most are about `spec/overlay.yaml` and `spec/sdk.toml`."
        ),
        "Run the update again, until it passes.".to_owned(),
        "Propose what it wrote.".to_owned(),
    ])
}

fn list(tasks: &[String]) -> String {
    let lines: String = tasks.iter().map(|task| format!("- [ ] {task}\n")).collect();
    match tasks.is_empty() {
        true => String::new(),
        false => format!("\n### To do\n\n{lines}"),
    }
}

fn counted(count: usize, thing: &str) -> String {
    match count {
        1 => format!("1 {thing}"),
        _ => format!("{count} {thing}s"),
    }
}
