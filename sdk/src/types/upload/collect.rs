//! The files in a value, collected while it is serialized.
//!
//! In: a value whose type has files in it. Out: its JSON, with a mark in the place of each file. A mark begins with a text that is new each
//! time, so that no text of the application is taken for one.

use std::cell::RefCell;
use std::hash::{BuildHasher, Hasher, RandomState};

use serde::Serialize;

use super::FileUpload;
use crate::types::json_text::json_text;

thread_local! {
    /// Serializing never awaits, so it stays on its thread.
    static COLLECTING: RefCell<Option<(String, Vec<FileUpload>)>> = const { RefCell::new(None) };
}

/// The JSON of a value, and its files.
pub(crate) struct Collected {
    pub(crate) text: String,
    mark: String,
    files: Vec<FileUpload>,
}

impl Collected {
    /// The file whose mark this is.
    pub(crate) fn file(&self, text: &str) -> Option<&FileUpload> {
        let index = text.strip_prefix(&self.mark)?;
        self.files.get(index.parse::<usize>().ok()?)
    }

    /// Whether a part of the JSON has a mark in it.
    pub(crate) fn has_file(&self, json: &str) -> bool {
        json.contains(&self.mark)
    }
}

/// Ends the collection, also after a panic.
struct End;

impl Drop for End {
    fn drop(&mut self) {
        COLLECTING.set(None);
    }
}

/// Serializes a value and collects its files.
pub(crate) fn collect(value: &impl Serialize) -> Result<Collected, serde_json::Error> {
    let mark = unique();
    COLLECTING.set(Some((mark.clone(), Vec::new())));
    let _end = End;
    let text = json_text(value)?;
    let files = COLLECTING.take().map(|(_, files)| files);
    Ok(Collected {
        text,
        mark,
        files: files.unwrap_or_default(),
    })
}

/// Adds a file to the collection and returns its mark; `None` where nothing is collected.
pub(super) fn add(file: &FileUpload) -> Option<String> {
    COLLECTING.with_borrow_mut(|collecting| {
        let (mark, files) = collecting.as_mut()?;
        files.push(file.clone());
        Some(format!("{mark}{}", files.len() - 1))
    })
}

/// A text of 32 characters that is different each time.
pub(crate) fn unique() -> String {
    let number = || RandomState::new().build_hasher().finish();
    format!("{:016x}{:016x}", number(), number())
}
