//! Events that report where the service differs from its OpenAPI document.
//!
//! In: unknown values, error codes and shapes, and bodies that do not match their type. Out: with the feature `tracing`, events of
//! the crate `tracing` with the target `cloudflare_magic::drift`; without the feature these functions only call their closures.
//! Values that are read outside of a call, such as those of a program's own cache, are not reported.
//! Events contain no body, header or address: any of them can hold a secret.

#[cfg(not(feature = "tracing"))]
mod off;
#[cfg(feature = "tracing")]
mod on;

#[cfg(not(feature = "tracing"))]
pub(crate) use self::off::{
    misfit, reading, refusal, unknown_code, unknown_error_code, unknown_shape, unknown_text,
};
#[cfg(feature = "tracing")]
pub(crate) use self::on::{
    misfit, reading, refusal, unknown_code, unknown_error_code, unknown_shape, unknown_text,
};
