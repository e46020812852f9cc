//! All or nothing, whatever the disk refuses, and however early a run ends.

mod output;

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

fn write_new(folder: &Path, disk: &mut impl Disk) -> Result<(), WriteError> {
    let texts = [
        ("first", Some("new first")),
        ("gone", None),
        ("second", Some("new second")),
    ];
    let file = |(name, text)| File {
        path: folder.join(name),
        text,
    };
    write(&texts.map(file), disk)
}

fn old() -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("first"), "old first").unwrap();
    fs::write(folder.path().join("gone"), "old gone").unwrap();
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

fn all(age: &str) -> BTreeMap<String, String> {
    let names = ["first", "gone", "second"].iter();
    let names = names.filter(|name| age == "old" || **name != "gone");
    names
        .map(|name| ((*name).to_owned(), format!("{age} {name}")))
        .collect()
}

#[test]
fn all_are_written() {
    let folder = old();
    write_new(folder.path(), &mut RealDisk).unwrap();
    assert_eq!(files(folder.path()), all("new"));
}

#[test]
fn a_file_that_cannot_be_replaced_leaves_all_as_they_were() {
    for name in ["first", "second"] {
        let folder = old();
        let stubborn = folder.path().join(name);
        write_new(folder.path(), &mut Stubborn(&stubborn)).unwrap_err();
        assert_eq!(files(folder.path()), all("old"), "{name}");
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
        assert_eq!(files(folder.path()), all("new"), "stopped after {stops}");
        stops += 1;
    }
    assert!(stops > 6, "{stops}");
}

#[test]
fn a_name_alone_is_a_file_of_this_folder() {
    for (path, expected) in [("a.md", "."), ("b/a.md", "b"), ("/a.md", "/")] {
        assert_eq!(folder(Path::new(path)), Path::new(expected), "{path}");
    }
}
