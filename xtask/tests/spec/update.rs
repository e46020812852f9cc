//! `spec update`: what it writes, that it writes everything or nothing, and what it says.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::SystemTime;

use crate::repository::Repository;
use crate::run::Run;
#[cfg(unix)]
use crate::support;

const CHANGELOG: &str = "# Changelog\n\n## [Unreleased]\n\n## [0.3.1] - 2026-01-01\n";

/// Where upstream is.
const COMMIT: &str = "c92b9b0fde23ae00fece2025662f96dc8e2d6283";

/// An operation that upstream may add.
const STOP: &str = "  /accounts/{account_id}/shelves/stop:
    post:
      operationId: shelves-stop
      summary: Upstream's words.
      parameters:
        - $ref: '#/components/parameters/account_id'
      responses:
        '204':
          description: Upstream's.
";

/// A repository whose generated files are fresh, and an upstream that has what the slice has, and more.
fn up_to_date() -> Repository {
    let repository = Repository::plain();
    repository.write("CHANGELOG.md", CHANGELOG);
    repository.edit("spec/sdk.toml", "/shelves\"", "/shelves/**\"");
    let others =
        "paths:\n  /zones: {get: {operationId: zones, responses: {'204': {description: Gone.}}}}\n";
    let slice = repository.read("spec/openapi.yaml");
    repository.write("upstream.yaml", &slice.replace("paths:\n", others));
    xtask(&repository, &["spec", "format"]).assert(0, "", "");
    xtask(&repository, &["codegen"]).assert(0, "", "");
    repository
}

/// The entry that keeps the method beside which an operation is added.
const KEPT: &str = "\"accounts/shelves\" = { verb = \"shelves-list\", method = \"shelves_operations\", type = \"ShelvesOperations\" }";

fn keep_the_method(repository: &Repository) {
    let config = repository.read("spec/sdk.toml");
    repository.write("spec/sdk.toml", &format!("{config}\n[handles]\n{KEPT}\n"));
}

fn xtask(repository: &Repository, arguments: &[&str]) -> Run {
    Run::of(repository.xtask(arguments).output().unwrap())
}

fn update(repository: &Repository) -> Run {
    let arguments = ["spec", "update", "upstream.yaml", "--body", "body.md"];
    let known = ["--repository", "cloudflare/api-schemas", "--commit", COMMIT];
    xtask(repository, &[&arguments[..], &known].concat())
}

/// Everything that an update may touch, with the time when it was last written.
fn snapshot(repository: &Repository) -> BTreeMap<String, (String, SystemTime)> {
    let mut found = BTreeMap::new();
    for folder in ["", "spec", "sdk/src/generated"] {
        for entry in fs::read_dir(repository.path(folder)).unwrap() {
            let entry = entry.unwrap();
            let name = entry.file_name().into_string().unwrap();
            let about = entry.metadata().unwrap();
            let is_ours = !["upstream.yaml", "body.md", "xtask-binary"].contains(&name.as_str());
            if about.is_file() && is_ours {
                let text = fs::read_to_string(entry.path()).unwrap();
                found.insert(
                    format!("{folder}/{name}"),
                    (text, about.modified().unwrap()),
                );
            }
        }
    }
    found
}

#[test]
fn an_upstream_with_nothing_new_of_ours_leaves_all_as_it_is() {
    let repository = up_to_date();
    let before = snapshot(&repository);
    for number in 0..17 {
        let other = format!("  /zones/{number}: {{}}\n");
        repository.edit("upstream.yaml", "paths:\n", &format!("paths:\n{other}"));
        update(&repository).assert_says(0, "nothing of ours changed");
        assert_eq!(snapshot(&repository), before, "{number}");
    }
    assert!(!repository.path("body.md").exists());
}

#[test]
fn what_is_new_comes_with_all_that_follows_from_it() {
    let repository = up_to_date();
    repository.edit(
        "upstream.yaml",
        "components:\n",
        &format!("{STOP}components:\n"),
    );
    // Two operations make a handle of what was a method before: `sdk.toml` must say so, or keep the method.
    let before = snapshot(&repository);
    let run = update(&repository);
    run.assert_says(2, "the method `api::Account::shelves` would become");
    run.assert_says(2, KEPT);
    assert_eq!(snapshot(&repository), before);
    assert!(repository.read("body.md").contains(KEPT));
    keep_the_method(&repository);
    update(&repository).assert(0, "Verdict: additive", "new operations: 1");
    xtask(&repository, &["codegen", "--check"]).assert(0, "", "up to date");
    let generated = repository.read("sdk/src/generated/shelves_operations.rs");
    assert!(generated.contains("pub fn stop("), "{generated}");
    let generated = repository.read("sdk/src/generated/account.rs");
    for kept in ["pub fn shelves(", "pub fn shelves_operations("] {
        assert!(generated.contains(kept), "{generated}");
    }
    assert!(repository.read("spec/SOURCE.toml").contains(COMMIT));
    let changelog = repository.read("CHANGELOG.md");
    assert!(
        changelog.contains("## [Unreleased]\n\n### Added\n\n- `api::ShelvesOperations`.\n"),
        "{changelog}"
    );
    let before = snapshot(&repository);
    update(&repository).assert_says(0, "nothing of ours changed");
    assert_eq!(snapshot(&repository), before);
}

