//! A call from its request to its answer.
//!
//! In: a finished [`Request`]. Out: a [`Reply`] with a status of success, or an error that carries all that is known of the
//! call. Everything that holds for every operation happens here, in layers: [`run`] is the call as a whole, [`attempt`] one
//! try of it, [`crate::exchange`] what goes over the wire. What to do after a failure is decided in [`crate::course`].

use bytes::Bytes;
use tokio::runtime::Handle;

use crate::BoxFuture;
use crate::course::Course;
use crate::download;
use crate::error::{CallFacts, Error};
use crate::exchange::{self, AnswerBody, Failure};
use crate::rate::Refusal;
use crate::reply::Reply;
use crate::request::Request;
use crate::timer::Limit;
use crate::trace;
use crate::transport::Sent;

/// What is done with the body of a successful answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wants {
    /// It is read as a whole.
    Whole,
    /// It is handed on as a stream.
    Stream,
}

/// Runs a call. Boxed and free of generics, so that it is compiled once.
///
/// All that the call holds is inside this future: dropping it ends the exchange, the waits and the place at the gate.
pub(crate) fn run(request: Request, wants: Wants) -> BoxFuture<'static, Result<Reply, Error>> {
    Box::pin(async move {
        let prepared = request.prepare()?;
        check_runtime(&request)?;
        let mut course = Course::begin(&request, wants);
        loop {
            let failure = match attempt(&request, &prepared, &mut course, wants).await? {
                Ok(reply) => return Ok(reply),
                Err(failure) => failure,
            };
            let wait = course.failed(failure)?;
            request.client.shared().clock.sleep(wait).await;
        }
    })
}

/// Refuses to run where the built-in transport and clock would panic.
fn check_runtime(request: &Request) -> Result<(), Error> {
    if !request.client.shared().needs_tokio || Handle::try_current().is_ok() {
        return Ok(());
    }
    let error = Error::config("there is no tokio runtime here; await the call inside of one");
    Err(error.with_call(CallFacts {
        operation: Some(request.operation.name),
        ..CallFacts::default()
    }))
}

/// Makes one attempt, once the gate lets it through. The outer error is that of the gate, and final.
async fn attempt(
    request: &Request,
    prepared: &http::Request<Bytes>,
    course: &mut Course<'_>,
    wants: Wants,
) -> Result<Result<Reply, Failure>, Error> {
    let shared = request.client.shared();
    let pass = match shared.gate.enter(&shared.clock, course.deadline()).await {
        Ok(pass) => pass,
        Err(refusal) => return Err(course.refused(&refusal)),
    };
    if let Some(deadline) = course.is_over() {
        return Err(course.refused(&Refusal::Deadline(deadline)));
    }
    let attempt = course.attempt(prepared, &pass);
    let answered =
        match trace::attempt(request, course.attempts(), exchange::attempt(&attempt)).await {
            Ok(answered) => answered,
            Err(failure) => return Ok(Err(failure)),
        };
    let kept = course.kept(&attempt);
    let reply = course.answered(answered);
    let admitted = match wants {
        Wants::Whole => Ok(reply),
        Wants::Stream => admitted(reply, kept).await,
    };
    if admitted.is_ok() {
        course.succeeded();
    }
    Ok(admitted)
}

/// Looks at the beginning of a file. One that breaks there has failed like one that breaks before. From then on only those
/// limits on the whole hold that are kept.
async fn admitted(reply: Reply, kept: [Option<Limit>; 2]) -> Result<Reply, Failure> {
    let head = reply.facts.status.zip(Some(reply.facts.ray_id.clone()));
    match download::admit(reply).await {
        Ok(mut reply) => {
            if let AnswerBody::Stream(body) | AnswerBody::Begun(_, body) = &mut reply.body {
                body.limit_whole(kept);
            }
            Ok(reply)
        }
        Err(error) => Err(Failure {
            error,
            sent: Sent::Maybe,
            head,
        }),
    }
}
