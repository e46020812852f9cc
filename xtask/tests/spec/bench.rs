//! A place to import in: an upstream and a folder `spec`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use tempfile::TempDir;

use crate::run::Run;

/// Upstream's document: one product of ours, one of others.
pub(crate) const UPSTREAM: &str = "\
info: {title: All, version: 4.0.0}
openapi: 3.0.3
paths:
  /lamps:
    get:
      operationId: lamps-list
      summary: Upstream's words.
      responses: {200: {description: Upstream's., content: {application/json: {schema: {$ref: '#/components/schemas/lamp'}}}}}
  /zones:
    get: {operationId: zones-list, responses: {200: {description: Zones., content: {application/json: {schema: {$ref: '#/components/schemas/zone'}}}}}}
components:
  schemas:
    zone: {type: object, properties: {name: {type: string}}}
    lamp: {type: object, properties: {name: {type: string, maxLength: 32}}}
";

/// A temporary folder with `upstream.yaml` and `spec/sdk.toml`; no slice yet.
pub(crate) struct Bench {
    folder: TempDir,
}

impl Bench {
    pub(crate) fn new() -> Self {
        let bench = Self {
            folder: TempDir::new().unwrap(),
        };
        fs::create_dir(bench.path("spec")).unwrap();
        bench.write("spec/sdk.toml", "[import]\npaths = [\"/lamps/**\"]\n");
        bench.write("upstream.yaml", UPSTREAM);
        bench
    }

    /// The same, with the slice and SOURCE.toml written.
    pub(crate) fn imported() -> Self {
        let bench = Self::new();
        let run = bench.import(&["upstream.yaml"]);
        assert_eq!(run.code, 0, "{run:?}");
        bench
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    pub(crate) fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        fs::write(self.path(path), text).unwrap();
    }

    /// Changes one place in upstream's document.
    pub(crate) fn edit_upstream(&self, from: &str, to: &str) {
        let text = self.read("upstream.yaml");
        assert!(text.contains(from), "upstream no longer holds `{from}`");
        self.write("upstream.yaml", text.replacen(from, to, 1));
    }

    /// The command `spec` with this folder's files.
    pub(crate) fn command(&self, binary: &Path, arguments: &[&str]) -> Command {
        let mut command = Command::new(binary);
        command
            .current_dir(self.folder.path())
            .arg("spec")
            .args(arguments);
        command.args(["--spec", "spec/openapi.yaml"]);
        if arguments.first() == Some(&"import") {
            command.args(["--config", "spec/sdk.toml"]);
        }
        command
    }

    pub(crate) fn spec(&self, arguments: &[&str]) -> Run {
        let binary = Path::new(env!("CARGO_BIN_EXE_xtask"));
        Run::of(self.command(binary, arguments).output().unwrap())
    }

    pub(crate) fn import(&self, arguments: &[&str]) -> Run {
        self.spec(&[&["import"], arguments].concat())
    }

    /// All files of `spec` with their content and the time when they were last written.
    pub(crate) fn snapshot(&self) -> BTreeMap<String, (Vec<u8>, SystemTime)> {
        let files = fs::read_dir(self.path("spec"))
            .unwrap()
            .map(|entry| entry.unwrap());
        let file = |entry: fs::DirEntry| {
            let name = entry.file_name().into_string().unwrap();
            let content = fs::read(entry.path()).unwrap();
            (
                name,
                (content, entry.metadata().unwrap().modified().unwrap()),
            )
        };
        files.map(file).collect()
    }
}
