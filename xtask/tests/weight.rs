//! What `cargo xtask` compiles: on a fresh machine the first command waits for all of it, so it stays small.

#![allow(
    clippy::unwrap_used,
    reason = "a test says what it could not do by failing"
)]

use std::collections::BTreeSet;
use std::process::Command;

/// Slow to compile: a TLS stack, an async runtime, C, regular expressions with Unicode tables, a library for object files.
const HEAVY: [&str; 9] = [
    "aws-lc-sys",
    "cc",
    "object",
    "regex-automata",
    "reqwest",
    "ring",
    "rustls",
    "sha2",
    "tokio",
];

/// A few more than there are.
const MOST: usize = 66;

/// The crates of `cargo xtask` with their versions; one that is compiled twice is named twice.
fn crates() -> Vec<String> {
    crates_of(&["xtask", "--edges", "normal,build"])
}

/// The crates of a package, as `cargo tree` lists them with these options.
fn crates_of(package: &[&str]) -> Vec<String> {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--package"])
        .args(package)
        .args(["--prefix", "none", "--format", "{p} {f}", "--locked"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let lines = String::from_utf8(output.stdout).unwrap();
    let lines = lines.lines().map(|line| line.trim_end_matches(" (*)"));
    let unique: BTreeSet<&str> = lines.collect();
    unique.into_iter().map(str::to_owned).collect()
}

#[test]
fn no_crate_is_slow_to_compile() {
    let crates = crates();
    let name = |line: &String| line.split(' ').next().unwrap_or_default().to_owned();
    let names: Vec<String> = crates.iter().map(name).collect();
    let heavy: Vec<&str> = HEAVY
        .into_iter()
        .filter(|heavy| names.iter().any(|name| name == heavy))
        .collect();
    assert!(heavy.is_empty(), "leave out of xtask: {}", heavy.join(", "));
    assert!(names.contains(&"codegen".to_owned()), "{crates:?}");
    assert!(names.len() <= MOST, "{} crates: {crates:#?}", names.len());
}

#[test]
fn syn_of_today_is_compiled_once() {
    let crates = crates();
    let syn = crates.iter().filter(|line| line.starts_with("syn v3"));
    let syn: Vec<&String> = syn.collect();
    assert_eq!(
        syn.len(),
        1,
        "give it the same features everywhere: {syn:?}"
    );
}

/// The names and versions of the crates of the SDK.
fn names_of_the_sdk(features: &[&str]) -> BTreeSet<String> {
    let package = [&["cloudflare-magic", "--edges", "normal"], features].concat();
    let name = |line: &String| line.split(' ').take(2).collect::<Vec<_>>().join(" ");
    crates_of(&package).iter().map(name).collect()
}

#[test]
fn the_fake_of_the_service_brings_no_crate() {
    let default = names_of_the_sdk(&[]);
    assert!(default.iter().any(|name| name.starts_with("hyper ")));
    assert_eq!(names_of_the_sdk(&["--features", "fake-service"]), default);
}

/// The features that generated code of other documents can need: off by default, and made of the crates that are there.
#[test]
fn what_other_documents_need_brings_no_crate() {
    let default = names_of_the_sdk(&[]);
    for feature in ["bodies", "credentials", "cursors", "responses", "styles"] {
        assert_eq!(
            names_of_the_sdk(&["--features", feature]),
            default,
            "{feature}"
        );
        let enabled = crates_of(&["cloudflare-magic", "--edges", "normal"]);
        let sdk = enabled
            .iter()
            .find(|line| line.starts_with("cloudflare-magic "));
        assert!(sdk.is_some_and(|line| !line.contains(feature)), "{sdk:?}");
    }
}
