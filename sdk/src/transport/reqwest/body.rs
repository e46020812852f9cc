//! The bodies of an exchange: the request's, which tells when it leaves, and the response's, as chunks.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use http_body::{Body, Frame, SizeHint};

use super::classify;
use super::dial::{self, Dials};
use super::pools::Pools;
use crate::transport::{Exchange, TransportError};

/// The body of a request. hyper polls it once the request has its turn: over HTTP/2 when its stream is open, over HTTP/1.1 when its
/// head is written. A body without bytes is not polled; hyper asks instead whether it is at its end, just before it sends the head.
pub(super) struct Outgoing {
    bytes: Option<Bytes>,
    exchange: Exchange,
    dials: Dials,
}

impl Outgoing {
    pub(super) fn new(bytes: Bytes, exchange: Exchange, dials: Dials) -> Self {
        Self {
            bytes: Some(bytes),
            exchange,
            dials,
        }
    }

    /// Reports that the request leaves. False if it must not.
    fn leave(&self) -> bool {
        self.dials.used();
        self.exchange.sending()
    }
}

impl Body for Outgoing {
    type Data = Bytes;
    type Error = GivenUp;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, GivenUp>>> {
        let Some(bytes) = self.bytes.take() else {
            return Poll::Ready(None);
        };
        if !self.leave() {
            return Poll::Ready(Some(Err(GivenUp)));
        }
        Poll::Ready((!bytes.is_empty()).then_some(Ok(Frame::data(bytes))))
    }

    fn is_end_stream(&self) -> bool {
        match &self.bytes {
            // If the request is given up, hyper polls the body and gets the error.
            Some(bytes) => bytes.is_empty() && self.leave(),
            None => true,
        }
    }

    fn size_hint(&self) -> SizeHint {
        let length = self.bytes.as_ref().map_or(0, Bytes::len);
        // hyper asks for the length just before it sends a head. If the request is given up, the head of an empty one announces a
        // byte that never follows, so that no server takes it for the whole request.
        let is_asked_by_hyper = self.bytes.is_some() && !dial::is_polling();
        match length {
            0 if is_asked_by_hyper && !self.leave() => SizeHint::with_exact(1),
            length => SizeHint::with_exact(length as u64),
        }
    }
}

/// The request was given up before it was sent.
#[derive(Debug)]
pub(super) struct GivenUp;

impl fmt::Display for GivenUp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the request was given up before it was sent")
    }
}

impl std::error::Error for GivenUp {}

/// An exchange under way, and the pool that its connection belongs to. If a time limit ends the exchange, the pool is retired.
pub(super) struct UnderWay {
    pub(super) pools: Arc<Pools>,
    pub(super) pool: u64,
    pub(super) exchange: Exchange,
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        if self.exchange.timed_out() {
            self.pools.retire(self.pool);
        }
    }
}

/// The data frames of a response's body. Trailers are skipped.
pub(super) struct Chunks {
    pub(super) body: reqwest::Body,
    /// Held until the body is read or dropped.
    pub(super) _under_way: UnderWay,
}

impl Stream for Chunks {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            let frame = match ready!(Pin::new(&mut self.body).poll_frame(cx)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(classify::body_error(error)))),
                Some(Ok(frame)) => frame,
            };
            if let Ok(data) = frame.into_data() {
                return Poll::Ready(Some(Ok(data)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn outgoing(body: &'static str) -> (Outgoing, Exchange) {
        let exchange = Exchange::new(Duration::from_secs(1), false);
        exchange.queued();
        let outgoing = Outgoing::new(body.into(), exchange.clone(), Dials::default());
        (outgoing, exchange)
    }

    #[test]
    fn b65_the_head_of_a_request_that_was_given_up_is_never_a_whole_request() {
        for body in ["", "{}"] {
            let (outgoing, exchange) = outgoing(body);
            assert!(exchange.give_up().is_some());
            // HTTP/2 asks in this order, HTTP/1.1 in the other.
            assert_ne!(outgoing.size_hint().exact(), Some(0), "{body:?}");
            assert!(!outgoing.is_end_stream(), "{body:?}");
            assert_ne!(outgoing.size_hint().exact(), Some(0), "{body:?}");
        }
    }

    #[test]
    fn b65_a_request_without_a_body_leaves_when_hyper_asks_for_its_length() {
        let (outgoing, exchange) = outgoing("");
        assert_eq!(outgoing.size_hint().exact(), Some(0));
        assert_eq!(exchange.give_up(), None);
        assert!(outgoing.is_end_stream());
    }

    #[tokio::test]
    async fn b65_layers_before_hyper_ask_for_the_length_and_nothing_leaves() {
        let (outgoing, exchange) = outgoing("");
        let asked = async { outgoing.size_hint().exact() };
        assert_eq!(dial::CURRENT.scope(exchange.clone(), asked).await, Some(0));
        assert!(exchange.give_up().is_some());
    }
}
