//! Changes files of the disk, all of them or none: the one place where a command writes.
//!
//! In come paths with their new texts; out comes what went wrong, if anything did. A new text is written to a temporary file in the
//! same folder and moved into place, so that a file is whole at any time, old or new.

use std::collections::BTreeSet;
use std::error::Error;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use codegen::output::{Step, TEMPORARY_PREFIX};

use crate::disk::{Disk, Failure};
use crate::places::Workspace;

pub(crate) mod turn;

/// A file with what it is to hold.
#[derive(Clone, Debug)]
pub(crate) struct File<'a> {
    path: PathBuf,
    /// Its new text; none where it is deleted.
    text: Option<&'a str>,
}

impl<'a> File<'a> {
    /// A file with its new text.
    pub(crate) fn new(path: &Path, text: &'a str) -> Self {
        Self {
            path: path.to_owned(),
            text: Some(text),
        }
    }

    /// A file that is deleted, if it is there.
    pub(crate) fn deleted(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
            text: None,
        }
    }

    /// What a step does in an output folder.
    pub(crate) fn of_step(step: Step<'a>, out: &Path) -> Self {
        let (path, text) = match step {
            Step::Write { path, text } => (path, Some(text)),
            Step::Delete { path } => (path, None),
        };
        Self {
            path: out.join(path),
            text,
        }
    }
}

/// A file that could not be changed.
#[derive(Debug)]
pub(crate) struct WriteError {
    action: &'static str,
    path: PathBuf,
    error: io::Error,
}

impl WriteError {
    fn new(file: &File<'_>, error: io::Error) -> Self {
        Self {
            action: match file.text {
                Some(_) => "write",
                None => "delete",
            },
            path: file.path.clone(),
            error,
        }
    }

    /// The same as a failure of a command.
    pub(crate) fn into_failure(self, workspace: &Workspace, command: &str) -> Failure {
        let shown = workspace.display(&self.path);
        Failure::new(self.action, Path::new(&shown), self.error, command)
    }
}

impl fmt::Display for WriteError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            action,
            path,
            error,
        } = self;
        write!(formatter, "cannot {action} `{}`: {error}", path.display())
    }
}

impl Error for WriteError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.error)
    }
}

/// Changes all files: the new texts are written beside their places, then moved there in the given order.
///
/// When anything fails, what has been changed is put back. A run that is killed in between leaves each file whole, the first
/// ones new and the others old, and temporary files that the next run deletes. Where several files depend on each other, the last
/// one should be the one that shows whether there is anything to do.
pub(crate) fn write(files: &[File<'_>], disk: &mut impl Disk) -> Result<(), WriteError> {
    let folders: BTreeSet<&Path> = files.iter().map(|file| folder(&file.path)).collect();
    for folder in folders {
        clean(folder, disk).map_err(|(path, error)| WriteError {
            action: "delete",
            path,
            error,
        })?;
    }
    let changes = changes(files)?;
    let done = stage(&changes, disk).and_then(|()| take_all(&changes, disk));
    if done.is_err() {
        // The first error is the one to report; what remains is deleted by the next run.
        for Change { file, .. } in &changes {
            let _ = disk.remove(&temporary(&file.path));
        }
    }
    done
}

/// A file that changes, with its content before.
struct Change<'a> {
    file: &'a File<'a>,
    before: Option<Vec<u8>>,
}

/// What there is to do: a file to delete that is not there, such as one that was cleaned away, is left out.
fn changes<'a>(files: &'a [File<'_>]) -> Result<Vec<Change<'a>>, WriteError> {
    let mut changes = Vec::new();
    for file in files {
        let before = read(&file.path).map_err(|error| WriteError::new(file, error))?;
        if before.is_some() || file.text.is_some() {
            changes.push(Change { file, before });
        }
    }
    Ok(changes)
}

/// Writes the new texts beside their places.
fn stage(changes: &[Change<'_>], disk: &mut impl Disk) -> Result<(), WriteError> {
    for Change { file, .. } in changes {
        if let Some(text) = file.text {
            stage_one(&file.path, text.as_bytes(), disk)
                .map_err(|error| WriteError::new(file, error))?;
        }
    }
    Ok(())
}

fn stage_one(path: &Path, content: &[u8], disk: &mut impl Disk) -> io::Result<()> {
    let folder = folder(path);
    if !folder.exists() {
        disk.make_folder(folder)?;
    }
    disk.make_file(&temporary(path), content)
}

/// Moves the new texts to their places and deletes the rest; at an error puts back what was changed before it.
fn take_all(changes: &[Change<'_>], disk: &mut impl Disk) -> Result<(), WriteError> {
    for (index, Change { file, .. }) in changes.iter().enumerate() {
        let done = match file.text {
            Some(_) => disk.rename(&temporary(&file.path), &file.path),
            None => disk.remove(&file.path),
        };
        if let Err(error) = done {
            for change in changes[..index].iter().rev() {
                // The first error is the one to report.
                let _ = put_back(change, disk);
            }
            return Err(WriteError::new(file, error));
        }
    }
    Ok(())
}

fn put_back(change: &Change<'_>, disk: &mut impl Disk) -> io::Result<()> {
    let path = &change.file.path;
    let Some(content) = &change.before else {
        return disk.remove(path);
    };
    stage_one(path, content, disk)?;
    disk.rename(&temporary(path), path)
}

/// Deletes the temporary files that a killed run left in a folder. An error is about the file that it names; a folder that cannot
/// be listed is left alone.
fn clean(folder: &Path, disk: &mut impl Disk) -> Result<(), (PathBuf, io::Error)> {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let is_ours = entry
            .file_name()
            .to_string_lossy()
            .starts_with(TEMPORARY_PREFIX);
        match is_ours.then(|| disk.remove(&entry.path())) {
            Some(Err(error)) if error.kind() != io::ErrorKind::NotFound => {
                return Err((entry.path(), error));
            }
            _ => {}
        }
    }
    Ok(())
}

/// The content of a file; none when it is not there.
fn read(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match std::fs::read(path) {
        Ok(content) => Ok(Some(content)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// The folder of a file: the current one where the path is a name alone.
pub(crate) fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// A name in the same folder that no other process uses.
fn temporary(path: &Path) -> PathBuf {
    let (prefix, process) = (TEMPORARY_PREFIX, std::process::id());
    path.with_file_name(format!("{prefix}{process}-{}", name(path)))
}

fn name(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests;
