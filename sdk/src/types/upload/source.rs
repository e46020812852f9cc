//! Where the content of a file comes from.
//!
//! In: bytes, a path, or a stream. Out: an [`UploadBody`] for each attempt. What can be read once is taken when its first chunk is asked for,
//! so that an attempt that never left costs nothing.

use std::fs::File;
use std::io;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;

use super::body::UploadBody;
use super::chunks::{Chunks, of_bytes, of_file};
use crate::base::blocking::Job;

/// A stream that can be taken once.
type Slot = Arc<Mutex<Option<Chunks>>>;

/// Where the content comes from.
#[derive(Clone)]
pub(super) enum Source {
    Bytes(Bytes),
    Path(PathBuf),
    Again(Arc<dyn Fn() -> Chunks + Send + Sync>),
    Once(Slot),
}

impl Source {
    pub(super) fn once(chunks: Chunks) -> Self {
        Self::Once(Arc::new(Mutex::new(Some(chunks))))
    }

    pub(super) fn again(open: impl Fn() -> Chunks + Send + Sync + 'static) -> Self {
        Self::Again(Arc::new(open))
    }

    pub(super) fn is_spent(&self) -> bool {
        match self {
            Self::Once(slot) => lock(slot).is_none(),
            Self::Bytes(_) | Self::Path(_) | Self::Again(_) => false,
        }
    }

    pub(super) fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Bytes(one), Self::Bytes(other)) => one == other,
            (Self::Path(one), Self::Path(other)) => one == other,
            (Self::Again(one), Self::Again(other)) => Arc::ptr_eq(one, other),
            (Self::Once(one), Self::Once(other)) => Arc::ptr_eq(one, other),
            _ => false,
        }
    }

    /// Opens it. `length` is what the application states of a stream.
    pub(super) async fn open(&self, length: Option<u64>) -> io::Result<UploadBody> {
        match self {
            Self::Bytes(bytes) => {
                let length = bytes.len() as u64;
                Ok(UploadBody::new(of_bytes(bytes.clone()), Some(length)))
            }
            Self::Path(path) => {
                let path = path.clone();
                let (file, length) = Job::start(move || opened(&path)).await?;
                Ok(UploadBody::new(of_file(file), Some(length)))
            }
            Self::Again(open) => Ok(UploadBody::new(open(), length)),
            Self::Once(slot) if lock(slot).is_none() => Err(spent()),
            Self::Once(slot) => {
                let once = Once {
                    slot: Arc::clone(slot),
                    taken: None,
                };
                Ok(UploadBody::new(Box::pin(once), length))
            }
        }
    }
}

/// The file and its length. The error does not repeat the path.
fn opened(path: &std::path::Path) -> io::Result<(File, u64)> {
    let file = File::open(path)?;
    let facts = file.metadata()?;
    if !facts.is_file() {
        let message = "it is no file; a device or a pipe is sent with `FileUpload::reader`";
        return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
    }
    Ok((file, facts.len()))
}

fn spent() -> io::Error {
    io::Error::other("its stream was read before, and can be read once")
}

fn lock(slot: &Slot) -> MutexGuard<'_, Option<Chunks>> {
    slot.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A stream that is taken when its first chunk is asked for.
struct Once {
    slot: Slot,
    taken: Option<Chunks>,
}

impl Stream for Once {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.taken.is_none() {
            let taken = lock(&self.slot).take();
            self.taken = taken;
        }
        match &mut self.taken {
            Some(chunks) => chunks.as_mut().poll_next(cx),
            None => Poll::Ready(Some(Err(spent()))),
        }
    }
}
