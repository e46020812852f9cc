//! A state of the inputs, from the working tree, from a folder or a file, or from a revision of git.

use std::ffi::OsStr;
use std::io;
use std::path::Path;
use std::process::Command;

use codegen::{Source, Sources, release};

use crate::disk::Failure;
use crate::places::Workspace;
use crate::text::text_of;

/// Where the inputs are below the root of the repository.
const SPEC: &str = "spec";
const CHANGELOG: &str = "CHANGELOG.md";

/// The command that a failure says to run again.
const HELP: &str = "cargo xtask spec diff, with the same words";

/// The inputs at one time.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) sources: Sources,
    /// The version of the SDK then; of the working tree, where the state has none.
    pub(crate) version: String,
    /// The text of CHANGELOG.md then, or of the working tree where the state is a folder; empty where there is none.
    pub(crate) changelog: String,
    /// The text of spec/SOURCE.toml, where the state has one.
    pub(crate) origin: Option<String>,
}

impl State {
    /// What it says of its own release.
    pub(crate) fn release(&self) -> release::State<'_> {
        release::State {
            version: &self.version,
            changelog: &self.changelog,
        }
    }
}

/// Reads a state; without a name the working tree.
pub(crate) fn state(workspace: &Workspace, name: Option<&OsStr>) -> Result<State, Failure> {
    let here = |sources, origin: Option<String>| {
        let version = own_version(workspace, HELP)?;
        let changelog = workspace.path(None, CHANGELOG);
        let changelog = match changelog.exists() {
            true => workspace.read(CHANGELOG, HELP)?,
            false => String::new(),
        };
        Ok(State {
            sources,
            version,
            changelog,
            origin,
        })
    };
    let Some(name) = name else {
        let origin = workspace.read("spec/SOURCE.toml", HELP).ok();
        return here(workspace.folder(&workspace.path(None, SPEC), HELP)?, origin);
    };
    let path = Path::new(name);
    if path.is_dir() {
        let inner = path.join(SPEC);
        let folder = if path.join("openapi.yaml").is_file() {
            path
        } else {
            &inner
        };
        let origin = workspace.source(&folder.join("SOURCE.toml"), HELP).ok();
        let origin = origin.map(|source| source.text);
        return here(workspace.folder(folder, HELP)?, origin);
    }
    if path.is_file() {
        let tree = workspace.folder(&workspace.path(None, SPEC), HELP)?;
        let spec = workspace.source(path, HELP)?;
        return here(Sources { spec, ..tree }, None);
    }
    revision(workspace, &name.to_string_lossy())
}

/// The inputs as a revision has them.
fn revision(workspace: &Workspace, name: &str) -> Result<State, Failure> {
    let git = Git {
        workspace,
        revision: name,
    };
    if name.starts_with('-') {
        return Err(git.failure("", "no file, no folder, and no name of a revision"));
    }
    let listed = git.run(
        &["ls-tree", "--name-only", name, "--", "spec/", CHANGELOG],
        "",
    )?;
    let has = |path: &str| listed.lines().any(|line| line.trim_matches('"') == path);
    let show = |path: &str| {
        let text = git.run(&["show", &format!("{name}:./{path}")], path)?;
        let path = format!("{name}:{path}");
        Ok(Source { path, text })
    };
    let overlay = "spec/overlay.yaml";
    let origin = "spec/SOURCE.toml";
    let lock = "spec/names.lock";
    Ok(State {
        sources: Sources {
            spec: show("spec/openapi.yaml")?,
            overlay: has(overlay).then(|| show(overlay)).transpose()?,
            config: show("spec/sdk.toml")?,
            lock: has(lock).then(|| show(lock)).transpose()?,
        },
        version: {
            let manifest = show("Cargo.toml")?;
            version(&manifest.text, &manifest.path)?
        },
        origin: match has(origin) {
            true => Some(show(origin)?.text),
            false => None,
        },
        changelog: match has(CHANGELOG) {
            true => show(CHANGELOG)?.text,
            false => String::new(),
        },
    })
}

/// Git, asked about one revision.
pub(super) struct Git<'a> {
    pub(super) workspace: &'a Workspace,
    pub(super) revision: &'a str,
}

impl Git<'_> {
    /// What git prints, run in the root of the workspace.
    pub(super) fn run(&self, arguments: &[&str], path: &str) -> Result<String, Failure> {
        let output = Command::new("git")
            .arg("-C")
            .arg(self.workspace.path(None, ""))
            .args(arguments)
            .output()
            .map_err(|error| self.failure(path, &format!("git does not run: {error}")))?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            return Err(self.failure(path, said.lines().next().unwrap_or("git says nothing")));
        }
        text_of(output.stdout).map_err(|error| self.failure(path, &error.to_string()))
    }

    fn failure(&self, path: &str, why: &str) -> Failure {
        let place = match path {
            "" => self.revision.to_owned(),
            path => format!("{}:{path}", self.revision),
        };
        Failure::new(
            "read",
            Path::new(&place),
            io::Error::other(why.to_owned()),
            HELP,
        )
    }
}

/// The version of the SDK in the working tree.
pub(super) fn own_version(workspace: &Workspace, command: &str) -> Result<String, Failure> {
    version(&workspace.read("Cargo.toml", command)?, "Cargo.toml")
}

/// The version under `[workspace.package]`.
fn version(manifest: &str, path: &str) -> Result<String, Failure> {
    let table: Result<toml::Table, _> = manifest.parse();
    let found = table.ok().and_then(|table| {
        let version = table.get("workspace")?.get("package")?.get("version")?;
        Some(version.as_str()?.to_owned())
    });
    found.ok_or_else(|| {
        let error = io::Error::other("it has no version under [workspace.package]");
        Failure::new("read the version of", Path::new(path), error, HELP)
    })
}
