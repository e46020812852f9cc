//! What an observer sees: spans for calls and attempts, events where the service drifts from its document.
//!
//! In: facts of a call, and what the decoders meet. Out: spans and events of the crate `tracing`, with the feature of that
//! name; without it these functions do nothing. Neither a body, nor a header, nor an address beyond its template gets in: any
//! of them can hold a secret.

#[cfg(feature = "tracing")]
mod drift;
#[cfg(not(feature = "tracing"))]
mod off;
#[cfg(feature = "tracing")]
mod spans;

#[cfg(feature = "tracing")]
pub(crate) use self::drift::{
    misfit, reading, refusal, unknown_code, unknown_codes, unknown_shape, unknown_text,
};
#[cfg(not(feature = "tracing"))]
pub(crate) use self::off::{
    attempt, call, misfit, reading, refusal, unknown_code, unknown_codes, unknown_shape,
    unknown_text,
};
#[cfg(feature = "tracing")]
pub(crate) use self::spans::{attempt, call};
