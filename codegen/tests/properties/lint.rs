//! Properties of lint for any input: it never panics, and what it writes without a decision changes no code.

use codegen::output::Files;
use codegen::{MessageFormat, Source, Sources, fix, generate, lint};
use proptest::prelude::any;

use crate::holds;
use crate::inputs::{goldens, lints, ours};
use crate::mutation::{Mutation, mutated};

#[test]
fn every_golden_case_can_be_linted() {
    for case in goldens() {
        check(&case.sources);
    }
    let fixed = lints().iter().filter(|case| check(&case.sources)).count();
    assert!(fixed > 5, "only {fixed} cases have something to fix");
}

#[test]
fn lint_accepts_any_input() {
    let cases = lints();
    let strategy = (
        any::<proptest::sample::Index>(),
        proptest::collection::vec(any::<Mutation>(), 1..4),
    );
    holds(500, &strategy, |(case, mutations)| {
        check(&mutated(&case.get(&cases).sources, &mutations));
    });
    let ours = ours();
    let strategy = proptest::collection::vec(any::<Mutation>(), 1..4);
    holds(8, &strategy, |mutations| {
        check(&mutated(&ours, &mutations));
    });
}

/// Lints and fixes; returns whether there was something to fix.
fn check(sources: &Sources) -> bool {
    let report = lint(sources).report;
    let refused = generate(sources).is_err();
    assert!(
        !refused || report.fault_count() > 0,
        "lint has lost a fault"
    );
    let Some(text) = fix(sources).ok().and_then(|fix| fix.overlay) else {
        return false;
    };
    let path = "overlay.yaml".to_owned();
    let fixed = Sources {
        overlay: Some(Source { path, text }),
        ..sources.clone()
    };
    let again =
        fix(&fixed).unwrap_or_else(|report| panic!("{}", report.render(MessageFormat::Human)));
    assert_eq!(again.overlay, None, "a second fix has something to write");
    if let Ok(before) = generate(sources) {
        let after = generate(&fixed)
            .unwrap_or_else(|report| panic!("{}", report.render(MessageFormat::Human)));
        let overlay = fixed.overlay.as_ref().map(|source| &source.text);
        assert_eq!(code(&before.files), code(&after.files), "{overlay:?}");
    }
    true
}

/// The code without its documentation, which may mention a removed bound.
fn code(files: &Files) -> Vec<&str> {
    let lines = files.iter().flat_map(|(_, text)| text.lines());
    lines
        .filter(|line| !line.trim_start().starts_with("///"))
        .collect()
}
