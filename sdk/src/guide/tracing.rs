//! Tracing: the spans and events of calls, with the feature `tracing`.
//!
//! A subscriber with default settings prints what a person wants to know of a program that runs:
//!
//! ```toml
//! cloudflare-magic = { git = "https://github.com/cloudflare-magic/cloudflare-magic-rs", features = ["tracing"] }
//! tracing-subscriber = "0.3"
//! ```
//!
//! ```no_run
//! tracing_subscriber::fmt().init();
//! ```
//!
//! Each of these lines is preceded by the time:
//!
//! ```text
#![doc = include_str!("tracing.txt")]
//! ```
//!
//! # Events
//!
//! They have the target `cloudflare_magic`:
//!
//! | event | level | when | fields |
//! |---|---|---|---|
//! | `retrying` | `WARN` | an attempt failed, and the request will be sent again | `reason`, `attempt`, `max_attempts`, `wait` |
//! | `waiting for the rate limit` | `INFO` | a request waits before it is sent: see [the rate gate](super::rate_gate) | `wait` |
//! | `polled` | `INFO` | a [waiter](super::waiting) has polled | `waiter`, `poll`, `state`, `failures` in a row, `next_in` |
//! | `wait failed` | `WARN` | a waiter ends with an error | `waiter`, `reason` |
//! | `download failed` | `WARN` | a download ends with an error after it has begun | `cloudflare.operation`, `reason` |
//! | `call failed` | `WARN`, or `INFO` for status 404 | a call ends with an error | `reason` |
//!
//! A `reason` is the status, or else the [kind](crate::ErrorKind) of the error; what the disk refused; the service's error codes in
//! brackets; and why the call was not sent again, if it could have been. A call that succeeds at its first attempt has no event. To
//! see fewer, give the subscriber a filter for the target, or a lower maximum level.
//!
//! # Spans
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
//! # Drift
//!
//! Where the service deviates from its OpenAPI document, an event with the target `cloudflare_magic::drift` reports it:
//!
//! - an enum value or a shape of a union that this version does not know, at the level `WARN`: the fields are `type_name`, and
//!   `value` if there is one. The call does not fail, since [enums and unions are open](crate::UnknownValue).
//! - a body that does not fit its type, at the level `WARN`: the field is `path`, the place that does not fit. The call fails.
//! - an error code that is not in the document, at the level `DEBUG`: the field is `code`. The document lists only some of them.
//!
//! Each unknown value of a body is reported once, and at most sixteen values per body. What a program reads from elsewhere, such as
//! its own cache, is not reported: it says nothing about the service.
//!
//! # Secrets
//!
//! No span and no event of this crate contains a body, a header, more of a URL than its template, or a secret.
