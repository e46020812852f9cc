//! The cases: two states of the inputs each, made by applying a change to a document. `tests/tests/consumers` reads this
//! file too.
//!
//! A folder of `lamps` changes `spec.yaml` and `sdk.toml` beside it: `change.yaml` is an overlay, `sdk.toml` replaces the
//! shared one. A folder of `history` is a step of the real document, backwards: applied to the inputs as they are after the
//! step it returns those before. The last step leads to the inputs of `frozen`, which are those of July 2026: an update of
//! `spec` must not change history. There `change.yaml` is an overlay too, and `replace.txt` lists replaced words: a line for
//! each, with the input (or `all`), the word now and the word then.

use std::fs;
use std::path::{Path, PathBuf};

use codegen::document::Document;
use codegen::{Source, Sources};

/// One change.
pub struct Case {
    pub name: String,
    pub folder: PathBuf,
    pub old: Sources,
    pub new: Sources,
}

/// The changes of the small API, by name.
pub fn lamps() -> Vec<Case> {
    let here = folder();
    let base = Sources {
        spec: source("spec.yaml", &here.join("spec.yaml")),
        overlay: None,
        config: source("sdk.toml", &here.join("sdk.toml")),
        lock: None,
    };
    let old = Sources {
        spec: rewritten(&base, None),
        ..base.clone()
    };
    let cases = folders(&here.join("lamps")).into_iter().map(|folder| {
        let change = folder.join("change.yaml");
        let change = change.exists().then(|| source("change.yaml", &change));
        let config = folder.join("sdk.toml");
        let config = if config.exists() {
            source("sdk.toml", &config)
        } else {
            base.config.clone()
        };
        Case {
            name: name_of(&folder),
            old: old.clone(),
            new: Sources {
                spec: rewritten(&base, change),
                overlay: None,
                config,
                lock: None,
            },
            folder,
        }
    });
    cases.collect()
}

/// The steps of the real document, in order.
pub fn history() -> Vec<Case> {
    let here = folder();
    let frozen = here.join("frozen");
    let mut state = Sources {
        spec: source("spec.yaml", &frozen.join("openapi.yaml")),
        overlay: Some(source("overlay.yaml", &frozen.join("overlay.yaml"))),
        config: source("sdk.toml", &frozen.join("sdk.toml")),
        lock: None,
    };
    state.spec = rewritten(&state, None);
    let mut steps = Vec::new();
    for folder in folders(&here.join("history")).into_iter().rev() {
        let mut old = state.clone();
        let change = folder.join("change.yaml");
        if change.exists() {
            old.spec = rewritten(&state, Some(source("change.yaml", &change)));
        }
        let words = fs::read_to_string(folder.join("replace.txt")).unwrap_or_default();
        words.lines().for_each(|line| replace(&mut old, line));
        let new = std::mem::replace(&mut state, old.clone());
        steps.push(Case {
            name: name_of(&folder),
            folder,
            old,
            new,
        });
    }
    steps.reverse();
    steps
}

fn replace(sources: &mut Sources, line: &str) {
    let [input, now, then] = line.split(' ').collect::<Vec<_>>()[..] else {
        panic!("`{line}` has not three words");
    };
    let inputs = [
        ("spec", Some(&mut sources.spec)),
        ("overlay", sources.overlay.as_mut()),
        ("config", Some(&mut sources.config)),
    ];
    for (name, source) in inputs {
        if let Some(source) = source.filter(|_| input == name || input == "all") {
            assert!(
                source.text.contains(now),
                "`{now}` is nowhere in the {name}"
            );
            source.text = source.text.replace(now, then);
        }
    }
}

/// The document after a change, written again.
fn rewritten(base: &Sources, change: Option<Source>) -> Source {
    let sources = Sources {
        overlay: change.clone(),
        ..base.clone()
    };
    let document = Document::read(&sources).unwrap_or_else(|faults| {
        let places: Vec<String> = faults
            .iter()
            .map(|fault| format!("{:?} {}: {}", fault.input, fault.pointer, fault.message))
            .collect();
        panic!(
            "a change cannot be applied: {}\n{}",
            places.join("\n"),
            change.map(|change| change.text).unwrap_or_default()
        )
    });
    Source {
        path: "spec.yaml".to_owned(),
        text: document.text(),
    }
}

/// Where the cases are.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../codegen/tests/diff")
}

fn folders(root: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(root).unwrap_or_else(|error| panic!("{}: {error}", root.display()));
    let mut folders: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    folders
}

fn source(shown: &str, path: &Path) -> Source {
    let text =
        fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    Source {
        path: shown.to_owned(),
        text,
    }
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}
