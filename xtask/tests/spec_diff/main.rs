//! `cargo xtask spec diff` as a process: which states it reads, what it says, and its exit code.

#![allow(
    clippy::unwrap_used,
    reason = "a test says what it could not do by failing"
)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

/// A repository with one commit of the fixtures.
struct Repository {
    folder: TempDir,
}

/// What a run said, and its exit code.
#[derive(Debug)]
struct Run {
    code: i32,
    stdout: String,
    stderr: String,
}

impl Repository {
    /// The folder alone, without git.
    fn plain() -> Self {
        let folder = TempDir::new().unwrap();
        let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
        fs::create_dir_all(folder.path().join("spec")).unwrap();
        fs::create_dir_all(folder.path().join("xtask")).unwrap();
        for name in ["openapi.yaml", "overlay.yaml", "sdk.toml"] {
            fs::copy(fixtures.join(name), folder.path().join("spec").join(name)).unwrap();
        }
        let manifest = "[workspace.package]\nversion = \"0.3.1\"\n";
        fs::write(folder.path().join("Cargo.toml"), manifest).unwrap();
        Self { folder }
    }

    fn committed() -> Self {
        let repository = Self::plain();
        repository.git(&["init", "--quiet"]);
        repository.commit();
        repository
    }

    fn commit(&self) {
        self.git(&["add", "."]);
        let who = [
            "-c",
            "user.name=t",
            "-c",
            "user.email=t@example.com",
            "-c",
            "commit.gpgsign=false",
        ];
        self.git(&[&who[..], &["commit", "--quiet", "--message", "state"]].concat());
    }

    fn git(&self, arguments: &[&str]) {
        let output = Command::new("git")
            .arg("-C")
            .arg(self.folder.path())
            .args(arguments)
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }

    fn edit(&self, path: &str, from: &str, to: &str) {
        let path = self.folder.path().join(path);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "the fixture no longer holds `{from}`");
        fs::write(path, text.replacen(from, to, 1)).unwrap();
    }

    /// A break: a struct loses a field.
    fn breaks(&self) {
        self.edit("spec/openapi.yaml", BREAK.0, BREAK.1);
    }

    fn diff(&self, arguments: &[&str]) -> Run {
        let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
            .args(["spec", "diff"])
            .args(arguments)
            .current_dir(self.folder.path())
            .env("CARGO_MANIFEST_DIR", self.folder.path().join("xtask"))
            .env(
                "GIT_CEILING_DIRECTORIES",
                self.folder.path().parent().unwrap(),
            )
            .output()
            .unwrap();
        Run::of(output)
    }
}

impl Run {
    fn of(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    #[track_caller]
    fn assert(&self, code: i32, stdout: &str, stderr: &str) {
        assert_eq!(self.code, code, "{self:?}");
        assert!(
            self.stdout.contains(stdout) && self.stderr.contains(stderr),
            "{self:?}"
        );
    }
}

const BREAK: (&str, &str) = (
    "        material:\n          type: string\n          enum: [oak, steel]\n",
    "",
);

#[test]
fn nothing_changed_is_an_answer() {
    let repository = Repository::committed();
    repository.diff(&[]).assert(0, "No change in our slice", "");
    repository
        .diff(&["--fail-on", "additive"])
        .assert(0, "Commit: spec: no change for users", "");
}

#[test]
fn the_working_tree_is_compared_with_the_last_commit() {
    let repository = Repository::committed();
    repository.breaks();
    let run = repository.diff(&[]);
    run.assert(
        0,
        "Verdict: breaking. 0.3.1 becomes 0.4.0 (minor bump).",
        "",
    );
    assert!(run.stdout.contains("HEAD:spec/openapi.yaml:"), "{run:?}");
    repository
        .diff(&["--fail-on", "breaking"])
        .assert(1, "Verdict: breaking", "");
    repository
        .diff(&["HEAD", "HEAD"])
        .assert(0, "No change in our slice", "");
}

#[test]
fn two_revisions_are_compared_and_the_version_is_that_of_the_old_one() {
    let repository = Repository::committed();
    repository.breaks();
    repository.edit("Cargo.toml", "0.3.1", "1.0.0");
    repository.commit();
    let run = repository.diff(&["HEAD~1", "HEAD"]);
    run.assert(0, "0.3.1 becomes 0.4.0", "");
    repository
        .diff(&["HEAD", "HEAD~1", "--fail-on", "breaking"])
        .assert(0, "1.0.0 becomes 1.1.0", "");
    repository
        .diff(&["HEAD", "HEAD~1", "--fail-on", "additive"])
        .assert(1, "1.0.0 becomes 1.1.0", "");
}

#[test]
fn folders_and_single_documents_are_states_too() {
    let repository = Repository::plain();
    let other = Repository::plain();
    other.breaks();
    let folder = other.folder.path().to_str().unwrap();
    repository
        .diff(&["spec", folder])
        .assert(0, "Verdict: breaking", "");
    repository
        .diff(&[folder, "spec"])
        .assert(0, "Verdict: additive", "");
    let document = other.folder.path().join("spec/openapi.yaml");
    repository
        .diff(&["spec", document.to_str().unwrap()])
        .assert(0, "Verdict: breaking", "");
}

#[test]
fn the_report_comes_in_four_formats() {
    let repository = Repository::committed();
    repository.breaks();
    for (format, start) in [
        ("text", "Verdict: breaking."),
        ("markdown", "**Verdict: breaking."),
        (
            "json",
            "{\n  \"verdict\": \"breaking\",\n  \"bump\": \"minor\",",
        ),
        ("github", "::warning file=spec/openapi.yaml,line="),
    ] {
        let run = repository.diff(&["--format", format]);
        assert!(
            run.stdout.starts_with(start) && run.stderr.is_empty(),
            "{run:?}"
        );
    }
}

#[test]
fn without_git_or_a_revision_it_says_what_is_missing() {
    let plain = Repository::plain();
    plain.diff(&[]).assert(
        3,
        "",
        "error: cannot read `HEAD`: fatal: not a git repository",
    );
    let repository = Repository::committed();
    repository
        .diff(&["no-such-thing"])
        .assert(3, "", "error: cannot read `no-such-thing`: ");
    repository.git(&["rm", "--quiet", "spec/sdk.toml"]);
    repository.commit();
    repository
        .diff(&["HEAD", "HEAD~1"])
        .assert(3, "", "error: cannot read `HEAD:spec/sdk.toml`: ");
    repository
        .diff(&["--sideways"])
        .assert(64, "", "--sideways");
}

#[test]
fn faults_end_it_and_lapsed_exceptions_come_with_the_comparison() {
    let repository = Repository::committed();
    let lapsed = "\n[names.types]\nno_such_schema = \"None\"\n";
    let config = repository.folder.path().join("spec/sdk.toml");
    let text = fs::read_to_string(&config).unwrap();
    assert!(
        !text.contains("[names.types]"),
        "the fixture has the table now"
    );
    fs::write(&config, format!("{text}{lapsed}")).unwrap();
    repository.breaks();
    let run = repository.diff(&["--fail-on", "breaking"]);
    run.assert(2, "Verdict: breaking", "");
    assert!(
        run.stdout
            .contains("names.types.no_such_schema at spec/sdk.toml:"),
        "{run:?}"
    );
    fs::write(&config, "not toml").unwrap();
    repository
        .diff(&[])
        .assert(2, "", "error: the new inputs are at fault");
    repository.diff(&["--format", "json"]).assert(
        2,
        "{\"level\":\"fault\"",
        "the new inputs are at fault",
    );
}
