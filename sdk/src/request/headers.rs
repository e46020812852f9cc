//! The headers of a request, and which of them the application may not set.
//!
//! In: the headers that setters set. Out: the same with those that every request has: `User-Agent`, `Accept`, and what its body is.

use http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, USER_AGENT};
use http::{HeaderMap, HeaderValue};

use super::Request;

impl Request {
    pub(super) fn full_headers(&self) -> HeaderMap {
        let mut headers = self.headers.clone();
        #[cfg(feature = "styles")]
        self.styled.add_cookies(&mut headers);
        // Most calls set no headers: the lookups are then skipped.
        let none_set = headers.is_empty();
        let mut unless_set = |name, value| {
            if none_set || !headers.contains_key(&name) {
                headers.insert(name, value);
            }
        };
        unless_set(USER_AGENT, self.client().shared().user_agent.clone());
        unless_set(ACCEPT, HeaderValue::from_static(self.operation.accepts));
        if self.has_body() {
            unless_set(CONTENT_TYPE, self.content_type());
        } else if self.operation.verb.expects_body() {
            // Without it, some servers and proxies wait for a body or reject the request.
            unless_set(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        headers
    }

    pub(super) fn has_body(&self) -> bool {
        #[cfg(feature = "bodies")]
        if self.is_streamed() {
            return true;
        }
        self.body.is_some()
    }

    fn content_type(&self) -> HeaderValue {
        #[cfg(feature = "bodies")]
        if let Some(media_type) = self.upload.media_type() {
            return media_type;
        }
        HeaderValue::from_static(self.operation.sends)
    }
}

/// Whether a header contains credentials, selects the host or frames the message. Only the client may set these.
pub(super) fn is_reserved(name: &str) -> bool {
    let framing = [
        "accept-encoding",
        "connection",
        "content-encoding",
        "content-length",
        "expect",
        "host",
        "keep-alive",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    ];
    let credentials = ["authorization", "cookie", "proxy-authorization"];
    name.starts_with("x-auth-")
        || name.starts_with(':')
        || framing.contains(&name)
        || credentials.contains(&name)
}
