//! Events for places where the service differs from its document.
//!
//! In: values, error codes and shapes that are not known, and bodies that do not fit their type. Out: events of the crate
//! `tracing` with the target `cloudflare_magic::drift`, with the feature of that name; without it these functions do nothing.
//! No body, header or address gets in: any of them can hold a secret.

#[cfg(not(feature = "tracing"))]
mod off;
#[cfg(feature = "tracing")]
mod on;

#[cfg(not(feature = "tracing"))]
pub(crate) use self::off::{misfit, reading, refusal, unknown_code, unknown_shape, unknown_text};
#[cfg(feature = "tracing")]
pub(crate) use self::on::{misfit, reading, refusal, unknown_code, unknown_shape, unknown_text};
