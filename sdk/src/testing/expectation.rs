//! An expectation whose response is not set yet.
//!
//! In: conditions on a request, and how often it is expected. Out: an expectation that the methods in [`super::responses`] complete
//! and add to the mock.

use std::fmt;
use std::marker::PhantomData;
use std::panic::Location;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderName;
use http::header::{AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION};
use serde::Serialize;

use super::difference::Extent;
use super::envelope;
use super::expected::Expected;
use super::fail::fail_test;
use super::mock::Shared;
use super::pattern::{Condition, Part, Target};
use super::reaction::{End, Reaction};
use super::request::SentRequest;
use super::times::Times;

/// A request that is expected, once unless [`times`](Self::times) sets another number. `R` is the kind of its response.
///
/// Parts of the request without a condition are not compared. The methods that set the response complete the expectation; they
/// return nothing.
#[must_use = "an expectation takes effect once its response is set"]
pub struct Expectation<R> {
    pub(super) shared: Arc<Shared>,
    pub(super) target: Target,
    pub(super) conditions: Vec<Condition>,
    pub(super) times: Times,
    pub(super) after: Duration,
    /// The media type of the response, if it is a file.
    pub(super) accepts: &'static str,
    /// The line of the test.
    pub(super) location: &'static Location<'static>,
    pub(super) response: PhantomData<fn() -> R>,
}

/// Conditions on the request.
impl<R> Expectation<R> {
    /// Expects this value of a path parameter: an id, or its text.
    ///
    /// # Panics
    ///
    /// If the path has no such parameter.
    #[track_caller]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "callers pass ids and texts by value"
    )]
    pub fn path(self, name: &str, value: impl ToString) -> Self {
        if !self.target.parameters().any(|known| known == name) {
            let target = &self.target;
            fail_test(&format!("`{target}` has no path parameter `{name}`"));
        }
        self.with(Condition::Is(
            Part::Path(name.to_owned()),
            value.to_string(),
        ))
    }

    /// Expects this value of a query parameter, before encoding. If the parameter is repeated, one of its values must be equal.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "callers pass numbers and texts by value"
    )]
    pub fn query(self, name: &str, value: impl ToString) -> Self {
        self.with(Condition::Is(
            Part::Query(name.to_owned()),
            value.to_string(),
        ))
    }

    /// Expects this value of a header.
    ///
    /// # Panics
    ///
    /// If the name is not valid, or if the header carries credentials, which a mock does not store.
    #[track_caller]
    pub fn header(self, name: &str, value: &str) -> Self {
        let Ok(name) = HeaderName::try_from(name) else {
            fail_test(&format!("`{name}` is not a header name"));
        };
        let is_secret = [AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION].contains(&name);
        if is_secret || name.as_str().starts_with("x-auth-") {
            fail_test(&format!(
                "`{name}` carries credentials, which a mock does not store"
            ));
        }
        self.with(Condition::Is(Part::Header(name), value.to_owned()))
    }

    /// Expects this body, compared as JSON: a type of this crate, or any other type that serde can serialize.
    ///
    /// # Panics
    ///
    /// If it cannot be serialized as JSON.
    #[track_caller]
    pub fn body(self, body: impl Serialize) -> Self {
        self.with(Condition::Body(envelope::value(body), Extent::Whole))
    }

    /// Expects these fields in the body, with these values; it may have others. The same holds for nested objects.
    ///
    /// # Panics
    ///
    /// If they cannot be serialized as JSON.
    #[track_caller]
    pub fn body_includes(self, fields: impl Serialize) -> Self {
        self.with(Condition::Body(envelope::value(fields), Extent::Named))
    }

    /// Expects that the request passes a custom check. `what` describes it in the report.
    pub fn matching(
        self,
        what: impl Into<String>,
        check: impl Fn(&SentRequest) -> bool + Send + Sync + 'static,
    ) -> Self {
        self.with(Condition::Passes(what.into(), Arc::new(check)))
    }

    /// Sets how often the request is expected: `2`, `1..`, `..=3`, or `..` for any number of times.
    ///
    /// Attempts are counted, not calls: a read that fails with status 500 is tried three times.
    pub fn times(mut self, times: impl Into<Times>) -> Self {
        self.times = times.into();
        self
    }

    /// Delays the response by this time, on the mock's clock.
    pub fn after(mut self, time: Duration) -> Self {
        self.after = time;
        self
    }

    pub(super) fn with(mut self, condition: Condition) -> Self {
        self.conditions.push(condition);
        self
    }

    /// Completes the expectation, and adds it to the mock.
    pub(super) fn end(self, end: End) {
        let Self {
            shared,
            target,
            conditions,
            times,
            after,
            location,
            ..
        } = self;
        shared.state().expect(Expected {
            target,
            conditions,
            times,
            reaction: Reaction { after, end },
            location,
            met: 0,
        });
    }
}

impl<R> Clone for Expectation<R> {
    fn clone(&self) -> Self {
        Self {
            shared: Arc::clone(&self.shared),
            target: self.target.clone(),
            conditions: self.conditions.clone(),
            response: PhantomData,
            ..*self
        }
    }
}

impl<R> fmt::Debug for Expectation<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Expectation")
            .field("target", &format_args!("{}", self.target))
            .field("times", &self.times)
            .finish_non_exhaustive()
    }
}
