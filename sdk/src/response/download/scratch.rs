//! The temporary file that a download is written to until it is whole.
//!
//! In: the folder and the name of the target. Out: a new file in that folder, with an unused name, and a [`Scratch`] that removes it
//! when dropped unless [`keep`](Scratch::keep) was called. Only whole files ever get the target's name. A killed process drops
//! nothing; the next download to the same target removes its file, see [`sweep`].

use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions};
use std::hash::{BuildHasher, RandomState};
use std::io;
use std::path::{Path, PathBuf};

use super::lock;

/// Removes the file at its path when dropped.
#[derive(Debug)]
pub(super) struct Scratch {
    path: PathBuf,
    keep: bool,
}

impl Scratch {
    /// A new file beside the target: renaming works only within one file system. On Unix only its owner can read it.
    pub(super) fn create(folder: &Path, target: &OsStr) -> io::Result<(File, Self)> {
        const TRIES: usize = 16;
        for _ in 0..TRIES {
            let path = folder.join(format!("{PREFIX}{:016x}{SUFFIX}", random()));
            // An existing name is never opened, so that a link planted there is not followed.
            match for_owner_only().create_new(true).open(&path) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                opened => {
                    let (file, scratch) = (opened?, Self::at(path));
                    let scratch = scratch.locked(&file, &folder.join(name(target)));
                    return Ok((file, scratch));
                }
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }

    pub(super) fn at(path: PathBuf) -> Self {
        Self { path, keep: false }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Keeps the file: it is no longer removed.
    pub(super) fn keep(mut self) {
        self.keep = true;
    }

    /// Locks the file, and then renames it to a name that [`sweep`] searches for. A file that cannot be locked keeps its name, and
    /// `sweep` never finds it.
    fn locked(mut self, file: &File, found_at: &Path) -> Self {
        if lock::acquire(file) && fs::rename(&self.path, found_at).is_ok() {
            found_at.clone_into(&mut self.path);
        }
        self
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if !self.keep {
            // An error cannot be reported from here, and there is nothing else to try.
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Removes the temporary files of earlier downloads to a target whose process was killed.
///
/// Those of a running download are locked, and stay. What cannot be read, locked or removed stays as well.
pub(super) fn sweep(folder: &Path, target: &OsStr) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    let prefix = prefix(target);
    for entry in entries.flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let is_file = || entry.file_type().is_ok_and(|kind| kind.is_file());
        if !name.starts_with(&prefix) || !name.ends_with(SUFFIX) || !is_file() {
            continue;
        }
        let opened = OpenOptions::new().write(true).open(entry.path());
        // Its lock is held until it is removed.
        if let Ok(file) = opened
            && lock::acquire(&file)
        {
            let _ = fs::remove_file(entry.path());
        }
    }
}

const PREFIX: &str = ".download-";
const SUFFIX: &str = ".part";

/// A name that is short enough for every file system, whatever the target is called.
fn name(target: &OsStr) -> String {
    format!("{}{:016x}{SUFFIX}", prefix(target), random())
}

/// The start of the names of all temporary files of a target: a hash of its name, FNV-1a, which is the same in every process.
fn prefix(target: &OsStr) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in target.as_encoded_bytes() {
        hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    }
    format!("{PREFIX}{hash:016x}-")
}

fn random() -> u64 {
    RandomState::new().hash_one(())
}

fn for_owner_only() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}
