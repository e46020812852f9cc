//! The temporary file that a download is written to until it is whole.
//!
//! In: the folder of the target. Out: a new file in it, with an unused name, and a [`Scratch`] that removes it when dropped
//! unless [`keep`](Scratch::keep) was called. Only whole files ever get the target's name.

use std::fs::{self, File, OpenOptions};
use std::hash::{BuildHasher, RandomState};
use std::io;
use std::path::{Path, PathBuf};

/// Removes the file at its path when dropped.
#[derive(Debug)]
pub(super) struct Scratch {
    path: PathBuf,
    keep: bool,
}

impl Scratch {
    /// A new file beside the target: renaming works only within one file system.
    pub(super) fn create(folder: &Path) -> io::Result<(File, Self)> {
        const TRIES: usize = 16;
        for _ in 0..TRIES {
            let path = folder.join(name());
            // An existing name is never opened, so that a link planted there is not followed.
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
        Self { path, keep: false }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Keeps the file: it is no longer removed.
    pub(super) fn keep(mut self) {
        self.keep = true;
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

/// A name that is short enough for every file system, whatever the target is called.
fn name() -> String {
    format!(".download-{:016x}.part", RandomState::new().hash_one(()))
}
