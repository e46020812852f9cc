//! A file that is being downloaded.
//!
//! In: a raw response whose body is a stream, checked by [`admit`]. Out: [`Download`]: chunks, a reader, the whole file, or a
//! file on the disk. It holds no more of the file than the current chunk.

use std::fmt;
use std::path::PathBuf;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};

use crate::base::log;
use crate::error::{Error, ErrorKind};
use crate::response::body::{Body, Gathered};
use crate::response::raw::RawResponse;
use crate::response::raw::ResponseBody;

mod admit;
mod file_name;
mod lock;
mod read;
mod save;
mod scratch;
mod signature;
mod target;
mod writer;

pub(crate) use self::admit::admit;
#[cfg(feature = "responses")]
pub(crate) use self::admit::misplaced;
pub use self::save::{Progress, ToFile};

/// A file that is being downloaded: a `Stream` of its chunks, and an `AsyncRead`.
///
/// There is no time limit on the whole download, only on the time that the server takes between two chunks. Dropping it cancels
/// the download.
#[must_use = "a download does nothing until it is read"]
pub struct Download {
    /// The facts for errors. Its body is moved out.
    raw: RawResponse,
    body: Option<Box<Body>>,
    /// What was read ahead.
    ahead: Bytes,
}

impl Download {
    pub(crate) fn new(mut raw: RawResponse) -> Self {
        let (body, ahead) =
            match std::mem::replace(&mut raw.body, ResponseBody::Whole(Bytes::new())) {
                ResponseBody::Stream(body) => (Some(body), Bytes::new()),
                ResponseBody::Begun(ahead, body) => (Some(body), ahead),
                ResponseBody::Whole(body) => (None, body),
            };
        Self { raw, body, ahead }
    }

    /// Returns the next chunk; `None` at the end. Cancel safe: dropping this future loses no data.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        std::future::poll_fn(|cx| Pin::new(&mut *self).poll_next(cx))
            .await
            .transpose()
    }

    /// Returns the whole file, if it is at most `max` bytes long; an error of kind [`BodyTooLarge`](ErrorKind::BodyTooLarge) if not.
    pub async fn bytes(mut self, max: usize) -> Result<Bytes, Error> {
        let mut gathered = Gathered::default();
        let ahead = std::mem::take(&mut self.ahead);
        if ahead.len() > max {
            return Err(fail(
                &self.raw,
                Error::new(
                    ErrorKind::BodyTooLarge,
                    format!("the file is larger than {max} bytes"),
                ),
            ));
        }
        gathered.push(ahead, self.content_length());
        if let Some(body) = &mut self.body {
            body.whole(&mut gathered, max)
                .await
                .map_err(|error| fail(&self.raw, error))?;
        }
        Ok(gathered.into_bytes())
    }

    /// Writes the file to `path` when awaited: see [`ToFile`].
    ///
    /// ```no_run
    /// # async fn run(account: cloudflare_magic::api::Account) -> Result<(), cloudflare_magic::Error> {
    /// let capture = account.pcaps().download("capture-id").await?;
    /// let length = capture
    ///     .to_file("capture.pcap")
    ///     .progress(|progress| eprintln!("{} of {:?} bytes", progress.received, progress.total))
    ///     .await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn to_file(self, path: impl Into<PathBuf>) -> ToFile {
        ToFile::new(self, path.into())
    }

    /// The media type of the response.
    pub fn content_type(&self) -> Option<&str> {
        self.raw.headers.get(CONTENT_TYPE)?.to_str().ok()
    }

    /// The length of the file in bytes, if the server announces it.
    pub fn content_length(&self) -> Option<u64> {
        match &self.body {
            Some(body) => body.announced(),
            None => Some(self.ahead.len() as u64),
        }
    }

    /// The file name that the server suggests, made safe: a single name without directories, valid on every operating system.
    pub fn file_name(&self) -> Option<String> {
        file_name::safe(self.raw.headers.get(CONTENT_DISPOSITION)?)
    }
}

/// An error of a download that has begun. The span of its call is over, so that the event names the operation.
fn fail(raw: &RawResponse, error: Error) -> Error {
    let error = raw.fail(error);
    log::download_failed(raw.operation, error.reason());
    error
}

impl Stream for Download {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if !self.ahead.is_empty() {
            return Poll::Ready(Some(Ok(std::mem::take(&mut self.ahead))));
        }
        let Some(body) = &mut self.body else {
            return Poll::Ready(None);
        };
        let next = ready!(body.poll_chunk(cx));
        Poll::Ready(next.map(|chunk| chunk.map_err(|error| fail(&self.raw, error))))
    }
}

impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download")
            .field("operation", &self.raw.operation)
            .field("content_type", &self.content_type())
            .field("content_length", &self.content_length())
            .field("file_name", &self.file_name())
            .finish_non_exhaustive()
    }
}
