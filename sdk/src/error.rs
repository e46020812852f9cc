//! The one error type of the crate.
//!
//! In: what each layer of a call knows about its failure. Out: one line that a person can act on, and typed facts that a
//! program can decide on. It holds no secret, texts of the service are redacted by [`crate::base::redact`], and prints no body.

use std::error::Error as StdError;
use std::sync::Arc;
use std::time::Duration;

use http::StatusCode;

mod api_error;
mod body;
mod cause;
mod class;
mod inner;
mod kind;
mod last_value;
mod line;
mod reason;

pub use self::api_error::ApiError;
pub use self::kind::{ErrorKind, Phase};
use self::last_value::LastValue;

/// A failed call, or invalid settings. Clones share the [error behind it](Self::get_ref) and the [last value](Self::last_value).
///
/// Its `Display` is one line:
/// ``magic_cloud.providers.list: 403 Forbidden: [1012] feature not enabled (Cloudflare may have to enable the feature for the account, cf-ray 8f2c0d…-AMS)``.
#[must_use]
#[derive(Clone)]
pub struct Error {
    // Boxed, so that a `Result` is as small as its value.
    inner: Box<Inner>,
}

#[derive(Clone)]
struct Inner {
    kind: ErrorKind,
    message: String,
    errors: Vec<ApiError>,
    /// Whether the response is the service's own JSON, with `success: false`.
    is_envelope: bool,
    call: CallFacts,
    retry_after: Option<Duration>,
    last_value: Option<LastValue>,
    inner: Option<Arc<dyn StdError + Send + Sync>>,
    #[cfg(feature = "responses")]
    body: Option<body::KeptBody>,
}

/// What is known about the call that failed.
#[derive(Clone, Debug, Default)]
pub(crate) struct CallFacts {
    pub(crate) operation: Option<&'static str>,
    /// The permissions of API tokens that allow the operation: any one of them.
    pub(crate) permissions: &'static [&'static str],
    pub(crate) status: Option<StatusCode>,
    pub(crate) ray_id: Option<String>,
    pub(crate) attempts: u32,
    pub(crate) elapsed: Duration,
    pub(crate) may_have_been_processed: bool,
    /// Why the call was not retried, although it was retryable.
    pub(crate) gave_up: Option<&'static str>,
}

impl Error {
    /// Returns the kind of the failure, for programs to decide on.
    pub fn kind(&self) -> ErrorKind {
        self.inner.kind
    }

