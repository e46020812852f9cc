//! The shared code of the SDK's tests.
//!
//! In: nothing. Out: helpers for the tests in this crate's `tests/`. It contains no tests of the SDK itself.

#![allow(
    unexpected_cfgs,
    reason = "trybuild sets `trybuild` when it builds the ui tests, which need no document"
)]

#[cfg(not(trybuild))]
pub mod by_hand;
#[cfg(not(trybuild))]
pub mod canned;
#[cfg(not(trybuild))]
pub mod document;
pub mod query;
#[cfg(not(trybuild))]
pub mod same;
#[cfg(not(trybuild))]
pub mod schema;
#[cfg(not(trybuild))]
pub mod scripted;
#[cfg(not(trybuild))]
pub mod sdk_copy;
pub mod server;
#[cfg(not(trybuild))]
pub mod virtual_clock;
