//! `cargo xtask spec` as a process: what it writes, what it says, and its exit code.

#![allow(
    clippy::unwrap_used,
    reason = "a test says what it could not do by failing"
)]

mod bench;
mod bodies;
mod corrections;
mod diff;
mod fetch;
mod import;
mod kills;
mod lint;
mod refusals;
mod repository;
mod restructured;
mod run;
#[cfg(unix)]
#[path = "../support/mod.rs"]
mod support;
mod surface;
mod ten_bodies;
mod update;
mod widen;
