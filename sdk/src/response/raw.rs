//! A successful response before it is decoded: what the pipeline returns.
//!
//! In: a head with a successful status, and a body. Out: the input of the [response kinds](crate::response::kind).

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderName};

use crate::base::redact::{self, Secrets};
use crate::error::{CallFacts, Error, ErrorKind};
use crate::policy::limits::Limits;
use crate::response::body::Body;
use crate::response::list::ListRequest;

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
        let error = match error.kind() {
            ErrorKind::Api => self.secrets.blank(|| error.with_body(&self.bytes())),
            _ => error,
        };
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

/// The media type of the `Content-Type`: without parameters, in lower case. `None` if there is no such header.
pub(crate) fn essence(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    let essence = value.split(';').next().unwrap_or_default();
    Some(essence.trim().to_ascii_lowercase())
}

/// The ray id, by which Cloudflare identifies a request. `secrets` are what it must not show.
pub(crate) fn ray_id(headers: &HeaderMap, secrets: impl FnOnce() -> Secrets) -> Option<String> {
    const RAY_ID: HeaderName = HeaderName::from_static("cf-ray");
    let ray_id = headers.get(RAY_ID)?.to_str().ok()?;
    if is_well_formed(ray_id.as_bytes()) {
        return Some(ray_id.to_owned());
    }
    let line = secrets().blank(|| redact::line(ray_id));
    Some(line).filter(|ray_id| !ray_id.is_empty())
}

/// Whether a text is a ray id as Cloudflare writes them, `8f2c0d1e2f3a4b5c-AMS`, which is no credential.
fn is_well_formed(ray_id: &[u8]) -> bool {
    let Some((digits, place)) = ray_id.split_at_checked(16) else {
        return false;
    };
    let is_hex = |byte: &u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    let is_place = match place {
        [] => true,
        [b'-', letters @ ..] => letters.len() == 3 && letters.iter().all(u8::is_ascii_uppercase),
        _ => false,
    };
    is_place && digits.iter().all(is_hex)
}

#[cfg(test)]
mod tests {
    use super::{HeaderMap, Secrets, ray_id};

    fn read(value: &str) -> Option<String> {
        let mut headers = HeaderMap::new();
        headers.insert("cf-ray", value.parse().unwrap());
        let secrets = Secrets::new(["HUSHHUSHHUSH0123".to_owned()]);
        ray_id(&headers, || secrets)
    }

    #[test]
    fn b98_a_ray_id_that_echoes_a_credential_is_redacted() {
        for plain in ["8f2c0d1e2f3a4b5c-AMS", "8f2c0d1e2f3a4b5c", "8f-AMS"] {
            assert_eq!(read(plain).as_deref(), Some(plain));
        }
        assert_eq!(read("HUSHHUSHHUSH0123").as_deref(), Some("***"));
        assert_eq!(read("8f-HUSHHUSHHUSH0123").as_deref(), Some("8f-***"));
        assert_eq!(read(""), None);
    }
}
