//! Golden cases: each folder of `tests/golden` is one small document, with the files or the report that the generator must
//! write.
//!
//! A case has `spec.yaml` (or `spec.json`), optionally `overlay.yaml`, `sdk.toml` and `names.lock`, and either `expected/` with the
//! generated files (and `notes.txt`, if the generator has notes) or `report.txt` with the report of a refusal. Cases share no
//! inputs. `UPDATE_GOLDEN=1 cargo test -p codegen --test golden` accepts the output (a name instead of `1`: of that case
//! only); the diff is then read and committed. This never turns a refusal into an acceptance: remove its `report.txt` first.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test reports what it cannot read by failing"
)]

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use codegen::{MessageFormat, Source, Sources, generate};
use similar::TextDiff;

/// The variable that accepts: `1` for all cases, or the name of one.
const UPDATE: &str = "UPDATE_GOLDEN";

/// How many lines of a diff are shown of one file.
const SHOWN: usize = 40;

/// The actual or expected output, file by file. A refusal is one file, `report.txt`.
type Files = BTreeMap<String, String>;

#[test]
fn every_case_has_the_expected_output() {
    let failures: Vec<String> = cases().iter().filter_map(Case::check).collect();
    assert!(failures.is_empty(), "\n{}\n", failures.join("\n"));
}

#[test]
fn there_are_as_many_refusals_as_acceptances() {
    let (refused, accepted): (Vec<Case>, Vec<Case>) =
        cases().into_iter().partition(Case::is_refusal);
    assert!(
        refused.len() >= accepted.len(),
        "{} refusals and {} acceptances: write a refusal beside each acceptance",
        refused.len(),
        accepted.len()
    );
}

/// A folder of `tests/golden`.
struct Case {
    name: String,
    folder: PathBuf,
}

fn cases() -> Vec<Case> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mut names: Vec<String> = fs::read_dir(&root)
        .unwrap()
        .map(|entry| name_of(&entry.unwrap().path()))
        .collect();
    names.sort();
    assert!(
        !names.is_empty(),
        "there are no cases in {}",
        root.display()
    );
    names
        .into_iter()
        .map(|name| Case {
            folder: root.join(&name),
            name,
        })
        .collect()
}

impl Case {
    /// The differences of the case, for people.
    fn check(&self) -> Option<String> {
        if let Some(wrong) = self.misshapen() {
            return Some(format!("{}: {wrong}", self.name));
        }
        let actual = match catch_unwind(AssertUnwindSafe(|| run(&self.sources()))) {
            Ok(actual) => actual,
            Err(_) => return Some(format!("{}: the generator panics", self.name)),
        };
        let expected = self.expected();
        let changes_sides =
            !expected.is_empty() && actual.contains_key("report.txt") != self.is_refusal();
        if self.accepts() && !changes_sides {
            self.accept(&expected, &actual);
            return None;
        }
        (expected != actual).then(|| {
            let remedy = match changes_sides {
                true => "A refusal and an acceptance are never exchanged: remove the expected files first.".to_owned(),
                false => format!(
                    "To accept it: {UPDATE}={} cargo test -p codegen --test golden",
                    self.name
                ),
            };
            let differences = differences(&expected, &actual);
            format!(
                "{}: not what is expected. {remedy}\n{differences}",
                self.name
            )
        })
    }

    /// Whether a refusal is expected.
    fn is_refusal(&self) -> bool {
        self.folder.join("report.txt").exists()
    }

    /// Whether this run accepts the output of the case. Never in CI, where the diff is not read.
    fn accepts(&self) -> bool {
        let asked = env::var(UPDATE).unwrap_or_default();
        let accepts = asked == "1" || asked == self.name;
        let in_ci = env::var("CI").is_ok_and(|value| value == "true");
        assert!(!(accepts && in_ci), "{UPDATE} is set, but CI never accepts");
        accepts
    }

