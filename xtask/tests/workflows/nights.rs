//! A repository in which `spec-update.yml` runs at night: a bare one, a GitHub that is a folder, and an upstream that is a file.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_yaml::Value;
use tempfile::TempDir;

use crate::runner::Runner;
use crate::workflow::Workflow;

/// A repository whose generated files are fresh, pushed to `main`, and an upstream that has the same.
pub(crate) struct Nights {
    pub(crate) folder: TempDir,
    pub(crate) runner: Runner,
}

impl Nights {
    /// Nothing where a program is missing that every runner of GitHub has.
    pub(crate) fn begin() -> Option<Self> {
        for program in ["bash", "git", "jq", "awk", "sha256sum"] {
            if Command::new(program).arg("--version").output().is_err() {
                println!("{program} is not installed");
                return None;
            }
        }
        let folder = TempDir::new().unwrap();
        let runner = Runner::new(folder.path());
        let this = Self { folder, runner };
        this.seed();
        this.commit_is("1");
        Some(this)
    }

    fn seed(&self) {
        let root = self.folder.path();
        let seed = self.path("seed");
        let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
        fs::create_dir_all(seed.join("spec")).unwrap();
        for name in ["openapi.yaml", "overlay.yaml", "sdk.toml"] {
            fs::copy(fixtures.join(name), seed.join("spec").join(name)).unwrap();
        }
        fs::copy(fixtures.join("openapi.yaml"), self.path("upstream.yaml")).unwrap();
        let changelog = "# Changelog\n\n## [Unreleased]\n\n## [0.3.1] - 2026-01-01\n";
        for (name, text) in [
            ("Cargo.toml", "[workspace.package]\nversion = \"0.3.1\"\n"),
            ("CHANGELOG.md", changelog),
            (".gitignore", "/target/\n"),
            ("xtask/Cargo.toml", ""),
        ] {
            fs::create_dir_all(seed.join(name).parent().unwrap()).unwrap();
            fs::write(seed.join(name), text).unwrap();
        }
        for words in [&["spec", "format"][..], &["codegen"]] {
            let mut xtask = Command::new(env!("CARGO_BIN_EXE_xtask"));
            xtask.args(words).current_dir(&seed);
            xtask.env("CARGO_MANIFEST_DIR", seed.join("xtask"));
            assert!(xtask.output().unwrap().status.success());
        }
        let git = |arguments: &[&str]| self.runner.git(&seed, arguments);
        self.runner
            .git(root, &["init", "--quiet", "--bare", "origin.git"]);
        git(&["init", "--quiet"]);
        git(&["add", "--all"]);
        git(&["commit", "--quiet", "--message", "state"]);
        let origin = self.path("origin.git").to_string_lossy().into_owned();
        git(&["remote", "add", "origin", &origin]);
        git(&["push", "--quiet", "origin", "HEAD:main"]);
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// Upstream's head is another commit.
    pub(crate) fn commit_is(&self, digit: &str) {
        let head = format!(
            r#"{{"sha": "{}", "commit": {{"committer": {{"date": "2026-08-0{digit}T01:02:03Z"}}}}}}"#,
            digit.repeat(40)
        );
        self.api("repos/cloudflare/api-schemas/commits/HEAD", &head);
    }

    /// What GitHub's API has at a path.
    pub(crate) fn api(&self, path: &str, text: &str) {
        let name = path.replace(['/', '?', '&', '='], "_");
        fs::write(self.path("github/api").join(format!("{name}.json")), text).unwrap();
    }

    pub(crate) fn upstream(&self, from: &str, to: &str) {
        let path = self.path("upstream.yaml");
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "upstream no longer holds `{from}`");
        fs::write(path, text.replacen(from, to, 1)).unwrap();
    }

    /// One run; upstream has another commit each time.
    #[track_caller]
    pub(crate) fn night(&self, digit: &str) {
        self.commit_is(digit);
        let outcome = self.runner.run(&Workflow::named("spec-update.yml"));
        assert!(outcome.failed.is_none(), "{outcome:?}");
    }

