//! A call from its request to its answer.
//!
//! In: a finished [`Request`]. Out: a [`RawResponse`] with a status of success, or an error that carries all that is known of the
//! call. Everything that holds for every operation happens here, in layers: [`run`] is the call as a whole, [`attempt`] one
//! try of it, [`crate::pipeline::exchange`] what goes over the wire. What to do after a failure is decided in [`crate::pipeline::retry_state`].

use std::time::Instant;

use bytes::Bytes;
use tokio::runtime::Handle;

use crate::base::BoxFuture;
use crate::error::{CallFacts, Error};
use crate::pipeline::context::CallContext;
use crate::pipeline::retry_state::RetryState;
use crate::policy::failure::Failure;
use crate::policy::rate::{Permit, Refusal};
use crate::policy::timeout::Limit;
use crate::request::Request;
use crate::response::download;
use crate::response::kind::Wants;
use crate::response::raw::{RawResponse, ResponseBody};

use crate::transport::Sent;

mod attempt;
mod context;
mod exchange;
mod retry_state;
pub(crate) mod spans;

/// Runs a call. Boxed and free of generics, so that it is compiled once.
///
/// All that the call holds is inside this future: dropping it ends the exchange, the waits and the place at the gate.
pub(crate) fn run(
    request: Box<Request>,
    wants: Wants,
) -> BoxFuture<'static, Result<RawResponse, Error>> {
    Box::pin(async move {
        check_runtime(&request)?;
        let context = CallContext::new(&request, wants);
        let mut retry = RetryState::begin(&context);
        let mut now = context.started;
        loop {
            // Put together anew for each attempt: most calls need one only, and so need no copy.
            let prepared = request.prepare()?;
            let (permit, began) = acquire(now, &context, &mut retry).await?;
            let failure = match attempt(prepared, &mut retry, (&permit, began)).await {
                Ok(raw) => return Ok(raw),
                Err(failure) => failure,
            };
            drop(permit);
            let wait = retry.failed(failure)?;
            context.shared.clock.sleep(wait).await;
            now = context.shared.clock.now();
        }
    })
}

/// Refuses to run where the built-in transport and clock would panic.
fn check_runtime(request: &Request) -> Result<(), Error> {
    // Inside a task there is no need to share the runtime's handle for a moment.
    let is_inside = || tokio::task::try_id().is_some() || Handle::try_current().is_ok();
    if !request.client().shared().needs_tokio || is_inside() {
        return Ok(());
    }
    let error = Error::config("there is no tokio runtime here; await the call inside of one");
    Err(error.with_call(CallFacts {
        operation: Some(request.operation.name),
        ..CallFacts::default()
    }))
}

/// Waits until the gate lets an attempt through, and gives the moment with the right to it. An error is final.
async fn acquire<'a>(
    now: Instant,
    context: &CallContext<'a>,
    retry: &mut RetryState<'_>,
) -> Result<(Permit<'a>, Instant), Error> {
    let gate = &context.shared.gate;
    let deadline = context.deadline();
    let refusal = match gate.acquire(now, &context.shared.clock, deadline).await {
        Ok((permit, now)) => match deadline.filter(|deadline| deadline.left(now).is_zero()) {
            None => return Ok((permit, now)),
            Some(passed) => Refusal::Deadline(passed),
        },
        Err(refusal) => refusal,
    };
    Err(retry.refused(&refusal))
}

/// Makes one attempt. The request is handed over before the future begins, which so need not carry it.
fn attempt<'b, 'a: 'b>(
    prepared: http::Request<Bytes>,
    retry: &'b mut RetryState<'a>,
    (permit, began): (&'b Permit<'b>, Instant),
) -> impl Future<Output = Result<RawResponse, Failure>> + Send {
    let attempt = retry.attempt(began, permit);
    let exchange = exchange::begin(&attempt, prepared);
    async move {
        let number = retry.attempts();
        let answering = spans::attempt(
            attempt.context.request,
            number,
            exchange::attempt(&attempt, exchange),
        );
        let raw = retry.answered(answering.await?);
        let admitted = match attempt.context.wants {
            Wants::Whole => Ok(raw),
            // Boxed, so that the calls without a file, which are most, do not carry the room for it.
            Wants::Stream => Box::pin(admitted(raw, attempt.whole_file())).await,
        };
        if admitted.is_ok() {
            retry.succeeded();
        }
        admitted
    }
}

/// Looks at the beginning of a file. One that breaks there has failed like one that breaks before. From then on only those
/// limits on the whole hold that are kept.
async fn admitted(raw: RawResponse, kept: [Option<Limit>; 2]) -> Result<RawResponse, Failure> {
    let head = raw.facts.status.zip(Some(raw.facts.ray_id.clone()));
    match download::admit(raw).await {
        Ok(mut raw) => {
            if let ResponseBody::Stream(body) | ResponseBody::Begun(_, body) = &mut raw.body {
                body.limit_whole(kept);
            }
            Ok(raw)
        }
        Err(error) => Err(Failure {
            error,
            sent: Sent::Maybe,
            head,
        }),
    }
}
