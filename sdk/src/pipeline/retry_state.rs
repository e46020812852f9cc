//! Retry state of one call: attempts so far, the last error, whether to try again.
//!
//! In: the result of each attempt. Out: the wait before the next one, or the result of the call: a response or an error with the
//! facts of the whole call, not only of its last attempt. Sends nothing and does not wait itself.

use std::mem;
use std::time::{Duration, Instant};

use crate::base::log;
use crate::error::{CallFacts, Error, ErrorKind};
use crate::pipeline::attempt::Attempt;
use crate::pipeline::context::CallContext;
use crate::policy::failure::Failure;
use crate::policy::rate::{Permit, Refusal, Rejection};
use crate::policy::retry::{self, RetryDecision};
use crate::response::body::timed_out;
use crate::response::raw::RawResponse;

// Why a retryable call is not retried. Parts of error messages.
const NO_TIME: &str = "no time left to try again";
const WAIT_TOO_LONG: &str = "the service asks for too long a wait to try again";
#[cfg(feature = "bodies")]
const BODY_SPENT: &str = "its body was read from a stream, which cannot be read again";
const BUDGET_SPENT: &str = "retry budget spent: too many calls of this client are failing";

/// The most attempts that do not count: a server that always refuses a call must not keep it going.
const MOST_UNCOUNTED: u32 = 10;

/// Why an attempt failed, as far as the wait before the next one and its cost depend on it.
#[derive(Clone, Copy)]
enum Cause {
    /// By status 429, and the gate orders the wait.
    Gate(Rejection),
    /// By status 429.
    RateLimited,
    /// The server said, in HTTP/2, that it did not process the request, or there was no turn on the connection.
    Unprocessed,
    /// By anything else.
    Other,
}

impl Cause {
    fn of(failure: &Failure, rejection: Option<Rejection>) -> Self {
        match rejection {
            Some(rejection) => Self::Gate(rejection),
            None if failure.is_rate_limited() => Self::RateLimited,
            None if failure.is_unprocessed => Self::Unprocessed,
            None => Self::Other,
        }
    }
}

/// The retry state of one call.
pub(crate) struct RetryState<'a> {
    context: &'a CallContext<'a>,
    attempts: u32,
    /// How many of the attempts do not count against the maximum: the server said that it did not process the request, or refused it
    /// because of other calls of the client.
    uncounted: u32,
    /// The number of the client's event at which this call began, or at which the service last refused it.
    since: u64,
    /// How many retries were paid from the client's retry budget.
    paid: u32,
    /// Whether the service may have processed the request in any of the attempts.
    may_have_been_processed: bool,
    /// The error of the latest attempt.
    latest: Option<Error>,
}

impl<'a> RetryState<'a> {
    pub(crate) fn begin(context: &'a CallContext<'a>) -> Self {
        Self {
            context,
            attempts: 0,
            uncounted: 0,
            since: 0,
            paid: 0,
            may_have_been_processed: false,
            latest: None,
        }
    }

    /// Counts and returns the next attempt, which starts now.
    pub(crate) fn attempt<'b>(&mut self, began: Instant, permit: &'b Permit<'b>) -> Attempt<'b>
    where
        'a: 'b,
    {
        if self.attempts == 0 {
            self.since = permit.number();
        }
        self.attempts += 1;
        Attempt {
            context: self.context,
            began,
            permit,
        }
    }

    /// How many attempts have been started.
    pub(crate) fn attempts(&self) -> u32 {
        self.attempts
    }

    /// Replaces the facts of a successful response by those of the whole call.
    pub(crate) fn responded(&self, mut raw: RawResponse) -> RawResponse {
        raw.facts = CallFacts {
            status: raw.facts.status,
            ray_id: raw.facts.ray_id.take(),
            // Even if the response cannot be decoded later, the service has processed the request.
            may_have_been_processed: self.context.operation().verb.has_effects(),
            ..self.facts()
        };
        raw
    }

    /// The call succeeded: refunds the retry budget.
    pub(crate) fn succeeded(&self) {
        self.context.shared.budget.succeeded(self.paid);
    }

    /// An attempt failed: returns the wait before the next one, or the error that ends the call. The wait is zero if the gate orders
    /// it.
    pub(crate) fn failed(
        &mut self,
        failure: Failure,
        rejection: Option<Rejection>,
    ) -> Result<Duration, Error> {
        let decision = retry::decide(&failure);
        let cause = Cause::of(&failure, rejection);
        let mut error = self.error(failure);
        let allowed = match decision {
            RetryDecision::Never => false,
            RetryDecision::WhereRepeatable => self.context.operation().is_repeatable(),
            RetryDecision::Always => true,
        };
        if decision == RetryDecision::Never && error.status().is_some() {
            // Any response shows that the service is up, so the retry budget is refunded even when the request was rejected.
            self.succeeded();
        }
        if !allowed || !self.has_attempts_left(cause) {
            return Err(error);
        }
        #[cfg(feature = "bodies")]
        if self.context.request.is_spent() {
            error.gave_up(BODY_SPENT);
            return Err(error);
        }
        match self.wait(error.retry_after(), cause) {
            Ok(wait) => {
                let shown = error.retry_after().unwrap_or_default().max(wait);
                log::retrying((self.attempts, self.most()), error.reason(), shown);
                self.latest = Some(error);
                Ok(wait)
            }
            Err(why) => {
                error.gave_up(why);
                Err(error)
            }
        }
    }