#[test]
fn the_text_of_the_pull_request_has_all_that_a_reviewer_asks_for() {
    let repository = up_to_date();
    repository.edit(
        "upstream.yaml",
        "components:\n",
        &format!("{STOP}components:\n"),
    );
    repository.edit("upstream.yaml", "[oak, steel]", "[oak, steel, glass]");
    keep_the_method(&repository);
    update(&repository).assert(0, "", "");
    let expected = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/body.md");
    let body = repository.read("body.md");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&expected, &body).unwrap();
    }
    assert_eq!(body, fs::read_to_string(expected).unwrap());
}

#[test]
fn an_exception_that_no_longer_bites_refuses_the_update_and_shows_what_would_come() {
    let repository = up_to_date();
    let before = snapshot(&repository);
    // Upstream mends what our overlay mends, and adds something.
    repository.edit("upstream.yaml", "type: number", "type: integer");
    repository.edit(
        "upstream.yaml",
        "components:\n",
        &format!("{STOP}components:\n"),
    );
    update(&repository).assert_says(2, "spec/overlay.yaml:");
    assert_eq!(snapshot(&repository), before);
    let body = repository.read("body.md");
    assert!(
        body.starts_with("**Refused: nothing was written.**"),
        "{body}"
    );
    for part in [
        "spec/overlay.yaml:",
        "## What would change",
        "Stale exceptions (1)",
        COMMIT,
    ] {
        assert!(body.contains(part), "no `{part}` in:\n{body}");
    }
}

#[test]
fn an_upstream_in_another_state_than_expected_leaves_all_as_it_is() {
    let refused = [
        ("<html><body>Not found</body></html>", "this is a web page"),
        ("swagger: '2.0'\n", "Swagger 2.0"),
        ("openapi: 3.0.3\npaths: {/zones: {}}\n", "selects no path"),
        ("{\"openapi\": \"3.0.3\", ", "the text ends in the middle"),
    ];
    for (text, why) in refused {
        let repository = up_to_date();
        let before = snapshot(&repository);
        repository.write("upstream.yaml", text);
        update(&repository).assert_says(2, why);
        assert_eq!(snapshot(&repository), before, "{why}");
        assert!(repository.read("body.md").contains(why));
    }
    let repository = up_to_date();
    let before = snapshot(&repository);
    fs::remove_file(repository.path("upstream.yaml")).unwrap();
    update(&repository).assert_says(3, "error: cannot read `upstream.yaml`");
    assert_eq!(snapshot(&repository), before);
}

/// Another run would find nothing to tell, so the tree waits for the text.
#[test]
fn a_text_that_cannot_be_written_leaves_all_as_it_is() {
    let repository = up_to_date();
    fs::create_dir(repository.path("body.md")).unwrap();
    let before = snapshot(&repository);
    repository.edit("upstream.yaml", "[oak, steel]", "[oak, steel, glass]");
    update(&repository).assert_says(3, "error: cannot write `body.md`");
    assert_eq!(snapshot(&repository), before);
}

#[test]
fn something_foreign_among_the_generated_files_is_not_written_around() {
    let repository = up_to_date();
    repository.write("sdk/src/generated/mine.rs", "// Mine.\n");
    let before = snapshot(&repository);
    repository.edit("upstream.yaml", "[oak, steel]", "[oak, steel, glass]");
    update(&repository).assert_says(1, "foreign: sdk/src/generated/mine.rs");
    assert_eq!(snapshot(&repository), before);
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_leaves_all_as_it_is() {
    let repository = up_to_date();
    let before = snapshot(&repository);
    repository.edit("upstream.yaml", "[oak, steel]", "[oak, steel, glass]");
    let binary = support::binary_in(&repository.path(""));
    for folder in ["spec", "sdk/src/generated"] {
        let mut command = Command::new(&binary);
        command.args(["spec", "update", "upstream.yaml"]);
        let command = repository.at_home(&mut command);
        let run = Run::of(support::run_locked_out(command, &repository.path(folder)));
        run.assert_says(3, "Permission denied");
        assert_eq!(snapshot(&repository), before, "{folder}");
    }
}
