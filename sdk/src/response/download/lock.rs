//! Locks on temporary files: a locked file belongs to a download that is still running.
//!
//! In: an open file. Out: whether this handle has the lock. The system releases a lock when the file is closed, also that of a
//! killed process. Built with Rust 1.88, whose standard library has no locks, these functions lock nothing.

use std::fs::File;

/// Locks the file. `false` if another handle has locked it, or if it cannot be locked.
#[allow(
    clippy::incompatible_msrv,
    unstable_name_collisions,
    reason = "before Rust 1.89 this is the method of the trait below"
)]
pub(super) fn acquire(file: &File) -> bool {
    file.try_lock().is_ok()
}

/// For Rust 1.88. From 1.89 on `File` has a method of this name, which takes precedence over that of a trait.
#[allow(dead_code, reason = "used by Rust 1.88 only")]
trait WithoutLocks {
    fn try_lock(&self) -> Result<(), ()> {
        Err(())
    }
}

impl WithoutLocks for File {}