    /// Whether another attempt may be made after the latest one.
    ///
    /// One that the service refused while it accepted other calls of the client does not count: there are more calls than it accepts,
    /// and they take turns. Nor does one that the server says it did not process.
    fn has_attempts_left(&mut self, cause: Cause) -> bool {
        let is_uncounted = match cause {
            Cause::Gate(rejection) => {
                let since = mem::replace(&mut self.since, rejection.event);
                rejection.latest_accepted > since
            }
            Cause::Unprocessed => true,
            Cause::RateLimited | Cause::Other => false,
        };
        if is_uncounted && self.most() > 1 && self.uncounted < MOST_UNCOUNTED {
            self.uncounted += 1;
        }
        self.attempts < self.most()
    }

    /// The maximum number of attempts, with those that do not count.
    fn most(&self) -> u32 {
        let options = &self.context.request.options;
        let most = options.attempts.unwrap_or(self.context.shared.attempts);
        most.saturating_add(self.uncounted)
    }

    /// Returns the wait before the next attempt, or why there is none.
    fn wait(
        &mut self,
        retry_after: Option<Duration>,
        cause: Cause,
    ) -> Result<Duration, &'static str> {
        let backoff = &self.context.shared.backoff;
        let backoff = match cause {
            Cause::Gate(_) => Duration::ZERO,
            Cause::Unprocessed => backoff.wait(self.attempts),
            Cause::RateLimited | Cause::Other => backoff.wait(self.attempts - self.uncounted),
        };
        let wait = retry_after.unwrap_or_default().max(backoff);
        if wait > retry::LONGEST_WAIT.max(backoff) {
            return Err(WAIT_TOO_LONG);
        }
        let now = self.context.shared.clock.now();
        if self
            .context
            .deadline()
            .is_some_and(|deadline| wait >= deadline.left(now))
        {
            return Err(NO_TIME);
        }
        // A call that is refused unprocessed costs the service little, and is limited elsewhere: such retries are free.
        let is_free = match cause {
            Cause::Gate(_) | Cause::Unprocessed => true,
            Cause::RateLimited => self.context.shared.gate.is_on(),
            Cause::Other => false,
        };
        if !is_free && !self.context.shared.budget.pay() {
            return Err(BUDGET_SPENT);
        }
        self.paid += u32::from(!is_free);
        Ok(match cause {
            Cause::Gate(_) => Duration::ZERO,
            _ => wait,
        })
    }

    /// The body could not be opened: returns the error that ends the call.
    #[cfg(feature = "bodies")]
    pub(crate) fn unsent(&self, error: Error) -> Error {
        error.with_call(self.facts())
    }

    /// The gate issued no permit: returns the error that ends the call.
    pub(crate) fn refused(&mut self, refusal: &Refusal) -> Error {
        let elapsed = self.elapsed();
        if let Some(mut error) = self.latest.take() {
            match refusal {
                Refusal::Deadline(_) => error.gave_up(NO_TIME),
                Refusal::Closed(wait) => {
                    error.gave_up(WAIT_TOO_LONG);
                    error = error.with_retry_after(Some(*wait));
                }
            }
            return error.with_elapsed(elapsed);
        }
        let error = match *refusal {
            Refusal::Closed(wait) => Error::new(
                ErrorKind::RateLimited,
                "the service accepts no calls for longer than this call may wait",
            )
            .with_retry_after(Some(wait)),
            Refusal::Deadline(limit) => timed_out(limit),
        };
        error.with_call(self.facts())
    }

    /// The error of a failed attempt, with the facts of the whole call.
    fn error(&mut self, failure: Failure) -> Error {
        let has_effects = self.context.operation().verb.has_effects();
        self.may_have_been_processed |= has_effects && failure.may_have_been_processed();
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
            permissions: self.context.operation().permissions,
            attempts: self.attempts,
            elapsed: self.elapsed(),
            may_have_been_processed: self.may_have_been_processed,
            ..CallFacts::default()
        }
    }

    fn elapsed(&self) -> Duration {
        let now = self.context.shared.clock.now();
        now.saturating_duration_since(self.context.started)
    }
}
