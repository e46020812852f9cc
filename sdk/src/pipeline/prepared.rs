//! A request that is ready for one attempt, without credentials.
//!
//! In: a request. Out: its head and its body, which is in memory or opened to be read while it is sent.

use bytes::Bytes;

use crate::base::BoxFuture;
#[cfg(feature = "bodies")]
use crate::error::Error;
#[cfg(feature = "bodies")]
use crate::request::Request;
#[cfg(feature = "bodies")]
use crate::transport::UploadBody;
use crate::transport::{Transport, TransportBody, TransportError};

/// A request that is ready for one attempt.
pub(super) struct Prepared {
    pub(super) request: http::Request<Bytes>,
    #[cfg(feature = "bodies")]
    pub(super) upload: Option<UploadBody>,
}

impl Prepared {
    pub(super) fn new(request: http::Request<Bytes>) -> Self {
        Self {
            request,
            #[cfg(feature = "bodies")]
            upload: None,
        }
    }

    /// The same with its body opened, where that is read while it is sent.
    #[cfg(feature = "bodies")]
    pub(super) async fn open(mut self, request: &Request) -> Result<Self, Error> {
        let upload = request.open().await?;
        if upload.as_ref().and_then(UploadBody::length) == Some(0) {
            // Nothing is left to read: it is sent as a body in memory.
            let length = http::HeaderValue::from_static("0");
            let headers = self.request.headers_mut();
            headers.insert(http::header::CONTENT_LENGTH, length);
        } else {
            self.upload = upload;
        }
        Ok(self)
    }

    /// Counts the chunks of the body that have been read. `None`: it is in memory.
    #[cfg(feature = "bodies")]
    pub(super) fn progress(&self) -> Option<std::sync::Arc<std::sync::atomic::AtomicU64>> {
        self.upload.as_ref().map(UploadBody::progress)
    }

    /// Passes it to the transport.
    pub(super) fn exchange(
        self,
        transport: &dyn Transport,
    ) -> BoxFuture<'_, Result<http::Response<TransportBody>, TransportError>> {
        #[cfg(feature = "bodies")]
        if let Some(upload) = self.upload {
            return transport.exchange_streamed(self.request.map(|_| upload));
        }
        transport.exchange(self.request)
    }
}
