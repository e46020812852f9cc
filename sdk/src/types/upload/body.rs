//! A body that is sent while it is read.
//!
//! In: chunks, and their length where it is known. Out: the same chunks; an error where they are more or fewer than the length says, so
//! that no server takes what it has for the whole.

use std::fmt;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;

use super::chunks::Chunks;
use crate::base::exclusive::Exclusive;

/// The body of a request, as a stream of chunks. It is `Sync`.
pub struct UploadBody {
    chunks: Exclusive<Chunks>,
    length: Option<u64>,
    read: u64,
    is_over: bool,
    progress: Arc<AtomicU64>,
}

impl UploadBody {
    pub(crate) fn new(chunks: Chunks, length: Option<u64>) -> Self {
        Self {
            chunks: Exclusive::new(chunks),
            length,
            read: 0,
            is_over: false,
            progress: Arc::default(),
        }
    }

    /// Returns the length in bytes, if it is known.
    pub fn length(&self) -> Option<u64> {
        self.length
    }

    /// Reads the whole body into memory.
    pub async fn collect(mut self) -> io::Result<Bytes> {
        let mut whole = BytesMut::new();
        let next = |body: &mut Self, cx: &mut Context<'_>| Pin::new(body).poll_next(cx);
        while let Some(chunk) = std::future::poll_fn(|cx| next(&mut self, cx)).await {
            whole.extend_from_slice(&chunk?);
        }
        Ok(whole.freeze())
    }

    /// How many chunks have been read, also while the body is elsewhere.
    pub(crate) fn progress(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.progress)
    }

    fn next(&mut self, cx: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        loop {
            let chunk = ready!(self.chunks.get_mut().as_mut().poll_next(cx));
            self.progress.fetch_add(1, Ordering::Relaxed);
            let length = self.length.unwrap_or(u64::MAX);
            let Some(chunk) = chunk.transpose()? else {
                let is_short = self.length.is_some() && self.read < length;
                return Poll::Ready(is_short.then(|| Err(short(self.read, length))));
            };
            self.read = self.read.saturating_add(chunk.len() as u64);
            if self.read > length {
                return Poll::Ready(Some(Err(long(length))));
            }
            // An empty chunk could be taken for the end.
            if !chunk.is_empty() {
                return Poll::Ready(Some(Ok(chunk)));
            }
        }
    }
}

fn short(read: u64, length: u64) -> io::Error {
    let message = format!("the content ended after {read} of {length} bytes");
    io::Error::new(io::ErrorKind::UnexpectedEof, message)
}

fn long(length: u64) -> io::Error {
    let message = format!("the content is longer than its {length} bytes");
    io::Error::new(io::ErrorKind::InvalidData, message)
}

impl Stream for UploadBody {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.is_over {
            return Poll::Ready(None);
        }
        let next = ready!(self.next(cx));
        self.is_over = !matches!(next, Some(Ok(_)));
        Poll::Ready(next)
    }
}

impl fmt::Debug for UploadBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UploadBody")
            .field("length", &self.length)
            .finish_non_exhaustive()
    }
}
