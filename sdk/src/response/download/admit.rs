//! Distinguishes a file from an error that a server sends in its place.
//!
//! In: a raw response whose body is a stream. Out: the same, with its first bytes read, or an error: an error page or an error's
//! JSON with status 200 is an error, not a file.

use bytes::Bytes;
use http::HeaderMap;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};

use super::signature;
use crate::base::drift;
use crate::base::redact;
use crate::decode::{self, Json};
use crate::error::{ApiError, Error, ErrorKind};
use crate::response::body::{Body, Gathered};
use crate::response::error_body;
use crate::response::raw::{RawResponse, ResponseBody, essence};

/// Returns the raw response if its body looks like a file.
///
/// If files of the promised type have a signature, the signature decides. If not, a body is a file if it is sent as an attachment;
/// otherwise a body whose media type is JSON or HTML, or that begins like them, is read and checked for an error.
pub(crate) async fn admit(mut raw: RawResponse) -> Result<RawResponse, Error> {
    let ResponseBody::Stream(mut body) =
        std::mem::replace(&mut raw.body, ResponseBody::Whole(Bytes::new()))
    else {
        return Ok(raw);
    };
    let (ahead, broken) = read_until(Bytes::new(), &mut body, signature::LENGTH).await;
    if let Some(error) = broken {
        return Err(raw.fail(error));
    }
    let (is_file, is_other) = match signature::fits(raw.accepts, &ahead) {
        Some(fits) => (fits, true),
        None => {
            let is_other = is_json_or_html(&raw.headers) && !is_promised(&raw);
            let like_text = is_other || begins_like_text(&ahead);
            (is_attachment(&raw.headers) || !like_text, is_other)
        }
    };
    if is_file {
        raw.body = ResponseBody::Begun(ahead, body);
        return Ok(raw);
    }
    let (text, broken) = read_until(ahead, &mut body, raw.limits.body.min(LONGEST_ERROR)).await;
    let read = || drift::refusal(raw.operation, || error_in(&raw, &text, is_other));
    let error = raw.secrets.blank(read);
    match error.or(broken) {
        Some(error) => Err(raw.fail(error)),
        None => {
            raw.body = ResponseBody::Begun(text, body);
            Ok(raw)
        }
    }
}

/// The most bytes of a body that are read to find an error in it.
const LONGEST_ERROR: usize = 1 << 20;

/// Reads on until there are `enough` bytes. Returns them, with the error that ended the reading, if any.
async fn read_until(ahead: Bytes, body: &mut Body, enough: usize) -> (Bytes, Option<Error>) {
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

/// The error in a body that came in place of a text of the promised type, if there is one.
#[cfg(feature = "responses")]
pub(crate) fn misplaced(raw: &RawResponse, text: &[u8]) -> Option<Error> {
    let is_other = is_json_or_html(&raw.headers) && !is_promised(raw);
    let read = || drift::refusal(raw.operation, || error_in(raw, text, is_other));
    raw.secrets.blank(read)
}

/// Whether the `Content-Type` is one of those that the operation promises.
fn is_promised(raw: &RawResponse) -> bool {
    let sent = essence(&raw.headers);
    let promised = raw.accepts.split(',').map(str::trim);
    sent.is_some_and(|sent| {
        let mut promised = promised.filter(|promised| !promised.is_empty());
        promised.any(|promised| promised == sent || promised == "*/*")
    })
}

/// The error in a body, if there is one. `is_other`: whether the body cannot be a file of the expected type.
fn error_in(raw: &RawResponse, text: &[u8], is_other: bool) -> Option<Error> {
    if let Ok(tree) = decode::tree(text, decode::DEEPEST) {
        let body = tree.root();
        let errors = body.get("errors").map(ApiError::list).unwrap_or_default();
        let success = body.get("success");
        let says_failure = success.and_then(Json::as_bool) == Some(false);
        if says_failure || (success.is_none() && !errors.is_empty()) {
            return Some(error_body::refused(errors));
        }
    }
    if !is_other && (!is_page(text) || is_promised(raw)) {
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

/// Whether the `Content-Type` is JSON or HTML, which is a file only where the operation promises that.
fn is_json_or_html(headers: &HeaderMap) -> bool {
    essence(headers).is_some_and(|name| {
        matches!(
            name.as_str(),
            "application/json" | "text/html" | "application/xhtml+xml"
        ) || name.ends_with("+json")
    })
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
