//! A successful response: the value and everything around it.
//!
//! In: the value of an operation, and the facts of the call. Out: [`Response`], for callers that need more than the value.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::error::CallFacts;
use crate::response::envelope::ApiMessage;
use crate::response::page::ResultInfo;

pub(crate) mod body;
#[cfg(feature = "cursors")]
pub(crate) mod cursor;
pub(crate) mod download;
pub(crate) mod envelope;
pub(crate) mod error_body;
#[cfg(feature = "responses")]
mod extra;
pub(crate) mod kind;
pub(crate) mod list;
#[cfg(feature = "responses")]
pub(crate) mod one_of;
pub(crate) mod page;
#[cfg(feature = "responses")]
pub(crate) mod plain_json;
#[cfg(feature = "responses")]
pub(crate) mod plain_text;
pub(crate) mod raw;

/// A successful response. Its `Debug` shows neither the value nor the body, only the body's length.
pub struct Response<T> {
    value: T,
    facts: CallFacts,
    headers: HeaderMap,
    messages: Vec<ApiMessage>,
    result_info: Option<ResultInfo>,
    body: Bytes,
}

/// The parts of a response besides its result.
#[derive(Default)]
pub(crate) struct Frame {
    pub(crate) messages: Vec<ApiMessage>,
    pub(crate) result_info: Option<ResultInfo>,
    pub(crate) body: Bytes,
}

impl<T> Response<T> {
    pub(crate) fn new(value: T, facts: CallFacts, headers: HeaderMap, frame: Frame) -> Self {
        let Frame {
            messages,
            result_info,
            body,
        } = frame;
        Self {
            value,
            facts,
            headers,
            messages,
            result_info,
            body,
        }
    }

    /// The value.
    pub fn value(&self) -> &T {
        &self.value
    }

    /// Returns the value alone, which is what `.await` on a call returns.
    pub fn into_inner(self) -> T {
        self.value
    }

    /// The same response with another value.
    #[cfg(feature = "responses")]
    #[allow(
        dead_code,
        reason = "generated code uses it where its document needs it"
    )]
    pub(crate) fn map<U>(self, to: impl FnOnce(T) -> U) -> Response<U> {
        Response {
            value: to(self.value),
            facts: self.facts,
            headers: self.headers,
            messages: self.messages,
            result_info: self.result_info,
            body: self.body,
        }
    }

    /// The facts that an error about this response contains.
    pub(crate) fn facts(&self) -> &CallFacts {
        &self.facts
    }

    /// The HTTP status.
    pub fn status(&self) -> StatusCode {
        self.facts.status.unwrap_or_default()
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The `cf-ray`: the id that Cloudflare's support asks for.
    pub fn ray_id(&self) -> Option<&str> {
        self.facts.ray_id.as_deref()
    }

    /// The number of attempts: how often the request was sent.
    pub fn attempts(&self) -> u32 {
        self.facts.attempts
    }

    /// How long the call took, including waits.
    pub fn elapsed(&self) -> Duration {
        self.facts.elapsed
    }

    /// The messages that the service sends along with the result.
    pub fn messages(&self) -> &[ApiMessage] {
        &self.messages
    }

    /// What the service says about the list that the result is a part of.
    pub fn result_info(&self) -> Option<&ResultInfo> {
        self.result_info.as_ref()
    }

    /// The body as received. Empty for a download, which is a stream.
    ///
    /// Here are the fields that the types of this version do not have: reading a value skips them. (A value of an enum and a shape of a
    /// union that are not known are kept by their `Unknown` variant.)
    ///
    /// ```no_run
    /// # async fn run(account: cloudflare_magic::api::Account) -> Result<(), Box<dyn std::error::Error>> {
    /// let response = account.pcaps().get("3a7f").send().await?;
    /// let body: serde_json::Value = serde_json::from_slice(response.body())?;
    /// println!("{:?}: {}", response.value().status(), body["result"]["sampling_rate"]);
    /// # Ok(())
    /// # }
    /// ```
    pub fn body(&self) -> &Bytes {
        &self.body
    }
}

impl<T> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status())
            .field("ray_id", &self.facts.ray_id)
            .field("attempts", &self.facts.attempts)
            .field("messages", &self.messages)
            .field("result_info", &self.result_info)
            .field("body_length", &self.body.len())
            .finish_non_exhaustive()
    }
}
