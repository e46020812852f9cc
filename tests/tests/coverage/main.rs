//! Nothing of the document is missing in the SDK, and nothing in the SDK is missing in the document.
//!
//! In: the document, the generator's model and names of it, and the generated Rust as text. Out: nothing. Each of the three is
//! compared with the others.

#![allow(clippy::unwrap_used, reason = "a failed step fails the test")]

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
