//! A repository of git with the fixtures, in which the real binary runs.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::run::Run;

/// A repository with one commit of the fixtures.
pub(crate) struct Repository {
    pub(crate) folder: TempDir,
}

impl Repository {
    /// The folder alone, without git.
    pub(crate) fn plain() -> Self {
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

    pub(crate) fn committed() -> Self {
        let repository = Self::plain();
        repository.git(&["init", "--quiet"]);
        repository.commit();
        repository
    }

    pub(crate) fn commit(&self) {
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

    pub(crate) fn git(&self, arguments: &[&str]) {
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

    pub(crate) fn edit(&self, path: &str, from: &str, to: &str) {
        let path = self.folder.path().join(path);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "the fixture no longer holds `{from}`");
        fs::write(path, text.replacen(from, to, 1)).unwrap();
    }

    /// A break: a struct loses a field.
    pub(crate) fn breaks(&self) {
        let material = "        material:\n          type: string\n          enum: [oak, steel]\n";
        self.edit("spec/openapi.yaml", material, "");
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        fs::write(self.path(path), text).unwrap();
    }

    pub(crate) fn diff(&self, arguments: &[&str]) -> Run {
        let arguments = [&["spec", "diff"], arguments].concat();
        Run::of(self.xtask(&arguments).output().unwrap())
    }

    /// The command that a maintainer types here.
    pub(crate) fn xtask(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command.args(arguments);
        self.at_home(&mut command);
        command
    }

    /// Has a command run as cargo would run it here.
    pub(crate) fn at_home<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        let folder = self.folder.path();
        command
            .current_dir(folder)
            .env("CARGO_MANIFEST_DIR", folder.join("xtask"))
            .env("GIT_CEILING_DIRECTORIES", folder.parent().unwrap())
    }
}
