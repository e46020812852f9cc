//! Every generated type there and back: what it reads it writes again, nothing lost and nothing made up.
//!
//! In: JSON made from the model of the document, and the document's own examples. Out: nothing.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test says what it could not read by failing"
)]

mod enums;
mod expected;
mod ids;
mod instance;
mod table;
mod trips;

/// Fails with one line per fault.
fn assert_none(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}
