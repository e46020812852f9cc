//! The default transport: reqwest, with redirects, retries and cookies switched off.
//!
//! Redirects are never followed, nothing is retried, no header and no cookie is added; all of that is decided above. reqwest
//! only pools connections. If a pooled connection turns out to be closed before the first byte of a request is sent, hyper
//! returns the request unsent and another connection is used; every later failure is reported.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;
use std::io;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http::{Request, Response};
use http_body::Body as _;
use reqwest::Client;

use self::client::new_client;
pub(crate) use self::client::{Proxies, Settings};
pub(crate) use self::origin::Origin;
use super::{ConnectTimeout, Fault, Sent, Transport, TransportBody, TransportError};
use crate::base::BoxFuture;

mod client;
mod origin;

/// Sends requests over pooled connections.
pub(crate) struct ReqwestTransport {
    settings: Settings,
    client: Client,
    /// Further clients, for calls with another connect timeout: the timeout is a property of the client.
    others: Mutex<Vec<(Duration, Client)>>,
}

impl ReqwestTransport {
    pub(crate) fn new(settings: Settings) -> Result<Self, String> {
        Ok(Self {
            client: new_client(&settings, settings.connect_timeout)?,
            settings,
            others: Mutex::default(),
        })
    }

    /// The client with this connect timeout, made on first use.
    fn client(&self, timeout: Option<&ConnectTimeout>) -> Result<Cow<'_, Client>, String> {
        /// A bound, so that a program with a different timeout for each call does not keep more and more connection pools.
        const MAX_OTHERS: usize = 8;
        let timeout = match timeout {
            Some(ConnectTimeout(timeout)) if *timeout != self.settings.connect_timeout => *timeout,
            _ => return Ok(Cow::Borrowed(&self.client)),
        };
        let mut others = self.others.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, client)) = others.iter().find(|(known, _)| *known == timeout) {
            return Ok(Cow::Owned(client.clone()));
        }
        let client = new_client(&self.settings, timeout)?;
        if others.len() == MAX_OTHERS {
            others.remove(0);
        }
        others.push((timeout, client.clone()));
        Ok(Cow::Owned(client))
    }
}

impl fmt::Debug for ReqwestTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Without the client: it would print a proxy's address, which can hold a password.
        f.write_str("ReqwestTransport(..)")
    }
}

impl Transport for ReqwestTransport {
    fn exchange(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<TransportBody>, TransportError>> {
        // A request that cannot be converted to one of reqwest's has not been sent.
        let pending = self
            .client(request.extensions().get())
            .and_then(|client| Ok(client.execute(convert(request, &self.settings.origin)?)))
            .map_err(|message| TransportError::new(Fault::Connect, Sent::No, message));
        Box::pin(async move {
            let response = pending?.await.map_err(exchange_error)?;
            let (head, body) = Response::from(response).into_parts();
            Ok(Response::from_parts(
                head,
                TransportBody::new(Chunks { body }),
            ))
        })
    }
}

/// Converts a request to one of reqwest's.
fn convert(request: Request<Bytes>, origin: &Origin) -> Result<reqwest::Request, String> {
    let (head, body) = request.into_parts();
    let mut converted = reqwest::Request::new(head.method, origin.url(&head.uri)?);
    *converted.headers_mut() = head.headers;
    *converted.body_mut() = Some(body.into());
    Ok(converted)
}

/// The error of a request without a response. Only if no connection was established is it proved that nothing was sent.
fn exchange_error(error: reqwest::Error) -> TransportError {
    match (error.is_connect(), error.is_timeout()) {
        (true, true) => TransportError::new(Fault::ConnectTimeout, Sent::No, strip_url(error)),
        (true, false) => TransportError::new(Fault::Connect, Sent::No, strip_url(error)),
        (false, _) => TransportError::new(Fault::Io, Sent::Maybe, strip_url(error)),
    }
}

/// Removes the URL, which contains account ids. The crate's errors name the operation instead.
fn strip_url(error: reqwest::Error) -> reqwest::Error {
    error.without_url()
}

/// The data frames of a body. Trailers are skipped.
struct Chunks {
    body: reqwest::Body,
}

impl Stream for Chunks {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            let frame = match ready!(Pin::new(&mut self.body).poll_frame(cx)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(body_error(error)))),
                Some(Ok(frame)) => frame,
            };
            if let Ok(data) = frame.into_data() {
                return Poll::Ready(Some(Ok(data)));
            }
        }
    }
}

/// The error of a body that could not be read: truncated if the stream ended in the middle of the body, else a broken connection.
fn body_error(error: reqwest::Error) -> TransportError {
    let mut cause: Option<&(dyn StdError + 'static)> = Some(&error);
    let mut fault = Fault::Io;
    while let Some(inner) = cause {
        if inner
            .downcast_ref::<io::Error>()
            .is_some_and(|io| io.kind() == io::ErrorKind::UnexpectedEof)
        {
            fault = Fault::Truncated;
        }
        cause = inner.source();
    }
    TransportError::new(fault, Sent::Maybe, strip_url(error))
}
