//! The shared code of the SDK's tests.
//!
//! In: nothing. Out: helpers for the tests in this crate's `tests/`. It contains no tests of the SDK itself.

#![allow(
    unexpected_cfgs,
    reason = "trybuild sets `trybuild` where it builds the ui tests, which need the SDK alone"
)]
#![cfg(not(trybuild))]

pub mod authority;
pub mod by_hand;
pub mod canned;
pub mod document;
pub mod frames;
pub mod protocol;
pub mod proxy;
pub mod query;
pub mod quota;
pub mod same;
pub mod schema;
pub mod scripted;
pub mod sdk_copy;
pub mod server;
mod socket;
pub mod virtual_clock;
