//! A transport that follows the script of a test, without a socket, and records the requests and when they were sent.
//!
//! In: one [`Outcome`] per request, chosen by a function. Out: settings for a client on a [`VirtualClock`], and each
//! [`SentRequest`] with the virtual moment at which it was sent.

use std::fmt;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use cloudflare_magic::transport::{
    Exchange, Fault, Sent, Transport, TransportBody, TransportError,
};
use cloudflare_magic::{BoxFuture, Client, ClientBuilder};
use futures_core::Stream;
use http::{Request, Response};

use crate::virtual_clock::VirtualClock;

/// The outcome of one request.
#[derive(Clone, Debug)]
pub struct Outcome {
    after: Duration,
    end: End,
}

#[derive(Clone, Debug)]
enum End {
    Response {
        status: u16,
        headers: Vec<(String, String)>,
        body: Bytes,
        rest: Rest,
    },
    Failure(Fault, Sent),
    Silence,
}

/// What follows the first chunk of a body.
#[derive(Clone, Copy, Debug)]
enum Rest {
    Nothing,
    Silence,
    Failure(Fault),
    /// The same chunk again, each after this time, without end.
    Trickle(Duration),
}

impl Outcome {
    /// A response.
    pub fn response(status: u16, headers: &[(&str, &str)], body: impl Into<Bytes>) -> Self {
        let owned = |(name, value): &(&str, &str)| (String::from(*name), String::from(*value));
        Self::end(End::Response {
            status,
            headers: headers.iter().map(owned).collect(),
            body: body.into(),
            rest: Rest::Nothing,
        })
    }

    /// A successful envelope around an empty list.
    pub fn empty_list() -> Self {
        Self::result("[]")
    }

    /// A successful envelope around a result, which is JSON.
    pub fn result(result: &str) -> Self {
        Self::response(200, &[], format!(r#"{{"success":true,"result":{result}}}"#))
    }

    /// A failing status without a body.
    pub fn status(status: u16) -> Self {
        Self::response(status, &[], Bytes::new())
    }

    /// Status 429, with `Retry-After`.
    pub fn too_many(retry_after: &str) -> Self {
        Self::response(429, &[("retry-after", retry_after)], Bytes::new())
    }

    /// No response, but a transport error.
    pub fn failure(fault: Fault, sent: Sent) -> Self {
        Self::end(End::Failure(fault, sent))
    }

    /// Never a response.
    pub fn silence() -> Self {
        Self::end(End::Silence)
    }

    /// Delays the outcome by this time.
    pub fn after(mut self, time: Duration) -> Self {
        self.after = time;
        self
    }

    /// The body does not end, but nothing more is sent.
    pub fn then_silence(self) -> Self {
        self.followed_by(Rest::Silence)
    }

    /// The body breaks.
    pub fn then_failure(self, fault: Fault) -> Self {
        self.followed_by(Rest::Failure(fault))
    }

    /// The chunk is repeated without end.
    pub fn then_trickle(self, every: Duration) -> Self {
        self.followed_by(Rest::Trickle(every))
    }

    fn end(end: End) -> Self {
        Self {
            after: Duration::ZERO,
            end,
        }
    }

    fn followed_by(mut self, what: Rest) -> Self {
        if let End::Response { rest, .. } = &mut self.end {
            *rest = what;
        }
        self
    }
}

/// A request that was sent.
#[derive(Clone, Debug)]
pub struct SentRequest {
    /// The virtual moment.
    pub at: Duration,
    /// The method.
    pub method: http::Method,
    /// The path, from the base URL on, and the query.
    pub path: String,
    /// The headers.
    pub headers: http::HeaderMap,
    /// The body.
    pub body: Bytes,
    /// The connect timeout of this request, if it has one.
    pub connect_timeout: Option<Duration>,
}

type Script = dyn Fn(usize, &SentRequest) -> Outcome + Send + Sync;

/// A transport that follows a script. Clones share its state.
#[derive(Clone)]
pub struct Scripted {
    clock: VirtualClock,
    script: Arc<Script>,
    requests: Arc<Mutex<Vec<SentRequest>>>,
    open: Arc<AtomicUsize>,
}

impl Scripted {
    /// A transport that calls a function for each outcome, with the number of the request, from 0, and the request.
    pub fn new(script: impl Fn(usize, &SentRequest) -> Outcome + Send + Sync + 'static) -> Self {
        Self {
            clock: VirtualClock::new(),
            script: Arc::new(script),
            requests: Arc::default(),
            open: Arc::default(),
        }
    }

    /// A transport with these outcomes, one per request; the last one is repeated.
    pub fn outcomes(outcomes: impl IntoIterator<Item = Outcome>) -> Self {
        let outcomes: Vec<_> = outcomes.into_iter().collect();
        Self::new(
            move |number, _| match outcomes.get(number).or(outcomes.last()) {
                Some(next) => next.clone(),
                None => Outcome::silence(),
            },
        )
    }

    /// Settings for a client with this transport and its clock. Random waits are the same on every run.
    pub fn client(&self) -> ClientBuilder {
        Client::builder()
            .api_token("token")
            .base_url("https://api.example/v4")
            .transport(self.clone())
            .clock(self.clock.clone())
            .jitter_seed(1)
    }

    /// The clock.
    pub fn clock(&self) -> &VirtualClock {
        &self.clock
    }

    /// The requests so far.
    pub fn requests(&self) -> Vec<SentRequest> {
        self.log().clone()
    }

    /// When each request was sent.
    pub fn moments(&self) -> Vec<Duration> {
        self.log().iter().map(|request| request.at).collect()
    }

    /// How many requests and bodies are in progress.
    pub fn open(&self) -> usize {
        self.open.load(Ordering::SeqCst)
    }

    fn log(&self) -> MutexGuard<'_, Vec<SentRequest>> {
        self.requests.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn record(&self, request: Request<Bytes>) -> Outcome {
        let (head, body) = request.into_parts();
        let request = SentRequest {
            at: self.clock.elapsed(),
            method: head.method,
            path: head.uri.to_string().replace("https://api.example/v4", ""),
            headers: head.headers,
            body,
            connect_timeout: head.extensions.get().map(Exchange::connect_timeout),
        };
        let mut log = self.log();
        let next = (self.script)(log.len(), &request);
        log.push(request);
        next
    }
}

impl fmt::Debug for Scripted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Scripted(..)")
    }
}

