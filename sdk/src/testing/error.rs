//! Errors made by a test, for code that decides on errors and sends no call.
//!
//! In: the facts of a failure, as the test needs them. Out: an [`Error`] with these facts, as a call would return it.

use std::error::Error as StdError;
use std::time::Duration;

use serde_json::json;

use super::fail::fail_test;
use super::responses::status;
use crate::decode::{self, Tree};
use crate::error::{ApiError, CallFacts, Error, ErrorKind};
use crate::request::operation::Endpoint;
use crate::service::ErrorCode;

/// Makes an [`Error`] for a test. What is not set is as for a call that was sent once and got no response: no status, no errors.
///
/// ```
/// use cloudflare_magic::testing::ErrorBuilder;
/// use cloudflare_magic::{Error, ErrorKind, api};
///
/// /// The code of the application.
/// fn is_worth_a_retry(error: &Error) -> bool {
///     error.is_rate_limited() && !error.may_have_been_processed()
/// }
///
/// let error = ErrorBuilder::new(ErrorKind::Api)
///     .endpoint::<api::PcapsCreate>()
///     .status(429)
///     .reports(1001, "too many captures")
///     .build();
/// assert!(is_worth_a_retry(&error));
/// assert_eq!(error.to_string(), "pcaps.create: 429 Too Many Requests: [1001] too many captures");
/// ```
///
/// An error that a call returns has more: to test the call too, let an expectation of a [`MockTransport`](super::MockTransport)
/// [fail](super::Expectation::fails).
#[derive(Debug)]
#[must_use = "a builder does nothing until `build` is called"]
pub struct ErrorBuilder {
    kind: ErrorKind,
    message: Option<String>,
    errors: Vec<ApiError>,
    call: CallFacts,
    retry_after: Option<Duration>,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

impl ErrorBuilder {
    /// Starts with the kind of the failure.
    pub fn new(kind: ErrorKind) -> Self {
        let call = CallFacts {
            attempts: 1,
            ..CallFacts::default()
        };
        Self {
            kind,
            message: None,
            errors: Vec::new(),
            call,
            retry_after: None,
            source: None,
        }
    }

    /// Sets the endpoint whose call failed: the name of its operation, and the permissions that it needs.
    pub fn endpoint<E: Endpoint>(mut self) -> Self {
        let operation = E::OPERATION;
        self.call.operation = Some(operation.name);
        self.call.permissions = operation.permissions;
        self
    }

    /// Sets the status of the response.
    ///
    /// # Panics
    ///
    /// If `status` is not an HTTP status.
    #[track_caller]
    pub fn status(mut self, status: u16) -> Self {
        self.call.status = Some(self::status(status));
        self
    }

    /// Adds an error that the service reports: one of [`Error::errors`].
    #[track_caller]
    pub fn reports(mut self, code: impl Into<ErrorCode>, message: &str) -> Self {
        let error = json!({"code": code.into().code(), "message": message}).to_string();
        match Tree::parse(&error, decode::DEEPEST) {
            Ok(tree) => self.errors.extend(ApiError::all_from(tree.root())),
            Err(fault) => fail_test(&fault.to_string()),
        }
        self
    }

    /// Sets the message. Default: the errors that the service reports, else a text that says that a test made the error.
    pub fn message(mut self, message: impl Into<String>) -> Self {
        self.message = Some(message.into());
        self
    }

    /// Sets the `cf-ray` of the response.
    pub fn ray_id(mut self, ray_id: impl Into<String>) -> Self {
        self.call.ray_id = Some(ray_id.into());
        self
    }

    /// Sets the number of attempts. Default: 1.
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.call.attempts = attempts;
        self
    }

    /// Sets how long the call took. Default: no time.
    pub fn elapsed(mut self, elapsed: Duration) -> Self {
        self.call.elapsed = elapsed;
        self
    }

    /// Sets whether the service may have processed the request. Default: false.
    pub fn may_have_been_processed(mut self, may_have: bool) -> Self {
        self.call.may_have_been_processed = may_have;
        self
    }

    /// Sets how long the service asks to wait before the next call.
    pub fn retry_after(mut self, wait: Duration) -> Self {
        self.retry_after = Some(wait);
        self
    }

    /// Sets the error behind it: [`Error::get_ref`].
    pub fn source(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// Returns the error.
    pub fn build(self) -> Error {
        let is_api = self.kind == ErrorKind::Api;
        let message = match self.message {
            Some(message) => message,
            None if self.errors.is_empty() => "made by a test".to_owned(),
            None => ApiError::line(&self.errors),
        };
        let error = Error::new(self.kind, message)
            .with_errors(self.errors)
            .in_envelope(is_api)
            .with_call(self.call)
            .with_retry_after(self.retry_after);
        match self.source {
            Some(source) => error.with_source(source),
            None => error,
        }
    }

    /// Returns the error, with what was received before the failure: [`Error::last_value`].
    pub fn build_with_last_value<T: Send + Sync + 'static>(self, value: T) -> Error {
        self.build().with_last_value(value)
    }
}
