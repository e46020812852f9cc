//! The disk: the few operations that change it, and the one message for all that fails on it.
//!
//! The operations are a trait so that tests can stop a run between any two of them.

use std::error::Error;
use std::fmt;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The operations that change the disk.
pub(crate) trait Disk {
    /// Makes a folder and those above it.
    fn make_folder(&mut self, path: &Path) -> io::Result<()>;
    /// Makes a file that is not there yet, with the permissions that new files get, and waits
    /// until its content is on the disk.
    fn make_file(&mut self, path: &Path, content: &[u8]) -> io::Result<()>;
    /// Moves a file over another one in the same folder, at once.
    fn rename(&mut self, from: &Path, to: &Path) -> io::Result<()>;
    /// Deletes a file.
    fn remove(&mut self, path: &Path) -> io::Result<()>;
}

/// The disk of this machine.
#[derive(Debug)]
pub(crate) struct RealDisk;

impl Disk for RealDisk {
    fn make_folder(&mut self, path: &Path) -> io::Result<()> {
        fs::create_dir_all(path)
    }

    fn make_file(&mut self, path: &Path, content: &[u8]) -> io::Result<()> {
        let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
        file.write_all(content)?;
        file.sync_all()
    }

    fn rename(&mut self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove(&mut self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }
}

/// Something that the disk refused: what, where, why, and what to do.
#[derive(Debug)]
pub(crate) struct Failure {
    action: &'static str,
    path: PathBuf,
    error: io::Error,
    command: String,
}

impl Failure {
    /// Every failure is made here, so that each names the path and the command to run again.
    pub(crate) fn new(action: &'static str, path: &Path, error: io::Error, command: &str) -> Self {
        Self {
            action,
            path: path.to_owned(),
            error,
            command: command.to_owned(),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            action,
            path,
            error,
            command,
        } = self;
        let path = path.to_string_lossy().replace('\\', "/");
        writeln!(formatter, "error: cannot {action} `{path}`: {error}")?;
        writeln!(formatter, "help: correct the cause, then run: {command}")
    }
}

impl Error for Failure {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.error)
    }
}

#[cfg(test)]
pub(crate) mod stopping;
