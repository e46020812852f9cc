//! A download as a reader.
//!
//! In: its chunks. Out: tokio's `AsyncRead` and `AsyncBufRead`. Errors are `io::Error`s whose source is the crate's own error.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Buf;
use futures_core::Stream;
use tokio::io::{AsyncBufRead, AsyncRead, ReadBuf};

use super::Download;
use crate::error::{Error, ErrorKind};

impl AsyncRead for Download {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let ahead = ready!(self.as_mut().poll_fill_buf(cx))?;
        let length = ahead.len().min(buffer.remaining());
        let (taken, _) = ahead.split_at(length);
        buffer.put_slice(taken);
        self.consume(length);
        Poll::Ready(Ok(()))
    }
}

impl AsyncBufRead for Download {
    fn poll_fill_buf(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        let this = self.get_mut();
        while this.ahead.is_empty() {
            match ready!(Pin::new(&mut *this).poll_next(cx)) {
                Some(chunk) => this.ahead = chunk.map_err(broken)?,
                None => break,
            }
        }
        Poll::Ready(Ok(&this.ahead))
    }

    fn consume(mut self: Pin<&mut Self>, length: usize) {
        let length = length.min(self.ahead.len());
        self.ahead.advance(length);
    }
}

/// Wraps the error in an `io::Error` of the matching kind.
fn broken(error: Error) -> io::Error {
    let kind = match error.kind() {
        ErrorKind::Timeout { .. } => io::ErrorKind::TimedOut,
        ErrorKind::Truncated => io::ErrorKind::UnexpectedEof,
        ErrorKind::Io => io::ErrorKind::ConnectionAborted,
        _ => io::ErrorKind::Other,
    };
    io::Error::new(kind, error)
}
