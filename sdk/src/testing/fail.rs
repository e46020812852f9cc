//! The only way in which this module fails: a panic, with the location of the wrong line of the test.

/// Panics, with the location of the caller.
#[track_caller]
#[expect(
    clippy::panic,
    reason = "only tests call this, and tests fail by panics"
)]
pub(super) fn fail_test(why: &str) -> ! {
    panic!("{why}")
}
