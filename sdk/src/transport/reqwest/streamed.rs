//! The body of a request that is read while it is sent.
//!
//! In: its chunks. Out: the frames of the body. The first time that hyper asks for one, the request leaves. A chunk that cannot be read ends the
//! request before its end, so that no server takes what it has for the whole; why is kept for the error of the exchange.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use http_body::{Body, Frame, SizeHint};

use super::body::GivenUp;
use super::dial::Dials;
use crate::transport::{Exchange, UploadBody};

/// Why a body could not be read.
#[derive(Clone, Default)]
pub(super) struct Unreadable(Arc<Mutex<Option<io::Error>>>);

impl Unreadable {
    pub(super) fn take(&self) -> Option<io::Error> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    fn set(&self, error: io::Error) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
    }
}

/// A body that is never empty.
pub(super) struct Streamed {
    body: UploadBody,
    exchange: Exchange,
    dials: Dials,
    has_left: bool,
    unreadable: Unreadable,
}

impl Streamed {
    pub(super) fn new(
        body: UploadBody,
        exchange: Exchange,
        dials: Dials,
        unreadable: Unreadable,
    ) -> Self {
        Self {
            body,
            exchange,
            dials,
            has_left: false,
            unreadable,
        }
    }
}

impl Body for Streamed {
    type Data = Bytes;
    type Error = Box<dyn std::error::Error + Send + Sync>;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        if !self.has_left {
            self.dials.used();
            if !self.exchange.sending() {
                return Poll::Ready(Some(Err(GivenUp.into())));
            }
            self.has_left = true;
        }
        match ready!(Pin::new(&mut self.body).poll_next(cx)) {
            None => Poll::Ready(None),
            Some(Ok(chunk)) => Poll::Ready(Some(Ok(Frame::data(chunk)))),
            Some(Err(error)) => {
                let shown = error.to_string();
                self.unreadable.set(error);
                Poll::Ready(Some(Err(shown.into())))
            }
        }
    }

    fn size_hint(&self) -> SizeHint {
        self.body
            .length()
            .map(SizeHint::with_exact)
            .unwrap_or_default()
    }
}
