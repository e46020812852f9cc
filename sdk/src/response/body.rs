//! Reads the body of a response under the limits on time and size.
//!
//! In: the stream of a transport. Out: chunks, or the whole body, or an error that names the limit that was exceeded. It compares
//! the received length with the announced one, so that a transport that ends early without an error is detected too.

use std::future::poll_fn;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;

use crate::error::{Error, ErrorKind, Phase};
use crate::policy::timeout::{Deadlines, Limit};
use crate::transport::{Exchange, Fault, TransportBody, TransportError};

/// A body that is being received.
pub(crate) struct Body {
    chunks: TransportBody,
    exchange: Exchange,
    deadlines: Deadlines,
    idle: Duration,
    announced: Option<u64>,
    received: u64,
    /// Whether a poll is waiting for the server. Time that the reader spends between polls does not count as idle time.
    waiting: bool,
    ended: bool,
}

impl Body {
    pub(crate) fn new(
        chunks: TransportBody,
        announced: Option<u64>,
        (deadlines, idle): (Deadlines, Duration),
        exchange: Exchange,
    ) -> Self {
        Self {
            chunks,
            exchange,
            deadlines,
            idle,
            announced,
            received: 0,
            waiting: false,
            ended: false,
        }
    }

    /// The length that the server announced, if it counts the bytes that are received here.
    pub(crate) fn announced(&self) -> Option<u64> {
        self.announced
    }

    /// Replaces the limits on the whole body; the idle limit stays.
    pub(crate) fn limit_whole(&mut self, whole: [Option<Limit>; 2]) {
        self.deadlines.limit_whole(whole);
    }

    pub(crate) fn poll_chunk(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Error>>> {
        if self.ended {
            return Poll::Ready(None);
        }
        let next = match self.chunks.poll_chunk(cx) {
            Poll::Pending => {
                if !std::mem::replace(&mut self.waiting, true) {
                    let now = self.deadlines.now();
                    self.deadlines
                        .begin(Limit::from(Phase::Idle, now, self.idle));
                }
                let limit = ready!(self.deadlines.poll_passed(cx));
                self.exchange.expire();
                Some(Err(timed_out(limit)))
            }
            Poll::Ready(None) => self.check_end().map(Err),
            Poll::Ready(Some(Err(error))) => Some(Err(self.broken(error))),
            Poll::Ready(Some(Ok(chunk))) => {
                self.received += chunk.len() as u64;
                self.waiting = false;
                self.check_length()
                    .map_or(Some(Ok(chunk)), |error| Some(Err(error)))
            }
        };
        self.ended = !matches!(next, Some(Ok(_)));
        Poll::Ready(next)
    }

    /// The next chunk that is not empty; `None` at the end.
    pub(crate) async fn chunk(&mut self) -> Option<Result<Bytes, Error>> {
        loop {
            match poll_fn(|cx| self.poll_chunk(cx)).await {
                Some(Ok(chunk)) if chunk.is_empty() => {}
                next => return next,
            }
        }
    }

    /// Reads the rest of the body into `so_far`, at most `limit` bytes in all. After an error, `so_far` has what came before it.
    pub(crate) async fn whole(&mut self, so_far: &mut Gathered, limit: usize) -> Result<(), Error> {
        if self.announced.is_some_and(|length| length > limit as u64) {
            return Err(too_large(limit));
        }
        while let Some(chunk) = self.chunk().await {
            let chunk = chunk?;
            if so_far.len() + chunk.len() > limit {
                return Err(too_large(limit));
            }
            so_far.push(chunk, self.announced);
        }
        Ok(())
    }

    /// The error of a body longer than announced: the transport has lost the boundaries of the stream.
    fn check_length(&self) -> Option<Error> {
        let announced = self
            .announced
            .filter(|announced| self.received > *announced)?;
        Some(Error::new(
            ErrorKind::Io,
            format!("the body is longer than the announced {announced} bytes"),
        ))
    }

    fn check_end(&self) -> Option<Error> {
        let announced = self
            .announced
            .filter(|announced| self.received < *announced)?;
        Some(truncated(self.received, Some(announced)))
    }

    fn broken(&self, error: TransportError) -> Error {
        match error.fault() {
            Fault::Truncated => truncated(self.received, self.announced).with_source(error),
            _ => Error::new(
                ErrorKind::Io,
                format!(
                    "the connection broke in the middle of the body: {}",
                    error.cause()
                ),
            )
            .with_source(error),
        }
    }
}

/// Collected chunks. A body of one chunk, which is the usual case, is not copied.
#[derive(Default)]
pub(crate) struct Gathered {
    first: Bytes,
    more: Vec<u8>,
}

impl Gathered {
    /// The most bytes reserved ahead: a server that announces a false length must not make us reserve gigabytes.
    const MOST_RESERVED: u64 = 1 << 20;

    pub(crate) fn len(&self) -> usize {
        self.first.len() + self.more.len()
    }

    pub(crate) fn push(&mut self, chunk: Bytes, announced: Option<u64>) {
        if self.len() == 0 {
            self.first = chunk;
            return;
        }
        if self.more.is_empty() {
            let announced = announced.unwrap_or_default().min(Self::MOST_RESERVED);
            self.more.reserve(
                usize::try_from(announced)
                    .unwrap_or_default()
                    .max(self.first.len() + chunk.len()),
            );
            self.more.extend_from_slice(&self.first);
            self.first.clear();
        }
        self.more.extend_from_slice(&chunk);
    }

    pub(crate) fn into_bytes(self) -> Bytes {
        if self.more.is_empty() {
            self.first
        } else {
            self.more.into()
        }
    }
}

/// The error of a time limit that has passed.
pub(crate) fn timed_out(limit: Limit) -> Error {
    let phase = limit.phase;
    Error::new(
        ErrorKind::Timeout { phase },
        format!("timed out after {:?}: {phase}", limit.length),
    )
}

fn too_large(limit: usize) -> Error {
    Error::new(
        ErrorKind::BodyTooLarge,
        format!("the body is larger than {limit} bytes"),
    )
}

fn truncated(received: u64, announced: Option<u64>) -> Error {
    let message = match announced {
        Some(announced) => format!("the body ended after {received} of {announced} bytes"),
        None => format!("the body ended early, after {received} bytes"),
    };
    Error::new(ErrorKind::Truncated, message)
}
