//! Changes several files or none.

use std::io;
use std::path::{Path, PathBuf};

use codegen::output::TEMPORARY_PREFIX;

use crate::disk::Disk;

/// A file with what it is to hold.
#[derive(Clone, Copy, Debug)]
pub(crate) struct File<'a> {
    pub(crate) path: &'a Path,
    /// Its new text; none where it is deleted.
    pub(crate) text: Option<&'a str>,
}

/// Makes all files what they are to be: the new texts are written beside their places, then moved there in the given order.
///
/// When anything fails, what has been changed is put back. A run that is killed in between leaves each file whole, the first
/// ones new and the others old: the last one should tell whether there is anything to do, so that the next run does it.
pub(crate) fn write(files: &[File<'_>], disk: &mut impl Disk) -> io::Result<()> {
    for file in files {
        clean(file.path, disk)?;
    }
    let before: Vec<_> = files
        .iter()
        .map(|file| read(file.path))
        .collect::<Result<_, _>>()?;
    let done = stage(files, disk).and_then(|()| {
        for (index, file) in files.iter().enumerate() {
            let Err(error) = take(file, disk) else {
                continue;
            };
            for (file, before) in files.iter().zip(&before).take(index).rev() {
                // The first error is the one to tell.
                let _ = put_back(file.path, before.as_deref(), disk);
            }
            return Err(error);
        }
        Ok(())
    });
    if done.is_err() {
        let left = files.iter().map(|file| temporary(file.path, NEW));
        for path in left.filter(|path| path.exists()) {
            let _ = disk.remove(&path);
        }
    }
    done
}

const NEW: &str = "new";

/// Writes the new texts beside their places.
fn stage(files: &[File<'_>], disk: &mut impl Disk) -> io::Result<()> {
    for File { path, text } in files {
        let Some(text) = text else {
            continue;
        };
        if let Some(folder) = path.parent().filter(|folder| !folder.exists()) {
            disk.make_folder(folder)?;
        }
        disk.make_file(&temporary(path, NEW), text.as_bytes())?;
    }
    Ok(())
}

/// Moves a new text to its place, or deletes what stands there.
fn take(file: &File<'_>, disk: &mut impl Disk) -> io::Result<()> {
    match file.text {
        Some(_) => disk.rename(&temporary(file.path, NEW), file.path),
        None => disk.remove(file.path),
    }
}

/// Deletes the temporary files that a killed run left beside `path`.
fn clean(path: &Path, disk: &mut impl Disk) -> io::Result<()> {
    let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else {
        return Ok(());
    };
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    let end = format!("-{}", name.to_string_lossy());
    let entries = match std::fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with(TEMPORARY_PREFIX) && name.ends_with(&end) {
            disk.remove(&entry.path())?;
        }
    }
    Ok(())
}

/// The content of a file; none when it is not there.
fn read(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match std::fs::read(path) {
        Ok(content) => Ok(Some(content)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn put_back(path: &Path, before: Option<&[u8]>, disk: &mut impl Disk) -> io::Result<()> {
    let Some(content) = before else {
        return disk.remove(path);
    };
    let old = temporary(path, "old");
    disk.make_file(&old, content)?;
    disk.rename(&old, path)
}

/// A name in the same folder that no other process uses.
fn temporary(path: &Path, kind: &str) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(
        "{TEMPORARY_PREFIX}{}-{kind}-{name}",
        std::process::id()
    ))
}

#[cfg(test)]
mod tests;
