//! The writer on output folders, with a disk that stops between any two operations.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

use codegen::output::{Difference, DifferenceKind, Files, Found, HEADER, compare, steps};
use tempfile::TempDir;

use crate::disk::stopping::StoppingDisk;
use crate::disk::{Disk, RealDisk};
use crate::folder;
use crate::places::Workspace;
use crate::write::{self, File, WriteError, temporary};

fn files(entries: &[(&str, &str)]) -> Files {
    let mut files = Files::new();
    for (path, text) in entries {
        files.insert(*path, text).unwrap();
    }
    files
}

fn found(out: &Path) -> BTreeMap<String, Found> {
    folder::read(out).unwrap()
}

fn differences(files: &Files, out: &Path) -> Vec<Difference> {
    compare(files, &found(out))
}

fn write(files: &Files, out: &Path) -> Result<(), WriteError> {
    write_on(files, out, &mut RealDisk)
}

fn write_on(files: &Files, out: &Path, disk: &mut impl Disk) -> Result<(), WriteError> {
    let differences = differences(files, out);
    let steps = steps(files, &differences).into_iter();
    let files: Vec<File<'_>> = steps.map(|step| File::of_step(step, out)).collect();
    write::write(&files, disk)
}

fn old_and_new() -> (Files, Files) {
    let old = files(&[
        ("a.rs", "old\n"),
        ("b/c.rs", "old\n"),
        ("gone.rs", ""),
        ("same.rs", ""),
    ]);
    let new = files(&[
        ("a.rs", "new\n"),
        ("b/c.rs", "new\n"),
        ("d/e.rs", "new\n"),
        ("same.rs", ""),
    ]);
    (old, new)
}

#[test]
fn a_run_writes_what_differs_and_deletes_what_is_stale() {
    let folder = TempDir::new().unwrap();
    let out = folder.path().join("not/yet");
    let (old, new) = old_and_new();
    write(&old, &out).unwrap();
    assert_eq!(differences(&old, &out), []);
    write(&new, &out).unwrap();
    assert_eq!(differences(&new, &out), []);
    assert!(!out.join("gone.rs").exists());
}

#[test]
fn equal_files_keep_their_time() {
    let folder = TempDir::new().unwrap();
    let (old, new) = old_and_new();
    write(&old, folder.path()).unwrap();
    let long_ago = SystemTime::now() - Duration::from_secs(3600);
    for path in ["same.rs", "a.rs"] {
        let file = fs::File::options()
            .write(true)
            .open(folder.path().join(path))
            .unwrap();
        file.set_modified(long_ago).unwrap();
    }
    let modified = |path| {
        fs::metadata(folder.path().join(path))
            .unwrap()
            .modified()
            .unwrap()
    };
    let before = modified("same.rs");
    write(&new, folder.path()).unwrap();
    assert_eq!(modified("same.rs"), before);
    assert!(modified("a.rs") > before);
}

#[test]
fn a_run_stopped_anywhere_leaves_whole_files_and_the_next_one_repairs() {
    let (old, new) = old_and_new();
    let mut stops = 0;
    loop {
        let folder = TempDir::new().unwrap();
        let out = folder.path();
        write(&old, out).unwrap();
        // A stop earlier on left this.
        fs::write(out.join(".codegen-tmp-1-a.rs"), "half").unwrap();
        let stopped = write_on(&new, out, &mut StoppingDisk { left: stops }).is_err();
        assert_whole(out, &old, &new);
        assert_eq!(
            differences(&new, out).is_empty(),
            !stopped,
            "after {stops} operations"
        );
        write(&new, out).unwrap();
        assert_eq!(differences(&new, out), [], "after {stops} operations");
        if !stopped {
            break;
        }
        stops += 1;
    }
    // Three files with two halves and a renaming each; a folder; two deletions.
    assert_eq!(stops, 3 * 3 + 1 + 2);
}

/// Every file is whole, old or new; only one that bears the prefix may be half.
fn assert_whole(out: &Path, old: &Files, new: &Files) {
    for (path, thing) in found(out) {
        let Found::File(content) = thing else {
            continue;
        };
        let whole = [old.get(&path), new.get(&path)].contains(&str::from_utf8(&content).ok());
        assert!(whole || path.contains(".codegen-tmp-"), "{path} is torn");
    }
}

