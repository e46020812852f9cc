//! Golden cases of lint: each folder of `tests/lint` is one small document, with its expected report.
//!
//! A case has `spec.yaml`, optionally `overlay.yaml` and `sdk.toml`, and the output: `report.txt` if there are findings, and
//! `fixed.yaml`, the overlay that `--fix` writes, if it writes one, or `refused.txt`, why it writes none. A case with the
//! name of a rule shows what the rule finds; beside it is `<rule>-not`. `UPDATE_GOLDEN=1 cargo test -p codegen --test lint`
//! accepts the output.
//!
//! Beyond the texts, every action that a finding offers is applied: that finding must disappear, and nothing else change.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test reports what it cannot read by failing"
)]

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use codegen::document::Document;
use codegen::lint::{Finding, Mending, RULES};
use codegen::output;
use codegen::pointer::Pointer;
use codegen::{Lint, MessageFormat, Source, Sources, fix, generate, lint};
use serde_json::Value;

/// The actual or expected output of a case, by file.
type Files = BTreeMap<&'static str, String>;

const OUTCOMES: [&str; 3] = ["report.txt", "fixed.yaml", "refused.txt"];

#[test]
fn every_case_has_the_expected_output() {
    let failures: Vec<String> = cases().iter().filter_map(Case::check).collect();
    assert!(failures.is_empty(), "\n{}\n", failures.join("\n"));
}

#[test]
fn every_rule_has_a_case_with_a_finding_and_one_without() {
    let cases = cases();
    for rule in &RULES {
        for (name, has_finding) in [
            (rule.id.to_owned(), true),
            (format!("{}-not", rule.id), false),
        ] {
            let case = cases.iter().find(|case| case.name == name);
            let case = case.unwrap_or_else(|| panic!("write the case codegen/tests/lint/{name}"));
            let found = lint(&case.sources()).findings;
            let is_found = found.iter().any(|finding| finding.rule.id == rule.id);
            assert_eq!(is_found, has_finding, "{name}");
            let others = found.iter().filter(|finding| finding.rule.id != rule.id);
            let others: Vec<&str> = others.map(|finding| finding.rule.id).collect();
            assert!(
                others.is_empty(),
                "{name} shows other rules too: {others:?}"
            );
            let offers = found.iter().any(|finding| finding.action().is_some());
            assert_eq!(
                offers,
                has_finding && rule.mending != Mending::None,
                "{name}: offers a correction"
            );
        }
    }
}

#[test]
fn every_action_removes_its_finding_and_nothing_else() {
    let mut tried = 0;
    for case in cases() {
        let sources = case.sources();
        for finding in lint(&sources).findings {
            if let Some(action) = finding.action() {
                check_action(&case.name, &sources, &finding, &action);
                tried += 1;
            }
        }
    }
    assert!(tried >= 15, "only {tried} actions were tried");
}

#[test]
fn what_fix_writes_changes_no_code_and_is_written_once() {
    let mut tried = 0;
    for case in cases() {
        let before = case.sources();
        let Some(overlay) = fix(&before).ok().and_then(|fix| fix.overlay) else {
            continue;
        };
        let after = with_overlay(&before, overlay);
        assert_eq!(
            fix(&after).unwrap().overlay,
            None,
            "{}: a second fix",
            case.name
        );
        if let Ok(output) = generate(&before) {
            let files = generate(&after).unwrap_or_else(|faults| {
                panic!("{}: {}", case.name, faults.render(MessageFormat::Human))
            });
            assert_eq!(code(&output.files), code(&files.files), "{}", case.name);
            tried += 1;
        }
    }
    assert!(tried >= 4, "only {tried} fixes were tried");
}

#[test]
fn our_own_document_is_clean() {
    let sources = ours();
    let report = lint(&sources).report.render(MessageFormat::Human);
    assert_eq!(report, "");
    // Without `[accept]` it is not: this shows that the rules run on a document of full size.
    let (config, _) = sources.config.text.split_once("[accept]").unwrap();
    let config = source("sdk.toml", config.to_owned());
    let bare = Sources { config, ..sources };
    let found = lint(&bare).findings;
    assert!(found.len() > 30, "{}", found.len());
    let overlay = fix(&bare).unwrap().overlay.unwrap();
    let old = bare.overlay.as_ref().unwrap();
    assert!(
        overlay.starts_with(&old.text),
        "what is there stays byte for byte"
    );
    let fixed = with_overlay(&bare, overlay);
    assert_eq!(
        generate(&bare).unwrap().files,
        generate(&fixed).unwrap().files
    );
}

/// A folder of `tests/lint`.
struct Case {
    name: String,
    folder: PathBuf,
}

fn cases() -> Vec<Case> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lint");
    let folders = fs::read_dir(&root).unwrap();
    let mut cases: Vec<Case> = folders
        .map(|entry| {
            let folder = entry.unwrap().path();
            let name = folder.file_name().unwrap().to_string_lossy().into_owned();
            Case { name, folder }
        })
        .collect();
    cases.sort_by(|one, other| one.name.cmp(&other.name));
    cases
}

impl Case {
    /// The differences of the case, for people.
    fn check(&self) -> Option<String> {
        let actual = outcome(&self.sources());
        let expected = self.expected();
        if expected == actual {
            return None;
        }
        if self.accepts() {
            self.accept(&actual);
            return None;
        }
        let name = &self.name;
        let mut text = format!(
            "{name}: not what is expected. To accept it: UPDATE_GOLDEN={name} cargo test -p codegen --test lint\n"
        );
        for file in OUTCOMES
            .iter()
            .filter(|file| expected.get(*file) != actual.get(*file))
        {
            let shown = |files: &Files| files.get(file).cloned().unwrap_or_default();
            let (old, new) = (shown(&expected), shown(&actual));
            let diff = similar::TextDiff::from_lines(&old, &new);
            text.push_str(&diff.unified_diff().header("expected", file).to_string());
        }
        Some(text)
    }