impl Transport for Scripted {
    fn exchange(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<TransportBody>, TransportError>> {
        let open = Open::new(&self.open);
        Box::pin(async move {
            let Outcome { after, end } = self.record(request);
            tokio::time::sleep(after).await;
            match end {
                End::Silence => std::future::pending().await,
                End::Failure(fault, sent) => Err(TransportError::new(fault, sent, "scripted")),
                End::Response {
                    status,
                    headers,
                    body,
                    rest,
                } => {
                    let mut response = Response::builder().status(status);
                    for (name, value) in headers {
                        response = response.header(name, value);
                    }
                    let body = TransportBody::new(Body::new(body, rest, open));
                    response
                        .body(body)
                        .map_err(|error| TransportError::new(Fault::Io, Sent::Maybe, error))
                }
            }
        })
    }
}

/// Counts a request in progress until it is dropped.
struct Open(Arc<AtomicUsize>);

impl Open {
    fn new(count: &Arc<AtomicUsize>) -> Self {
        count.fetch_add(1, Ordering::SeqCst);
        Self(Arc::clone(count))
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

/// A body: its first chunk, and what follows.
struct Body {
    chunk: Bytes,
    begun: bool,
    rest: Rest,
    sleep: Option<Pin<Box<tokio::time::Sleep>>>,
    _open: Open,
}

impl Body {
    fn new(chunk: Bytes, rest: Rest, open: Open) -> Self {
        Self {
            chunk,
            begun: false,
            rest,
            sleep: None,
            _open: open,
        }
    }
}

impl Stream for Body {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if !self.begun {
            self.begun = true;
            return Poll::Ready(Some(Ok(self.chunk.clone())));
        }
        match self.rest {
            Rest::Nothing => Poll::Ready(None),
            Rest::Silence => Poll::Pending,
            Rest::Failure(fault) => {
                let error = TransportError::new(fault, Sent::Maybe, "scripted");
                Poll::Ready(Some(Err(error)))
            }
            Rest::Trickle(every) => {
                let sleep = self
                    .sleep
                    .get_or_insert_with(|| Box::pin(tokio::time::sleep(every)));
                if sleep.as_mut().poll(cx).is_pending() {
                    return Poll::Pending;
                }
                self.sleep = None;
                Poll::Ready(Some(Ok(self.chunk.clone())))
            }
        }
    }
}
