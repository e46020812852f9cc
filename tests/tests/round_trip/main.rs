//! Round trips of every generated type: it writes what it has read, without loss or addition.
//!
//! In: JSON made from the model of the document, and the document's own examples. Out: nothing.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a failed step fails the test"
)]

mod enums;
mod expected;
mod formats;
mod ids;
mod instance;
mod table;
mod trips;

/// Fails with one line per fault.
fn assert_none(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}
