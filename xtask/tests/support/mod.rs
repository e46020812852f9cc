//! A run of xtask by somebody who may not write into a folder.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const NOBODY: u32 = 65534;

/// A copy of the binary where any user can reach it.
///
/// Another process makes it: while this one writes a file, a test beside it may start a program, which holds the file open, and
/// then nobody can run it.
pub(crate) fn binary_in(folder: &Path) -> PathBuf {
    let copy = folder.join("xtask-binary");
    let mut cp = Command::new("cp");
    cp.arg(env!("CARGO_BIN_EXE_xtask")).arg(&copy);
    assert!(cp.status().unwrap().success());
    fs::set_permissions(folder, Permissions::from_mode(0o755)).unwrap();
    copy
}

/// Runs a command while nobody may write into `folder`. Root may write anywhere, so it then runs under another user.
pub(crate) fn run_locked_out(command: &mut Command, folder: &Path) -> Output {
    fs::set_permissions(folder, Permissions::from_mode(0o555)).unwrap();
    let probe = folder.join("probe");
    if fs::write(&probe, "").is_ok() {
        fs::remove_file(probe).unwrap();
        command.uid(NOBODY).gid(NOBODY);
    }
    let output = command.output().unwrap();
    fs::set_permissions(folder, Permissions::from_mode(0o755)).unwrap();
    output
}
