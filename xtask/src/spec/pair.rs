//! Writes two files or none.

use std::io;
use std::path::{Path, PathBuf};

use codegen::output::TEMPORARY_PREFIX;

use crate::disk::Disk;

/// A file with its new content.
#[derive(Clone, Copy, Debug)]
pub(crate) struct File<'a> {
    pub(crate) path: &'a Path,
    pub(crate) text: &'a str,
}

/// Writes `first` and `second`: both are written beside their places, then moved there one after the other.
///
/// When anything fails, what has been moved is put back. A run that is killed between the two moves leaves the new `first` beside
/// the old `second`; each is whole, and as `second` is the one that tells whether there is anything to do, the next run does it.
pub(crate) fn write(first: File<'_>, second: File<'_>, disk: &mut impl Disk) -> io::Result<()> {
    let before = read(first.path)?;
    let (new_first, new_second) = (temporary(first.path, "new"), temporary(second.path, "new"));
    let done = disk
        .make_file(&new_first, first.text.as_bytes())
        .and_then(|()| disk.make_file(&new_second, second.text.as_bytes()))
        .and_then(|()| disk.rename(&new_first, first.path));
    let done = done.and_then(|()| {
        let moved = disk.rename(&new_second, second.path);
        if moved.is_err() {
            // The first error is the one to tell.
            let _ = put_back(first.path, before.as_deref(), disk);
        }
        moved
    });
    if done.is_err() {
        for left in [&new_first, &new_second]
            .into_iter()
            .filter(|path| path.exists())
        {
            let _ = disk.remove(left);
        }
    }
    done
}

/// Deletes the temporary files that a killed run left beside `path`.
pub(crate) fn clean(path: &Path, disk: &mut impl Disk) -> io::Result<()> {
    let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else {
        return Ok(());
    };
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    let end = format!("-{}", name.to_string_lossy());
    for entry in std::fs::read_dir(folder)? {
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
mod tests {
    use std::collections::BTreeMap;
    use std::fs;

    use tempfile::TempDir;

    use super::*;
    use crate::disk::RealDisk;
    use crate::disk::stopping::StoppingDisk;

    /// A disk on which one file cannot be replaced.
    struct Stubborn<'a>(&'a Path);

    impl Disk for Stubborn<'_> {
        fn make_folder(&mut self, path: &Path) -> io::Result<()> {
            RealDisk.make_folder(path)
        }

        fn make_file(&mut self, path: &Path, content: &[u8]) -> io::Result<()> {
            RealDisk.make_file(path, content)
        }

        fn rename(&mut self, from: &Path, to: &Path) -> io::Result<()> {
            if to == self.0 {
                return Err(io::Error::other("stubborn"));
            }
            RealDisk.rename(from, to)
        }

        fn remove(&mut self, path: &Path) -> io::Result<()> {
            RealDisk.remove(path)
        }
    }

    fn write_new(folder: &Path, disk: &mut impl Disk) -> io::Result<()> {
        let (first, second) = (folder.join("first"), folder.join("second"));
        for path in [&first, &second] {
            clean(path, disk)?;
        }
        let first = File {
            path: &first,
            text: "new first",
        };
        let second = File {
            path: &second,
            text: "new second",
        };
        write(first, second, disk)
    }

    fn old() -> TempDir {
        let folder = TempDir::new().unwrap();
        fs::write(folder.path().join("first"), "old first").unwrap();
        fs::write(folder.path().join("second"), "old second").unwrap();
        folder
    }

    fn files(folder: &Path) -> BTreeMap<String, String> {
        let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
        files
            .map(|entry| {
                (
                    entry.file_name().into_string().unwrap(),
                    fs::read_to_string(entry.path()).unwrap(),
                )
            })
            .collect()
    }

    fn both(age: &str) -> BTreeMap<String, String> {
        ["first", "second"]
            .map(|name| (name.to_owned(), format!("{age} {name}")))
            .into()
    }

    #[test]
    fn both_are_written() {
        let folder = old();
        write_new(folder.path(), &mut RealDisk).unwrap();
        assert_eq!(files(folder.path()), both("new"));
    }

    #[test]
    fn a_file_that_cannot_be_replaced_leaves_both_as_they_were() {
        for name in ["first", "second"] {
            let folder = old();
            let stubborn = folder.path().join(name);
            write_new(folder.path(), &mut Stubborn(&stubborn)).unwrap_err();
            assert_eq!(files(folder.path()), both("old"), "{name}");
        }
        let folder = TempDir::new().unwrap();
        let stubborn = folder.path().join("second");
        write_new(folder.path(), &mut Stubborn(&stubborn)).unwrap_err();
        assert!(files(folder.path()).is_empty());
    }

    #[test]
    fn a_run_stopped_anywhere_leaves_whole_files_and_the_next_one_finishes() {
        let mut stops = 0;
        loop {
            let folder = old();
            let done = write_new(folder.path(), &mut StoppingDisk { left: stops });
            let found = files(folder.path());
            let is_new = |name: &str| match found[name].strip_suffix(name) {
                Some("new ") => true,
                Some("old ") => false,
                other => unreachable!("{name} is {other:?}"),
            };
            assert!(
                is_new("first") || !is_new("second"),
                "the second tells whether there is anything to do"
            );
            if done.is_ok() {
                break;
            }
            write_new(folder.path(), &mut RealDisk).unwrap();
            assert_eq!(files(folder.path()), both("new"), "stopped after {stops}");
            stops += 1;
        }
        assert!(stops > 4, "{stops}");
    }
}
