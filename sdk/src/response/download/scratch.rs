//! The file that a download is written to before it is whole.
//!
//! In: the folder of the target. Out: a new file in it, under a name that nobody uses, and a [`Scratch`] that removes it unless
//! it is told otherwise. Only whole files ever bear the target's name.

use std::fs::{self, File, OpenOptions};
use std::hash::{BuildHasher, RandomState};
use std::io;
use std::path::{Path, PathBuf};

/// Removes the file at its path when it is dropped.
#[derive(Debug)]
pub(super) struct Scratch {
    path: PathBuf,
    doomed: bool,
}

impl Scratch {
    /// A new file beside the target: renaming works only within one file system.
    pub(super) fn create(folder: &Path) -> io::Result<(File, Self)> {
        const TRIES: usize = 16;
        for _ in 0..TRIES {
            let path = folder.join(name());
            // A name that exists is never opened, so that a link planted under it leads nowhere.
            match OpenOptions::new().write(true).create_new(true).open(&path) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                opened => {
                    return opened.map(|file| (file, Self::at(path)));
                }
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }

    pub(super) fn at(path: PathBuf) -> Self {
        Self { path, doomed: true }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Leaves the path alone from here on.
    pub(super) fn spare(mut self) {
        self.doomed = false;
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if self.doomed {
            // Nobody is left to be told, and there is nothing else to try.
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// A name that is short enough for every file system, whatever the target is called.
fn name() -> String {
    format!(".download-{:016x}.part", RandomState::new().hash_one(()))
}
