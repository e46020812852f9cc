//! In: the generated files and the files on the disk. Out: the differences between them.

use std::collections::BTreeMap;

use super::diff::unified;
use super::{Files, MARK, TEMPORARY_PREFIX};

/// What is on the disk under one path of the output folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// A regular file and its content.
    File(Vec<u8>),
    /// A symbolic link, which is not followed.
    Link,
    /// A folder. It only matters where a file should be.
    Folder,
    /// Anything else: a pipe, a socket, a name that is not UTF-8.
    Other,
}

/// One path at which the disk is not as generated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The path, relative to the output folder.
    pub path: String,
    /// How it differs.
    pub kind: DifferenceKind,
}

/// How a path differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DifferenceKind {
    /// A generated file that is not on the disk.
    Missing,
    /// A generated file with different content.
    Changed {
        /// A short unified diff from the disk to the generated text; empty when only the line
        /// endings differ.
        diff: String,
        /// The file on the disk has CRLF line endings.
        crlf: bool,
    },
    /// A file with our header that is no longer generated.
    Stale,
    /// A temporary file of an interrupted run.
    Leftover,
    /// Something that is not ours. It is reported and never touched.
    Foreign(Foreign),
}

/// Why something is foreign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Foreign {
    /// A file without our header.
    NoHeader,
    /// A symbolic link.
    Link,
    /// A folder in the place of a file.
    Folder,
    /// Neither a file, a folder nor a link.
    Other,
}

/// Compares what is generated with what was found, in the order of the paths.
#[must_use]
pub fn compare(files: &Files, found: &BTreeMap<String, Found>) -> Vec<Difference> {
    let generated = files.iter().filter_map(|(path, text)| {
        let kind = found
            .get(path)
            .map_or(Some(DifferenceKind::Missing), |found| {
                compare_one(text, found)
            })?;
        Some(Difference {
            path: path.to_owned(),
            kind,
        })
    });
    let others = found.iter().filter(|(path, _)| files.get(path).is_none());
    let others = others.filter_map(|(path, found)| {
        let kind = unexpected(path, found)?;
        Some(Difference {
            path: path.clone(),
            kind,
        })
    });
    let mut differences: Vec<Difference> = generated.chain(others).collect();
    differences.sort_by(|left, right| left.path.cmp(&right.path));
    differences
}

/// Whether a content has our header, with any line endings.
#[must_use]
pub fn is_ours(content: &[u8]) -> bool {
    const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";
    let content = content.strip_prefix(BYTE_ORDER_MARK).unwrap_or(content);
    let comment = ["//", "#"]
        .iter()
        .find_map(|comment| content.strip_prefix(comment.as_bytes()));
    comment.is_some_and(|comment| comment.starts_with(MARK.as_bytes()))
}

/// How the path of a generated file differs.
fn compare_one(text: &str, found: &Found) -> Option<DifferenceKind> {
    match found {
        Found::File(content) if content == text.as_bytes() => None,
        Found::File(content) if is_ours(content) => {
            let crlf = content.windows(2).any(|pair| pair == b"\r\n");
            let old = String::from_utf8_lossy(content).replace("\r\n", "\n");
            Some(DifferenceKind::Changed {
                diff: unified(&old, text),
                crlf,
            })
        }
        Found::File(_) => Some(DifferenceKind::Foreign(Foreign::NoHeader)),
        Found::Link => Some(DifferenceKind::Foreign(Foreign::Link)),
        Found::Folder => Some(DifferenceKind::Foreign(Foreign::Folder)),
        Found::Other => Some(DifferenceKind::Foreign(Foreign::Other)),
    }
}

/// How a path where nothing is generated differs.
fn unexpected(path: &str, found: &Found) -> Option<DifferenceKind> {
    let name = path.rsplit('/').next().unwrap_or(path);
    match found {
        Found::File(_) if name.starts_with(TEMPORARY_PREFIX) => Some(DifferenceKind::Leftover),
        Found::File(content) if is_ours(content) => Some(DifferenceKind::Stale),
        Found::File(_) => Some(DifferenceKind::Foreign(Foreign::NoHeader)),
        Found::Link => Some(DifferenceKind::Foreign(Foreign::Link)),
        Found::Folder => None,
        Found::Other => Some(DifferenceKind::Foreign(Foreign::Other)),
    }
}
