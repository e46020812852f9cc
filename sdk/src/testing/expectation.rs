//! An expectation, until its answer is said.
//!
//! In: what a request must be like, and how often it comes. Out: nothing by itself: the answers, in [`super::answers`], end it and
//! enter it in the mock's book.

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
use super::mock::Shared;
use super::pattern::{Condition, Part, Target};
use super::reaction::{End, Reaction};
use super::refuse::refuse;
use super::request::SentRequest;
use super::times::Times;

/// A request that is expected, once unless [`times`](Self::times) says otherwise. `A` is the kind of its answer.
///
/// What is not narrowed is not looked at. The answer ends it: the methods that give nothing back.
#[must_use = "an expectation counts once its answer is said"]
pub struct Expectation<A> {
    pub(super) shared: Arc<Shared>,
    pub(super) target: Target,
    pub(super) conditions: Vec<Condition>,
    pub(super) times: Times,
    pub(super) after: Duration,
    /// The media type of the answer, where it is a file.
    pub(super) accepts: &'static str,
    /// Where the test says it.
    pub(super) place: &'static Location<'static>,
    pub(super) answer: PhantomData<fn() -> A>,
}

/// What narrows it.
impl<A> Expectation<A> {
    /// A parameter of the path has this value: an id, or its text.
    ///
    /// # Panics
    ///
    /// Where the path has no such parameter.
    #[track_caller]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "ids and texts alike are given as they are"
    )]
    pub fn path(self, name: &str, value: impl ToString) -> Self {
        if !self.target.parameters().any(|known| known == name) {
            let target = &self.target;
            refuse(&format!("`{target}` has no path parameter `{name}`"));
        }
        self.with(Condition::Is(
            Part::Path(name.to_owned()),
            value.to_string(),
        ))
    }

    /// A query parameter has this value, before it is encoded. Of one that repeats, one of the values.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "numbers and texts alike are given as they are"
    )]
    pub fn query(self, name: &str, value: impl ToString) -> Self {
        self.with(Condition::Is(
            Part::Query(name.to_owned()),
            value.to_string(),
        ))
    }

    /// A header has this value.
    ///
    /// # Panics
    ///
    /// For headers that carry credentials: a mock does not keep them.
    #[track_caller]
    pub fn header(self, name: &str, value: &str) -> Self {
        let Ok(name) = HeaderName::try_from(name) else {
            refuse(&format!("`{name}` is not a header name"));
        };
        let is_secret = [AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION].contains(&name);
        if is_secret || name.as_str().starts_with("x-auth-") {
            refuse(&format!(
                "`{name}` carries credentials, which a mock does not keep"
            ));
        }
        self.with(Condition::Is(Part::Header(name), value.to_owned()))
    }

    /// The body is this, as JSON: a type of this crate's, or anything else that serde can write.
    ///
    /// # Panics
    ///
    /// Where it cannot be written as JSON.
    #[track_caller]
    pub fn body(self, body: impl Serialize) -> Self {
        self.with(Condition::Body(envelope::value(body), Extent::Whole))
    }

    /// The body has these fields, with these values; it may have others. The same holds for objects within.
    ///
    /// # Panics
    ///
    /// Where it cannot be written as JSON.
    #[track_caller]
    pub fn body_includes(self, fields: impl Serialize) -> Self {
        self.with(Condition::Body(envelope::value(fields), Extent::Named))
    }

    /// The request passes a check of your own. `what` says in the report what was expected.
    pub fn matching(
        self,
        what: impl Into<String>,
        check: impl Fn(&SentRequest) -> bool + Send + Sync + 'static,
    ) -> Self {
        self.with(Condition::Passes(what.into(), Arc::new(check)))
    }

    /// How often it comes: `2`, `1..`, `..=3`, or `..` for any number of times.
    ///
    /// Attempts are counted, not calls: a read that fails with status 500 is tried three times.
    pub fn times(mut self, times: impl Into<Times>) -> Self {
        self.times = times.into();
        self
    }

    /// The answer comes after this time, on the mock's clock.
    pub fn after(mut self, time: Duration) -> Self {
        self.after = time;
        self
    }

    pub(super) fn with(mut self, condition: Condition) -> Self {
        self.conditions.push(condition);
        self
    }

    /// Ends it.
    pub(super) fn end(self, end: End) {
        let Self {
            shared,
            target,
            conditions,
            times,
            after,
            place,
            ..
        } = self;
        shared.book().expect(Expected {
            target,
            conditions,
            times,
            reaction: Reaction { after, end },
            place,
            met: 0,
        });
    }
}

impl<A> Clone for Expectation<A> {
    fn clone(&self) -> Self {
        Self {
            shared: Arc::clone(&self.shared),
            target: self.target.clone(),
            conditions: self.conditions.clone(),
            answer: PhantomData,
            ..*self
        }
    }
}

impl<A> fmt::Debug for Expectation<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Expectation")
            .field("target", &format_args!("{}", self.target))
            .field("times", &self.times)
            .finish_non_exhaustive()
    }
}
