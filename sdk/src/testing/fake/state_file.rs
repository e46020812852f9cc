//! The file that a fake on loopback keeps its state in.
//!
//! In: the state after a request that may have changed it. Out: a file that is whole at any moment: written beside, then renamed.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::world::World;

/// The file of a state.
#[derive(Debug)]
pub(crate) struct StateFile {
    path: PathBuf,
}

impl StateFile {
    pub(crate) fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    /// The state in the file. `None`: there is no file yet, but a folder for it.
    pub(crate) fn read(&self) -> io::Result<Option<World>> {
        let text = match fs::read(&self.path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound && self.has_folder() => {
                return Ok(None);
            }
            Err(error) => return Err(self.named(&error)),
        };
        let world = serde_json::from_slice(&text).map_err(|error| {
            let why = format!("not the state of a fake of this version: {error}");
            self.named(&io::Error::new(io::ErrorKind::InvalidData, why))
        })?;
        Ok(Some(world))
    }

    /// Replaces the file.
    pub(crate) fn write(&self, world: &World) -> io::Result<()> {
        let text = serde_json::to_vec(world)?;
        self.replace(&text).map_err(|error| self.named(&error))
    }

    fn replace(&self, text: &[u8]) -> io::Result<()> {
        let beside = self.beside();
        let mut file = File::create(&beside)?;
        file.write_all(text)?;
        file.sync_all()?;
        fs::rename(&beside, &self.path)
    }

    /// Whether the path names a file in a folder that exists.
    fn has_folder(&self) -> bool {
        let folder = self.path.parent();
        let here = Path::new(".");
        self.path.file_name().is_some() && folder.is_some_and(|folder| here.join(folder).is_dir())
    }

    /// The path of the new file, until it is whole.
    fn beside(&self) -> PathBuf {
        let mut name = self.path.file_name().unwrap_or_default().to_owned();
        name.push(".new");
        let folder = self.path.parent().unwrap_or(Path::new(""));
        folder.join(name)
    }

    fn named(&self, error: &io::Error) -> io::Error {
        io::Error::new(error.kind(), format!("{}: {error}", self.path.display()))
    }
}

#[cfg(test)]
mod tests {
    use super::StateFile;

    #[test]
    fn a_new_file_needs_a_folder() {
        let new = StateFile::new("no-such-file.json").read();
        assert!(new.unwrap().is_none());
        for path in ["", "..", "no-such-folder/state.json"] {
            assert!(StateFile::new(path).read().is_err(), "{path}");
        }
    }
}
