//! The exchange of one attempt: adds credentials, sends the request, receives the response, turns failing statuses into errors.
//!
//! In: a request without credentials, and the limits. Out: a successful response, or a [`Failure`] with what the retry decision
//! needs: the error, and whether the server can have received the request.

use std::sync::Arc;

use bytes::Bytes;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH};
use http::response::Parts;
use http::{HeaderMap, Response, StatusCode};

use crate::base::BoxFuture;
use crate::base::drift;
use crate::base::redact::Secrets;
use crate::error::{CallFacts, Error, ErrorKind, Phase};
use crate::pipeline::attempt::Attempt;
use crate::pipeline::context::CallContext;
use crate::pipeline::prepared::Prepared;
use crate::policy::failure::Failure;
use crate::policy::rate;
use crate::policy::retry::after;
use crate::policy::timeout::{Deadlines, Limit};
use crate::request::operation::Verb;
use crate::response::body::{Body, Gathered, timed_out};
use crate::response::error_body;
use crate::response::raw::{RawResponse, ResponseBody, ray_id};
use crate::transport::{Exchange, Fault, Sent, TransportBody, TransportError, Waiting};

/// The transport's part of an attempt.
pub(crate) struct Sending<'a> {
    responding: BoxFuture<'a, Result<Response<TransportBody>, TransportError>>,
    exchange: Exchange,
    /// Counts the chunks of the request's body that have been read, and how many there were when it was last looked at.
    #[cfg(feature = "bodies")]
    progress: (Option<Arc<std::sync::atomic::AtomicU64>>, u64),
}

impl Sending<'_> {
    /// Whether more of the request's body has been read since the last time.
    fn progressed(&mut self) -> bool {
        #[cfg(feature = "bodies")]
        if let (Some(read), seen) = &mut self.progress {
            let now = read.load(std::sync::atomic::Ordering::Relaxed);
            return std::mem::replace(seen, now) != now;
        }
        false
    }
}

/// Adds the credentials to a request, and passes it to the transport. Nothing is sent until it is awaited.
pub(crate) fn begin<'a>(attempt: &Attempt<'a>, mut prepared: Prepared) -> Sending<'a> {
    let CallContext {
        shared,
        timeouts,
        wants,
        ..
    } = attempt.context;
    let exchange = Exchange::new(timeouts.connect, wants.may_stream());
    let request = &mut prepared.request;
    request.extensions_mut().insert(exchange.clone());
    #[cfg(not(feature = "credentials"))]
    shared.credentials.attach(request.headers_mut());
    #[cfg(feature = "credentials")]
    attempt.context.request.with_security(|security| {
        shared.credentials.attach(security, request);
    });
    Sending {
        #[cfg(feature = "bodies")]
        progress: (prepared.progress(), 0),
        responding: prepared.exchange(shared.transport.as_ref()),
        exchange,
    }
}

/// Makes one attempt: awaits the exchange and reads the response, within the time limits.
pub(crate) async fn attempt(
    attempt: &Attempt<'_>,
    sending: Sending<'_>,
) -> Result<RawResponse, Failure> {
    let CallContext { shared, wants, .. } = attempt.context;
    let exchange = sending.exchange.clone();
    let (response, deadlines) = receive_head(attempt, sending).await?;
    let (head, chunks) = response.into_parts();
    let retry_after = after::read(&head.headers, || shared.clock.time_of_day())
        .or_else(|| rate::refused_for(head.status, &head.headers));
    let secrets = shared.credentials.secrets();
    // The names of limits are shown to users.
    secrets.blank(|| {
        attempt
            .permit
            .record_response((head.status, &head.headers), retry_after, &shared.backoff);
    });
    let length = declared_length(attempt.context.operation().verb, &head);
    let idle = attempt.context.timeouts.idle;
    let mut body = Body::new(chunks, length, (deadlines, idle), exchange);
    let read = match check(attempt, &head) {
        Ok(()) if head.status.is_success() && wants.streams(head.status, &head.headers) => {
            let body = ResponseBody::Stream(Box::new(body));
            return Ok(raw(attempt, head, body, secrets));
        }
        Ok(()) => whole(attempt, &head, &mut body).await,
        Err(error) => Err(error),
    };
    match read {
        Ok(body) => Ok(raw(attempt, head, ResponseBody::Whole(body), secrets)),
        Err(error) => Err(Failure {
            error: error.with_retry_after(retry_after.filter(|_| !head.status.is_success())),
            sent: Sent::Maybe,
            is_unprocessed: false,
            head: Some((head.status, ray_id(&head.headers, || secrets))),
        }),
    }
}

/// A successful response, without the facts about the call as a whole.
fn raw(attempt: &Attempt<'_>, head: Parts, body: ResponseBody, secrets: Secrets) -> RawResponse {
    let operation = attempt.context.operation();
    RawResponse {
        operation: operation.name,
        accepts: operation.accepts,
        facts: CallFacts {
            operation: Some(operation.name),
            permissions: operation.permissions,
            status: Some(head.status),
            ray_id: ray_id(&head.headers, || secrets.clone()),
            ..CallFacts::default()
        },
        headers: head.headers,
        body,
        limits: attempt.context.limits,
        secrets,
        list: attempt.context.request.list(),
    }
}

