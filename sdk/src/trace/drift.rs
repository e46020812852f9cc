//! Events that show where the service has left its document behind.
//!
//! In: the values that open enums do not know, and the bodies that do not fit. Out: events of the target
//! `cloudflare_magic::drift`. What one body brings is gathered while it is read and told once, however often a value stands in
//! it or the body is read again. Of a body that does not fit the path is told, and nothing that stands there.

use std::cell::RefCell;

use tracing::warn;

use crate::decode::Fault;
use crate::error::{Error, ErrorKind};
use crate::redact;

/// Longer values are cut.
const LONGEST: usize = 64;

/// How many values of one body are told: one that is strange all over must not flood a log.
const MOST: usize = 16;

thread_local! {
    /// The body that this thread reads. Reading never waits, so it stays on its thread.
    static READING: RefCell<Option<Met>> = const { RefCell::new(None) };
}

/// What was met in one body.
#[derive(Default)]
struct Met {
    /// The names of types, and the values that they do not know.
    unknown: Vec<(&'static str, String)>,
    /// The place that did not fit.
    misfit: Option<String>,
}

/// Reads the body of an operation's answer, and tells what was met in it.
pub(crate) fn reading<T>(
    operation: &'static str,
    read: impl FnOnce() -> Result<T, Error>,
) -> Result<T, Error> {
    let outer = Restore(READING.replace(Some(Met::default())));
    let result = read();
    let met = READING.take().unwrap_or_default();
    drop(outer);
    for (name, value) in met.unknown {
        tell_unknown(Some(operation), name, &value);
    }
    let fault = result.as_ref().err().map(Error::kind);
    if fault == Some(ErrorKind::Decode) {
        warn!(
            target: "cloudflare_magic::drift",
            { cloudflare.operation = operation, path = met.misfit },
            "a body does not fit its type"
        );
    }
    result
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
    unknown(name, redact::line(text).chars().take(LONGEST).collect());
}

/// Notes a number that an open enum does not know.
pub(crate) fn unknown_code(name: &'static str, code: i64) {
    unknown(name, code.to_string());
}

/// Keeps a value until the body is read. An application that reads without a call is told at once.
fn unknown(name: &'static str, value: String) {
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
        tell_unknown(None, name, &value);
    }
}

fn tell_unknown(operation: Option<&'static str>, name: &'static str, value: &str) {
    warn!(
        target: "cloudflare_magic::drift",
        { cloudflare.operation = operation, type_name = name, value },
        "the service sent a value that this version does not know"
    );
}
