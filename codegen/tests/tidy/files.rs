//! The text files of the repository.

use std::fs;
use std::path::Path;

/// A file, by its path from the root with forward slashes.
#[derive(Debug)]
pub(crate) struct File {
    pub(crate) path: String,
    pub(crate) text: String,
}

impl File {
    /// Rust written by hand: not the generator's output, committed or expected.
    pub(crate) fn is_hand_written_rust(&self) -> bool {
        self.is_rust() && !self.is_generated()
    }

    pub(crate) fn is_rust(&self) -> bool {
        self.path.ends_with(".rs")
    }

    pub(crate) fn is_generated(&self) -> bool {
        self.path.starts_with("sdk/src/generated/")
            || (self.path.starts_with("codegen/tests/golden/") && self.path.contains("/expected/"))
    }

    /// The lines with their numbers.
    pub(crate) fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        (1..).zip(self.text.split_inclusive('\n'))
    }

    /// The lines that are no comments, with their numbers.
    pub(crate) fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        self.lines()
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
    }
}

/// Every text file, sorted by path; folders of tools are left out.
pub(crate) fn repository() -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut files = Vec::new();
    read(root, "", &mut files);
    files.sort_by(|left, right| left.path.cmp(&right.path));
    files
}

fn read(folder: &Path, path: &str, files: &mut Vec<File>) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if path.is_empty() {
            name.clone()
        } else {
            format!("{path}/{name}")
        };
        let kind = entry.file_type().unwrap();
        if kind.is_dir() && !["target", ".git", ".jj", ".idea", ".vscode"].contains(&name.as_str())
        {
            read(&entry.path(), &path, files);
        } else if kind.is_file() {
            // A file that is not text has no lines to check.
            if let Ok(text) = fs::read_to_string(entry.path()) {
                files.push(File { path, text });
            }
        }
    }
}