    /// Why the folder is not a case: unknown or missing files.
    fn misshapen(&self) -> Option<String> {
        let known = [
            "spec.yaml",
            "spec.json",
            "overlay.yaml",
            "sdk.toml",
            "names.lock",
            "expected",
            "notes.txt",
            "report.txt",
        ];
        let found: Vec<String> = fs::read_dir(&self.folder)
            .unwrap()
            .map(|entry| name_of(&entry.unwrap().path()))
            .collect();
        let has = |name: &str| found.iter().any(|other| other == name);
        if let Some(stray) = found.iter().find(|name| !known.contains(&name.as_str())) {
            return Some(format!("`{stray}` is not a file of a case"));
        }
        if has("spec.yaml") == has("spec.json") {
            return Some("there must be a `spec.yaml` or a `spec.json`".to_owned());
        }
        match (has("expected"), has("report.txt")) {
            (true, true) => Some("a case has `expected` or `report.txt`, not both".to_owned()),
            (false, false) if !self.accepts() => {
                Some("a case needs `expected` or `report.txt`".to_owned())
            }
            _ => None,
        }
    }

    fn sources(&self) -> Sources {
        let name = if self.folder.join("spec.json").exists() {
            "spec.json"
        } else {
            "spec.yaml"
        };
        let read = |name: &str| fs::read_to_string(self.folder.join(name)).ok();
        Sources {
            spec: source(name, read(name).unwrap()),
            overlay: read("overlay.yaml").map(|text| source("overlay.yaml", text)),
            config: source("sdk.toml", read("sdk.toml").unwrap_or_default()),
            lock: read("names.lock").map(|text| source("names.lock", text)),
        }
    }

    fn expected(&self) -> Files {
        let mut files = Files::new();
        for name in ["report.txt", "notes.txt"] {
            files.extend(
                fs::read_to_string(self.folder.join(name))
                    .ok()
                    .map(|text| (name.to_owned(), text)),
            );
        }
        let expected = self.folder.join("expected");
        for path in files_below(&expected) {
            let name = path.strip_prefix(&self.folder).unwrap();
            let name = name.to_string_lossy().replace('\\', "/");
            files.insert(name, fs::read_to_string(&path).unwrap());
        }
        files
    }

    fn accept(&self, expected: &Files, actual: &Files) {
        for stale in expected.keys().filter(|name| !actual.contains_key(*name)) {
            fs::remove_file(self.folder.join(stale)).unwrap();
        }
        for (name, text) in actual
            .iter()
            .filter(|(name, text)| expected.get(*name) != Some(text))
        {
            let path = self.folder.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
    }
}

/// The output of the generator, as the files of a case.
fn run(sources: &Sources) -> Files {
    let mut files = Files::new();
    match generate(sources) {
        Ok(output) => {
            files.extend(
                output
                    .files
                    .iter()
                    .map(|(path, text)| (format!("expected/{path}"), text.to_owned())),
            );
            if !output.notes.is_empty() {
                files.insert(
                    "notes.txt".to_owned(),
                    output.notes.render(MessageFormat::Human),
                );
            }
        }
        Err(report) => {
            files.insert("report.txt".to_owned(), report.render(MessageFormat::Human));
        }
    }
    files
}

/// Every file that differs, with a short unified diff.
fn differences(expected: &Files, actual: &Files) -> String {
    let mut text = String::new();
    let mut names: Vec<&String> = expected.keys().chain(actual.keys()).collect();
    names.sort();
    names.dedup();
    for name in names {
        let (old, new) = (expected.get(name), actual.get(name));
        if old != new {
            let (old, new) = (
                old.map_or("", String::as_str),
                new.map_or("", String::as_str),
            );
            let diff = TextDiff::from_lines(old, new)
                .unified_diff()
                .context_radius(2)
                .header("expected", "actual")
                .to_string();
            let shown: Vec<&str> = diff.lines().take(SHOWN).collect();
            let more = if diff.lines().count() > SHOWN {
                "\n…"
            } else {
                ""
            };
            text.push_str(&format!("  {name}\n{}{more}\n", shown.join("\n")));
        }
    }
    text
}

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

fn source(path: &str, text: String) -> Source {
    Source {
        path: path.to_owned(),
        text,
    }
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}
