//! A span around each call, and one around each of its attempts.
//!
//! In: the operation and its result. Out: with the feature `tracing`, spans of the crate `tracing`; without the feature these
//! functions add nothing. Of a path only the template is recorded, of an error only its class.

#[cfg(not(feature = "tracing"))]
mod off;
#[cfg(feature = "tracing")]
mod on;

#[cfg(not(feature = "tracing"))]
pub(crate) use self::off::{attempt, call};
#[cfg(feature = "tracing")]
pub(crate) use self::on::{attempt, call};
