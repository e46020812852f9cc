//! A file on its way in.
//!
//! In: a reply whose body is a stream. Out: [`Download`], piece by piece or as a whole. Before it is handed out, its beginning
//! is looked at: an error page or an error's JSON with status 200 is an error, not a file. It does not write files.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use http::HeaderMap;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use serde_json::Value;

use crate::body::{Body, Gathered};
use crate::decode;
use crate::error::{ApiError, Error, ErrorKind};
use crate::exchange::AnswerBody;
use crate::failure;
use crate::redact;
use crate::reply::Reply;

mod file_name;

/// A file on its way in: a `Stream` of its pieces.
///
/// It has no limit on its time as a whole, only on the time between two pieces.
#[must_use = "a download brings nothing until it is read"]
pub struct Download {
    /// What an error about it would have to say. Its own body is taken out.
    reply: Reply,
    body: Option<Body>,
    /// What was read ahead.
    ahead: Bytes,
}

impl Download {
    pub(crate) fn new(mut reply: Reply) -> Self {
        let (body, ahead) =
            match std::mem::replace(&mut reply.body, AnswerBody::Whole(Bytes::new())) {
                AnswerBody::Stream(body) => (Some(body), Bytes::new()),
                AnswerBody::Begun(ahead, body) => (Some(body), ahead),
                AnswerBody::Whole(body) => (None, body),
            };
        Self { reply, body, ahead }
    }

    /// The next piece; `None` at the end.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        std::future::poll_fn(|cx| Pin::new(&mut *self).poll_next(cx))
            .await
            .transpose()
    }

    /// The whole file, where it is no larger than `max` bytes.
    pub async fn bytes(mut self, max: usize) -> Result<Bytes, Error> {
        let mut gathered = Gathered::default();
        let ahead = std::mem::take(&mut self.ahead);
        if ahead.len() > max {
            return Err(self.reply.fail(Error::new(
                ErrorKind::BodyTooLarge,
                format!("the file is larger than {max} bytes"),
            )));
        }
        gathered.push(ahead, self.content_length());
        if let Some(body) = &mut self.body {
            body.whole(&mut gathered, max)
                .await
                .map_err(|error| self.reply.fail(error))?;
        }
        Ok(gathered.into_bytes())
    }

    /// The media type that the server names.
    pub fn content_type(&self) -> Option<&str> {
        self.reply.headers.get(CONTENT_TYPE)?.to_str().ok()
    }

    /// The length of the file, where the server announces it.
    pub fn content_length(&self) -> Option<u64> {
        match &self.body {
            Some(body) => body.announced(),
            None => Some(self.ahead.len() as u64),
        }
    }

    /// The name that the server suggests, made safe: a single name without directories, fit for every system.
    pub fn file_name(&self) -> Option<String> {
        file_name::safe(self.reply.headers.get(CONTENT_DISPOSITION)?)
    }
}

impl Stream for Download {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if !self.ahead.is_empty() {
            return Poll::Ready(Some(Ok(std::mem::take(&mut self.ahead))));
        }
        let Some(body) = &mut self.body else {
            return Poll::Ready(None);
        };
        let next = ready!(body.poll_chunk(cx));
        Poll::Ready(next.map(|chunk| chunk.map_err(|error| self.reply.fail(error))))
    }
}

impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download")
            .field("operation", &self.reply.operation.name)
            .field("content_type", &self.content_type())
            .field("content_length", &self.content_length())
            .field("file_name", &self.file_name())
            .finish_non_exhaustive()
    }
}

/// Lets a reply through whose body is a file by the look of it.
///
/// Named as JSON or HTML, or beginning like them, a body is read and judged. One that comes as an attachment is a file.
pub(crate) async fn admit(mut reply: Reply) -> Result<Reply, Error> {
    let AnswerBody::Stream(mut body) =
        std::mem::replace(&mut reply.body, AnswerBody::Whole(Bytes::new()))
    else {
        return Ok(reply);
    };
    let ahead = match body.chunk().await {
        Some(Ok(chunk)) => chunk,
        Some(Err(error)) => return Err(reply.fail(error)),
        None => Bytes::new(),
    };
    let named = is_named_otherwise(&reply.headers);
    if is_attachment(&reply.headers) || !(named || begins_like_text(&ahead)) {
        reply.body = AnswerBody::Begun(ahead, body);
        return Ok(reply);
    }
    let (text, broken) = beginning(ahead, &mut body, reply.limit).await;
    let named = named || reply.operation.accepts != "application/octet-stream";
    match judge(&reply, &text, named).or(broken) {
        Some(error) => Err(reply.fail(error)),
        None => {
            reply.body = AnswerBody::Begun(text, body);
            Ok(reply)
        }
    }
}

/// Reads as much as an error can be long, and what went wrong over it.
async fn beginning(ahead: Bytes, body: &mut Body, limit: usize) -> (Bytes, Option<Error>) {
    const LONGEST: usize = 1 << 20;
    let mut gathered = Gathered::default();
    gathered.push(ahead, None);
    while gathered.len() < limit.min(LONGEST) {
        match body.chunk().await {
            Some(Ok(chunk)) => gathered.push(chunk, None),
            Some(Err(error)) => return (gathered.into_bytes(), Some(error)),
            None => break,
        }
    }
    (gathered.into_bytes(), None)
}

/// The error that a body is, if it is one. `named`: whether it cannot be a file of the kind that is expected.
fn judge(reply: &Reply, text: &[u8], named: bool) -> Option<Error> {
    if let Ok(body) = serde_json::from_slice::<Value>(decode::without_bom(text)) {
        let errors = ApiError::list(body.get("errors").unwrap_or(&Value::Null));
        let success = body.get("success");
        if success == Some(&Value::Bool(false)) || (success.is_none() && !errors.is_empty()) {
            return Some(Error::api(errors));
        }
    }
    if !named && !is_page(text) {
        return None;
    }
    let found = reply
        .headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or("a body without a type");
    let (accepts, found, snippet) = (
        reply.operation.accepts,
        redact::line(found),
        failure::snippet(text),
    );
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
