//! An update that was killed: the first run after it succeeds and ends as if nothing had happened.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::Path;
use std::process::Stdio;
use std::thread;
use std::time::Duration;

use crate::repository::Repository;
use crate::run::Run;

const CHANGELOG: &str = "# Changelog\n\n## [Unreleased]\n\n## [0.3.1] - 2026-01-01\n";

/// The files in the order in which an update moves them into place: those that are generated come first.
const LAST: [&str; 3] = ["CHANGELOG.md", "spec/SOURCE.toml", "spec/openapi.yaml"];

fn up_to_date() -> Repository {
    let repository = Repository::plain();
    repository.write("CHANGELOG.md", CHANGELOG);
    let slice = repository.read("spec/openapi.yaml");
    repository.write("upstream.yaml", &slice);
    xtask(&repository, &["spec", "import", "upstream.yaml"]).assert(0, "", "");
    xtask(&repository, &["codegen"]).assert(0, "", "");
    repository.edit("upstream.yaml", "[oak, steel]", "[oak, steel, glass]");
    repository
}

fn xtask(repository: &Repository, arguments: &[&str]) -> Run {
    Run::of(repository.xtask(arguments).output().unwrap())
}

fn update(repository: &Repository) -> Run {
    xtask(repository, &["spec", "update", "upstream.yaml"])
}

/// All files below the three folders that an update writes to.
fn files(repository: &Repository) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for folder in ["", "spec", "sdk/src/generated"] {
        for entry in fs::read_dir(repository.path(folder)).unwrap() {
            let entry = entry.unwrap();
            if entry.file_type().unwrap().is_file() {
                let name = entry.file_name().into_string().unwrap();
                let path = Path::new(folder).join(name);
                let text = fs::read_to_string(entry.path()).unwrap();
                found.insert(path.to_string_lossy().into_owned(), text);
            }
        }
    }
    found
}

#[test]
fn the_first_run_after_a_kill_between_two_moves_ends_as_if_nothing_had_happened() {
    let whole = up_to_date();
    let old = files(&whole);
    update(&whole).assert(0, "", "");
    let new = files(&whole);
    let is_generated = |path: &&String| path.ends_with(".rs") && old.get(*path) != new.get(*path);
    let mut order: Vec<&str> = new
        .keys()
        .filter(is_generated)
        .map(String::as_str)
        .collect();
    assert!(!order.is_empty());
    order.extend(LAST);
    for done in 0..order.len() {
        let repository = up_to_date();
        for path in &order[..done] {
            repository.write(path, &new[*path]);
        }
        for path in &order[done..] {
            let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
            let left = Path::new(folder).join(format!(".codegen-tmp-1-{name}"));
            repository.write(&left.to_string_lossy(), "half");
        }
        update(&repository).assert(0, "", "");
        assert_eq!(files(&repository), new, "killed after {done}");
    }
}

#[test]
fn leftovers_go_even_where_nothing_is_written() {
    let repository = up_to_date();
    update(&repository).assert(0, "", "");
    let before = files(&repository);
    repository.write("spec/.codegen-tmp-1-gone.toml", "half");
    repository.write(".codegen-tmp-1-CHANGELOG.md", "half");
    update(&repository).assert(0, "", "");
    assert_eq!(files(&repository), before);
}

#[test]
fn a_leftover_that_cannot_be_deleted_is_named() {
    let repository = up_to_date();
    fs::create_dir(repository.path("spec/.codegen-tmp-1-openapi.yaml")).unwrap();
    update(&repository).assert(
        3,
        "",
        "error: cannot delete `spec/.codegen-tmp-1-openapi.yaml`: ",
    );
}

/// The lock on the folder is what another run holds.
#[cfg(unix)]
#[test]
fn a_second_writer_waits_for_the_first() {
    let repository = up_to_date();
    let folder = File::open(repository.path("")).unwrap();
    folder.lock().unwrap();
    let mut second = repository
        .xtask(&["spec", "update", "upstream.yaml"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    thread::sleep(Duration::from_millis(300));
    assert!(second.try_wait().unwrap().is_none());
    // A reader does not wait.
    xtask(&repository, &["codegen", "--check"]).assert(0, "", "up to date");
    folder.unlock().unwrap();
    let run = Run::of(second.wait_with_output().unwrap());
    run.assert(0, "", "another run writes here: waiting for its end\n");
}
