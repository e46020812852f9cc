//! How a call goes: what has happened so far, and what comes next.
//!
//! In: the outcome of each attempt. Out: the wait before the next one, or the end: an answer or an error with the facts of
//! the whole call, not of its last attempt alone. It sends nothing and waits for nothing.

use std::time::{Duration, Instant};

use crate::error::{CallFacts, Error, ErrorKind};
use crate::pipeline::attempt::Attempt;
use crate::pipeline::context::CallContext;
use crate::policy::failure::Failure;
use crate::policy::rate::{Permit, Refusal};
use crate::policy::retry::{self, RetryDecision};
use crate::response::body::timed_out;
use crate::response::raw::RawResponse;

// Why a call is not tried again that could be: these stand in errors.
const NO_TIME: &str = "no time left to try again";
const TOO_LONG: &str = "the service asks for too long a wait to try again";
const TOO_MANY: &str = "too many calls of this client fail to try again";

/// How a call has gone so far.
pub(crate) struct RetryState<'a> {
    context: &'a CallContext<'a>,
    attempts: u32,
    /// How many attempts were paid out of the client's budget.
    paid: u32,
    /// Whether the service may have done its part in any of the attempts.
    uncertain: bool,
    /// How the latest attempt failed.
    latest: Option<Error>,
}

impl<'a> RetryState<'a> {
    pub(crate) fn begin(context: &'a CallContext<'a>) -> Self {
        Self {
            context,
            attempts: 0,
            paid: 0,
            uncertain: false,
            latest: None,
        }
    }

    /// The next attempt, which begins now.
    pub(crate) fn attempt<'b>(&mut self, began: Instant, permit: &'b Permit<'b>) -> Attempt<'b>
    where
        'a: 'b,
    {
        self.attempts += 1;
        Attempt {
            context: self.context,
            began,
            permit,
        }
    }

    /// How many attempts were begun.
    pub(crate) fn attempts(&self) -> u32 {
        self.attempts
    }

    /// The call has its response: its facts become those of the whole call.
    pub(crate) fn answered(&self, mut raw: RawResponse) -> RawResponse {
        raw.facts = CallFacts {
            status: raw.facts.status,
            ray_id: raw.facts.ray_id.take(),
            // Should the response turn out unreadable, the service has processed the request nevertheless.
            may_have_been_processed: self.context.operation().verb.has_effects(),
            ..self.facts()
        };
        raw
    }

    /// The answer is good: what the call took out of the budget goes back.
    pub(crate) fn succeeded(&self) {
        self.context.shared.budget.succeeded(self.paid);
    }

    /// An attempt failed: the wait before the next one, or the error that the call ends with.
    pub(crate) fn failed(&mut self, failure: Failure) -> Result<Duration, Error> {
        let decision = retry::decide(&failure);
        let refused = failure.is_rate_limited();
        let mut error = self.error(failure);
        let allowed = match decision {
            RetryDecision::Never => false,
            RetryDecision::WhereRepeatable => self.context.operation().is_repeatable(),
            RetryDecision::Always => true,
        };
        if decision == RetryDecision::Never && error.status().is_some() {
            // The service does its work; what it says of this request is another matter.
            self.succeeded();
        }
        let attempts = self.context.request.options.attempts;
        if !allowed || self.attempts >= attempts.unwrap_or(self.context.shared.attempts) {
            return Err(error);
        }
        match self.wait(error.retry_after(), refused) {
            Ok(wait) => {
                self.latest = Some(error);
                Ok(wait)
            }
            Err(why) => {
                error.gave_up(why);
                Err(error)
            }
        }
    }

    /// The wait before the next attempt, or why there is none.
    fn wait(
        &mut self,
        retry_after: Option<Duration>,
        refused: bool,
    ) -> Result<Duration, &'static str> {
        let backoff = self.context.shared.backoff.wait(self.attempts);
        let wait = retry_after.unwrap_or_default().max(backoff);
        if wait > retry::LONGEST_WAIT.max(backoff) {
            return Err(TOO_LONG);
        }
        let now = self.context.shared.clock.now();
        if self
            .context
            .deadline()
            .is_some_and(|deadline| wait >= deadline.left(now))
        {
            return Err(NO_TIME);
        }
        // What the service refuses to look at costs it little, and the gate sees to it that it is asked seldom.
        let free = refused && self.context.shared.gate.is_on();
        if !free && !self.context.shared.budget.pay() {
            return Err(TOO_MANY);
        }
        self.paid += u32::from(!free);
        Ok(wait)
    }

    /// The gate let no attempt through.
    pub(crate) fn refused(&mut self, refusal: &Refusal) -> Error {
        let elapsed = self.elapsed();
        if let Some(mut error) = self.latest.take() {
            match refusal {
                Refusal::Deadline(_) => error.gave_up(NO_TIME),
                Refusal::Closed(wait) => {
                    error.gave_up(TOO_LONG);
                    error = error.with_retry_after(Some(*wait));
                }
            }
            return error.with_elapsed(elapsed);
        }
        let error = match *refusal {
            Refusal::Closed(wait) => Error::new(
                ErrorKind::RateLimited,
                "the service takes no calls for longer than this call may wait",
            )
            .with_retry_after(Some(wait)),
            Refusal::Deadline(limit) => timed_out(limit),
        };
        error.with_call(self.facts())
    }

    /// The error of a failed attempt, as one of the whole call.
    fn error(&mut self, failure: Failure) -> Error {
        let has_effects = self.context.operation().verb.has_effects();
        self.uncertain |= has_effects && failure.may_have_been_processed();
        let (status, ray_id) = failure.head.unzip();
        let facts = CallFacts {
            status,
            ray_id: ray_id.flatten(),
            ..self.facts()
        };
        failure.error.with_call(facts)
    }

    fn facts(&self) -> CallFacts {
        CallFacts {
            operation: Some(self.context.operation().name),
            attempts: self.attempts,
            elapsed: self.elapsed(),
            may_have_been_processed: self.uncertain,
            ..CallFacts::default()
        }
    }

    fn elapsed(&self) -> Duration {
        let now = self.context.shared.clock.now();
        now.saturating_duration_since(self.context.started)
    }
}
