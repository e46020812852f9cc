//! The path that a download is written to.
//!
//! In: the path that the application passes. Out: whether it may be written, decided before anything is written; and the last
//! step, which renames a whole file to that path. Nothing is replaced without `overwrite`, and then only a file or a link: never
//! the target of a link, a folder or a device.

use std::ffi::OsStr;
use std::fs::{self, File, Metadata, OpenOptions, Permissions};
use std::io;
use std::path::{Path, PathBuf};

use super::scratch::{self, Scratch};

/// A path that may be written to.
#[derive(Clone, Debug)]
pub(super) struct Target {
    pub(super) path: PathBuf,
    /// Whether an existing file may be replaced.
    pub(super) overwrite: bool,
    /// The permissions of the new file, where the application sets them.
    pub(super) permissions: Option<Permissions>,
}

impl Target {
    /// Checks the path, and creates the temporary file in its folder. Removes those of killed processes.
    pub(super) fn prepare(&self) -> io::Result<(File, Scratch)> {
        let Some(name) = self.path.file_name() else {
            return Err(refused(
                io::ErrorKind::InvalidInput,
                "the path does not end in a file name",
            ));
        };
        let replaced = match fs::symlink_metadata(&self.path) {
            Ok(there) => Some(there),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(error),
        };
        if let Some(there) = &replaced {
            check(there, self.overwrite)?;
        }
        let permissions = match &self.permissions {
            Some(permissions) => Some(permissions.clone()),
            None => replaced.as_ref().and_then(kept_permissions),
        };
        self.create(name, permissions)
    }

    fn create(
        &self,
        name: &OsStr,
        permissions: Option<Permissions>,
    ) -> io::Result<(File, Scratch)> {
        scratch::sweep(self.folder(), name);
        let (file, scratch) = Scratch::create(self.folder(), name)?;
        if let Some(permissions) = permissions {
            file.set_permissions(permissions)?;
        }
        Ok((file, scratch))
    }

    /// Renames a synced file to the target.
    pub(super) fn settle(&self, written: &Path) -> io::Result<()> {
        if self.overwrite {
            fs::rename(written, &self.path)?;
        } else {
            self.claim(written)?;
        }
        // The rename is durable once the folder is synced. Some file systems cannot sync folders; the file is there nevertheless.
        #[cfg(unix)]
        let _ = File::open(self.folder()).and_then(|folder| folder.sync_all());
        Ok(())
    }

    /// Renames the file only if no other process has created the path meanwhile.
    fn claim(&self, written: &Path) -> io::Result<()> {
        match fs::hard_link(written, &self.path) {
            Ok(()) => {
                // Both names are the same whole file. If this fails, the `Scratch` of the other name removes it.
                let _ = fs::remove_file(written);
                Ok(())
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(exists()),
            // Not all file systems support hard links: there an empty file reserves the name first.
            Err(_) => {
                let opened = OpenOptions::new()
                    .write(true)
                    .create_new(true)
                    .open(&self.path);
                opened.map_err(|error| match error.kind() {
                    io::ErrorKind::AlreadyExists => exists(),
                    _ => error,
                })?;
                let empty = Scratch::at(self.path.clone());
                fs::rename(written, &self.path)?;
                empty.keep();
                Ok(())
            }
        }
    }

    fn folder(&self) -> &Path {
        match self.path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        }
    }
}

/// Checks whether the existing file may be replaced.
fn check(there: &Metadata, overwrite: bool) -> io::Result<()> {
    if there.is_dir() {
        return Err(refused(io::ErrorKind::IsADirectory, "it is a folder"));
    }
    if !overwrite {
        return Err(exists());
    }
    if there.is_file() || there.is_symlink() {
        Ok(())
    } else {
        Err(refused(
            io::ErrorKind::InvalidInput,
            "it exists and is not a regular file",
        ))
    }
}

fn exists() -> io::Error {
    refused(
        io::ErrorKind::AlreadyExists,
        "it exists already, and `overwrite` is not set",
    )
}

fn refused(kind: io::ErrorKind, why: &'static str) -> io::Error {
    io::Error::new(kind, why)
}

/// The permissions of a replaced file, which the new one gets. Elsewhere than on Unix, and of a link, none.
fn kept_permissions(there: &Metadata) -> Option<Permissions> {
    (cfg!(unix) && there.is_file()).then(|| there.permissions())
}
