//! Takes the steps that bring the output folder up to date, each file at once.

use std::io;
use std::path::{Path, PathBuf};

use codegen::output::{Step, TEMPORARY_PREFIX};

use crate::disk::{Disk, Failure};

/// Where a run writes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Target<'a> {
    /// The output folder.
    pub(crate) out: &'a Path,
    /// The output folder as it is shown.
    pub(crate) shown: &'a str,
    /// The command that repeats the run.
    pub(crate) command: &'a str,
}

/// Takes every step, in order.
///
/// A run that is stopped at any point leaves each file whole, old or new, and at most one
/// temporary file, which the next run deletes.
pub(crate) fn take(
    steps: &[Step<'_>],
    target: Target<'_>,
    disk: &mut impl Disk,
) -> Result<(), Failure> {
    for step in steps {
        let (action, path, done) = match *step {
            Step::Write { path, text } => {
                ("write", path, replace(&target.out.join(path), text, disk))
            }
            Step::Delete { path } => ("delete", path, disk.remove(&target.out.join(path))),
        };
        let shown = format!("{}/{path}", target.shown);
        done.map_err(|error| Failure::new(action, Path::new(&shown), error, target.command))?;
    }
    Ok(())
}

/// Makes the folder, writes beside the file, then moves it into place.
pub(crate) fn replace(path: &Path, text: &str, disk: &mut impl Disk) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        disk.make_folder(folder)?;
    }
    let temporary = temporary(path);
    let done = disk
        .make_file(&temporary, text.as_bytes())
        .and_then(|()| disk.rename(&temporary, path));
    if done.is_err() {
        // The first error is the one to tell; what remains is deleted by the next run.
        let _ = disk.remove(&temporary);
    }
    done
}

/// A name in the same folder that no other process uses.
fn temporary(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!("{TEMPORARY_PREFIX}{}-{name}", std::process::id()))
}

#[cfg(test)]
mod tests;
