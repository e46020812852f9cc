//! The line to the server: one exchange, without judgement.
//!
//! In: a complete request. Out: the head of the answer and its body as a stream, or an error that says whether anything may
//! have been sent. A transport follows no redirect, repeats nothing, adds no credentials, and does not look into bodies: all
//! of that is decided above it. Tests and applications can bring their own.

use std::error::Error as StdError;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use http::{Request, Response};

use crate::base::BoxFuture;

#[cfg(any(feature = "rustls", feature = "native-tls"))]
mod reqwest;
#[cfg(feature = "rustls")]
mod tls;

#[cfg(any(feature = "rustls", feature = "native-tls"))]
pub(crate) use self::reqwest::{Origin, Proxies, ReqwestTransport, Settings};

/// One exchange with the server.
///
/// The request carries credentials in headers that are marked as sensitive: do not print them.
pub trait Transport: fmt::Debug + Send + Sync + 'static {
    /// Sends the request and waits for the head of the answer. Dropping the future ends the exchange.
    fn exchange(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<TransportBody>, TransportError>>;
}

/// The limit on opening a connection, in the extensions of a request whose call has one of its own.
///
/// Opening connections is a transport's business; one that does not look for this keeps its own limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConnectTimeout(pub std::time::Duration);

/// The body of an answer, chunk by chunk.
pub struct TransportBody {
    chunks: Pin<Box<dyn Stream<Item = Result<Bytes, TransportError>> + Send>>,
}

impl TransportBody {
    /// A body that comes chunk by chunk.
    pub fn new(chunks: impl Stream<Item = Result<Bytes, TransportError>> + Send + 'static) -> Self {
        Self {
            chunks: Box::pin(chunks),
        }
    }

    /// The next chunk; `None` at the end.
    pub(crate) fn poll_chunk(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, TransportError>>> {
        self.chunks.as_mut().poll_next(cx)
    }
}

impl From<Bytes> for TransportBody {
    /// A body that is there already.
    fn from(body: Bytes) -> Self {
        Self::new(Whole(Some(body)))
    }
}

impl fmt::Debug for TransportBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TransportBody(..)")
    }
}

/// A stream of one chunk.
struct Whole(Option<Bytes>);

impl Stream for Whole {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.take().map(Ok))
    }
}

/// Whether the server can have seen anything of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sent {
    /// Proved: not one byte of it left. Such a request may be sent again, whatever it asks for.
    No,
    /// It may have arrived, in part or as a whole.
    Maybe,
}

/// What broke in an exchange.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Fault {
    /// No connection came about.
    Connect,
    /// No connection came about in time.
    ConnectTimeout,
    /// The connection broke, or what came over it was not HTTP.
    Io,
    /// The body ended before its announced length.
    Truncated,
}

/// An exchange that failed.
#[derive(Debug)]
pub struct TransportError {
    fault: Fault,
    sent: Sent,
    source: Box<dyn StdError + Send + Sync>,
}

impl TransportError {
    /// A failed exchange. Say [`Sent::No`] only where it is proved.
    pub fn new(
        fault: Fault,
        sent: Sent,
        source: impl Into<Box<dyn StdError + Send + Sync>>,
    ) -> Self {
        Self {
            fault,
            sent,
            source: source.into(),
        }
    }

    /// What broke.
    pub fn fault(&self) -> Fault {
        self.fault
    }

    /// Whether the server can have seen anything of the request.
    pub fn sent(&self) -> Sent {
        self.sent
    }

    /// The innermost cause, which says most: the outer ones repeat that an exchange failed.
    pub(crate) fn cause(&self) -> String {
        let mut cause: &(dyn StdError + 'static) = self.source.as_ref();
        while let Some(source) = cause.source() {
            cause = source;
        }
        crate::base::redact::line(&cause.to_string())
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.fault {
            Fault::Connect => "could not connect",
            Fault::ConnectTimeout => "could not connect in time",
            Fault::Io => "the connection broke",
            Fault::Truncated => "the body ended early",
        };
        write!(f, "{what}: {}", self.cause())
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(self.source.as_ref())
    }
}
