//! How secret texts are serialized: without their secrets, as long as nothing else is asked for.
//!
//! In: what a program serializes, by itself, in [`Exposed`], or as the body of a request. Out: the mode that holds meanwhile.

use std::cell::Cell;

use serde::{Serialize, Serializer};

/// How secret texts are serialized.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Mode {
    /// Without their secrets.
    #[default]
    Blanked,
    /// As they are.
    Exposed,
    /// As they are. A text that has lost its secrets is an error.
    Sent,
}

thread_local! {
    /// Serializing never awaits, so it stays on its thread.
    static MODE: Cell<Mode> = const { Cell::new(Mode::Blanked) };
}

impl Mode {
    pub(super) fn current() -> Self {
        MODE.get()
    }

    fn hold<T>(self, work: impl FnOnce() -> T) -> T {
        let _outer = Restore(MODE.replace(self));
        work()
    }
}

/// Restores the outer mode on drop, also after a panic.
struct Restore(Mode);

impl Drop for Restore {
    fn drop(&mut self) {
        MODE.set(self.0);
    }
}

/// Runs a function that serializes the body of a request: with its secrets.
pub(crate) fn sending<T>(work: impl FnOnce() -> T) -> T {
    Mode::Sent.hold(work)
}

/// Serializes a value with the secrets in it.
///
/// A [`SecretText`](crate::SecretText) is serialized without its keys otherwise, so that a cache or a log of responses has none.
///
/// ```
/// use cloudflare_magic::{Exposed, SecretText};
///
/// # fn main() -> Result<(), serde_json::Error> {
/// let bucket = SecretText::from("r2://captures?account-id=a1&secret-access-key=k");
/// assert_eq!(
///     serde_json::to_string(&bucket)?,
///     r#""r2://captures?account-id=a1&secret-access-key=***""#
/// );
/// assert_eq!(
///     serde_json::to_string(&Exposed(&bucket))?,
///     r#""r2://captures?account-id=a1&secret-access-key=k""#
/// );
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Exposed<T>(pub T);

impl<T: Serialize> Serialize for Exposed<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Mode::Exposed.hold(|| self.0.serialize(serializer))
    }
}
