//! Files that are sent: from memory, from the disk, or from a stream.
//!
//! In: where the content comes from, a name and a media type. Out: a [`FileUpload`], which is a body or a part of one, and is opened for each
//! attempt: [`UploadBody`]. A file that is read from a stream can be opened once. No content is printed.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use futures_core::Stream;
use serde::ser::Error as _;
use serde::{Serialize, Serializer};
use tokio::io::AsyncRead;

use crate::decode::{Blank, Fault, FromJson, Json, impl_deserialize};

mod body;
mod chunks;
mod collect;
mod source;

pub use self::body::UploadBody;
pub(crate) use self::chunks::{InTurn, Piece};
pub(crate) use self::collect::{Collected, collect, unique};
use self::source::Source;

/// A file to send, as the body of a request or as a part of one.
///
/// It is streamed: a file on the disk is read while it is sent. One from [`bytes`](Self::bytes), [`path`](Self::path) or
/// [`open_with`](Self::open_with) is opened again where the request is sent again. One from [`stream`](Self::stream) or
/// [`reader`](Self::reader) can be read once: when something of it has been read, the request is not sent again, whatever the operation
/// allows, and clones of it share what is left.
///
/// ```no_run
/// use cloudflare_magic::{Client, FileUpload, Method};
///
/// # async fn run(client: Client) -> Result<(), cloudflare_magic::Error> {
/// let file = FileUpload::path("capture.pcap").media_type("application/vnd.tcpdump.pcap");
/// client.request(Method::PUT, "/accounts/a1/files/f1").file(file).empty().await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct FileUpload {
    source: Source,
    length: Option<u64>,
    file_name: Option<String>,
    media_type: Option<String>,
}

impl FileUpload {
    /// Returns a file with this content.
    pub fn bytes(content: impl Into<Bytes>) -> Self {
        Self::of(Source::Bytes(content.into()))
    }

    /// Returns a file on the disk, under its own name. It must not change while it is sent: a length that is not the one at the
    /// beginning is an error of kind [`File`](crate::ErrorKind::File).
    pub fn path(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        Self {
            file_name: name,
            ..Self::of(Source::Path(path))
        }
    }

    /// Returns a file whose content is a stream, which is read once.
    pub fn stream(chunks: impl Stream<Item = io::Result<Bytes>> + Send + 'static) -> Self {
        Self::of(Source::once(Box::pin(chunks)))
    }

    /// Returns a file whose content is a reader, which is read once.
    pub fn reader(reader: impl AsyncRead + Send + 'static) -> Self {
        Self::of(Source::once(chunks::of_reader(Box::pin(reader))))
    }

    /// Returns a file whose content is a stream that `open` returns, with the same content each time: once for each attempt.
    pub fn open_with<S>(open: impl Fn() -> S + Send + Sync + 'static) -> Self
    where
        S: Stream<Item = io::Result<Bytes>> + Send + 'static,
    {
        Self::of(Source::again(move || Box::pin(open())))
    }

    fn of(source: Source) -> Self {
        Self {
            source,
            length: None,
            file_name: None,
            media_type: None,
        }
    }

    /// Sets the length of a stream or reader, in bytes, which the request then states. Content of another length is an error of kind
    /// [`File`](crate::ErrorKind::File), and never a whole request.
    #[must_use]
    pub fn length(mut self, bytes: u64) -> Self {
        self.length = Some(bytes);
        self
    }

    /// Sets the name of the file, which a part of a body states.
    #[must_use]
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// Sets the media type. Without one it is that of the operation, else `application/octet-stream`.
    #[must_use]
    pub fn media_type(mut self, media_type: impl Into<String>) -> Self {
        self.media_type = Some(media_type.into());
        self
    }

    pub(crate) fn name(&self) -> Option<&str> {
        self.file_name.as_deref()
    }

    pub(crate) fn media(&self) -> Option<&str> {
        self.media_type.as_deref()
    }

    /// The content, where it is in memory.
    pub(crate) fn content(&self) -> Option<&Bytes> {
        match &self.source {
            Source::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// Whether it can be read only once, and has been read.
    pub(crate) fn is_spent(&self) -> bool {
        self.source.is_spent()
    }

    /// Opens it for one attempt. Nothing of a stream is read yet.
    pub(crate) async fn open(&self) -> io::Result<UploadBody> {
        self.source.open(self.length).await
    }
}

impl From<Bytes> for FileUpload {
    fn from(content: Bytes) -> Self {
        Self::bytes(content)
    }
}

impl From<Vec<u8>> for FileUpload {
    fn from(content: Vec<u8>) -> Self {
        Self::bytes(content)
    }
}

impl From<&[u8]> for FileUpload {
    fn from(content: &[u8]) -> Self {
        Self::bytes(content.to_vec())
    }
}

impl From<PathBuf> for FileUpload {
    fn from(path: PathBuf) -> Self {
        Self::path(path)
    }
}

impl From<&Path> for FileUpload {
    fn from(path: &Path) -> Self {
        Self::path(path)
    }
}

impl PartialEq for FileUpload {
    /// Whether both have the same name, media type and source. Two streams are the same if one is a clone of the other.
    fn eq(&self, other: &Self) -> bool {
        self.source.is_same(&other.source)
            && self.length == other.length
            && self.file_name == other.file_name
            && self.media_type == other.media_type
    }
}

impl Serialize for FileUpload {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match collect::add(self) {
            Some(mark) => serializer.serialize_str(&mark),
            None => Err(S::Error::custom("a file is sent in a body of parts only")),
        }
    }
}

impl Blank for FileUpload {
    fn blank() -> Self {
        Self::bytes("")
    }
}

impl FromJson for FileUpload {
    /// A text of this content.
    fn from_json(json: Json<'_>) -> Result<Self, Fault> {
        String::from_json(json).map(Self::bytes)
    }
}

impl_deserialize!(FileUpload);

impl fmt::Debug for FileUpload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FileUpload")
            .field("file_name", &self.file_name)
            .field("media_type", &self.media_type)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
