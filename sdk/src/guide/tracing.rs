//! Tracing: what an observer sees of calls, with the feature `tracing`.
//!
//! Each call is a span `call`, and each of its attempts a span `attempt` within it, both of the target `cloudflare_magic` and the
//! level `INFO`. Their fields have OpenTelemetry's names for HTTP where it has any:
//!
//! | field | in | what |
//! |---|---|---|
//! | `cloudflare.operation` | both | such as `pcaps.list` |
//! | `http.request.method`, `url.template`, `server.address` | both | what is asked of whom; of a path only the template |
//! | `http.response.status_code`, `cloudflare.ray_id` | both | what came, of the latest attempt |
//! | `error.type` | both | the status, or the [kind](crate::ErrorKind) of the error |
//! | `cloudflare.attempts` | `call` | how often it was tried |
//! | `cloudflare.attempt`, `http.request.resend_count` | `attempt` | which one it is |
//!
//! They stand in the span that is current where a call is awaited:
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
//! Where the service has left its document behind, an event of the target `cloudflare_magic::drift` and the level `WARN` says so
//! before it hurts:
//!
//! - an enum's value, an error's code or a union's shape that this version does not know: `type_name`, and `value` where it has
//!   one. The call goes on, since [enums and unions are open](crate::UnknownValue).
//! - a body that does not fit its type: `path`, the place that does not fit. The call fails.
//!
//! What one body brings is told once, sixteen values of it at most.
//!
//! No span and no event of this crate holds a body, a header, an address beyond its template, or a secret.
