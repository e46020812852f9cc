//! Utilities for all other modules: redaction, percent-encoding, base64, events, exclusive values, work with the disk. Imports no other
//! module.

#[cfg(any(feature = "credentials", feature = "test-util"))]
pub(crate) mod base64;
pub(crate) mod blocking;
pub(crate) mod drift;
pub(crate) mod exclusive;
pub(crate) mod log;
pub(crate) mod percent;
pub(crate) mod redact;

/// A boxed future, as the object-safe traits of this crate return it.
pub type BoxFuture<'a, T> = std::pin::Pin<Box<dyn Future<Output = T> + Send + 'a>>;