    /// Whether this run accepts the output of the case. Never in CI, where the diff is not read.
    fn accepts(&self) -> bool {
        let asked = env::var("UPDATE_GOLDEN").unwrap_or_default();
        let accepts = asked == "1" || asked == self.name;
        let in_ci = env::var("CI").is_ok_and(|value| value == "true");
        assert!(
            !(accepts && in_ci),
            "UPDATE_GOLDEN is set, but CI never accepts"
        );
        accepts
    }

    fn accept(&self, actual: &Files) {
        for name in OUTCOMES {
            let path = self.folder.join(name);
            match actual.get(name) {
                Some(text) => fs::write(path, text).unwrap(),
                None if path.exists() => fs::remove_file(path).unwrap(),
                None => {}
            }
        }
    }

    fn expected(&self) -> Files {
        let read = |name| Some((name, self.read(name)?));
        OUTCOMES.into_iter().filter_map(read).collect()
    }

    fn sources(&self) -> Sources {
        let known = ["spec.yaml", "overlay.yaml", "sdk.toml"];
        for entry in fs::read_dir(&self.folder).unwrap() {
            let name = entry.unwrap().file_name().to_string_lossy().into_owned();
            let is_known = known.contains(&&*name) || OUTCOMES.contains(&&*name);
            assert!(is_known, "{}: `{name}` is not a file of a case", self.name);
        }
        Sources {
            spec: source("spec.yaml", self.read("spec.yaml").unwrap()),
            overlay: self
                .read("overlay.yaml")
                .map(|text| source("overlay.yaml", text)),
            config: source("sdk.toml", self.read("sdk.toml").unwrap_or_default()),
            lock: None,
        }
    }

    fn read(&self, name: &str) -> Option<String> {
        fs::read_to_string(self.folder.join(name)).ok()
    }
}

fn outcome(sources: &Sources) -> Files {
    let Lint { report, .. } = lint(sources);
    let mut files = Files::new();
    if !report.is_empty() {
        files.insert("report.txt", report.render(MessageFormat::Human));
    }
    match fix(sources) {
        Ok(fix) => files.extend(fix.overlay.map(|text| ("fixed.yaml", text))),
        Err(report) => {
            files.insert("refused.txt", report.render(MessageFormat::Human));
        }
    }
    files
}

/// The generated code without its documentation, which may mention a removed bound.
fn code(files: &output::Files) -> String {
    let lines = files.iter().flat_map(|(_, text)| text.lines());
    let code = lines.filter(|line| !line.trim_start().starts_with("///"));
    code.collect::<Vec<_>>().join("\n")
}

/// Applies an action of a finding and checks the result.
fn check_action(name: &str, sources: &Sources, finding: &Finding, action: &str) {
    let place = format!("{name}, {} at {}", finding.rule.id, finding.pointer());
    let overlay = match &sources.overlay {
        Some(overlay) => overlay.text.clone(),
        None => "overlay: 1.0.0\ninfo: {title: Mends, version: '1'}\nactions:\n".to_owned(),
    };
    let Some(overlay) = below_actions(&overlay, action) else {
        return;
    };
    let mended = with_overlay(sources, overlay);
    let is_left = |other: &Finding| {
        (other.rule.id, other.pointer(), other.action())
            == (finding.rule.id, finding.pointer(), finding.action())
    };
    assert!(
        !lint(&mended).findings.iter().any(is_left),
        "{place}: it is still found"
    );
    let (Ok(before), Ok(after)) = (Document::read(sources), Document::read(&mended)) else {
        return;
    };
    let actions = after.actions();
    let changed = &actions.last().unwrap().changed;
    let [changed] = changed.as_slice() else {
        panic!("{place}: {changed:?} are changed");
    };
    let is_there =
        changed == finding.pointer() || changed.parent().as_ref() == Some(finding.pointer());
    assert!(is_there, "{place}: {changed} is changed");
    assert_eq!(
        without(&before, changed),
        without(&after, changed),
        "{place}"
    );
}

/// The overlay with the action after the others, if they are in block style like the action.
fn below_actions(overlay: &str, action: &str) -> Option<String> {
    let (before, actions) = overlay.split_once("actions:\n")?;
    let is_alike = actions.is_empty() || actions.starts_with("  - ");
    is_alike.then(|| format!("{before}actions:\n{actions}{action}"))
}

/// The document without the node at a pointer; a member of a list is compared by the rest of the list.
fn without(document: &Document, pointer: &Pointer) -> Value {
    let mut whole: Value = serde_yaml::from_str(&document.text()).unwrap();
    let parent = pointer.parent().unwrap();
    let last = pointer.last().unwrap();
    match whole.pointer_mut(parent.as_str()) {
        Some(Value::Object(entries)) => drop(entries.remove(&last)),
        Some(list) => *list = Value::Null,
        None => {}
    }
    whole
}

fn with_overlay(sources: &Sources, text: String) -> Sources {
    Sources {
        overlay: Some(source("overlay.yaml", text)),
        ..sources.clone()
    }
}

fn ours() -> Sources {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let read = |path: &str| source(path, fs::read_to_string(root.join(path)).unwrap());
    Sources {
        spec: read("spec/openapi.yaml"),
        overlay: Some(read("spec/overlay.yaml")),
        config: read("spec/sdk.toml"),
        lock: None,
    }
}

fn source(path: &str, text: String) -> Source {
    Source {
        path: path.to_owned(),
        text,
    }
}
