//! The fake of the service, from outside: what it accepts, and that everything it sends is as the document says.
//!
//! In: the document. Out: nothing; the faults of all requests are reported together.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a failed step fails the test"
)]

mod door;
mod fits;
mod inputs;
mod lifecycle;
mod refusals;
mod story;
mod values;
mod walks;
