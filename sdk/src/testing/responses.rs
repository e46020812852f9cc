//! The responses to expected requests: for each kind of response what the service would send, and for all kinds the failures.
//!
//! In: values of the types that a call returns. Out: a complete expectation, added to the mock. Each kind of response has only the
//! methods that fit it: a list cannot return a file.

use bytes::Bytes;
use http::header::{CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde::Serialize;
use serde_json::{Value, json};

use super::envelope::{self, page_info};
use super::expectation::Expectation;
use super::fail::fail_test;
use super::pattern::{Condition, Part};
use super::reaction::End;
use crate::response::kind::{Binary, Empty, List, Paged, Raw, Single};
use crate::service::ErrorCode;
use crate::transport::{Fault, Sent};

impl<T: Serialize> Expectation<Single<T>> {
    /// Responds with this result.
    #[track_caller]
    pub fn returns(self, result: T) {
        let result = envelope::value(result);
        self.end(envelope::success(&result, None));
    }
}

impl<T: Serialize> Expectation<List<T>> {
    /// Responds with this list.
    #[track_caller]
    pub fn returns(self, items: impl IntoIterator<Item = T>) {
        let items = values(items);
        self.end(one_page(&items));
    }
}

impl<T: Serialize> Expectation<Paged<T>> {
    /// Responds with this list, on a single page.
    #[track_caller]
    pub fn returns(self, items: impl IntoIterator<Item = T>) {
        let items = values(items);
        self.end(one_page(&items));
    }

    /// Expects one request for each of these pages, and responds with that page. Page numbers and totals are filled in.
    #[track_caller]
    pub fn returns_pages<P: IntoIterator<Item = T>>(self, pages: impl IntoIterator<Item = P>) {
        let mut pages: Vec<_> = pages.into_iter().map(values).collect();
        if pages.is_empty() {
            pages.push(Vec::new());
        }
        let total = (pages.iter().map(Vec::len).sum(), pages.len());
        let per_page = pages.iter().map(Vec::len).max().unwrap_or_default().max(1);
        for (number, items) in (1..).zip(pages) {
            let info = page_info(number, per_page, items.len(), total);
            let expectation = self
                .clone()
                .with(Condition::Is(Part::Page, number.to_string()));
            expectation.end(envelope::success(&Value::Array(items), Some(&info)));
        }
    }
}

impl Expectation<Empty> {
    /// Responds with success and no result.
    pub fn returns_nothing(self) {
        self.end(envelope::success(&Value::Null, None));
    }
}

impl Expectation<Binary> {
    /// Responds with this file, with the media type of the endpoint.
    ///
    /// The client checks the first bytes: captures and archives without the signature of their format are errors. A capture
    /// without packets is [`EMPTY_CAPTURE`](super::EMPTY_CAPTURE).
    pub fn returns_bytes(self, file: impl Into<Bytes>) {
        self.file(file.into(), HeaderMap::new());
    }

    /// Responds with this file, and suggests a name for it.
    ///
    /// # Panics
    ///
    /// If the name is not valid in a header.
    #[track_caller]
    pub fn returns_file(self, name: &str, file: impl Into<Bytes>) {
        let named = format!("attachment; filename=\"{name}\"");
        let headers = headers(&[(CONTENT_DISPOSITION.as_str(), &named)]);
        self.file(file.into(), headers);
    }

    fn file(self, file: Bytes, mut headers: HeaderMap) {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(self.accepts));
        headers.insert(CONTENT_LENGTH, HeaderValue::from(file.len()));
        self.end(End::Response(StatusCode::OK, headers, file));
    }
}

impl Expectation<Raw> {
    /// Responds with this body.
    pub fn returns_bytes(self, body: impl Into<Bytes>) {
        self.end(End::Response(StatusCode::OK, HeaderMap::new(), body.into()));
    }
}

/// The responses that every endpoint can have.
impl<R> Expectation<R> {
    /// Responds with an error of the service: an envelope with `success: false` and one error.
    ///
    /// ```
    /// # use cloudflare_magic::testing::MockTransport;
    /// # use cloudflare_magic::api;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let mock = MockTransport::new();
    /// mock.expect::<api::PcapsStop>().fails(403, 1012, "feature not enabled");
    /// let error = mock.client().account("a1").pcaps().stop("c1").await.unwrap_err();
    /// assert_eq!(error.errors()[0].code().unwrap().code(), 1012);
    /// # }
    /// ```
    ///
    /// # Panics
    ///
    /// If `status` is not an HTTP status.
    #[track_caller]
    pub fn fails(self, status: u16, code: impl Into<ErrorCode>, message: &str) {
        let error = json!({"code": code.into().code(), "message": message});
        self.end(envelope::failure(self::status(status), &error));
    }

    /// Responds with exactly this: for pages of gateways, `Retry-After` and the like. Only a `cf-ray` is added, unless
    /// there is one.
    ///
    /// ```
    /// # use cloudflare_magic::testing::MockTransport;
    /// # use cloudflare_magic::api;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), cloudflare_magic::Error> {
    /// let mock = MockTransport::new();
    /// mock.expect::<api::PcapsList>().responds(429, &[("retry-after", "20")], "");
    /// mock.expect::<api::PcapsList>().returns([]);
    /// mock.client().account("a1").pcaps().list().await?;
    /// assert!(mock.requests()[1].at().as_secs() >= 20);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Panics
    ///
    /// If `status` is not an HTTP status, or a header is not valid.
    #[track_caller]
    pub fn responds(self, status: u16, headers: &[(&str, &str)], body: impl Into<Bytes>) {
        let headers = self::headers(headers);
        self.end(End::Response(self::status(status), headers, body.into()));
    }

    /// Fails with an error of the network instead of a response. With [`Sent::No`] the request was not sent, and is retried
    /// whatever the operation is.
    pub fn breaks(self, fault: Fault, sent: Sent) {
        self.end(End::Failure(fault, sent));
    }

    /// Never responds. The call ends when one of its time limits passes.
    pub fn stalls(self) {
        self.end(End::Silence);
    }
}

#[track_caller]
fn values<T: Serialize>(items: impl IntoIterator<Item = T>) -> Vec<Value> {
    let mut values = Vec::new();
    for item in items {
        values.push(envelope::value(item));
    }
    values
}

/// A list that is complete on one page.
fn one_page(items: &[Value]) -> End {
    let count = items.len();
    let info = page_info(1, count.max(1), count, (count, 1));
    envelope::success(&Value::from(items), Some(&info))
}

#[track_caller]
pub(super) fn status(status: u16) -> StatusCode {
    StatusCode::from_u16(status)
        .unwrap_or_else(|_| fail_test(&format!("{status} is not an HTTP status")))
}

#[track_caller]
fn headers(pairs: &[(&str, &str)]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, value) in pairs {
        match (HeaderName::try_from(*name), HeaderValue::try_from(*value)) {
            (Ok(name), Ok(value)) => headers.append(name, value),
            _ => fail_test(&format!("`{name}: {value}` is not a valid header")),
        };
    }
    headers
}
