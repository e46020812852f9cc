//! One attempt: credentials on, request out, answer in, failing statuses told apart from successful ones.
//!
//! In: a request without credentials, and the limits. Out: a successful answer, or a [`Failure`] with what a decision about
//! repeating needs: what happened, and whether the server can have seen the request.

use std::sync::Arc;

use bytes::Bytes;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH};
use http::response::Parts;
use http::{HeaderMap, Method, Request, StatusCode};

use crate::body::{Body, Gathered, timed_out};
use crate::client::Shared;
use crate::error::{Error, ErrorKind, Phase};
use crate::failure;
use crate::limits::Limits;
use crate::pipeline::Wants;
use crate::rate::{self, Pass};
use crate::retry::after;
use crate::timer::{Limit, Timeouts, Timer};
use crate::trace;
use crate::transport::{ConnectTimeout, Fault, Sent, TransportBody, TransportError};

/// What one attempt needs.
pub(crate) struct Attempt<'a> {
    pub(crate) shared: &'a Shared,
    pub(crate) operation: &'static str,
    pub(crate) request: &'a Request<Bytes>,
    pub(crate) wants: Wants,
    pub(crate) timeouts: Timeouts,
    pub(crate) limits: Limits,
    pub(crate) total: Option<Limit>,
    pub(crate) deadline: Option<Limit>,
    /// The right to make it.
    pub(crate) pass: &'a Pass<'a>,
}

/// A successful answer.
pub(crate) struct Answered {
    pub(crate) head: Parts,
    pub(crate) body: AnswerBody,
}

/// The body of a successful answer.
pub(crate) enum AnswerBody {
    Whole(Bytes),
    Stream(Body),
    /// A stream whose beginning was looked at.
    Begun(Bytes, Body),
}

/// An attempt that failed.
pub(crate) struct Failure {
    pub(crate) error: Error,
    pub(crate) sent: Sent,
    /// Status and ray id, where an answer began to come.
    pub(crate) head: Option<(StatusCode, Option<String>)>,
}

impl Failure {
    /// Whether the service refused to look at the request, because there were too many.
    pub(crate) fn is_rate_limited(&self) -> bool {
        let status = self.head.as_ref().map(|(status, _)| *status);
        status == Some(StatusCode::TOO_MANY_REQUESTS)
    }

    /// A status below 500 that is a failure is a refusal: the service did nothing. Above, or without one, nobody knows.
    pub(crate) fn may_have_been_processed(&self) -> bool {
        let refused = |status: StatusCode| status.is_redirection() || status.is_client_error();
        self.sent == Sent::Maybe
            && !self
                .head
                .as_ref()
                .is_some_and(|(status, _)| refused(*status))
    }
}

/// The id under which Cloudflare finds a request again.
pub(crate) fn ray_id(headers: &HeaderMap) -> Option<String> {
    let ray_id = crate::redact::line(headers.get("cf-ray")?.to_str().ok()?);
    if ray_id.is_empty() {
        None
    } else {
        Some(ray_id)
    }
}

/// Makes one attempt.
pub(crate) async fn attempt(attempt: &Attempt<'_>) -> Result<Answered, Failure> {
    let shared = attempt.shared;
    let mut timer = Timer::new(Arc::clone(&shared.clock), [attempt.total, attempt.deadline]);
    timer.begin(Phase::Headers, attempt.timeouts.headers);

    let mut request = attempt.request.clone();
    if attempt.timeouts.connect != shared.timeouts.connect {
        let connect = ConnectTimeout(attempt.timeouts.connect);
        request.extensions_mut().insert(connect);
    }
    shared.credentials.attach(request.headers_mut());
    let answer = match timer.guard(shared.transport.exchange(request)).await {
        Ok(Ok(answer)) => answer,
        Ok(Err(error)) => return Err(unanswered(attempt, error)),
        Err(limit) => {
            return Err(Failure {
                error: timed_out(limit),
                sent: Sent::Maybe,
                head: None,
            });
        }
    };

    let (head, chunks) = answer.into_parts();
    let seen = Some((head.status, ray_id(&head.headers)));
    let retry_after = after::read(&head.headers, shared.clock.time_of_day())
        .or_else(|| rate::refused_for(head.status, &head.headers));
    attempt.pass.answered(
        (head.status, &head.headers),
        retry_after,
        shared.clock.now(),
        &shared.backoff,
    );
    let body = received(attempt, &head, chunks, timer).await;
    match body {
        Ok(body) => Ok(Answered { head, body }),
        Err(error) => Err(Failure {
            error: error.with_retry_after(retry_after.filter(|_| !head.status.is_success())),
            sent: Sent::Maybe,
            head: seen,
        }),
    }
}

/// Judges the head, and reads the body as far as the caller wants it read.
async fn received(
    attempt: &Attempt<'_>,
    head: &Parts,
    chunks: TransportBody,
    timer: Timer,
) -> Result<AnswerBody, Error> {
    let limits = attempt.limits;
    check_size(&head.headers, limits.headers)?;
    if head.status.is_redirection() {
        return Err(failure::redirected(
            &head.headers,
            attempt.shared.base_url.host(),
        ));
    }
    let announced = announced(attempt.request.method(), head);
    let mut body = Body::new(chunks, announced, timer, attempt.timeouts.idle);
    if head.status.is_success() && attempt.wants == Wants::Stream {
        return Ok(AnswerBody::Stream(body));
    }
    let mut gathered = Gathered::default();
    let read = body.whole(&mut gathered, limits.body).await;
    if head.status.is_success() {
        return read.map(|()| AnswerBody::Whole(gathered.into_bytes()));
    }
    // The status says more than what became of its explanation, so a broken body is read as far as it came.
    let body = gathered.into_bytes();
    let judge = || failure::from_status(&body, limits.depth);
    Err(trace::refusal(attempt.operation, judge))
}

/// `Content-Length`, where a body of that length comes: some answers announce one that they do not bring, and a decompressed
/// body has another length.
fn announced(method: &Method, head: &Parts) -> Option<u64> {
    let without_body = method == Method::HEAD || head.status == StatusCode::NO_CONTENT;
    if without_body || head.headers.contains_key(CONTENT_ENCODING) {
        return None;
    }
    head.headers
        .get(CONTENT_LENGTH)?
        .to_str()
        .ok()?
        .trim()
        .parse()
        .ok()
}

fn check_size(headers: &HeaderMap, limit: usize) -> Result<(), Error> {
    let size: usize = headers
        .iter()
        .map(|(name, value)| name.as_str().len() + value.len())
        .sum();
    if size <= limit {
        return Ok(());
    }
    Err(Error::new(
        ErrorKind::HeadersTooLarge,
        format!("the headers are larger than {limit} bytes"),
    ))
}

/// The error of an exchange that brought no answer.
fn unanswered(attempt: &Attempt<'_>, error: TransportError) -> Failure {
    let sent = error.sent();
    let host = attempt.shared.base_url.host();
    let (kind, message) = match error.fault() {
        Fault::ConnectTimeout => {
            let phase = Phase::Connect;
            (
                ErrorKind::Timeout { phase },
                format!(
                    "timed out after {:?}: {phase} to {host}",
                    attempt.timeouts.connect
                ),
            )
        }
        Fault::Connect => (
            ErrorKind::Connect,
            format!("could not connect to {host}: {}", error.cause()),
        ),
        Fault::Io | Fault::Truncated => (
            ErrorKind::Io,
            format!("the connection to {host} broke: {}", error.cause()),
        ),
    };
    Failure {
        error: Error::new(kind, message).with_source(error),
        sent,
        head: None,
    }
}
