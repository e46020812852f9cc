//! `cargo xtask spec surface`: which public items of the SDK came and went, generated or by hand. Where `spec diff` compares the inputs,
//! this compares the source of the crate, so that changes of the generator and of the runtime have a verdict too.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::Path;

use clap::Args;
use codegen::surface::{Changes, crate_items};

use crate::disk::Failure;
use crate::outcome::{Outcome, print_result};
use crate::places::Workspace;

use super::base;
use super::revision::Git;

/// The exit codes, as `--help` lists them.
pub(crate) const EXIT_CODES: &str = "\
Exit codes:
  0   code that uses the SDK compiles as before
  1   it may not: --fail-on-breaking
  3   a file or a revision could not be read
  64  the flags are wrong";

/// The source of the SDK below the root of the repository.
const SOURCE: &str = "sdk/src";

/// The flags of `surface`.
#[derive(Debug, Args)]
pub(crate) struct SurfaceFlags {
    /// The revision of git that is compared with the working tree [default: the merge base with main].
    #[arg(value_name = "OLD")]
    pub(crate) old: Option<OsString>,
    /// Ends with 1 where something breaks.
    #[arg(long)]
    pub(crate) fail_on_breaking: bool,
}

/// Runs the command.
pub(crate) fn surface(flags: &SurfaceFlags) -> Result<Outcome, Failure> {
    let workspace = Workspace::find();
    let given = flags.old.as_ref();
    let given = given.map(|old| old.to_string_lossy().into_owned());
    let revision = given.or_else(|| base::revision(&workspace));
    let revision = revision.unwrap_or_else(|| "HEAD".to_owned());
    let old = lines(&at(&workspace, &revision)?)?;
    let new = lines(&now(&workspace)?)?;
    let changes = Changes::between(&old, &new);
    print_result(&page(&changes, &revision));
    Ok(match flags.fail_on_breaking && changes.is_breaking() {
        true => Outcome::OutOfDate,
        false => Outcome::Fresh,
    })
}

fn lines(files: &[(String, String)]) -> Result<std::collections::BTreeSet<String>, Failure> {
    crate_items(files).map_err(|why| failure(SOURCE, io::Error::other(why)))
}

/// The text for people, as markdown.
fn page(changes: &Changes, revision: &str) -> String {
    let mut page = format!(
        "**Public items: {}** (since `{revision}`).\n",
        changes.verdict()
    );
    let listed = changes.gone.iter().map(|line| format!("- {line}\n"));
    let listed = listed.chain(changes.came.iter().map(|line| format!("+ {line}\n")));
    let listed: String = listed.collect();
    if !listed.is_empty() {
        page.push_str(&format!("\n```diff\n{listed}```\n"));
    }
    page
}

/// The files of the SDK as a revision has them.
fn at(workspace: &Workspace, revision: &str) -> Result<Vec<(String, String)>, Failure> {
    let git = Git {
        workspace,
        revision,
    };
    if base::commit(workspace, revision).is_none() {
        return Err(failure(revision, io::Error::other("no revision of git")));
    }
    let listed = git.run(
        &["ls-tree", "-r", "--name-only", revision, "--", SOURCE],
        SOURCE,
    )?;
    let paths = listed.lines().filter(|path| is_product(path));
    let show = |path: &str| {
        let text = git.run(&["show", &format!("{revision}:./{path}")], path)?;
        Ok((path.to_owned(), text))
    };
    paths.map(show).collect()
}

/// The files of the SDK in the working tree.
fn now(workspace: &Workspace) -> Result<Vec<(String, String)>, Failure> {
    let mut files = Vec::new();
    let root = workspace.path(None, SOURCE);
    walk(&root, SOURCE, &mut files)?;
    Ok(files)
}

fn walk(folder: &Path, shown: &str, files: &mut Vec<(String, String)>) -> Result<(), Failure> {
    let here = |error| failure(shown, error);
    for entry in fs::read_dir(folder).map_err(here)? {
        let entry = entry.map_err(here)?;
        let shown = format!("{shown}/{}", entry.file_name().to_string_lossy());
        if entry.file_type().map_err(here)?.is_dir() {
            walk(&entry.path(), &shown, files)?;
        } else if is_product(&shown) {
            let text = fs::read_to_string(entry.path()).map_err(here)?;
            files.push((shown, text));
        }
    }
    Ok(())
}

/// Whether it is source that is compiled outside of tests.
fn is_product(path: &str) -> bool {
    path.ends_with(".rs") && !path.ends_with("/tests.rs") && !path.contains("/tests/")
}

fn failure(path: &str, error: io::Error) -> Failure {
    Failure::new(
        "read",
        Path::new(path),
        error,
        "cargo xtask spec surface, with the same words",
    )
}
