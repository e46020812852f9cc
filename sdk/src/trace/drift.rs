//! Events that show where the service has left its document behind.
//!
//! In: what open enums, error codes and unions do not know, and the bodies that do not fit. Out: events of the target
//! `cloudflare_magic::drift`. What one body brings is gathered while it is read and told once, however often a value stands in
//! it or the body is read again. Of a shape the name of its type is told, of a body that does not fit the path, and nothing
//! that stands there.

use std::cell::RefCell;

use tracing::warn;

use crate::ErrorCode;
use crate::decode::Fault;
use crate::error::{ApiError, Error, ErrorKind};
use crate::redact;

/// Longer values are cut.
const LONGEST: usize = 64;

/// How many values of one body are told: one that is strange all over must not flood a log.
const MOST: usize = 16;

thread_local! {
    /// The body that this thread reads. Reading never waits, so it stays on its thread.
    static READING: RefCell<Option<Met>> = const { RefCell::new(None) };
}

/// The name of a type, and the value that it does not know. `None`: a shape that it does not know.
type Unknown = (&'static str, Option<String>);

/// What was met in one body.
#[derive(Default)]
struct Met {
    unknown: Vec<Unknown>,
    /// The place that did not fit.
    misfit: Option<String>,
}

/// Reads the body of an operation's answer, and tells what was met in it.
pub(crate) fn reading<T>(
    operation: &'static str,
    read: impl FnOnce() -> Result<T, Error>,
) -> Result<T, Error> {
    let (result, misfit) = telling(operation, read);
    let fault = result.as_ref().err().map(Error::kind);
    if fault == Some(ErrorKind::Decode) {
        warn!(
            target: "cloudflare_magic::drift",
            { cloudflare.operation = operation, path = misfit },
            "a body does not fit its type"
        );
    }
    result
}

/// Reads what the answer of an operation says of its failure, and tells what was met in it. Such a body fits no type.
pub(crate) fn refusal<T>(operation: &'static str, read: impl FnOnce() -> T) -> T {
    telling(operation, read).0
}

/// Reads a body, and tells what is not known of it. Gives the place that did not fit.
fn telling<T>(operation: &'static str, read: impl FnOnce() -> T) -> (T, Option<String>) {
    let outer = Restore(READING.replace(Some(Met::default())));
    let result = read();
    let met = READING.take().unwrap_or_default();
    drop(outer);
    for (name, value) in met.unknown {
        tell_unknown(Some(operation), name, value.as_deref());
    }
    (result, met.misfit)
}

/// Puts back what was read around a body, even where reading it panics.
struct Restore(Option<Met>);

impl Drop for Restore {
    fn drop(&mut self) {
        READING.set(self.0.take());
    }
}

/// Notes where a body does not fit.
pub(crate) fn misfit(fault: &Fault) {
    READING.with_borrow_mut(|reading| {
        if let Some(met) = reading {
            met.misfit = Some(fault.place());
        }
    });
}

/// Notes a text that an open enum does not know.
pub(crate) fn unknown_text(name: &'static str, text: &str) {
    let text = redact::line(text).chars().take(LONGEST).collect();
    unknown(name, Some(text));
}

/// Notes a number that an open enum does not know.
pub(crate) fn unknown_code(name: &'static str, code: i64) {
    unknown(name, Some(code.to_string()));
}

/// Notes the codes of errors, and of the errors behind them, that are not known.
pub(crate) fn unknown_codes(errors: &[ApiError]) {
    for error in errors {
        if let Some(ErrorCode::Unknown(code)) = error.code() {
            unknown_code("ErrorCode", code.get());
        }
        unknown_codes(error.chain());
    }
}

/// Notes a shape that a union does not know.
pub(crate) fn unknown_shape(name: &'static str) {
    unknown(name, None);
}

/// Keeps a value until the body is read. An application that reads without a call is told at once.
fn unknown(name: &'static str, value: Option<String>) {
    let untold = READING.with_borrow_mut(|reading| {
        let Some(met) = reading else {
            return Some((name, value));
        };
        let found = (name, value);
        if met.unknown.len() < MOST && !met.unknown.contains(&found) {
            met.unknown.push(found);
        }
        None
    });
    if let Some((name, value)) = untold {
        tell_unknown(None, name, value.as_deref());
    }
}

fn tell_unknown(operation: Option<&'static str>, name: &'static str, value: Option<&str>) {
    warn!(
        target: "cloudflare_magic::drift",
        { cloudflare.operation = operation, type_name = name, value },
        "the service sent a value that this version does not know"
    );
}
