//! What earlier runs of `spec update` entered in CHANGELOG.md for the same old state.
//!
//! A second run, after a correction, replaces these lines where they are no longer true, and leaves alone what a person has rewritten.
//! They are known from two places: a file under target/ that the last run in this folder left, and the inputs of the last commit,
//! from which the same lines follow. Without either, nothing is replaced.

use std::path::PathBuf;

use crate::places::Workspace;

use super::base::{self, Base};
use super::revision;

/// The file of the last run: the commit of the old state, then the lines.
const FILE: &str = "target/spec-update/entered.md";

/// The lines that were entered.
pub(crate) struct Record<'a> {
    workspace: &'a Workspace,
    old: &'a Base,
}

impl<'a> Record<'a> {
    pub(crate) fn new(workspace: &'a Workspace, old: &'a Base) -> Self {
        Self { workspace, old }
    }

    /// The lines that earlier runs entered, without those that the old state has itself.
    pub(crate) fn entered(&self) -> String {
        let lines = [self.of_last_run(), self.of_last_commit()];
        let lines = lines.iter().flatten().flat_map(|text| text.lines());
        let merged = |line: &&str| self.old.state.changelog.lines().any(|old| old == *line);
        let lines = lines.filter(|line| !merged(line));
        lines.flat_map(|line| [line, "\n"]).collect()
    }

    fn of_last_run(&self) -> Option<String> {
        let commit = self.old.commit.as_ref()?;
        let path = self.workspace.path(None, FILE);
        let text = std::fs::read_to_string(path).ok()?;
        let (of, lines) = text.split_once('\n')?;
        (of == commit).then(|| lines.to_owned())
    }

    fn of_last_commit(&self) -> Option<String> {
        let head = base::commit(self.workspace, "HEAD")?;
        if self.old.commit.as_ref()? == &head {
            return None;
        }
        let head = revision::state(self.workspace, Some("HEAD".as_ref())).ok()?;
        let old = &self.old.state;
        let comparison = codegen::compare(&old.sources, &head.sources, &old.version).ok()?;
        Some(comparison.changelog)
    }

    /// The file for the next run; none where git does not know the old state.
    pub(crate) fn text(&self, changelog: &str) -> Option<(PathBuf, String)> {
        let commit = self.old.commit.as_ref()?;
        let path = self.workspace.path(None, FILE);
        Some((path, format!("{commit}\n{changelog}")))
    }
}