    /// Returns the name of the operation that failed, such as `pcaps.create`. `None` if no call was made.
    pub fn operation(&self) -> Option<&'static str> {
        self.inner.call.operation
    }

    /// Returns the status of the response. `None` if there was no response.
    pub fn status(&self) -> Option<StatusCode> {
        self.inner.call.status
    }

    /// Returns the errors that the service reported. Empty if it reported none.
    pub fn errors(&self) -> &[ApiError] {
        &self.inner.errors
    }

    /// Returns the `cf-ray` of the response: the id that Cloudflare's support asks for.
    pub fn ray_id(&self) -> Option<&str> {
        self.inner.call.ray_id.as_deref()
    }

    /// Returns the number of attempts: how often the request was sent, or sending it was tried.
    pub fn attempts(&self) -> u32 {
        self.inner.call.attempts
    }

    /// Returns how long the call took, waits included.
    pub fn elapsed(&self) -> Duration {
        self.inner.call.elapsed
    }

    /// Returns whether the service may have processed the request, although the call failed.
    ///
    /// Every attempt counts: when a `DELETE` fails by a broken connection, is retried and then finds nothing, its first attempt may
    /// have deleted the resource. Always false for reads. If this is true, check the state of the resource before you repeat the call.
    pub fn may_have_been_processed(&self) -> bool {
        self.inner.call.may_have_been_processed
    }

    /// Returns how long the service asks to wait before the next call. `None` if it does not ask for a wait.
    ///
    /// It is the value of `Retry-After`; for a status of 429 without that header, the time until the reset of a `Ratelimit` with
    /// nothing left.
    pub fn retry_after(&self) -> Option<Duration> {
        self.inner.retry_after
    }

    /// Returns whether the call was rate limited: by this response (status 429), or by a limit that an earlier response set.
    pub fn is_rate_limited(&self) -> bool {
        self.kind() == ErrorKind::RateLimited
            || self.status() == Some(StatusCode::TOO_MANY_REQUESTS)
    }

    /// Returns whether a time limit of an attempt or of the call expired.
    pub fn is_timeout(&self) -> bool {
        matches!(self.kind(), ErrorKind::Timeout { .. })
    }
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        let inner = Inner {
            kind,
            message: message.into(),
            errors: Vec::new(),
            is_envelope: false,
            call: CallFacts::default(),
            retry_after: None,
            last_value: None,
            inner: None,
            #[cfg(feature = "responses")]
            body: None,
        };
        Self {
            inner: Box::new(inner),
        }
    }

    pub(crate) fn config(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Config, message)
    }

    /// The errors that the service reported. They are the message.
    pub(crate) fn api(errors: Vec<ApiError>) -> Self {
        let message = if errors.is_empty() {
            "the service reports a failure without a reason".to_owned()
        } else {
            ApiError::line(&errors)
        };
        let mut error = Self::new(ErrorKind::Api, message);
        error.inner.errors = errors;
        error
    }

    /// Records that the response is the service's own JSON.
    pub(crate) fn in_envelope(mut self, is_envelope: bool) -> Self {
        self.inner.is_envelope = is_envelope;
        self
    }

    pub(crate) fn with_source(
        mut self,
        source: impl Into<Box<dyn StdError + Send + Sync>>,
    ) -> Self {
        self.inner.inner = Some(Arc::from(source.into()));
        self
    }

    pub(crate) fn with_call(mut self, call: CallFacts) -> Self {
        self.inner.call = call;
        self
    }

    pub(crate) fn with_elapsed(mut self, elapsed: Duration) -> Self {
        self.inner.call.elapsed = elapsed;
        self
    }

    /// Records why the call was not retried.
    pub(crate) fn gave_up(&mut self, why: &'static str) {
        self.inner.call.gave_up = Some(why);
    }

    pub(crate) fn with_errors(mut self, errors: Vec<ApiError>) -> Self {
        self.inner.errors = errors;
        self
    }

    pub(crate) fn with_retry_after(mut self, retry_after: Option<Duration>) -> Self {
        self.inner.retry_after = retry_after;
        self
    }
}

#[cfg(test)]
mod tests {
    use super::{ApiError, CallFacts, Error, ErrorKind};
    use crate::decode;
    use http::StatusCode;
    use serde_json::json;

    fn rejected() -> Error {
        let body = json!({"errors": [{"code": 1012, "message": "feature not enabled", "meta": {"trace_id": "t1"}}]});
        let errors = decode::of_value(&body, ApiError::all_from);
        Error::api(errors).with_call(CallFacts {
            operation: Some("pcaps.create"),
            status: Some(StatusCode::FORBIDDEN),
            ray_id: Some("8f-AMS".into()),
            attempts: 1,
            ..CallFacts::default()
        })
    }

    #[test]
    fn display_is_one_line_to_act_on() {
        assert_eq!(
            rejected().to_string(),
            "pcaps.create: 403 Forbidden: [1012] feature not enabled (Cloudflare may have to enable the feature for the account, cf-ray 8f-AMS, trace id t1)"
        );
    }

    #[test]
    fn an_error_can_be_sent_between_threads_and_is_small() {
        fn assert_sendable<T: Send + Sync + std::error::Error + 'static>(_: &T) {}
        let error = rejected();
        assert_sendable(&error);
        assert_eq!(size_of::<Error>(), size_of::<usize>());
        let cause = std::io::Error::other("disk full");
        let copy = rejected().with_source(cause).with_last_value(7_i64).clone();
        assert_eq!(
            copy.get_ref().map(ToString::to_string).as_deref(),
            Some("disk full")
        );
        assert_eq!(copy.last_value::<i64>(), Some(&7));
        assert_eq!(error.kind(), ErrorKind::Api);
    }
}
