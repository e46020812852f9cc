//! A successful response before it is decoded: what the pipeline returns.
//!
//! In: a head with a successful status, and a body. Out: the input of the [response kinds](crate::response::kind).

use bytes::Bytes;
use http::{HeaderMap, HeaderName};

use crate::base::redact::{self, Secrets};
use crate::error::{CallFacts, Error};
use crate::policy::limits::Limits;
use crate::response::body::Body;
use crate::response::page::ListRequest;

/// A successful response, with the facts that an error about it contains.
pub struct RawResponse {
    /// The operation's name.
    pub(crate) operation: &'static str,
    /// The media type that the operation promises.
    pub(crate) accepts: &'static str,
    pub(crate) facts: CallFacts,
    pub(crate) headers: HeaderMap,
    pub(crate) body: ResponseBody,
    /// The limits on the body.
    pub(crate) limits: Limits,
    /// The credentials that it was asked for with. No error about it has them.
    pub(crate) secrets: Secrets,
    /// What the call says about the list that it asks for.
    pub(crate) list: ListRequest,
}

/// The body of a successful response. Streams are boxed, since most responses are whole and small.
pub(crate) enum ResponseBody {
    Whole(Bytes),
    Stream(Box<Body>),
    /// A stream whose first bytes have been read.
    Begun(Bytes, Box<Body>),
}

impl RawResponse {
    /// An error about this response.
    pub(crate) fn fail(&self, error: Error) -> Error {
        error.with_call(self.facts.clone())
    }

    /// The whole body. Empty if it is a stream.
    pub(crate) fn bytes(&self) -> Bytes {
        match &self.body {
            ResponseBody::Whole(body) => body.clone(),
            ResponseBody::Stream(_) | ResponseBody::Begun(..) => Bytes::new(),
        }
    }
}

/// The ray id, by which Cloudflare identifies a request.
pub(crate) fn ray_id(headers: &HeaderMap) -> Option<String> {
    const RAY_ID: HeaderName = HeaderName::from_static("cf-ray");
    let ray_id = headers.get(RAY_ID)?.to_str().ok()?;
    // A well-formed ray id needs no redaction.
    let plain = |byte: u8| byte.is_ascii_alphanumeric() | (byte == b'-');
    // Looks at all bytes, without an early exit: they are few, and such a loop is vectorized.
    if ray_id
        .bytes()
        .fold(true, |so_far, byte| so_far & plain(byte))
    {
        return Some(ray_id.to_owned()).filter(|ray_id| !ray_id.is_empty());
    }
    Some(redact::line(ray_id)).filter(|ray_id| !ray_id.is_empty())
}
