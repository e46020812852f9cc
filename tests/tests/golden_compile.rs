//! The generator's output compiles without a warning: every accepted golden case, together with the runtime that it uses.
//!
//! The same build runs a program on one of the cases, for a feature that no operation of the SDK's document has yet (behaviour 52).

#![allow(clippy::unwrap_used, reason = "a failed step fails the test")]

use std::fs;
use std::path::Path;

use tests::sdk_copy::{Copy, files_below, name_of, root};

/// The first builds everything, with the examples in the documentation; the second checks rustdoc's own lints.
const CHECKS: [&[&str]; 2] = [&["test", "--doc"], &["doc", "--no-deps"]];

/// What a `PATCH` sends for fields that are kept, cleared and set.
const PATCH: &str = include_str!("data/golden_patch.rs");

#[test]
fn b52_accepted_goldens_compile_without_warnings_and_one_is_sent() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("golden_compile");
    let copy = Copy::new(&folder, "golden", "#![deny(warnings)]");
    let cases = accepted(&root().join("codegen/tests/golden"));
    assert!(
        cases.len() > 30,
        "only {} accepted cases were found",
        cases.len()
    );
    let program = PATCH.lines().filter(|line| !line.starts_with("//!"));
    let program: Vec<&str> = program.collect();
    copy.write_cases(
        &["```", &program.join("\n"), "```"].join("\n"),
        cases.iter().map(|(name, files)| {
            let files = files.iter();
            let files = files.map(|(name, text)| (name.clone(), text.as_str()));
            (name.clone(), files.collect())
        }),
    );
    for check in CHECKS {
        let output = copy.cargo(check);
        let printed = [output.stdout, output.stderr].concat();
        let printed = String::from_utf8_lossy(&printed);
        assert!(
            output.status.success(),
            "cargo {}, in sdk/src/golden/<case>:\n{printed}",
            check.join(" ")
        );
    }
}

/// The expected files of each accepted case.
fn accepted(goldens: &Path) -> Vec<(String, Vec<(String, String)>)> {
    let folders = fs::read_dir(goldens).unwrap();
    let mut folders: Vec<_> = folders.map(|entry| entry.unwrap().path()).collect();
    folders.retain(|folder| folder.join("expected").exists());
    folders.sort();
    let case = |folder: &Path| {
        let files = files_below(&folder.join("expected"));
        let files = files.iter();
        let files = files.map(|file| (name_of(file), fs::read_to_string(file).unwrap()));
        (name_of(folder).replace('-', "_"), files.collect())
    };
    folders.iter().map(|folder| case(folder)).collect()
}
