//! The inputs of the properties: our own, and those of the golden cases.

use std::fs;
use std::path::{Path, PathBuf};

use codegen::{Source, Sources};

/// The inputs of one golden case.
#[derive(Debug)]
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) sources: Sources,
}

/// The document of this repository, with its overlay and `sdk.toml`.
pub(crate) fn ours() -> Sources {
    read(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec"),
        "openapi.yaml",
    )
}

/// All golden cases, in the order of their names.
pub(crate) fn goldens() -> Vec<Case> {
    below("tests/golden")
}

/// The cases of lint.
pub(crate) fn lints() -> Vec<Case> {
    below("tests/lint")
}

fn below(folder: &str) -> Vec<Case> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut folders: Vec<PathBuf> = fs::read_dir(root)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    folders.sort();
    folders.iter().map(|folder| case(folder)).collect()
}

/// The golden cases that are accepted.
pub(crate) fn accepted() -> Vec<Case> {
    let mut cases = goldens();
    cases.retain(|case| codegen::generate(&case.sources).is_ok());
    cases
}

fn case(folder: &Path) -> Case {
    let spec = if folder.join("spec.json").exists() {
        "spec.json"
    } else {
        "spec.yaml"
    };
    Case {
        name: folder.file_name().unwrap().to_string_lossy().into_owned(),
        sources: read(folder, spec),
    }
}

fn read(folder: &Path, spec: &str) -> Sources {
    let source = |name: &str| {
        let text = fs::read_to_string(folder.join(name)).ok()?;
        Some(Source {
            path: name.to_owned(),
            text,
        })
    };
    let empty = Source {
        path: "sdk.toml".to_owned(),
        text: String::new(),
    };
    Sources {
        spec: source(spec).unwrap(),
        overlay: source("overlay.yaml"),
        config: source("sdk.toml").unwrap_or(empty),
        lock: source("names.lock"),
    }
}

/// The inputs that are accepted, ours among them.
pub(crate) fn all() -> Vec<(String, Sources)> {
    let cases = accepted().into_iter().map(|case| (case.name, case.sources));
    cases.chain([("ours".to_owned(), ours())]).collect()
}

/// Those that `serde_yaml` writes as it read them: it keeps no numbers beyond 64 bits.
pub(crate) fn rewritable() -> impl Iterator<Item = (String, Sources)> {
    // What these write without quotes is not written so again: large numbers, and booleans and fractions among texts.
    let exact = ["bounds-wide", "left-out-tolerated"];
    all()
        .into_iter()
        .filter(move |(name, _)| !exact.contains(&name.as_str()))
}
