//! A call from its request to its answer.
//!
//! In: a finished [`Request`]. Out: a [`Reply`] with a status of success, or an error that carries all that is known of the
//! call. Everything that holds for every operation happens here, in layers: [`run`] is the call as a whole (where retries
//! and the rate gate belong), [`crate::exchange`] is one attempt.

use std::time::{Duration, Instant};

use crate::BoxFuture;
use crate::download;
use crate::error::{CallFacts, Error, Phase};
use crate::exchange::{self, Answered, Attempt, Failure};
use crate::operation::Operation;
use crate::reply::Reply;
use crate::request::Request;
use crate::timer::Limit;

/// What is done with the body of a successful answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wants {
    /// It is read as a whole.
    Whole,
    /// It is handed on as a stream.
    Stream,
}

/// Runs a call. Boxed and free of generics, so that it is compiled once.
pub(crate) fn run(request: Request, wants: Wants) -> BoxFuture<'static, Result<Reply, Error>> {
    Box::pin(async move {
        let prepared = request.prepare()?;
        let course = Course::begin(&request, wants);
        let attempt = Attempt {
            shared: request.client.shared(),
            request: &prepared,
            wants,
            total: course.total(&request),
            deadline: course.deadline,
        };
        // One attempt. The layer that repeats goes around this line; `Failure` tells it all that it needs.
        let reply = match exchange::attempt(&attempt).await {
            Ok(answered) => course.succeeded(&request, answered),
            Err(failure) => return Err(course.failed(&request, failure)),
        };
        match wants {
            Wants::Whole => Ok(reply),
            Wants::Stream => download::admit(reply).await,
        }
    })
}

/// How a call has gone so far.
struct Course {
    operation: Operation,
    wants: Wants,
    started: Instant,
    deadline: Option<Limit>,
    attempts: u32,
}

impl Course {
    fn begin(request: &Request, wants: Wants) -> Self {
        let shared = request.client.shared();
        let started = shared.clock.now();
        Self {
            operation: request.operation,
            wants,
            started,
            deadline: Limit::from(Phase::Deadline, started, shared.timeouts.deadline),
            attempts: 1,
        }
    }

    /// The limit on the next attempt. A download has one only where the call itself asks for it.
    fn total(&self, request: &Request) -> Option<Limit> {
        let shared = request.client.shared();
        let length = match self.wants {
            Wants::Whole => request.timeout.unwrap_or(shared.timeouts.total),
            Wants::Stream => request.timeout?,
        };
        Limit::from(Phase::Total, shared.clock.now(), length)
    }

    fn elapsed(&self, request: &Request) -> Duration {
        request
            .client
            .shared()
            .clock
            .now()
            .saturating_duration_since(self.started)
    }

    fn succeeded(&self, request: &Request, answered: Answered) -> Reply {
        let facts = CallFacts {
            operation: Some(self.operation.name),
            status: Some(answered.head.status),
            ray_id: exchange::ray_id(&answered.head.headers),
            attempts: self.attempts,
            elapsed: self.elapsed(request),
            // Should the answer turn out unreadable, the service has done its part nevertheless.
            may_have_been_processed: self.operation.verb.has_effects(),
        };
        let limit = request.client.shared().limits.body;
        Reply {
            facts,
            headers: answered.head.headers,
            body: answered.body,
            operation: self.operation,
            limit,
        }
    }

    fn failed(&self, request: &Request, failure: Failure) -> Error {
        let may_have_been_processed =
            self.operation.verb.has_effects() && failure.may_have_been_processed();
        let (status, ray_id) = failure.head.unzip();
        failure.error.with_call(CallFacts {
            operation: Some(self.operation.name),
            status,
            ray_id: ray_id.flatten(),
            attempts: self.attempts,
            elapsed: self.elapsed(request),
            may_have_been_processed,
        })
    }
}
