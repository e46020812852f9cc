//! Nothing of the document is missing in the SDK, and nothing in the SDK is missing in the document.
//!
//! In: the document, the generator's model and names of it, and the generated Rust as text. Out: nothing. The three are compared
//! with each other; none is taken at its word.

#![allow(
    clippy::unwrap_used,
    reason = "a test says what it could not read by failing"
)]

mod by_hand;
mod census;
mod free;
mod layout;
mod operations;
mod reserved;
mod rust;
mod types;

/// Fails with one line per fault.
fn assert_none(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}
