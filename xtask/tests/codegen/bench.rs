//! A place to run the real binary in: its own inputs and output folder, and what a run said.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// A temporary folder with the fixtures, and with `out` as the output folder.
pub(crate) struct Bench {
    folder: TempDir,
}

/// What a run said, and its exit code.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Bench {
    /// The fixtures as they are, and no output yet.
    pub(crate) fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
        for name in ["openapi.yaml", "overlay.yaml", "sdk.toml"] {
            fs::copy(fixtures.join(name), folder.path().join(name)).unwrap();
        }
        Self { folder }
    }

    /// The same, with the output written.
    pub(crate) fn written() -> Self {
        let bench = Self::new();
        let run = bench.codegen(&[]);
        assert_eq!(run.code, 0, "{run:?}");
        bench
    }

    /// A path below the temporary folder.
    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        fs::write(self.path(path), text).unwrap();
    }

    /// Changes one place in the document.
    pub(crate) fn edit_spec(&self, from: &str, to: &str) {
        let text = self.read("openapi.yaml");
        assert!(text.contains(from), "the fixture no longer holds `{from}`");
        self.write("openapi.yaml", &text.replacen(from, to, 1));
    }

    /// The command `codegen` with this folder's files, relative to it.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command.current_dir(self.folder.path()).arg("codegen");
        command.args(["--spec", "openapi.yaml", "--overlay", "overlay.yaml"]);
        command.args(["--config", "sdk.toml"]);
        if !arguments.contains(&"--out") {
            command.args(["--out", "out"]);
        }
        command.args(arguments);
        command
    }

    /// Runs `codegen` with more flags.
    pub(crate) fn codegen(&self, arguments: &[&str]) -> Run {
        Run::of(self.command(arguments).output().unwrap())
    }

    /// Checks, and asserts that the check touched nothing.
    pub(crate) fn check(&self) -> Run {
        let before = self.snapshot();
        let run = self.codegen(&["--check"]);
        assert_eq!(self.snapshot(), before, "a check touches nothing");
        run
    }

    /// All files of the output folder with their content.
    pub(crate) fn snapshot(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut files = BTreeMap::new();
        let Ok(entries) = fs::read_dir(self.path("out")) else {
            return files;
        };
        for entry in entries {
            let path = entry.unwrap().path();
            if path.is_file() {
                files.insert(path.clone(), fs::read(path).unwrap());
            }
        }
        files
    }

    /// The name of a generated file: the first one.
    pub(crate) fn some_file(&self) -> String {
        let first = self.snapshot().into_keys().next().unwrap();
        format!("out/{}", first.file_name().unwrap().to_str().unwrap())
    }
}

impl Run {
    pub(crate) fn of(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Asserts the exit code and a text for people.
    pub(crate) fn assert_says(&self, code: i32, text: &str) {
        assert_eq!(self.code, code, "{self:?}");
        assert!(
            self.stderr.contains(text),
            "no `{text}` in:\n{}",
            self.stderr
        );
        assert_eq!(self.stdout, "");
    }

    /// Asserts that files are out of date, that the text says so, and that the repair is last.
    pub(crate) fn assert_stale(&self, text: &str) {
        self.assert_says(1, text);
        let repair = "To repair, run: cargo xtask codegen --spec openapi.yaml --overlay \
                      overlay.yaml --config sdk.toml --out out\n";
        assert!(self.stderr.ends_with(repair), "{}", self.stderr);
    }
}
