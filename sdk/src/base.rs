//! What every room may use: redaction, percent coding, drift events. Uses no other room.

pub(crate) mod drift;
pub(crate) mod percent;
pub(crate) mod redact;

/// A boxed future, as the object-safe traits of this crate return it.
pub type BoxFuture<'a, T> = std::pin::Pin<Box<dyn Future<Output = T> + Send + 'a>>;
