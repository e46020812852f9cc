//! A request as the mock received it.
//!
//! In: the request that the client would have sent. Out: its parts, for the assertions of a test. Credentials are not stored.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Method};
use percent_encoding::percent_decode_str;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::fail::fail_test;
use super::from_json::from_json;
use super::secrets;

/// The path of the service's own base URL.
const BASE: &str = "/client/v4";

/// A request that was sent to a [`MockTransport`](super::MockTransport). It contains no credentials.
#[derive(Clone)]
pub struct SentRequest {
    method: Method,
    path: String,
    /// Whether the base URL is the service's.
    is_below_base: bool,
    query: Vec<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
    at: Duration,
}

impl SentRequest {
    pub(super) fn new(request: http::Request<Bytes>, at: Duration) -> Self {
        let (head, body) = request.into_parts();
        let path = head.uri.path();
        let below = path
            .strip_prefix(BASE)
            .filter(|below| below.starts_with('/'));
        let headers = head
            .headers
            .iter()
            .filter(|(_, value)| !value.is_sensitive());
        Self {
            method: head.method,
            path: below.unwrap_or(path).to_owned(),
            is_below_base: below.is_some(),
            query: head.uri.query().map(pairs).unwrap_or_default(),
            headers: headers
                .map(|(name, value)| (name.clone(), value.clone()))
                .collect(),
            body,
            at,
        }
    }

    /// The method.
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// The path, without the `/client/v4` of the default base URL. With another base URL it is the whole path.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// All query parameters, decoded, in the order of the URL.
    pub fn query(&self) -> &[(String, String)] {
        &self.query
    }

    /// The value of a query parameter, decoded: the first, if it has several.
    pub fn query_value(&self, name: &str) -> Option<&str> {
        let mut values = self.query.iter().filter(|(known, _)| known == name);
        values.next().map(|(_, value)| value.as_str())
    }

    /// The value of a header. Headers with credentials are not stored.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The body as sent; empty if there was none.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// Reads the body from JSON: as a `serde_json::Value`, or as the type of the request, if that type can be read.
    ///
    /// # Panics
    ///
    /// If there is no body, or it does not fit the type.
    #[track_caller]
    pub fn json<T: DeserializeOwned>(&self) -> T {
        match std::str::from_utf8(&self.body) {
            Ok("") => fail_test("the request has no body"),
            Ok(text) => from_json(text),
            Err(_) => fail_test("the body of the request is not UTF-8"),
        }
    }

    /// When it was sent: the time since the start of the mock's clock.
    pub fn at(&self) -> Duration {
        self.at
    }

    /// Whether the request's URL began with the path of the default base URL.
    pub(super) fn is_below_base(&self) -> bool {
        self.is_below_base
    }

    /// The body as JSON. `None` if it is not JSON.
    pub(super) fn value(&self) -> Option<Value> {
        serde_json::from_slice(&self.body).ok()
    }

    /// `GET /accounts/a1/pcaps?page=2`, without secrets, and on one line whatever the parameters are.
    pub(crate) fn line(&self) -> String {
        let query: Vec<_> = self
            .query
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let mark = if query.is_empty() { "" } else { "?" };
        let line = format!("{} {}{mark}{}", self.method, self.path, query.join("&"));
        one_line(&secrets::text(&line))
    }
}

impl fmt::Debug for SentRequest {
    /// The names of headers, but not their values; the body without secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let body = match self.value() {
            Some(body) => secrets::line(&body),
            None => format!("{} bytes", self.body.len()),
        };
        f.debug_struct("SentRequest")
            .field("line", &self.line())
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("body", &format_args!("{body}"))
            .field("at", &self.at)
            .finish()
    }
}

/// The parameters of a query, decoded.
pub(super) fn pairs(query: &str) -> Vec<(String, String)> {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decoded(name), decoded(value))
        })
        .collect()
}

/// The text, decoded as forms are: `+` is a space, and `%2B` is a plus. Bytes that are not UTF-8 are replaced.
fn decoded(text: &str) -> String {
    let text = text.replace('+', " ");
    percent_decode_str(&text).decode_utf8_lossy().into_owned()
}

/// The text with its control characters escaped: they would end the line, or control the terminal.
fn one_line(text: &str) -> String {
    let escaped = |c: char| match c.is_control() {
        true => c.escape_default().to_string(),
        false => c.to_string(),
    };
    text.chars().map(escaped).collect()
}

#[cfg(test)]
mod tests {
    use super::SentRequest;
    use bytes::Bytes;
    use http::{HeaderValue, Request};
    use std::time::Duration;

    fn sent(uri: &str, body: &'static str) -> SentRequest {
        let mut request = Request::new(Bytes::from_static(body.as_bytes()));
        *request.uri_mut() = uri.parse().unwrap();
        let mut token = HeaderValue::from_static("Bearer HUSH");
        token.set_sensitive(true);
        request.headers_mut().insert("authorization", token);
        request
            .headers_mut()
            .insert("x-mine", HeaderValue::from_static("mine"));
        SentRequest::new(request, Duration::ZERO)
    }

    #[test]
    fn the_parts_are_decoded_and_without_credentials() {
        let sent = sent(
            "https://api.cloudflare.com/client/v4/a/b?x=1%262&x=c%20d&y",
            "",
        );
        assert_eq!((sent.method().as_str(), sent.path()), ("GET", "/a/b"));
        assert_eq!(sent.query_value("x"), Some("1&2"));
        assert_eq!(
            sent.query()[1..],
            [("x".into(), "c d".into()), ("y".into(), String::new())]
        );
        assert_eq!(
            (sent.header("x-mine"), sent.header("authorization")),
            (Some("mine"), None)
        );
        assert_eq!(sent.line(), "GET /a/b?x=1&2&x=c d&y=");
        for path in ["/other/a", "/client/v4beta/a"] {
            assert_eq!(super::tests::sent(path, "").path(), path);
        }
    }

    #[test]
    fn a_plus_of_a_query_is_a_space() {
        let sent = sent("https://h/a?x=c+d%2Be&y+z=", "");
        assert_eq!(sent.query_value("x"), Some("c d+e"));
        assert_eq!(sent.query_value("y z"), Some(""));
    }

    #[test]
    fn a_request_is_printed_on_one_line() {
        let sent = sent("https://h/a?x=1%0D%0A200%20GET%1b[2J%C2%85&y=%C3%A9", "");
        let line = r"GET /a?x=1\r\n200 GET\u{1b}[2J\u{85}&y=é";
        assert_eq!(sent.line(), line);
    }

    #[test]
    fn b14_debug_holds_no_secret() {
        let sent = sent(
            "https://h/a?u=r2%3A%2F%2Fb%3Fsecret-access-key%3DHUSH",
            r#"{"name": "n", "destination_conf": "r2://HUSH"}"#,
        );
        let printed = format!("{sent:?}");
        assert!(
            !printed.contains("HUSH") && printed.contains("\"n\""),
            "{printed}"
        );
        assert!(sent.body().ends_with(b"HUSH\"}"));
    }
}
