//! The old state of an update: what was released or merged before it.
//!
//! In: what `--old` names, or git. Out: the inputs of that state. The working tree's overlay and `sdk.toml` may be corrected already
//! for the new document, so they say nothing about the old state.

use std::ffi::OsStr;

use crate::disk::Failure;
use crate::places::Workspace;

use super::revision::{self, Git, State};

/// The branches that hold what was merged; the first one that exists counts.
const MAIN: [&str; 3] = ["origin/HEAD", "origin/main", "main"];

/// The old state, and where it is from.
#[derive(Debug)]
pub(crate) struct Base {
    pub(crate) state: State,
    /// Where it is from, as reports say it.
    pub(crate) shown: String,
    /// The commit, where it is a revision of git.
    pub(crate) commit: Option<String>,
}

/// The state that `given` names; else the merge base with main, or the last commit where git knows no main; else the working tree.
pub(crate) fn base(workspace: &Workspace, given: Option<&OsStr>) -> Result<Base, Failure> {
    if let Some(name) = given {
        let shown = name.to_string_lossy().into_owned();
        return Ok(Base {
            state: revision::state(workspace, Some(name))?,
            commit: commit(workspace, &shown),
            shown: format!("`{shown}`"),
        });
    }
    let merged = merged(workspace).filter(|merged| has_inputs(workspace, &merged.revision));
    let Some(merged) = merged else {
        return Ok(Base {
            state: revision::state(workspace, None)?,
            shown: "the working tree: git knows no other state".to_owned(),
            commit: None,
        });
    };
    Ok(Base {
        state: revision::state(workspace, Some(merged.revision.as_ref()))?,
        commit: commit(workspace, &merged.revision),
        shown: merged.shown,
    })
}

/// The revision of the merge base, as git reads it.
pub(crate) fn revision(workspace: &Workspace) -> Option<String> {
    merged(workspace).map(|merged| merged.revision)
}

/// A revision that was merged.
struct Merged {
    revision: String,
    shown: String,
}

fn merged(workspace: &Workspace) -> Option<Merged> {
    let head = commit(workspace, "HEAD")?;
    for main in MAIN.iter().filter(|main| commit(workspace, main).is_some()) {
        let Some(found) = ask(workspace, "HEAD", &["merge-base", "HEAD", main]) else {
            continue;
        };
        if found == head {
            return Some(Merged {
                revision: "HEAD".to_owned(),
                shown: format!("`HEAD`, which is the merge base with `{main}`"),
            });
        }
        let short = ask(workspace, &found, &["rev-parse", "--short", &found])?;
        return Some(Merged {
            shown: format!("`{short}`, the merge base with `{main}`"),
            revision: short,
        });
    }
    Some(Merged {
        revision: "HEAD".to_owned(),
        shown: "`HEAD`: git knows no merge base with main".to_owned(),
    })
}

fn has_inputs(workspace: &Workspace, revision: &str) -> bool {
    let spec = format!("{revision}:./spec/openapi.yaml");
    ask(workspace, revision, &["cat-file", "-e", &spec]).is_some()
}

/// The full name of the commit that a revision is.
pub(crate) fn commit(workspace: &Workspace, revision: &str) -> Option<String> {
    let commit = format!("{revision}^{{commit}}");
    let words = ["rev-parse", "--verify", "--quiet", &commit];
    let is_name = !revision.starts_with('-');
    is_name
        .then(|| ask(workspace, revision, &words))
        .flatten()
        .filter(|commit| !commit.is_empty())
}

/// What git prints; none where it does not run, or finds nothing.
fn ask(workspace: &Workspace, revision: &str, words: &[&str]) -> Option<String> {
    let git = Git {
        workspace,
        revision,
    };
    let said = git.run(words, "").ok()?;
    Some(said.trim().to_owned())
}
