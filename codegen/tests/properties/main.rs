//! Properties for any input: the generator returns files or a report, never panics; the same bytes each time; names that are
//! valid, unique, and do not depend on what is added beside them.
//!
//! The inputs are our own document and the golden cases, unchanged and mutated. The cases are the same in every run.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test reports a violation by failing"
)]

mod deep;
mod equal;
mod growth;
mod inputs;
mod left_out;
mod lint;
mod methods;
mod mutation;
mod names;
mod nested;
mod order;
mod users;
mod webs;

use codegen::{MessageFormat, Sources, generate};
use proptest::prelude::{ProptestConfig, Strategy, any};
use proptest::test_runner::{RngAlgorithm, TestCaseError, TestRng, TestRunner};
use serde_json::Value;

use inputs::{accepted, goldens, ours};
use mutation::{Mutation, mutated};

/// Runs a property on as many values of a strategy, the same ones in every run.
fn holds<S: Strategy>(cases: u32, strategy: &S, property: impl Fn(S::Value)) {
    let config = ProptestConfig {
        cases,
        failure_persistence: None,
        max_shrink_iters: 200,
        ..ProptestConfig::default()
    };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let outcome = TestRunner::new_with_rng(config, rng).run(strategy, |value| {
        property(value);
        Ok::<(), TestCaseError>(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
}

#[test]
fn our_document_can_be_mutated() {
    let ours = ours();
    holds(
        24,
        &proptest::collection::vec(any::<Mutation>(), 1..4),
        |mutations| {
            check(&mutated(&ours, &mutations));
        },
    );
}

#[test]
fn accepted_cases_can_be_mutated() {
    let cases = accepted();
    let strategy = (
        any::<proptest::sample::Index>(),
        proptest::collection::vec(any::<Mutation>(), 1..4),
    );
    holds(2000, &strategy, |(case, mutations)| {
        check(&mutated(&case.get(&cases).sources, &mutations));
    });
}

#[test]
fn two_runs_write_the_same_bytes() {
    let mut all = goldens();
    all.push(inputs::Case {
        name: "ours".to_owned(),
        sources: ours(),
    });
    for case in all {
        assert_eq!(
            output_of(&case.sources),
            output_of(&case.sources),
            "{}",
            case.name
        );
    }
}

/// The whole output of a run, as one text.
fn output_of(sources: &Sources) -> String {
    match generate(sources) {
        Ok(output) => output
            .files
            .iter()
            .map(|(path, text)| format!("{path}\n{text}\n"))
            .collect(),
        Err(report) => report.render(MessageFormat::Human) + &report.render(MessageFormat::Json),
    }
}

/// The properties of any input.
fn check(sources: &Sources) {
    match generate(sources) {
        Ok(output) => {
            for (path, text) in output.files.iter() {
                check_file(path, text);
            }
            check_findings(sources, &output.notes.render(MessageFormat::Json));
        }
        Err(report) => {
            assert!(report.fault_count() > 0, "a report without a fault");
            check_findings(sources, &report.render(MessageFormat::Json));
            assert!(report.render(MessageFormat::Human).ends_with('\n'));
        }
    }
}

fn check_file(path: &str, text: &str) {
    let forbidden = ["\r", "\t", ".unwrap(", env!("CARGO_MANIFEST_DIR")];
    for word in forbidden {
        assert!(!text.contains(word), "{path} holds {word:?}:\n{text}");
    }
    assert!(
        text.ends_with('\n') && !text.ends_with("\n\n"),
        "{path} does not end with one line break"
    );
    if path.ends_with(".toml") {
        let table = toml::from_str::<toml::Table>(text);
        assert!(table.is_ok(), "{path} is not TOML: {table:?}\n{text}");
        return;
    }
    match syn::parse_file(text) {
        Ok(file) => methods::check_unique(path, &file),
        Err(error) => panic!("{path} is not Rust: {error}\n{text}"),
    }
}

/// Every finding is within its file.
fn check_findings(sources: &Sources, json: &str) {
    for finding in json.lines() {
        let finding: Value = serde_json::from_str(finding).expect("a line of JSON");
        let number = |key: &str| usize::try_from(finding[key].as_u64().unwrap()).unwrap();
        let path = finding["path"].as_str().unwrap();
        let files = [
            Some(&sources.spec),
            sources.overlay.as_ref(),
            Some(&sources.config),
            sources.lock.as_ref(),
        ];
        let file = files
            .into_iter()
            .flatten()
            .find(|file| file.path == path)
            .expect("an input");
        let line = file.text.split('\n').nth(number("line") - 1);
        let width = line
            .unwrap_or_else(|| panic!("no such line: {finding}"))
            .chars()
            .count();
        assert!(
            (1..=width + 1).contains(&number("column")),
            "no such column in a line of {width}: {finding}"
        );
        assert!(
            !finding["message"].as_str().unwrap().is_empty(),
            "a finding without a message: {finding}"
        );
    }
}
