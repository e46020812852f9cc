//! The spans, with OpenTelemetry's names for HTTP, and ours below `cloudflare`. A download's spans end with its head: its body comes
//! later.

use http::StatusCode;
use tracing::field::Empty;
use tracing::{Instrument, Span, info_span};

use crate::error::{Error, ErrorKind};
use crate::policy::failure::Failure;
use crate::request::Request;
use crate::response::Response;
use crate::response::raw::RawResponse;

/// Puts a call as a whole into its span.
pub(crate) async fn call<T, F>(
    request: Box<Request>,
    answering: impl FnOnce(Box<Request>) -> F,
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
    let answer = answering(request).instrument(span.clone()).await;
    match &answer {
        Ok(response) => {
            record_head(&span, Some(response.status()), response.ray_id());
            span.record("cloudflare.attempts", response.attempts());
        }
        Err(error) => {
            record_head(&span, error.status(), error.ray_id());
            span.record("cloudflare.attempts", error.attempts());
            record_fault(&span, error.status(), error.kind());
        }
    }
    answer
}

/// Puts one attempt into its span. The first is number 1, and sent again nought times.
pub(crate) async fn attempt<F>(
    request: &Request,
    number: u32,
    answering: F,
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
    let answer = answering.instrument(span.clone()).await;
    match &answer {
        Ok(raw) => record_head(&span, raw.facts.status, raw.facts.ray_id.as_deref()),
        Err(failure) => {
            let (status, ray_id) = failure.head.clone().unzip();
            record_head(&span, status, ray_id.flatten().as_deref());
            record_fault(&span, status, failure.error.kind());
        }
    }
    answer
}

/// The path's template; a request to an endpoint that this SDK lacks has none.
fn template(request: &Request) -> Option<&'static str> {
    Some(request.operation.path).filter(|path| !path.is_empty())
}

fn record_head(span: &Span, status: Option<StatusCode>, ray_id: Option<&str>) {
    span.record(
        "http.response.status_code",
        status.map(|status| status.as_u16()),
    );
    span.record("cloudflare.ray_id", ray_id);
}

/// The class of an error: its status where that is what failed, else the name of its kind.
fn record_fault(span: &Span, status: Option<StatusCode>, kind: ErrorKind) {
    let class = match status.filter(|status| !status.is_success()) {
        Some(status) => status.as_str().to_owned(),
        None => format!("{kind:?}"),
    };
    // What stands behind a kind's name, the phase of a timeout, is no part of the class.
    let class = class.split(' ').next();
    span.record("error.type", class);
}
