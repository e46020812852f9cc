//! Reads the output folder, as data for the comparison.

use std::collections::BTreeMap;
use std::fs::{self, DirEntry};
use std::io;
use std::path::Path;

use codegen::output::Found;

/// Everything below a folder, by its path relative to that folder. Links are not followed. A
/// folder that is not there is an empty one. An error comes with the path that it concerns.
pub(crate) fn read(folder: &Path) -> Result<BTreeMap<String, Found>, (String, io::Error)> {
    let mut found = BTreeMap::new();
    match read_into(folder, "", &mut found) {
        Err((path, error)) if path.is_empty() && error.kind() == io::ErrorKind::NotFound => {
            Ok(found)
        }
        Err(error) => Err(error),
        Ok(()) => Ok(found),
    }
}

/// Reads the folder `below` the root, which is itself named by its path in the output folder.
fn read_into(
    folder: &Path,
    below: &str,
    found: &mut BTreeMap<String, Found>,
) -> Result<(), (String, io::Error)> {
    let here = |error| (below.to_owned(), error);
    for entry in fs::read_dir(folder).map_err(here)? {
        let entry = entry.map_err(here)?;
        let name = entry.file_name();
        let path = if below.is_empty() {
            name.to_string_lossy().into_owned()
        } else {
            format!("{below}/{}", name.to_string_lossy())
        };
        let thing = match name.to_str() {
            Some(_) => look(&entry).map_err(|error| (path.clone(), error))?,
            None => Found::Other,
        };
        if thing == Found::Folder {
            read_into(&entry.path(), &path, found)?;
        }
        found.insert(path, thing);
    }
    Ok(())
}

/// What an entry is, and its content if it is a file.
fn look(entry: &DirEntry) -> io::Result<Found> {
    let kind = entry.file_type()?;
    Ok(if kind.is_symlink() {
        Found::Link
    } else if kind.is_dir() {
        Found::Folder
    } else if kind.is_file() {
        Found::File(fs::read(entry.path())?)
    } else {
        Found::Other
    })
}
