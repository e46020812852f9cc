//! The one way in which this module refuses: a panic, at the line of the test that is wrong.

/// Panics. A test that cannot mean what it says must not go on.
#[track_caller]
#[expect(
    clippy::panic,
    reason = "only tests get here, and this is how they fail"
)]
pub(super) fn refuse(why: &str) -> ! {
    panic!("{why}")
}