/// Waits for the head of the response. The deadlines are returned, because they apply to the body too.
async fn receive_head(
    attempt: &Attempt<'_>,
    mut sending: Sending<'_>,
) -> Result<(Response<TransportBody>, Deadlines), Failure> {
    let clock = Arc::clone(&attempt.context.shared.clock);
    let mut deadlines = Deadlines::new(clock, attempt.whole());
    deadlines.begin(attempt.turn(&sending.exchange));
    loop {
        // By reference: if a limit expires, the exchange has to be marked before it is dropped.
        match deadlines.guard(&mut sending.responding).await {
            Ok(Ok(response)) => return Ok((response, deadlines)),
            Ok(Err(error)) => return Err(exchange_failure(attempt, error)),
            // While the body is being sent, the limit is on the time without progress.
            Err(limit) if limit.phase == Phase::Headers && sending.progressed() => {
                let (now, length) = (deadlines.now(), limit.length);
                deadlines.begin(Limit::from(Phase::Headers, now, length));
            }
            Err(limit) if limit.phase != Phase::Queue => {
                return Err(expired(limit, &sending.exchange));
            }
            Err(limit) => match sending.exchange.waiting() {
                // Given up first: if it has left just now, the exchange goes on, and its connection is not at fault.
                Some(Waiting::Queued) if sending.exchange.give_up().is_some() => {
                    sending.exchange.expire();
                    return Err(Failure {
                        error: timed_out(limit),
                        sent: Sent::No,
                        is_unprocessed: true,
                        head: None,
                    });
                }
                _ => deadlines.begin(attempt.headers()),
            },
        }
    }
}

/// The failure of an attempt whose time limit expired before there was a response. If the request never left, the phase is the one
/// that it waited in, whichever limit expired.
fn expired(limit: Limit, exchange: &Exchange) -> Failure {
    let (phase, sent) = match exchange.expire() {
        Some(Waiting::Connecting) => (Phase::Connect, Sent::No),
        Some(Waiting::Queued) => (Phase::Queue, Sent::No),
        None => (limit.phase, Sent::Maybe),
    };
    Failure {
        error: timed_out(limit.in_phase(phase)),
        sent,
        is_unprocessed: false,
        head: None,
    }
}

/// Errors for headers that are too large, for a redirect, and for a part (status 206) where the whole was asked for.
fn check(attempt: &Attempt<'_>, head: &Parts) -> Result<(), Error> {
    check_size(&head.headers, attempt.context.limits.headers)?;
    if head.status.is_redirection() {
        let own_host = attempt.context.shared.base_url.host();
        let secrets = attempt.context.shared.credentials.secrets();
        return Err(secrets.blank(|| error_body::redirected(&head.headers, own_host)));
    }
    if head.status == StatusCode::PARTIAL_CONTENT && !attempt.context.request.asks_for_part() {
        return Err(Error::new(
            ErrorKind::Decode,
            "expected the whole body, found a part of it that was not asked for",
        ));
    }
    Ok(())
}

/// Reads the whole body. For a failing status, returns it as an error.
async fn whole(attempt: &Attempt<'_>, head: &Parts, body: &mut Body) -> Result<Bytes, Error> {
    let limits = attempt.context.limits;
    let mut gathered = Gathered::default();
    let read = body.whole(&mut gathered, limits.body).await;
    if head.status.is_success() {
        return read.map(|()| gathered.into_bytes());
    }
    // The status matters more than an error while reading the body: a truncated body is parsed as far as it was received.
    let body = gathered.into_bytes();
    let parse = || match read {
        Err(_) if body.is_empty() => {
            Error::new(ErrorKind::Http, "the body of the response did not arrive")
        }
        _ => error_body::from_status(&body, limits.depth).with_body(&body),
    };
    let secrets = attempt.context.shared.credentials.secrets();
    Err(secrets.blank(|| drift::refusal(attempt.context.operation().name, parse)))
}

/// The body's length by `Content-Length`. `None` if there is no such header, for responses that have the header and no body (`HEAD`,
/// 204), and for compressed bodies, whose decompressed length is another.
fn declared_length(verb: Verb, head: &Parts) -> Option<u64> {
    let without_body = verb == Verb::Head || head.status == StatusCode::NO_CONTENT;
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

/// The failure of an exchange without a response.
fn exchange_failure(attempt: &Attempt<'_>, error: TransportError) -> Failure {
    let sent = error.sent();
    let is_unprocessed = error.fault() == Fault::Unprocessed && sent == Sent::No;
    let host = attempt.context.shared.base_url.host();
    let host = match error.proxy() {
        Some(proxy) => format!("{host} through the proxy {proxy}"),
        None => host.to_owned(),
    };
    let (kind, message) = match error.fault() {
        Fault::ConnectTimeout => {
            let phase = Phase::Connect;
            (
                ErrorKind::Timeout { phase },
                format!(
                    "timed out after {:?}: {phase} to {host}",
                    attempt.context.timeouts.connect
                ),
            )
        }
        Fault::Connect => (
            ErrorKind::Connect,
            format!("could not connect to {host}: {}", error.cause()),
        ),
        Fault::Certificate => (ErrorKind::Certificate, error.cause()),
        #[cfg(feature = "bodies")]
        Fault::Body => (
            ErrorKind::File,
            format!("the file to send cannot be read: {}", error.cause()),
        ),
        Fault::Unprocessed => (
            ErrorKind::Io,
            format!("{host} did not process the request: {}", error.cause()),
        ),
        Fault::Io | Fault::Truncated => (
            ErrorKind::Io,
            format!("the connection to {host} broke: {}", error.cause()),
        ),
    };
    Failure {
        error: Error::new(kind, message).with_source(error),
        sent,
        is_unprocessed,
        head: None,
    }
}
