//! Tracing: the spans and events of calls, with the feature `tracing`.
//!
//! Each call is a span `call`, and each of its attempts a span `attempt` within it, both with the target `cloudflare_magic` and the
//! level `INFO`. Where OpenTelemetry names a field of HTTP, the spans use that name:
//!
//! | field | span | meaning |
//! |---|---|---|
//! | `cloudflare.operation` | both | such as `pcaps.list` |
//! | `http.request.method`, `url.template`, `server.address` | both | the request; of its path only the template |
//! | `http.response.status_code`, `cloudflare.ray_id` | both | from the response to the latest attempt |
//! | `error.type` | both | the status, or the [kind](crate::ErrorKind) of the error |
//! | `cloudflare.attempts` | `call` | the number of attempts |
//! | `cloudflare.attempt`, `http.request.resend_count` | `attempt` | which attempt it is |
//!
//! Their parent is the span that is current where a call is awaited:
//!
//! ```no_run
//! # #[cfg(feature = "tracing")]
//! # async fn run(pcaps: cloudflare_magic::api::Pcaps) -> Result<(), cloudflare_magic::Error> {
//! use tracing::{Instrument, info_span};
//!
//! let response = pcaps.list().send().instrument(info_span!("nightly")).await?;
//! println!("{} captures", response.value().len());
//! # Ok(())
//! # }
//! ```
//!
//! Where the service deviates from its OpenAPI document, an event with the target `cloudflare_magic::drift` and the level `WARN`
//! reports it:
//!
//! - an enum value, an error code or a shape of a union that this version does not know: the fields are `type_name`, and `value`
//!   if there is one. The call does not fail, since [enums and unions are open](crate::UnknownValue).
//! - a body that does not fit its type: the field is `path`, the place that does not fit. The call fails.
//!
//! Each unknown value of a body is reported once, and at most sixteen values per body.
//!
//! No span and no event of this crate contains a body, a header, more of a URL than its template, or a secret.
