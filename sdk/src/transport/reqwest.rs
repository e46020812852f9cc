//! The transport that is used unless the application brings its own: reqwest, with its cleverness switched off.
//!
//! Redirects are never followed, nothing is retried, no header and no cookie is added; all of that is decided above. What
//! stays is a pool of connections. A pooled connection that turns out closed before the first byte of a request left is
//! replaced in silence by hyper, which hands the request back unsent; everything later is reported.

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
use reqwest::redirect::Policy;
use reqwest::{Client, ClientBuilder, Proxy};

pub(crate) use self::origin::Origin;
use super::{ConnectTimeout, Fault, Sent, Transport, TransportBody, TransportError};
use crate::base::BoxFuture;

mod origin;

/// What the transport needs to know.
pub(crate) struct Settings {
    /// Where all requests go.
    pub(crate) origin: Origin,
    /// Whether requests go over TLS. Without, no root certificates are loaded.
    pub(crate) secure: bool,
    pub(crate) connect_timeout: Duration,
    pub(crate) proxies: Proxies,
    pub(crate) max_headers: u32,
}

/// Which proxies stand between.
pub(crate) enum Proxies {
    /// Those that the environment names.
    Environment,
    /// None.
    None,
    /// This one.
    One(String),
}

/// Exchanges through a pool of connections.
pub(crate) struct ReqwestTransport {
    settings: Settings,
    client: Client,
    /// Pools for calls with a limit of their own on opening connections, which is a property of a pool.
    others: Mutex<Vec<(Duration, Client)>>,
}

impl ReqwestTransport {
    pub(crate) fn new(settings: Settings) -> Result<Self, String> {
        Ok(Self {
            client: pool(&settings, settings.connect_timeout)?,
            settings,
            others: Mutex::default(),
        })
    }

    /// The pool whose connections are opened within this time.
    fn client(&self, timeout: Option<&ConnectTimeout>) -> Result<Cow<'_, Client>, String> {
        /// Nobody needs many; a program that makes up a new limit for each call must not gather pools without end.
        const MOST: usize = 8;
        let timeout = match timeout {
            Some(ConnectTimeout(timeout)) if *timeout != self.settings.connect_timeout => *timeout,
            _ => return Ok(Cow::Borrowed(&self.client)),
        };
        let mut others = self.others.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, client)) = others.iter().find(|(known, _)| *known == timeout) {
            return Ok(Cow::Owned(client.clone()));
        }
        let client = pool(&self.settings, timeout)?;
        if others.len() == MOST {
            others.remove(0);
        }
        others.push((timeout, client.clone()));
        Ok(Cow::Owned(client))
    }
}

fn pool(settings: &Settings, connect_timeout: Duration) -> Result<Client, String> {
    let client = Client::builder()
        .redirect(Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        .connect_timeout(connect_timeout)
        .http2_max_header_list_size(settings.max_headers);
    let client = proxied(client, &settings.proxies)?;
    with_tls(client, settings.secure)?
        .build()
        .map_err(|error| format!("the HTTP client cannot be set up: {}", innermost(&error)))
}

impl fmt::Debug for ReqwestTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Not the client itself: it would print a proxy's address, which can hold a password.
        f.write_str("ReqwestTransport(..)")
    }
}

fn proxied(client: ClientBuilder, proxies: &Proxies) -> Result<ClientBuilder, String> {
    match proxies {
        Proxies::Environment => Ok(client),
        Proxies::None => Ok(client.no_proxy()),
        // The fault does not repeat the address, which can hold a password.
        Proxies::One(url) => Proxy::all(url)
            .map(|proxy| client.proxy(proxy))
            .map_err(|_| "the proxy's address is not a URL".to_owned()),
    }
}

#[cfg(feature = "rustls")]
fn with_tls(client: ClientBuilder, secure: bool) -> Result<ClientBuilder, String> {
    Ok(client.tls_backend_preconfigured(super::tls::config(secure)?))
}

#[cfg(not(feature = "rustls"))]
fn with_tls(client: ClientBuilder, _secure: bool) -> Result<ClientBuilder, String> {
    Ok(client.tls_backend_native())
}

impl Transport for ReqwestTransport {
    fn exchange(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<TransportBody>, TransportError>> {
        // A request that cannot be turned into one of reqwest's has not left this machine.
        let begun = self
            .client(request.extensions().get())
            .and_then(|client| Ok(client.execute(converted(request, &self.settings.origin)?)))
            .map_err(|fault| TransportError::new(Fault::Connect, Sent::No, fault));
        Box::pin(async move {
            let response = begun?.await.map_err(failed)?;
            let (head, body) = Response::from(response).into_parts();
            Ok(Response::from_parts(
                head,
                TransportBody::new(Chunks { body }),
            ))
        })
    }
}

/// The request as one of reqwest's.
fn converted(request: Request<Bytes>, origin: &Origin) -> Result<reqwest::Request, String> {
    let (head, body) = request.into_parts();
    let mut converted = reqwest::Request::new(head.method, origin.url(&head.uri)?);
    *converted.headers_mut() = head.headers;
    *converted.body_mut() = Some(body.into());
    Ok(converted)
}

/// Only a connection that never came about proves that nothing was sent.
fn failed(error: reqwest::Error) -> TransportError {
    match (error.is_connect(), error.is_timeout()) {
        (true, true) => TransportError::new(Fault::ConnectTimeout, Sent::No, strip(error)),
        (true, false) => TransportError::new(Fault::Connect, Sent::No, strip(error)),
        (false, _) => TransportError::new(Fault::Io, Sent::Maybe, strip(error)),
    }
}

/// Errors name the operation; a URL with account ids in each cause adds nothing.
fn strip(error: reqwest::Error) -> reqwest::Error {
    error.without_url()
}

fn innermost(error: &(dyn StdError + 'static)) -> String {
    error.source().map_or_else(|| error.to_string(), innermost)
}

/// The data frames of a body. Trailers are passed over.
struct Chunks {
    body: reqwest::Body,
}

impl Stream for Chunks {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            let frame = match ready!(Pin::new(&mut self.body).poll_frame(cx)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(cut(error)))),
                Some(Ok(frame)) => frame,
            };
            if let Ok(data) = frame.into_data() {
                return Poll::Ready(Some(Ok(data)));
            }
        }
    }
}

/// An end of the stream in the middle of a body is told apart from a connection that broke.
fn cut(error: reqwest::Error) -> TransportError {
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
    TransportError::new(fault, Sent::Maybe, strip(error))
}
