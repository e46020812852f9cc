//! Tells a file from what a server sends in its place.
//!
//! In: a raw whose body is a stream. Out: the same, read ahead by a few bytes, or an error: an error page or an error's JSON
//! with status 200 is an error, not a file.

use bytes::Bytes;
use http::HeaderMap;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use serde_json::Value;

use super::signature;
use crate::base::drift;
use crate::base::redact;
use crate::decode;
use crate::error::{ApiError, Error, ErrorKind};
use crate::response::body::{Body, Gathered};
use crate::response::error_body;
use crate::response::raw::RawResponse;
use crate::response::raw::ResponseBody;

/// Lets a raw through whose body is a file by the look of it.
///
/// Where files of the promised type have a signature, it decides. Where not, a body that is named as JSON or HTML, or begins
/// like them, is read and judged; one that comes as an attachment is a file.
pub(crate) async fn admit(mut raw: RawResponse) -> Result<RawResponse, Error> {
    let ResponseBody::Stream(mut body) =
        std::mem::replace(&mut raw.body, ResponseBody::Whole(Bytes::new()))
    else {
        return Ok(raw);
    };
    let (ahead, broken) = beginning(Bytes::new(), &mut body, signature::LENGTH).await;
    if let Some(error) = broken {
        return Err(raw.fail(error));
    }
    let (is_file, named) = match signature::fits(raw.accepts, &ahead) {
        Some(fits) => (fits, true),
        None => {
            let named = is_named_otherwise(&raw.headers);
            let like_text = named || begins_like_text(&ahead);
            (is_attachment(&raw.headers) || !like_text, named)
        }
    };
    if is_file {
        raw.body = ResponseBody::Begun(ahead, body);
        return Ok(raw);
    }
    let (text, broken) = beginning(ahead, &mut body, raw.limits.body.min(LONGEST_ERROR)).await;
    let error = drift::refusal(raw.operation, || judge(&raw, &text, named));
    match error.or(broken) {
        Some(error) => Err(raw.fail(error)),
        None => {
            raw.body = ResponseBody::Begun(text, body);
            Ok(raw)
        }
    }
}

/// As much as an error can be long.
const LONGEST_ERROR: usize = 1 << 20;

/// Reads on until there are `enough` bytes, and what went wrong over it.
async fn beginning(ahead: Bytes, body: &mut Body, enough: usize) -> (Bytes, Option<Error>) {
    let mut gathered = Gathered::default();
    gathered.push(ahead, None);
    while gathered.len() < enough {
        match body.chunk().await {
            Some(Ok(chunk)) => gathered.push(chunk, None),
            Some(Err(error)) => return (gathered.into_bytes(), Some(error)),
            None => break,
        }
    }
    (gathered.into_bytes(), None)
}

/// The error that a body is, if it is one. `named`: whether it cannot be a file of the kind that is expected.
fn judge(raw: &RawResponse, text: &[u8], named: bool) -> Option<Error> {
    if let Some(body) = decode::value(text) {
        let errors = ApiError::list(body.get("errors").unwrap_or(&Value::Null));
        let success = body.get("success");
        if success == Some(&Value::Bool(false)) || (success.is_none() && !errors.is_empty()) {
            return Some(error_body::refused(errors));
        }
    }
    if !named && !is_page(text) {
        return None;
    }
    let found = raw
        .headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or("a body without a type");
    let (accepts, found) = (raw.accepts, redact::line(found));
    let snippet = if text.is_empty() {
        "it is empty".to_owned()
    } else {
        error_body::snippet(text)
    };
    Some(Error::new(
        ErrorKind::Decode,
        format!("expected {accepts}, found {found}: {snippet}"),
    ))
}

/// Whether the server names the body as something that no file of this API is.
fn is_named_otherwise(headers: &HeaderMap) -> bool {
    let Some(name) = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
    else {
        return false;
    };
    let name = name
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    matches!(
        name.as_str(),
        "application/json" | "text/html" | "application/xhtml+xml"
    ) || name.ends_with("+json")
}

fn is_attachment(headers: &HeaderMap) -> bool {
    let disposition = headers
        .get(CONTENT_DISPOSITION)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    disposition
        .trim_start()
        .get(..10)
        .is_some_and(|start| start.eq_ignore_ascii_case("attachment"))
}

fn begins_like_text(body: &[u8]) -> bool {
    matches!(
        decode::without_bom(body).trim_ascii_start().first(),
        Some(b'{' | b'<')
    )
}

fn is_page(body: &[u8]) -> bool {
    let start = decode::without_bom(body).trim_ascii_start();
    let begins = |with: &[u8]| {
        start
            .get(..with.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(with))
    };
    begins(b"<!doctype html") || begins(b"<html")
}
