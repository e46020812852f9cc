//! Golden cases of widening: a folder holds the present inputs, upstream's document and the patterns; `expected.txt` has the report, and
//! the faults that remain.
//!
//! `UPDATE_GOLDEN=1` writes the expected files. Of a case in which no fault remains, the proposed inputs are generated, and widening them
//! by the same patterns finds nothing to do.

#![allow(
    clippy::unwrap_used,
    reason = "a test says what it could not do by failing"
)]

use std::fs;
use std::path::{Path, PathBuf};

use codegen::slice::Prose;
use codegen::widen::{Request, Widening, widen};
use codegen::{MessageFormat, Report, Source, Sources, generate};

fn source(case: &Path, name: &str) -> Option<Source> {
    let text = fs::read_to_string(case.join(name)).ok()?;
    Some(Source {
        path: format!("spec/{name}"),
        text,
    })
}

fn sources(case: &Path) -> Sources {
    Sources {
        spec: source(case, "openapi.yaml").unwrap(),
        overlay: source(case, "overlay.yaml"),
        config: source(case, "sdk.toml").unwrap(),
        lock: source(case, "names.lock"),
    }
}

fn widened(case: &Path, current: &Sources) -> Result<Widening, Report> {
    let patterns = fs::read_to_string(case.join("patterns.txt")).unwrap();
    let patterns: Vec<String> = patterns.lines().map(str::to_owned).collect();
    widen(&Request {
        current,
        upstream: &[Source {
            path: "upstream.yaml".to_owned(),
            ..source(case, "upstream.yaml").unwrap()
        }],
        patterns: &patterns,
        prose: Prose::Upstream,
        version: "1.0.0",
    })
}

/// What a person reads.
fn said(outcome: &Result<Widening, Report>) -> String {
    match outcome {
        Ok(widening) => {
            let left = widening.left.render(MessageFormat::Human);
            let report = widening.render(MessageFormat::Human);
            match left.is_empty() {
                true => report,
                false => format!("{report}\n{left}"),
            }
        }
        Err(report) => report.render(MessageFormat::Human),
    }
}

fn check(case: &Path) -> Result<(), String> {
    let current = sources(case);
    let outcome = widened(case, &current);
    let said = said(&outcome);
    let expected = case.join("expected.txt");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&expected, &said).unwrap();
    }
    if fs::read_to_string(&expected).unwrap_or_default() != said {
        return Err(format!("says now:\n{said}"));
    }
    match outcome {
        Ok(widening) if widening.is_complete() => check_proposed(case, &widening.sources),
        _ => Ok(()),
    }
}

/// What is proposed is complete.
fn check_proposed(case: &Path, proposed: &Sources) -> Result<(), String> {
    if let Err(report) = generate(proposed) {
        return Err(report.render(MessageFormat::Human));
    }
    let again = widened(case, proposed).map_err(|report| report.render(MessageFormat::Human))?;
    match again.is_nothing() && again.proposed.is_empty() && again.sources == *proposed {
        true => Ok(()),
        false => Err(format!(
            "a second time: {}",
            again.render(MessageFormat::Human)
        )),
    }
}

#[test]
fn widening_proposes_what_is_missing() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/widen");
    let cases = fs::read_dir(&root)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let mut cases: Vec<PathBuf> = cases.collect();
    cases.sort();
    let failed = |case: &PathBuf| {
        let name = case.file_name().unwrap().to_string_lossy().into_owned();
        Some(format!("{name}: {}", check(case).err()?))
    };
    let failures: Vec<String> = cases.iter().filter_map(failed).collect();
    assert!(!cases.is_empty());
    assert!(failures.is_empty(), "\n{}\n", failures.join("\n"));
}
