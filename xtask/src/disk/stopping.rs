//! A disk for tests that stops between any two operations.

use std::fs;
use std::io;
use std::path::Path;

use super::{Disk, RealDisk};

/// A disk that stops for good after some operations, as a killed process does: the operation at
/// which it stops is done by half, and no cleaning up follows.
pub(crate) struct StoppingDisk {
    pub(crate) left: usize,
}

impl StoppingDisk {
    fn take_one(&mut self) -> io::Result<()> {
        match self.left.checked_sub(1) {
            Some(left) => {
                self.left = left;
                Ok(())
            }
            None => Err(io::Error::other("stopped")),
        }
    }
}

impl Disk for StoppingDisk {
    fn make_folder(&mut self, path: &Path) -> io::Result<()> {
        self.take_one()?;
        RealDisk.make_folder(path)
    }

    fn make_file(&mut self, path: &Path, content: &[u8]) -> io::Result<()> {
        // Two operations: making the file with half of its content, and the rest of it.
        self.take_one()?;
        fs::write(path, &content[..content.len() / 2])?;
        self.take_one()?;
        fs::write(path, content)
    }

    fn rename(&mut self, from: &Path, to: &Path) -> io::Result<()> {
        self.take_one()?;
        RealDisk.rename(from, to)
    }

    fn remove(&mut self, path: &Path) -> io::Result<()> {
        self.take_one()?;
        RealDisk.remove(path)
    }
}
