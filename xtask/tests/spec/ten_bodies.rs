//! The text of the pull request for ten of the changes under `codegen/tests/diff/lamps`, as an update writes it: goldens beside the
//! changes.

use std::fs;
use std::path::{Path, PathBuf};

use codegen::document::Document;
use codegen::{Source, Sources};

use crate::corrections::Loop;

/// One of each kind: additions, breaks of types, requests and methods, the wire.
const CASES: [&str; 10] = [
    "create-two-fields-required",
    "delete-returns-lamp",
    "lamp-field-to-list",
    "lamp-two-fields-added",
    "lamp-two-values-added",
    "operation-removed",
    "operation-with-new-types-added",
    "plans-added",
    "security-none",
    "shade-variant-renamed",
];

fn diff() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../codegen/tests/diff")
}

/// The document of the cases after the change of one.
fn upstream(case: &str) -> String {
    let source = |path: PathBuf| Source {
        path: "spec.yaml".to_owned(),
        text: fs::read_to_string(path).unwrap(),
    };
    let sources = Sources {
        spec: source(diff().join("spec.yaml")),
        overlay: Some(source(diff().join("lamps").join(case).join("change.yaml"))),
        config: source(diff().join("sdk.toml")),
        lock: None,
    };
    Document::read(&sources).unwrap().text()
}

#[test]
fn ten_changes_have_the_expected_bodies() {
    let accepts = std::env::var_os("UPDATE_GOLDEN").is_some();
    let mut failures = String::new();
    for case in CASES {
        let it = Loop::start();
        it.repository.write("upstream.yaml", &upstream(case));
        it.update().assert(0, "", "");
        let golden = diff().join("lamps").join(case).join("body.md");
        if accepts {
            fs::write(&golden, it.body()).unwrap();
        }
        let expected = fs::read_to_string(&golden).unwrap_or_default();
        if expected != it.body() {
            failures.push_str(&format!("{case}:\n{}\n", it.body()));
        }
    }
    assert!(
        failures.is_empty(),
        "not as expected; to accept: UPDATE_GOLDEN=1 cargo test -p xtask --test spec ten\n{failures}"
    );
}
