//! The functions of [`crate::pipeline::spans`] with the feature `tracing`.
//!
//! Fields have OpenTelemetry's names for HTTP; ours start with `cloudflare`. A download's spans end with the head of its response,
//! because its body is read later.

use http::StatusCode;
use tracing::field::Empty;
use tracing::{Instrument, Span, info, info_span, warn};

use crate::error::{Error, ErrorKind};
use crate::policy::failure::Failure;
use crate::request::Request;
use crate::response::Response;
use crate::response::raw::RawResponse;

/// Runs a call as a whole in a span.
pub(crate) async fn call<T, F>(
    request: Box<Request>,
    sending: impl FnOnce(Box<Request>) -> F,
) -> Result<Response<T>, Error>
where
    F: Future<Output = Result<Response<T>, Error>>,
{
    let span = info_span!(
        target: "cloudflare_magic",
        "call",
        cloudflare.operation = request.operation.name,
        http.request.method = request.operation.method().as_str(),
        url.template = template(&request),
        server.address = request.client().shared().base_url.host(),
        http.response.status_code = Empty,
        cloudflare.ray_id = Empty,
        cloudflare.attempts = Empty,
        error.type = Empty,
    );
    let result = sending(request).instrument(span.clone()).await;
    match &result {
        Ok(response) => {
            record_head(&span, Some(response.status()), response.ray_id());
            span.record("cloudflare.attempts", response.attempts());
        }
        Err(error) => {
            record_head(&span, error.status(), error.ray_id());
            span.record("cloudflare.attempts", error.attempts());
            record_error(&span, error.status(), error.kind());
            span.in_scope(|| report(error));
        }
    }
    result
}

/// Reports a failed call. Status 404 is no warning: programs find out by it whether something exists.
fn report(error: &Error) {
    let reason = error.reason().to_string();
    if error.status() == Some(StatusCode::NOT_FOUND) {
        info!(target: "cloudflare_magic", { reason }, "call failed");
    } else {
        warn!(target: "cloudflare_magic", { reason }, "call failed");
    }
}

/// Runs one attempt in a span. The first attempt is number 1; its `http.request.resend_count` is not set.
pub(crate) async fn attempt<F>(
    request: &Request,
    number: u32,
    sending: F,
) -> Result<RawResponse, Failure>
where
    F: Future<Output = Result<RawResponse, Failure>>,
{
    let operation = &request.operation;
    let span = info_span!(
        target: "cloudflare_magic",
        "attempt",
        otel.kind = "client",
        cloudflare.operation = operation.name,
        cloudflare.attempt = number,
        http.request.method = operation.method().as_str(),
        http.request.resend_count = number.checked_sub(1).filter(|count| *count > 0),
        url.template = template(request),
        server.address = request.client().shared().base_url.host(),
        http.response.status_code = Empty,
        cloudflare.ray_id = Empty,
        error.type = Empty,
    );
    let result = sending.instrument(span.clone()).await;
    match &result {
        Ok(raw) => record_head(&span, raw.facts.status, raw.facts.ray_id.as_deref()),
        Err(failure) => {
            let (status, ray_id) = failure.head.clone().unzip();
            record_head(&span, status, ray_id.flatten().as_deref());
            record_error(&span, status, failure.error.kind());
        }
    }
    result
}

/// The path's template. `None` for a request to an endpoint that this SDK lacks.
fn template(request: &Request) -> Option<&'static str> {
    Some(request.operation.path).filter(|path| !path.is_empty())
}

fn record_head(span: &Span, status: Option<StatusCode>, ray_id: Option<&str>) {
    if let Some(status) = status {
        span.record("http.response.status_code", status.as_u16());
    }
    if let Some(ray_id) = ray_id {
        span.record("cloudflare.ray_id", ray_id);
    }
}

/// Records the class of an error: its status if that is a failing one, else the name of its kind.
fn record_error(span: &Span, status: Option<StatusCode>, kind: ErrorKind) {
    let class = match status.filter(|status| !status.is_success()) {
        Some(status) => status.as_str().to_owned(),
        None => format!("{kind:?}"),
    };
    // Only the name of the kind, without the phase of a timeout.
    let class = class.split(' ').next();
    span.record("error.type", class);
}
