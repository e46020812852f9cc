//! The pipeline of a call, from its request to its response.
//!
//! In: a finished [`Request`]. Out: a [`RawResponse`] with a status of success, or an error with all that is known about the call.
//! What is the same for every operation is done here, in layers: [`run`] makes the call as a whole, [`attempt`] one attempt,
//! [`crate::pipeline::exchange`] sends the request and receives the response. [`crate::pipeline::retry_state`] decides about retries.

use std::time::Instant;

use crate::base::BoxFuture;
use crate::error::{CallFacts, Error};
use crate::pipeline::context::CallContext;
use crate::pipeline::prepared::Prepared;
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
mod prepared;
mod retry_state;
pub(crate) mod spans;

/// Runs a call. Boxed and not generic, so that it is compiled only once.
///
/// Dropping the future cancels the call: the exchange, the waits, and the permit of the rate gate.
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
            // Built again for each attempt: most calls make only one attempt, and so need no copy.
            let prepared = request.prepare()?;
            #[cfg(feature = "credentials")]
            check_credentials(&request, &prepared)?;
            let prepared = Prepared::new(prepared);
            let (permit, began) = acquire(now, &context, &mut retry).await?;
            #[cfg(feature = "bodies")]
            let prepared = match prepared.open(&request).await {
                Ok(prepared) => prepared,
                Err(error) => return Err(retry.unsent(error)),
            };
            let failure = match attempt(prepared, &mut retry, (&permit, began)).await {
                Ok(raw) => return Ok(raw),
                Err(failure) => failure,
            };
            let rejection = permit.rejection();
            drop(permit);
            let wait = retry.failed(failure, rejection)?;
            // Without a wait of the call's own, the gate orders one.
            if !wait.is_zero() {
                context.shared.clock.sleep(wait).await;
            }
            now = context.shared.clock.now();
        }
    })
}

/// Errors if the call is not awaited inside a tokio runtime that can run it.
fn check_runtime(request: &Request) -> Result<(), Error> {
    let checked = request.client().shared().runtime.check();
    checked.map_err(|message| misused(request, message))
}

/// Errors if the client has no credentials for the operation.
#[cfg(feature = "credentials")]
fn check_credentials(
    request: &Request,
    prepared: &http::Request<bytes::Bytes>,
) -> Result<(), Error> {
    let credentials = &request.client().shared().credentials;
    let checked = request.with_security(|security| credentials.check(security, prepared.uri()));
    checked.map_err(|message| misused(request, message))
}

fn misused(request: &Request, message: impl Into<String>) -> Error {
    Error::config(message).with_call(CallFacts {
        operation: Some(request.operation.name),
        ..CallFacts::default()
    })
}

/// Waits for a permit of the rate gate, and returns it with the current instant. An error ends the call.
async fn acquire<'a>(
    now: Instant,
    context: &CallContext<'a>,
    retry: &mut RetryState<'_>,
) -> Result<(Permit<'a>, Instant), Error> {
    let gate = &context.shared.gate;
    let deadline = context.deadline();
    let caller = context.request.caller();
    let refusal = match gate.acquire(caller, now, deadline).await {
        Ok((permit, now)) => match deadline.filter(|deadline| deadline.left(now).is_zero()) {
            None => return Ok((permit, now)),
            Some(expired) => Refusal::Deadline(expired),
        },
        Err(refusal) => refusal,
    };
    Err(retry.refused(&refusal))
}

/// Makes one attempt. The request is passed to the transport before the future is made, which keeps the future small.
fn attempt<'b, 'a: 'b>(
    prepared: Prepared,
    retry: &'b mut RetryState<'a>,
    (permit, began): (&'b Permit<'b>, Instant),
) -> impl Future<Output = Result<RawResponse, Failure>> + Send {
    let attempt = retry.attempt(began, permit);
    let sending = exchange::begin(&attempt, prepared);
    async move {
        let number = retry.attempts();
        let responding = spans::attempt(
            attempt.context.request,
            number,
            exchange::attempt(&attempt, sending),
        );
        let raw = retry.responded(responding.await?);
        let checked = match raw.body {
            ResponseBody::Whole(_) => Ok(raw),
            // Boxed, to keep the future of most calls small: they are no downloads.
            ResponseBody::Stream(_) | ResponseBody::Begun(..) => {
                Box::pin(check_file(raw, attempt.whole_file())).await
            }
        };
        if checked.is_ok() {
            retry.succeeded();
        }
        checked
    }
}

/// Checks the first bytes of a file. If they cannot be read, the attempt has failed. From then on only `kept` of the limits on the
/// whole apply.
async fn check_file(raw: RawResponse, kept: [Option<Limit>; 2]) -> Result<RawResponse, Failure> {
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
            is_unprocessed: false,
            head,
        }),
    }
}
