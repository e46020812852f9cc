//! In: differences. Out: the steps of a writer.

use super::{Difference, DifferenceKind, Files};

/// One change to the output folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step<'a> {
    /// Puts this text at this path, whole or not at all.
    Write {
        /// The path, relative to the output folder.
        path: &'a str,
        /// The whole text.
        text: &'a str,
    },
    /// Deletes this file, which is ours.
    Delete {
        /// The path, relative to the output folder.
        path: &'a str,
    },
}

/// The steps that bring the disk to the generated state: leftovers are deleted first, since a new run may
/// need their names, and stale files last.
///
/// Nothing foreign is touched, and no file is written below something foreign that is in its way.
#[must_use]
pub fn steps<'a>(files: &'a Files, differences: &'a [Difference]) -> Vec<Step<'a>> {
    let mut leftovers = Vec::new();
    let mut writes = Vec::new();
    let mut stale = Vec::new();
    for Difference { path, kind } in differences {
        match kind {
            DifferenceKind::Missing | DifferenceKind::Changed { .. } => {
                if let (Some(text), false) = (files.get(path), is_blocked(path, differences)) {
                    writes.push(Step::Write { path, text });
                }
            }
            DifferenceKind::Leftover => leftovers.push(Step::Delete { path }),
            DifferenceKind::Stale => stale.push(Step::Delete { path }),
            DifferenceKind::Foreign(_) => {}
        }
    }
    [leftovers, writes, stale].concat()
}

/// Whether a folder of the path is something foreign.
fn is_blocked(path: &str, differences: &[Difference]) -> bool {
    differences.iter().any(|Difference { path: other, kind }| {
        matches!(kind, DifferenceKind::Foreign(_))
            && path
                .strip_prefix(other.as_str())
                .is_some_and(|rest| rest.starts_with('/'))
    })
}