#[test]
fn a_stopped_run_leaves_a_file_that_the_comparison_knows() {
    let folder = TempDir::new().unwrap();
    let new = files(&[("b/c.rs", "new\n")]);
    write_on(&new, folder.path(), &mut StoppingDisk { left: 2 }).unwrap_err();
    let kinds: Vec<DifferenceKind> = differences(&new, folder.path())
        .into_iter()
        .map(|one| one.kind)
        .collect();
    assert_eq!(kinds, [DifferenceKind::Leftover, DifferenceKind::Missing]);
}

#[test]
fn a_left_file_with_the_name_that_this_run_would_use_is_no_obstacle() {
    let folder = TempDir::new().unwrap();
    let new = files(&[("a.rs", "new\n")]);
    fs::write(temporary(&folder.path().join("a.rs")), "half").unwrap();
    write(&new, folder.path()).unwrap();
    assert_eq!(differences(&new, folder.path()), []);
}

#[test]
fn what_is_foreign_stays_and_the_rest_is_written() {
    let folder = TempDir::new().unwrap();
    let out = folder.path();
    let new = files(&[("a.rs", "new\n"), ("b.rs", "new\n"), ("c/d.rs", "new\n")]);
    fs::write(out.join("a.rs"), "by hand\n").unwrap();
    fs::write(out.join("c"), "by hand\n").unwrap();
    fs::write(out.join("notes.txt"), "notes\n").unwrap();
    write(&new, out).unwrap();
    assert_eq!(fs::read_to_string(out.join("a.rs")).unwrap(), "by hand\n");
    assert_eq!(fs::read_to_string(out.join("c")).unwrap(), "by hand\n");
    assert_eq!(
        fs::read_to_string(out.join("notes.txt")).unwrap(),
        "notes\n"
    );
    assert_eq!(
        fs::read_to_string(out.join("b.rs")).unwrap(),
        format!("{HEADER}\n\nnew\n")
    );
}

#[cfg(unix)]
#[test]
fn links_are_not_followed() {
    let folder = TempDir::new().unwrap();
    let (out, elsewhere) = (folder.path().join("out"), folder.path().join("elsewhere"));
    fs::create_dir_all(&elsewhere).unwrap();
    fs::create_dir_all(&out).unwrap();
    fs::write(elsewhere.join("old.rs"), HEADER).unwrap();
    std::os::unix::fs::symlink(&elsewhere, out.join("b")).unwrap();
    std::os::unix::fs::symlink(elsewhere.join("old.rs"), out.join("a.rs")).unwrap();
    let new = files(&[("a.rs", "new\n"), ("b/c.rs", "new\n")]);
    write(&new, &out).unwrap();
    let names: Vec<String> = found(&elsewhere).into_keys().collect();
    assert_eq!(names, ["old.rs"]);
    assert_eq!(
        fs::read_to_string(elsewhere.join("old.rs")).unwrap(),
        HEADER
    );
    let foreign = differences(&new, &out);
    assert_eq!(
        foreign.len(),
        3,
        "two links, and the file behind one of them: {foreign:?}"
    );
}

#[cfg(unix)]
#[test]
fn files_get_the_permissions_of_new_files() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = TempDir::new().unwrap();
    write(&files(&[("a.rs", "")]), folder.path()).unwrap();
    fs::write(folder.path().join("plain"), "").unwrap();
    let mode = |name| {
        fs::metadata(folder.path().join(name))
            .unwrap()
            .permissions()
            .mode()
    };
    assert_eq!(mode("a.rs"), mode("plain"));
}

#[test]
fn a_failure_names_the_path_and_the_command() {
    let folder = TempDir::new().unwrap();
    let out = folder.path().join("file/out");
    fs::write(folder.path().join("file"), "").unwrap();
    let path = out.join("a.rs");
    let failure = write::write(&[File::new(&path, "")], &mut RealDisk).unwrap_err();
    let failure = failure.into_failure(&Workspace::find(), "cargo xtask codegen");
    let (text, path) = (failure.to_string(), path.display());
    let expected = format!("error: cannot write `{path}`: ");
    assert!(text.starts_with(&expected), "{text}");
    assert!(text.ends_with("then run: cargo xtask codegen\n"), "{text}");
}
