//! Generated code is laid out as people's code is: the formatter of the toolchain has hardly anything to change.
//!
//! In: a copy of the generated files. Out: nothing.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::rust::{FOLDER, RULES};

/// Lines that `rustfmt` may lay out otherwise, of about 4,700.
const MOST: usize = 30;

#[test]
fn rustfmt_leaves_generated_code_as_it_is() {
    let copy = tempfile::tempdir().unwrap();
    let mut files = Vec::new();
    for file in fs::read_dir(FOLDER).unwrap() {
        let file = file.unwrap();
        // `mod.rs` would lead the formatter to the other files a second time; a table is not read like code.
        if file.file_name() == "mod.rs" || file.file_name() == RULES {
            continue;
        }
        let path = copy.path().join(file.file_name());
        fs::copy(file.path(), &path).unwrap();
        files.push(path);
    }
    let before: Vec<String> = files.iter().map(|file| text(file)).collect();
    let status = Command::new("rustfmt")
        .args(["--edition", "2024"])
        .args(&files)
        .status();
    assert!(status.unwrap().success());
    let mut changed = Vec::new();
    for (before, file) in before.iter().zip(&files) {
        let after = text(file);
        let is_kept = |line: &&str| !after.lines().any(|kept| kept == *line);
        changed.extend(before.lines().filter(is_kept).map(str::to_owned));
    }
    assert!(
        changed.len() <= MOST,
        "rustfmt lays out {} lines otherwise:\n{}",
        changed.len(),
        changed.join("\n")
    );
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap()
}
