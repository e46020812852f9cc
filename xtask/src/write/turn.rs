//! One writer at a time, and no leftovers of one that was killed.
//!
//! A command that may write takes its turn before it reads anything, and keeps it to its end. The locks are on the folders that it
//! writes to, and end with the process, however that ends. A run whose `cargo` was killed goes on for a moment: the next one waits.

use std::collections::BTreeSet;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

use crate::disk::{Failure, RealDisk};
use crate::outcome::print;
use crate::places::Workspace;

/// The turn of one command; it ends when this is dropped.
#[derive(Debug)]
pub(crate) struct Turn {
    _locks: Vec<File>,
}

/// Waits for others that write to these folders. A folder that is not there yet is made by whoever has the one above it.
pub(crate) fn take(folders: &[&Path]) -> Turn {
    let there = |folder: &&Path| {
        folder
            .ancestors()
            .find(|folder| folder.is_dir())
            .map(Path::to_owned)
    };
    // In one order, so that two of them never wait for each other.
    let folders: BTreeSet<PathBuf> = folders.iter().filter_map(there).collect();
    Turn {
        _locks: folders.iter().filter_map(|folder| lock(folder)).collect(),
    }
}

/// Deletes what a killed run left in these folders.
pub(crate) fn clear(
    workspace: &Workspace,
    folders: &[&Path],
    command: &str,
) -> Result<(), Failure> {
    for folder in folders {
        super::clean(folder, &mut RealDisk).map_err(|(path, error)| {
            let shown = workspace.display(&path);
            Failure::new("delete", Path::new(&shown), error, command)
        })?;
    }
    Ok(())
}

/// The lock on a folder; none where the system has no such locks.
fn lock(folder: &Path) -> Option<File> {
    let open = File::open(folder).ok()?;
    match open.try_lock() {
        Ok(()) => Some(open),
        Err(TryLockError::WouldBlock) => {
            print("another run writes here: waiting for its end\n");
            open.lock().ok().map(|()| open)
        }
        Err(TryLockError::Error(_)) => None,
    }
}
