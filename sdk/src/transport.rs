//! The HTTP transport: sends one request, returns one response. Never retries, redirects or interprets.
//!
//! In: a complete request, credentials included. Out: the head of the response and its body as a stream, or an error that says
//! whether anything may have been sent. Everything else is decided above it. Tests and applications can supply their own transport.

use std::error::Error as StdError;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use http::{Request, Response};

use crate::base::BoxFuture;
use crate::base::exclusive::Exclusive;

mod exchange;
pub(crate) mod network;
#[cfg(any(feature = "rustls", feature = "native-tls", test))]
mod proxy;
#[cfg(any(feature = "rustls", feature = "native-tls"))]
mod reqwest;
#[cfg(feature = "rustls")]
mod tls;

pub use self::exchange::Exchange;
pub(crate) use self::exchange::Waiting;
pub use self::network::TlsVersion;
#[cfg(any(feature = "rustls", feature = "native-tls", test))]
pub(crate) use self::proxy::Proxy;
#[cfg(any(feature = "rustls", feature = "native-tls"))]
pub use self::reqwest::HttpTransport;
#[cfg(any(feature = "rustls", feature = "native-tls"))]
pub(crate) use self::reqwest::{Origin, Settings, Tls};
#[cfg(feature = "bodies")]
pub use crate::types::upload::UploadBody;

/// Sends one request and returns its response. Never retries, redirects or interprets.
///
/// The request has credentials in headers that are marked as sensitive: do not print them.
pub trait Transport: fmt::Debug + Send + Sync + 'static {
    /// Sends the request and waits for the head of the response. Dropping the future cancels the request.
    ///
    /// The request has an [`Exchange`] in its extensions.
    fn exchange(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<TransportBody>, TransportError>>;

    /// Sends a request whose body is read while it is sent, and waits for the head of the response.
    ///
    /// Unless a transport implements it, the body is read into memory, and [`exchange`](Self::exchange) sends it. A transport that wraps
    /// another one calls this method of it.
    #[cfg(feature = "bodies")]
    fn exchange_streamed(
        &self,
        request: Request<UploadBody>,
    ) -> BoxFuture<'_, Result<Response<TransportBody>, TransportError>> {
        Box::pin(async move {
            let (head, body) = request.into_parts();
            match body.collect().await {
                Ok(body) => self.exchange(Request::from_parts(head, body)).await,
                Err(error) => Err(TransportError::new(Fault::Body, Sent::No, error)),
            }
        })
    }
}

type Chunks = Pin<Box<dyn Stream<Item = Result<Bytes, TransportError>> + Send>>;

/// The body of a response, as a stream of chunks. It is `Sync`; the stream need not be.
pub struct TransportBody {
    chunks: Exclusive<Chunks>,
}

impl TransportBody {
    /// Returns a body that streams these chunks.
    pub fn new(chunks: impl Stream<Item = Result<Bytes, TransportError>> + Send + 'static) -> Self {
        Self {
            chunks: Exclusive::new(Box::pin(chunks)),
        }
    }

    /// The next chunk; `None` at the end.
    pub(crate) fn poll_chunk(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, TransportError>>> {
        self.chunks.get_mut().as_mut().poll_next(cx)
    }
}

impl From<Bytes> for TransportBody {
    /// Returns a body of one chunk.
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

/// Whether the server can have processed a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sent {
    /// It is proved that the server did not process the request: it was not sent, or the server says so. Any such request may be
    /// retried.
    No,
    /// The request may have arrived, in part or as a whole.
    Maybe,
}

/// What failed in an exchange: one request and its response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Fault {
    /// No connection could be established.
    Connect,
    /// No connection could be established within its time limit.
    ConnectTimeout,
    /// TLS failed because of a certificate: the server's is not trusted, or the server does not accept the client's. Another attempt
    /// would fail too.
    Certificate,
    /// The connection broke, or the data received over it is not HTTP.
    Io,
    /// The server says that it did not process the request: by an HTTP/2 GOAWAY whose last stream is an earlier one, or by a RST_STREAM
    /// with REFUSED_STREAM.
    Unprocessed,
    /// The body ended before its declared length.
    Truncated,
    /// The body of the request could not be read.
    #[cfg(feature = "bodies")]
    Body,
}

/// A failed exchange.
#[derive(Debug)]
pub struct TransportError {
    fault: Fault,
    sent: Sent,
    source: Box<dyn StdError + Send + Sync>,
    proxy: Option<String>,
}

impl TransportError {
    /// Returns the error of a failed exchange. Use [`Sent::No`] only where it is proved.
    pub fn new(
        fault: Fault,
        sent: Sent,
        source: impl Into<Box<dyn StdError + Send + Sync>>,
    ) -> Self {
        Self {
            fault,
            sent,
            source: source.into(),
            proxy: None,
        }
    }

    /// The same error, of an exchange through a proxy. The proxy's text has no user name and no password.
    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    pub(crate) fn through(mut self, proxy: impl Into<String>) -> Self {
        self.proxy = Some(proxy.into());
        self
    }

    /// The proxy that the exchange went through.
    pub(crate) fn proxy(&self) -> Option<&str> {
        self.proxy.as_deref()
    }

    /// Returns what failed.
    pub fn fault(&self) -> Fault {
        self.fault
    }

    /// Returns whether the server can have processed the request.
    pub fn sent(&self) -> Sent {
        self.sent
    }

    /// The innermost cause, which is the most specific: the outer ones only say that an exchange failed.
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
            Fault::Certificate => "TLS failed",
            Fault::Io => "the connection broke",
            Fault::Unprocessed => "the server did not process the request",
            Fault::Truncated => "the body ended early",
            #[cfg(feature = "bodies")]
            Fault::Body => "the file to send cannot be read",
        };
        write!(f, "{what}: {}", self.cause())
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(self.source.as_ref())
    }
}
