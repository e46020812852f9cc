//! What the generator writes compiles without a warning: every accepted golden case, beside the runtime that it is written for.
//!
//! A copy of the SDK in the target folder gets one module for each case, so that one build compiles them all and the
//! dependencies once. Generated code says `crate::generated::…`, which each case reads as a module of its own.
//!
//! The same build runs a program on one of the cases, for what no operation of the SDK's own document has yet (behaviour 52).

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what it could not do by failing"
)]

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The first builds everything, with the examples in the documentation; rustdoc has rules of its own.
const CHECKS: [&[&str]; 2] = [&["test", "--doc"], &["doc", "--no-deps"]];

/// What a `PATCH` sends for fields that are kept, cleared and set.
const PATCH: &str = include_str!("data/golden_patch.rs");

#[test]
fn b52_accepted_goldens_compile_without_warnings_and_one_is_sent() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let copy = Path::new(env!("CARGO_TARGET_TMPDIR")).join("golden_compile");
    write_workspace(root, &copy);
    write_cases(&root.join("codegen/tests/golden"), &copy.join("sdk/src"));
    for check in CHECKS {
        let output = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .args(check)
            .args([
                "--quiet",
                "--offline",
                "--package",
                "cloudflare-magic",
                "--no-default-features",
            ])
            .current_dir(&copy)
            .env("CARGO_TARGET_DIR", copy.join("target"))
            .env_remove("RUSTFLAGS")
            .env_remove("RUSTDOCFLAGS")
            .output()
            .expect("cargo runs");
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8_lossy(&said);
        assert!(
            output.status.success(),
            "cargo {}, in sdk/src/golden/<case>:\n{said}",
            check.join(" ")
        );
    }
}

/// A workspace of one member: the SDK as it stands, with the versions that the repository has locked.
fn write_workspace(root: &Path, copy: &Path) {
    let manifest = fs::read_to_string(root.join("Cargo.toml")).unwrap();
    let members = manifest
        .lines()
        .find(|line| line.starts_with("members = "))
        .expect("a line of members");
    write(
        &copy.join("Cargo.toml"),
        &manifest.replace(members, "members = [\"sdk\"]"),
    );
    if !copy.join("Cargo.lock").exists() {
        write(
            &copy.join("Cargo.lock"),
            &fs::read_to_string(root.join("Cargo.lock")).unwrap(),
        );
    }
    let mut files = files_below(&root.join("sdk/src"));
    files.push(root.join("sdk/Cargo.toml"));
    for file in files {
        let place = copy.join(file.strip_prefix(root).unwrap());
        let mut text = fs::read_to_string(&file).unwrap();
        if place.ends_with("sdk/src/lib.rs") {
            text = text.replacen(
                "mod generated;",
                "mod generated;\n#[rustfmt::skip]\npub mod golden;",
                1,
            );
            text = text.replacen(
                "#![warn(missing_docs)]",
                "#![warn(missing_docs)]\n#![deny(warnings)]",
                1,
            );
        }
        write(&place, &text);
    }
}

/// Writes the expected files of each accepted case as a module of `golden`.
fn write_cases(goldens: &Path, source: &Path) {
    let mut names: Vec<String> = fs::read_dir(goldens)
        .unwrap()
        .map(|entry| name_of(&entry.unwrap().path()))
        .collect();
    names.retain(|name| goldens.join(name).join("expected").exists());
    names.sort();
    assert!(
        names.len() > 30,
        "only {} accepted cases were found",
        names.len()
    );
    let mut modules = "//! The accepted golden cases, one module each.\n//!\n//! ```\n".to_owned();
    for line in PATCH.lines().filter(|line| !line.starts_with("//!")) {
        let _ = writeln!(modules, "{}", format!("//! {line}").trim_end());
    }
    modules.push_str("//! ```\n\n");
    let mut written = vec![source.join("golden/mod.rs")];
    for name in names {
        let module = name.replace('-', "_");
        let _ = writeln!(modules, "pub mod {module};");
        for file in files_below(&goldens.join(&name).join("expected")) {
            let place = source.join("golden").join(&module).join(name_of(&file));
            write(
                &place,
                &adapted(&fs::read_to_string(&file).unwrap(), &module),
            );
            written.push(place);
        }
    }
    write(&source.join("golden/mod.rs"), &modules);
    for stale in files_below(&source.join("golden"))
        .iter()
        .filter(|file| !written.contains(*file))
    {
        fs::remove_file(stale).unwrap();
    }
}

/// The text of a generated file as a part of `crate::golden::<case>`: its paths, what the crate's root does with it, and the
/// method of the client, which can have each name once.
fn adapted(text: &str, case: &str) -> String {
    let text = text
        .replace("crate::generated::", &format!("crate::golden::{case}::"))
        .replace("](crate::", &format!("](crate::golden::{case}::types::"))
        .replace(
            "/// use cloudflare_magic::",
            &format!("/// use cloudflare_magic::golden::{case}::types::"),
        )
        .replace("pub(crate) mod types", "pub mod types")
        .replace("pub(crate) const ALIASES", "pub const ALIASES");
    let text = inserted(&text, "impl Client {", "pub fn ", case);
    inserted(&text, "= client", ".", case)
}

/// The text with `<case>_` behind the first `mark` after each `opening`.
fn inserted(text: &str, opening: &str, mark: &str, case: &str) -> String {
    let marked = format!("{mark}{case}_");
    let mut parts = text.split(opening);
    let mut whole = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        whole.push_str(opening);
        whole.push_str(&part.replacen(mark, &marked, 1));
    }
    whole
}

/// Writes where something changes, so that cargo sees what is fresh.
fn write(path: &Path, text: &str) {
    if fs::read_to_string(path).is_ok_and(|there| there == text) {
        return;
    }
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// All files in a folder and its folders.
fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => found.extend(files_below(&path)),
            false => found.push(path),
        }
    }
    found
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}
