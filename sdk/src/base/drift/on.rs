//! The events. What one body holds is collected while it is read and reported once, however often a value occurs in it or the body
//! is read again.
//!
//! Of an unknown shape only the name of its type is reported; of a body that does not fit, only the path.

use std::cell::RefCell;

use tracing::warn;

use crate::base::redact;

/// Longer values are cut.
const LONGEST: usize = 64;

/// How many values of one body are reported: a body full of unknown values must not flood a log.
const MOST: usize = 16;

thread_local! {
    /// The body that this thread reads. Reading never awaits, so it stays on its thread.
    static READING: RefCell<Option<Found>> = const { RefCell::new(None) };
}

/// The name of a type, and the value that it does not know. `None`: an unknown shape.
type Unknown = (&'static str, Option<String>);

/// What was found in one body.
#[derive(Default)]
struct Found {
    unknown: Vec<Unknown>,
    /// The place that did not fit.
    misfit: Option<String>,
}

/// Reads the body of an operation's response, and reports what was found in it. `is_misfit` tells which errors mean that the body
/// does not fit its type.
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
            "a body does not fit its type"
        );
    }
    result
}

/// Reads the error body of an operation, and reports what was found in it. Such a body has no type that it must fit.
pub(crate) fn refusal<T>(operation: &'static str, read: impl FnOnce() -> T) -> T {
    reporting(operation, read).0
}

/// Reads a body, and reports what is not known of it. Returns the place that did not fit.
fn reporting<T>(operation: &'static str, read: impl FnOnce() -> T) -> (T, Option<String>) {
    let outer = Restore(READING.replace(Some(Found::default())));
    let result = read();
    let found = READING.take().unwrap_or_default();
    drop(outer);
    for (name, value) in found.unknown {
        report_unknown(Some(operation), name, value.as_deref());
    }
    (result, found.misfit)
}

/// Restores the outer body on drop, so that a panic while reading leaves no wrong state.
struct Restore(Option<Found>);

impl Drop for Restore {
    fn drop(&mut self) {
        READING.set(self.0.take());
    }
}

/// Records where a body does not fit.
pub(crate) fn misfit(place: impl FnOnce() -> String) {
    READING.with_borrow_mut(|reading| {
        if let Some(found) = reading {
            found.misfit = Some(place());
        }
    });
}

/// Records a text that an open enum does not know.
pub(crate) fn unknown_text(name: &'static str, text: &str) {
    let text = redact::line(text).chars().take(LONGEST).collect();
    unknown(name, Some(text));
}

/// Records a number that an open enum does not know.
pub(crate) fn unknown_code(name: &'static str, code: i64) {
    unknown(name, Some(code.to_string()));
}

/// Records a shape that a union does not know.
pub(crate) fn unknown_shape(name: &'static str) {
    unknown(name, None);
}

/// Keeps a value until the body is read. Outside of a call it is reported at once.
fn unknown(name: &'static str, value: Option<String>) {
    let unreported = READING.with_borrow_mut(|reading| {
        let Some(found) = reading else {
            return Some((name, value));
        };
        let value = (name, value);
        if found.unknown.len() < MOST && !found.unknown.contains(&value) {
            found.unknown.push(value);
        }
        None
    });
    if let Some((name, value)) = unreported {
        report_unknown(None, name, value.as_deref());
    }
}

fn report_unknown(operation: Option<&'static str>, name: &'static str, value: Option<&str>) {
    warn!(
        target: "cloudflare_magic::drift",
        { cloudflare.operation = operation, type_name = name, value },
        "the service sent a value that this version does not know"
    );
}
