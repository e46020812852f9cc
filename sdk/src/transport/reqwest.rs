//! The built-in transport: reqwest, with redirects, retries and cookies switched off.
//!
//! Redirects are never followed, nothing is retried, no header and no cookie is added; all of that is decided above. reqwest
//! only pools connections. If a pooled connection turns out to be closed before the first byte of a request is sent, hyper
//! returns the request unsent and another connection is used; every later failure is reported.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::request::Parts;
use http::{Request, Response};

use self::body::{Chunks, Outgoing, UnderWay};
pub(crate) use self::client::{Settings, Tls};
pub(crate) use self::origin::Origin;
use self::pools::{Leased, Pools};
use super::{Exchange, Fault, Sent, Transport, TransportBody, TransportError};
use crate::base::BoxFuture;

mod body;
mod certificate;
mod classify;
mod client;
mod dial;
mod explain;
#[cfg(not(feature = "rustls"))]
mod native_tls;
mod origin;
mod pools;
#[cfg(feature = "bodies")]
mod streamed;
mod via_proxy;

/// The built-in transport: HTTP/2 or HTTP/1.1 over TLS, with pooled connections.
///
/// A layer can wrap it: see [`ClientBuilder::layer`](crate::ClientBuilder::layer).
pub struct HttpTransport {
    pools: Arc<Pools>,
}

impl HttpTransport {
    pub(crate) fn new(settings: Settings) -> Result<Self, String> {
        let pools = Arc::new(Pools::new(settings)?);
        Ok(Self { pools })
    }

    /// Converts a request to one of reqwest's, and leases it a pool.
    fn prepare(
        &self,
        mut head: Parts,
        body: impl FnOnce(&Exchange, &Leased) -> reqwest::Body,
    ) -> Result<(reqwest::Request, Leased, Exchange), String> {
        let settings = self.pools.settings();
        let exchange = head.extensions.remove();
        let exchange = exchange.unwrap_or_else(|| Exchange::new(settings.connect_timeout, false));
        let mut converted = reqwest::Request::new(head.method, settings.origin.url(&head.uri)?);
        *converted.headers_mut() = head.headers;
        let leased = self.pools.lease(exchange.is_download())?;
        *converted.body_mut() = Some(body(&exchange, &leased));
        Ok((converted, leased, exchange))
    }
}

impl fmt::Debug for HttpTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Without the settings: a proxy's address can hold a password.
        f.write_str("HttpTransport(..)")
    }
}

impl HttpTransport {
    fn send(
        &self,
        head: Parts,
        body: impl FnOnce(&Exchange, &Leased) -> reqwest::Body,
    ) -> BoxFuture<'_, Result<Response<TransportBody>, TransportError>> {
        let (request, leased, exchange) = match self.prepare(head, body) {
            Ok(prepared) => prepared,
            Err(message) => {
                // A request that cannot be converted to one of reqwest's has not been sent.
                let error = TransportError::new(Fault::Connect, Sent::No, message);
                return Box::pin(async { Err(error) });
            }
        };
        exchange.queued();
        let responding = dial::CURRENT.scope(exchange.clone(), leased.client.execute(request));
        let under_way = UnderWay {
            pools: Arc::clone(&self.pools),
            pool: leased.number,
            exchange,
        };
        Box::pin(async move {
            let response = responding.await.map_err(|error| {
                if classify::requires_http1(&error) {
                    under_way.pools.use_http1();
                }
                let error = classify::exchange_error(error, &under_way.exchange);
                explain::explain(error, under_way.pools.settings())
            })?;
            let (head, body) = Response::from(response).into_parts();
            let chunks = Chunks {
                body,
                _under_way: under_way,
            };
            Ok(Response::from_parts(head, TransportBody::new(chunks)))
        })
    }
}

impl Transport for HttpTransport {
    fn exchange(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<TransportBody>, TransportError>> {
        let (head, body) = request.into_parts();
        self.send(head, |exchange, leased| {
            let body = Outgoing::new(body, exchange.clone(), leased.dials.clone());
            reqwest::Body::wrap(body)
        })
    }

    #[cfg(feature = "bodies")]
    fn exchange_streamed(
        &self,
        request: Request<super::UploadBody>,
    ) -> BoxFuture<'_, Result<Response<TransportBody>, TransportError>> {
        let (head, body) = request.into_parts();
        let unreadable = streamed::Unreadable::default();
        let noted = unreadable.clone();
        let responding = self.send(head, |exchange, leased| {
            let dials = leased.dials.clone();
            let body = streamed::Streamed::new(body, exchange.clone(), dials, noted);
            reqwest::Body::wrap(body)
        });
        Box::pin(async move {
            responding.await.map_err(|error| match unreadable.take() {
                Some(why) => TransportError::new(Fault::Body, error.sent(), why),
                None => error,
            })
        })
    }
}
