//! `names.lock`: writes the names that settle clashes, and checks that the file is as it was written.
//!
//! In: the inputs, and those of what was merged, where git knows them: what had its name then keeps it.

use std::path::PathBuf;

use codegen::output::{Difference, DifferenceKind, unified};
use codegen::{Report, Source, Sources};

use crate::commands::{Target, print_differences};
use crate::disk::Failure;
use crate::flags::{CodegenFlags, Format};
use crate::places::{LOCK, Workspace};
use crate::spec;
use crate::write::File;

/// The command that writes the file.
const COMMAND: &str = "cargo xtask codegen --lock";

/// The file as it is to be.
#[derive(Debug)]
pub(crate) struct LockFile {
    path: PathBuf,
    text: Option<String>,
}

impl LockFile {
    /// The change of the disk.
    pub(crate) fn change(&self) -> File<'_> {
        match &self.text {
            Some(text) => File::new(&self.path, text),
            None => File::deleted(&self.path),
        }
    }
}

/// Settles all clashes: the inputs have the new names from now on.
pub(crate) fn settle(
    workspace: &Workspace,
    flags: &CodegenFlags,
    sources: &mut Sources,
) -> Result<Result<LockFile, Report>, Failure> {
    let inputs = &flags.inputs;
    let is_own = inputs.spec.is_none() && inputs.config.is_none();
    let before = match is_own {
        true => Some(spec::merged(workspace)?),
        false => None,
    };
    let text = match codegen::lock(sources, before.as_ref()) {
        Ok(text) => text,
        Err(report) => return Ok(Err(report)),
    };
    let path = workspace.lock_path(inputs.config.as_deref());
    let shown = workspace.display(&path);
    sources.lock = text.clone().map(|text| Source { path: shown, text });
    Ok(Ok(LockFile { path, text }))
}

/// Reports whether the file is not as `--lock` writes it.
pub(crate) fn is_changed(sources: &Sources, format: Format) -> bool {
    let Some(lock) = &sources.lock else {
        return false;
    };
    let Ok(written) = codegen::lock(sources, None) else {
        return false;
    };
    let written = written.unwrap_or_default();
    if written == lock.text {
        return false;
    }
    let folder = lock.path.strip_suffix(LOCK).unwrap_or_default();
    let difference = Difference {
        path: LOCK.to_owned(),
        kind: DifferenceKind::Changed {
            diff: unified(&lock.text.replace("\r\n", "\n"), &written),
            crlf: lock.text.contains("\r\n"),
        },
    };
    let target = Target {
        out: std::path::Path::new(folder),
        shown: folder.trim_end_matches('/'),
        command: COMMAND,
    };
    print_differences(&[difference], target, format);
    true
}