    /// The branches with their commits.
    pub(crate) fn branches(&self) -> Vec<(String, String)> {
        let format = "--format=%(refname:short) %(objectname)";
        let said = self
            .runner
            .git(&self.path("origin.git"), &["for-each-ref", format]);
        let pair = |line: &str| {
            let (name, commit) = line.split_once(' ').unwrap();
            (name.to_owned(), commit.to_owned())
        };
        said.lines().map(pair).collect()
    }

    pub(crate) fn names(&self) -> Vec<String> {
        self.branches().into_iter().map(|(name, _)| name).collect()
    }

    pub(crate) fn tip(&self, branch: &str) -> String {
        let found = self.branches().into_iter().find(|(name, _)| name == branch);
        found.unwrap_or_else(|| panic!("no branch {branch}")).1
    }

    /// What GitHub has of pull requests or issues.
    pub(crate) fn things(&self, kind: &str) -> Vec<Value> {
        let text = fs::read_to_string(self.path("github").join(kind)).unwrap_or_default();
        serde_yaml::from_str::<Option<Vec<Value>>>(&text)
            .unwrap()
            .unwrap_or_default()
    }

    /// The calls of `gh` that change something, since the last time.
    pub(crate) fn changes(&self) -> Vec<String> {
        let log = self.path("github/log");
        let text = fs::read_to_string(&log).unwrap_or_default();
        let _ = fs::remove_file(log);
        let is_change = |line: &&str| {
            let looks = ["api ", "auth ", "pr list", "issue list", "label create"];
            !looks.iter().any(|look| line.starts_with(look))
        };
        let words = |line: &str| line.split(' ').take(2).collect::<Vec<_>>().join(" ");
        text.lines().filter(is_change).map(words).collect()
    }

    /// Somebody adds a commit to a branch, and pushes it.
    pub(crate) fn person_works_on(&self, branch: &str, path: &str, text: &str) {
        let clone = self.path("person");
        let _ = fs::remove_dir_all(&clone);
        let root = self.folder.path();
        let git = |arguments: &[&str]| self.runner.git(&clone, arguments);
        self.runner.git(
            root,
            &[
                "clone",
                "--quiet",
                "--branch",
                branch,
                "origin.git",
                "person",
            ],
        );
        let before = fs::read_to_string(clone.join(path)).unwrap_or_default();
        fs::write(clone.join(path), before + text).unwrap();
        git(&["add", "--all"]);
        git(&["commit", "--quiet", "--message", "By hand"]);
        git(&["push", "--quiet", "origin", branch]);
    }

    /// Somebody closes the newest issue.
    pub(crate) fn person_closes_issue(&self) {
        let gh = self.path("programs/gh");
        let number = self.things("issues.json").len().to_string();
        let mut command = Command::new(gh);
        command.env("GH_STATE", self.path("github"));
        command.args(["issue", "close", &number, "--comment", "No."]);
        command.args(["--reason", "not planned"]);
        assert!(command.status().unwrap().success());
        self.changes();
    }

    /// Somebody takes a branch over into main, as one commit.
    pub(crate) fn person_merges(&self, branch: &str) {
        let clone = self.path("person");
        let _ = fs::remove_dir_all(&clone);
        let root = self.folder.path();
        let git = |arguments: &[&str]| self.runner.git(&clone, arguments);
        self.runner
            .git(root, &["clone", "--quiet", "origin.git", "person"]);
        git(&["merge", "--quiet", "--squash", &format!("origin/{branch}")]);
        git(&["commit", "--quiet", "--message", "Merged"]);
        git(&["push", "--quiet", "origin", "HEAD:main"]);
        let pulls = self.path("github/prs.json");
        let text = fs::read_to_string(&pulls).unwrap();
        fs::write(pulls, text.replace("OPEN", "MERGED")).unwrap();
    }
}

/// The field of a thing, as text.
pub(crate) fn text<'a>(thing: &'a Value, field: &str) -> &'a str {
    thing[field].as_str().unwrap()
}
