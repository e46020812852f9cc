//! The functions of [`crate::base::drift`] with the feature `tracing`.
//!
//! What is unknown in one body is collected while the body is read and reported once, however often a value occurs in it or the
//! body is read again. Of an unknown shape only the name of its type is reported; of a body that does not match its type, only
//! the path.

use std::cell::RefCell;

use tracing::{debug, warn};

use crate::base::redact;

/// The maximum length of a reported value, in characters. Longer values are truncated.
const MAX_LENGTH: usize = 64;

/// The maximum number of values reported per body: a body full of unknown values must not flood a log.
const MAX_VALUES: usize = 16;

thread_local! {
    /// Set while this thread reads a body. Reading never awaits, so it stays on its thread.
    static READING: RefCell<Option<Found>> = const { RefCell::new(None) };
}

/// A value that is unknown to its type.
#[derive(PartialEq)]
enum Unknown {
    Text(&'static str, String),
    /// An unknown shape: only its type's name.
    Shape(&'static str),
    ErrorCode(i64),
}

/// What was found in one body.
#[derive(Default)]
struct Found {
    unknown: Vec<Unknown>,
    /// The path of the value that does not match its type.
    misfit: Option<String>,
}

/// Reads the body of an operation's response, and reports what is unknown in it. `is_misfit` returns whether an error means that
/// the body does not match its type.
pub(crate) fn reading<T, E>(
    operation: &'static str,
    read: impl FnOnce() -> Result<T, E>,
    is_misfit: impl FnOnce(&E) -> bool,
) -> Result<T, E> {
    let (result, misfit) = reporting(operation, read);
    if result.as_ref().err().is_some_and(is_misfit) {
        warn!(
            target: "cloudflare_magic::drift",
            { cloudflare.operation = operation, path = misfit },
            "a body does not match its type"
        );
    }
    result
}

/// Reads the error body of an operation, and reports what is unknown in it. An error body has no type that it must match.
pub(crate) fn refusal<T>(operation: &'static str, read: impl FnOnce() -> T) -> T {
    reporting(operation, read).0
}

/// Reads a body, and reports what is unknown in it. Returns the path of the value that does not match its type.
fn reporting<T>(operation: &'static str, read: impl FnOnce() -> T) -> (T, Option<String>) {
    let outer = Restore(READING.replace(Some(Found::default())));
    let result = read();
    let found = READING.take().unwrap_or_default();
    drop(outer);
    for unknown in found.unknown {
        unknown.report(operation);
    }
    (result, found.misfit)
}

/// Restores the outer body's state on drop, also after a panic while reading.
struct Restore(Option<Found>);

impl Drop for Restore {
    fn drop(&mut self) {
        READING.set(self.0.take());
    }
}

/// Records where a body does not match its type.
pub(crate) fn misfit(path: impl FnOnce() -> String) {
    READING.with_borrow_mut(|reading| {
        if let Some(found) = reading {
            found.misfit = Some(path());
        }
    });
}

/// Records a text that is unknown to an open enum.
pub(crate) fn unknown_text(name: &'static str, text: &str) {
    let text = redact::line(text).chars().take(MAX_LENGTH).collect();
    unknown(Unknown::Text(name, text));
}

/// Records a number that is unknown to an open enum.
pub(crate) fn unknown_code(name: &'static str, code: i64) {
    unknown(Unknown::Text(name, code.to_string()));
}

/// Records an error code that is not in the document. The document lists some of the codes only.
pub(crate) fn unknown_error_code(code: i64) {
    unknown(Unknown::ErrorCode(code));
}

/// Records a shape that is unknown to a union.
pub(crate) fn unknown_shape(name: &'static str) {
    unknown(Unknown::Shape(name));
}

/// Records a value, to be reported when the body has been read. A value that is read outside a call is not the service's.
fn unknown(value: Unknown) {
    READING.with_borrow_mut(|reading| {
        let Some(found) = reading else {
            return;
        };
        if found.unknown.len() < MAX_VALUES && !found.unknown.contains(&value) {
            found.unknown.push(value);
        }
    });
}

impl Unknown {
    fn report(&self, operation: &'static str) {
        let (type_name, value) = match self {
            Self::Text(name, text) => (name, Some(text)),
            Self::Shape(name) => (name, None),
            Self::ErrorCode(code) => {
                debug!(
                    target: "cloudflare_magic::drift",
                    { cloudflare.operation = operation, code },
                    "the service sent an error code that is not in its document"
                );
                return;
            }
        };
        warn!(
            target: "cloudflare_magic::drift",
            { cloudflare.operation = operation, type_name, value },
            "the service sent a value that this version does not know"
        );
    }
}
