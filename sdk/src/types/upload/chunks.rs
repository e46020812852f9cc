//! Chunks of content: from a file on the disk, a reader, or one after the other.
//!
//! In: what holds the content. Out: a stream of its bytes. A file is read on a thread for blocking work.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, Read};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use tokio::io::{AsyncRead, ReadBuf};

use super::body::UploadBody;
use crate::base::blocking::Job;

/// The most bytes of a chunk.
const CHUNK: usize = 64 * 1024;

/// A stream of content.
pub(crate) type Chunks = Pin<Box<dyn Stream<Item = io::Result<Bytes>> + Send>>;

/// The content of a file that is open.
pub(super) fn of_file(file: File) -> Chunks {
    Box::pin(FileChunks::Idle(Some(file)))
}

/// The content of a reader.
pub(super) fn of_reader(reader: Pin<Box<dyn AsyncRead + Send>>) -> Chunks {
    Box::pin(ReaderChunks {
        reader,
        buffer: vec![0; CHUNK].into(),
    })
}

/// Bytes that are in memory.
pub(super) fn of_bytes(bytes: Bytes) -> Chunks {
    Box::pin(InTurn(VecDeque::from([Piece::Bytes(bytes)])))
}

/// A piece of a body.
pub(crate) enum Piece {
    Bytes(Bytes),
    Body(UploadBody),
}

/// One piece after the other.
pub(crate) struct InTurn(pub(crate) VecDeque<Piece>);

impl Stream for InTurn {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            match self.0.front_mut() {
                None => return Poll::Ready(None),
                Some(Piece::Bytes(bytes)) => {
                    let bytes = std::mem::take(bytes);
                    self.0.pop_front();
                    return Poll::Ready(Some(Ok(bytes)));
                }
                Some(Piece::Body(body)) => match ready!(Pin::new(body).poll_next(cx)) {
                    Some(chunk) => return Poll::Ready(Some(chunk)),
                    None => {
                        self.0.pop_front();
                    }
                },
            }
        }
    }
}

/// A file that is read in turns.
enum FileChunks {
    Idle(Option<File>),
    Reading(Job<(File, Vec<u8>)>),
}

impl Stream for FileChunks {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            match &mut *self {
                Self::Idle(None) => return Poll::Ready(None),
                Self::Idle(file) => {
                    if let Some(file) = file.take() {
                        *self = Self::Reading(Job::start(move || read(file)));
                    }
                }
                Self::Reading(job) => {
                    let done = ready!(Pin::new(job).poll(cx));
                    let (file, chunk) = match done {
                        Ok(done) => done,
                        Err(error) => {
                            *self = Self::Idle(None);
                            return Poll::Ready(Some(Err(error)));
                        }
                    };
                    *self = Self::Idle((!chunk.is_empty()).then_some(file));
                    let chunk = (!chunk.is_empty()).then(|| Ok(chunk.into()));
                    return Poll::Ready(chunk);
                }
            }
        }
    }
}

/// The next bytes of a file; none at its end.
fn read(mut file: File) -> io::Result<(File, Vec<u8>)> {
    let mut chunk = Vec::new();
    let limit = CHUNK as u64;
    (&mut file).take(limit).read_to_end(&mut chunk)?;
    Ok((file, chunk))
}

struct ReaderChunks {
    reader: Pin<Box<dyn AsyncRead + Send>>,
    buffer: Box<[u8]>,
}

impl Stream for ReaderChunks {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Self { reader, buffer } = &mut *self;
        let mut buffer = ReadBuf::new(buffer);
        ready!(reader.as_mut().poll_read(cx, &mut buffer))?;
        let read = buffer.filled();
        Poll::Ready((!read.is_empty()).then(|| Ok(Bytes::copy_from_slice(read))))
    }
}
