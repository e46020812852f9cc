//! What the tests of the SDK share.
//!
//! In: nothing. Out: helpers for the tests in this crate's `tests/`. It holds no tests of its own.

pub mod server;
