//! A transport that does what a test tells it, without a socket, and remembers when it was asked for what.
//!
//! In: one [`Move`] per request, chosen by a function. Out: settings for a client on a [`VirtualClock`], and the [`Asked`]
//! requests with the virtual moments at which they were sent.

use std::fmt;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use cloudflare_magic::transport::{
    ConnectTimeout, Fault, Sent, Transport, TransportBody, TransportError,
};
use cloudflare_magic::{BoxFuture, Client, ClientBuilder};
use futures_core::Stream;
use http::{Request, Response};

use crate::virtual_clock::VirtualClock;

/// What becomes of one request.
#[derive(Clone, Debug)]
pub struct Move {
    after: Duration,
    end: End,
}

#[derive(Clone, Debug)]
enum End {
    Answer {
        status: u16,
        headers: Vec<(String, String)>,
        body: Bytes,
        rest: Rest,
    },
    Failure(Fault, Sent),
    Silence,
}

/// What follows the part of a body that comes.
#[derive(Clone, Copy, Debug)]
enum Rest {
    Nothing,
    Silence,
    Failure(Fault),
    /// The same again, each after this time, for ever.
    Trickle(Duration),
}

impl Move {
    /// An answer.
    pub fn answer(status: u16, headers: &[(&str, &str)], body: impl Into<Bytes>) -> Self {
        let owned = |(name, value): &(&str, &str)| (String::from(*name), String::from(*value));
        Self::end(End::Answer {
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
        Self::answer(200, &[], format!(r#"{{"success":true,"result":{result}}}"#))
    }

    /// A failing status without a body.
    pub fn status(status: u16) -> Self {
        Self::answer(status, &[], Bytes::new())
    }

    /// Status 429, with `Retry-After`.
    pub fn too_many(retry_after: &str) -> Self {
        Self::answer(429, &[("retry-after", retry_after)], Bytes::new())
    }

    /// No answer, but a failure of the line.
    pub fn failure(fault: Fault, sent: Sent) -> Self {
        Self::end(End::Failure(fault, sent))
    }

    /// No answer, ever.
    pub fn silence() -> Self {
        Self::end(End::Silence)
    }

    /// After this time, not at once.
    pub fn after(mut self, time: Duration) -> Self {
        self.after = time;
        self
    }

    /// The body goes on, but nothing more comes.
    pub fn then_silence(self) -> Self {
        self.followed_by(Rest::Silence)
    }

    /// The body breaks off.
    pub fn then_failure(self, fault: Fault) -> Self {
        self.followed_by(Rest::Failure(fault))
    }

    /// The body comes again and again.
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
        if let End::Answer { rest, .. } = &mut self.end {
            *rest = what;
        }
        self
    }
}

/// A request that was sent.
#[derive(Clone, Debug)]
pub struct Asked {
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
    /// The limit of its own on opening a connection.
    pub connect_timeout: Option<Duration>,
}

type Script = dyn Fn(usize, &Asked) -> Move + Send + Sync;

/// A transport that plays a script. Clones are the same transport.
#[derive(Clone)]
pub struct Scripted {
    clock: VirtualClock,
    script: Arc<Script>,
    asked: Arc<Mutex<Vec<Asked>>>,
    open: Arc<AtomicUsize>,
}

impl Scripted {
    /// A transport that asks a function for each move. It is given the number of the request, from 0, and the request.
    pub fn new(script: impl Fn(usize, &Asked) -> Move + Send + Sync + 'static) -> Self {
        Self {
            clock: VirtualClock::new(),
            script: Arc::new(script),
            asked: Arc::default(),
            open: Arc::default(),
        }
    }

    /// A transport that makes these moves, one per request; the last one again and again.
    pub fn moves(moves: impl IntoIterator<Item = Move>) -> Self {
        let moves: Vec<_> = moves.into_iter().collect();
        Self::new(move |number, _| match moves.get(number).or(moves.last()) {
            Some(next) => next.clone(),
            None => Move::silence(),
        })
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

    /// What was asked so far.
    pub fn asked(&self) -> Vec<Asked> {
        self.log().clone()
    }

    /// When it was asked, each time.
    pub fn moments(&self) -> Vec<Duration> {
        self.log().iter().map(|asked| asked.at).collect()
    }

    /// How many exchanges and bodies are under way.
    pub fn open(&self) -> usize {
        self.open.load(Ordering::SeqCst)
    }

    fn log(&self) -> MutexGuard<'_, Vec<Asked>> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn note(&self, request: Request<Bytes>) -> Move {
        let (head, body) = request.into_parts();
        let asked = Asked {
            at: self.clock.elapsed(),
            method: head.method,
            path: head.uri.to_string().replace("https://api.example/v4", ""),
            headers: head.headers,
            body,
            connect_timeout: head.extensions.get().map(|ConnectTimeout(limit)| *limit),
        };
        let mut log = self.log();
        let next = (self.script)(log.len(), &asked);
        log.push(asked);
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
            let Move { after, end } = self.note(request);
            tokio::time::sleep(after).await;
            match end {
                End::Silence => std::future::pending().await,
                End::Failure(fault, sent) => Err(TransportError::new(fault, sent, "scripted")),
                End::Answer {
                    status,
                    headers,
                    body,
                    rest,
                } => {
                    let mut answer = Response::builder().status(status);
                    for (name, value) in headers {
                        answer = answer.header(name, value);
                    }
                    let body = TransportBody::new(Body::new(body, rest, open));
                    answer
                        .body(body)
                        .map_err(|error| TransportError::new(Fault::Io, Sent::Maybe, error))
                }
            }
        })
    }
}

/// Counts an exchange for as long as it lives.
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

/// A body: a piece, and what follows it.
struct Body {
    piece: Bytes,
    begun: bool,
    rest: Rest,
    sleep: Option<Pin<Box<tokio::time::Sleep>>>,
    _open: Open,
}

impl Body {
    fn new(piece: Bytes, rest: Rest, open: Open) -> Self {
        Self {
            piece,
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
            return Poll::Ready(Some(Ok(self.piece.clone())));
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
                Poll::Ready(Some(Ok(self.piece.clone())))
            }
        }
    }
}
