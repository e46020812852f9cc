//! What the tests of the SDK share.
//!
//! In: nothing. Out: helpers for the tests in this crate's `tests/`. It holds no tests of its own.

#![allow(
    unexpected_cfgs,
    reason = "trybuild sets `trybuild` where it builds the ui tests, which need no document"
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
