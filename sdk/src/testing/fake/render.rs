//! Results as HTTP responses: status, headers, body.

use std::time::Duration;

use bytes::Bytes;
use http::header::{
    CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE, DATE, LOCATION, RETRY_AFTER,
};
use http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode};
use serde_json::Value;

use super::failure::Failure;
use super::limits::Remaining;
use super::moment::Moment;
use super::success::{Content, Success, envelope};

/// A result, and what its headers say beside it.
pub(crate) struct Render<'a> {
    pub(crate) result: &'a Result<Success, Failure>,
    pub(crate) remaining: Option<Remaining>,
    /// The id of the response, for `cf-ray`.
    pub(crate) ray: String,
    pub(crate) now: Moment,
    /// Seconds of the fake in a second of the client.
    pub(crate) speed: u32,
}

/// The response.
pub(crate) fn render(of: &Render<'_>) -> Response<Bytes> {
    let (status, mut headers, body) = match of.result {
        Ok(success) => (
            success.status,
            success_headers(success),
            success_body(&success.content),
        ),
        Err(failure) => (
            failure.status,
            of.failure_headers(failure),
            json(&failure.envelope()),
        ),
    };
    set(
        &mut headers,
        HeaderName::from_static("cf-ray"),
        &format!("{}-FAKE", of.ray),
    );
    set(
        &mut headers,
        DATE,
        &httpdate::fmt_http_date(of.now.time_of_day()),
    );
    if let Some(remaining) = &of.remaining {
        of.set_limits(remaining, &mut headers);
    }
    let mut response = Response::new(body);
    if response.body().is_empty() {
        headers.remove(CONTENT_TYPE);
    }
    if status != 204 {
        headers.insert(CONTENT_LENGTH, HeaderValue::from(response.body().len()));
    }
    *response.status_mut() =
        StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    *response.headers_mut() = headers;
    response
}

impl Render<'_> {
    /// A duration in seconds of the client, rounded up.
    fn seconds(&self, duration: Duration) -> u64 {
        let nanos = duration.as_nanos().div_ceil(u128::from(self.speed.max(1)));
        u64::try_from(nanos.div_ceil(1_000_000_000)).unwrap_or(u64::MAX)
    }

    fn failure_headers(&self, failure: &Failure) -> HeaderMap {
        let mut headers = HeaderMap::new();
        set(&mut headers, CONTENT_TYPE, "application/json");
        if let Some(wait) = failure.retry_after {
            set(&mut headers, RETRY_AFTER, &self.seconds(wait).to_string());
        }
        headers
    }

    fn set_limits(&self, remaining: &Remaining, headers: &mut HeaderMap) {
        let Remaining {
            quota,
            window,
            left,
            reset,
        } = *remaining;
        let limit = format!("\"default\";r={left};t={}", self.seconds(reset));
        set(headers, HeaderName::from_static("ratelimit"), &limit);
        let policy = format!("\"default\";q={quota};w={}", self.seconds(window));
        set(
            headers,
            HeaderName::from_static("ratelimit-policy"),
            &policy,
        );
    }
}

fn success_headers(success: &Success) -> HeaderMap {
    let mut headers = HeaderMap::new();
    let media_type = match &success.content {
        Content::File {
            media_type, name, ..
        } => {
            if let Some(name) = name {
                let disposition = format!("attachment; filename=\"{name}\"");
                set(&mut headers, CONTENT_DISPOSITION, &disposition);
            }
            media_type
        }
        _ => "application/json",
    };
    set(&mut headers, CONTENT_TYPE, media_type);
    if let Some(location) = &success.location {
        set(&mut headers, LOCATION, location);
    }
    headers
}

fn success_body(content: &Content) -> Bytes {
    match content {
        Content::Result(result, info) => json(&envelope(Some(result), info.as_ref())),
        Content::NoResult => json(&envelope(None, None)),
        Content::File { bytes, .. } => bytes.clone(),
        Content::Nothing => Bytes::new(),
    }
}

fn json(value: &Value) -> Bytes {
    Bytes::from(value.to_string())
}

/// Sets a header. Names and values here are the fake's own; one that is not valid is left out.
fn set(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::try_from(value) {
        headers.insert(name, value);
    }
}
