//! Downloads: a file is received chunk by chunk, and never held in memory as a whole except by [`bytes`](crate::Download::bytes).
//!
//! ```no_run
//! use cloudflare_magic::{PcapId, api::Pcaps};
//!
//! # async fn run(pcaps: Pcaps, id: PcapId) -> Result<(), cloudflare_magic::Error> {
//! // To a file.
//! let length = pcaps
//!     .download(&id)
//!     .await?
//!     .to_file("sample.pcap")
//!     .progress(|progress| eprintln!("{} of {:?} bytes", progress.received, progress.total))
//!     .await?;
//! println!("{length} bytes");
//!
//! // Chunk by chunk.
//! let mut download = pcaps.download(&id).await?;
//! while let Some(chunk) = download.chunk().await? {
//!     println!("{} more bytes", chunk.len());
//! }
//!
//! // As a whole, if it is at most 1 MiB.
//! let bytes = pcaps.download(&id).await?.bytes(1 << 20).await?;
//! # Ok(())
//! # }
//! ```
//!
//! A [`Download`](crate::Download) is also a `Stream` and a tokio `AsyncRead`.
//!
//! [`to_file`](crate::Download::to_file) writes to a temporary file in the same folder, syncs it to the disk and then renames it:
//! the path has the whole file or nothing. An existing file is replaced only with [`overwrite(true)`](crate::ToFile::overwrite).
//!
//! On Unix the file has the permissions `0o600`, from its first byte on: its owner can read it, and other users cannot. A program that
//! wants others sets them with [`permissions`](crate::ToFile::permissions), which takes a [`Permissions`](std::fs::Permissions). A file that is replaced keeps its own, unless they are set.
//!
//! A download that fails or is dropped removes its temporary file, `.download-*.part`. A process that is killed cannot. The next
//! download to the same path removes what it left; the temporary file of a download that is still running is locked, and stays. For
//! this the program must be built with Rust 1.89 or later, and the file system must support locks; otherwise nothing is removed. On
//! network file systems locks may not reach other machines: let two machines download to different paths.
//!
//! A body that is an error page or an error's JSON is an error, not a file, and so is a body shorter than its `Content-Length`.
//! [`file_name`](crate::Download::file_name) returns the name that the server suggests, made safe: a single name without folders.
//!
//! A download can be begun and read later, or not at all: other calls go on meanwhile. Downloads have connections of their own. Over HTTP/2
//! at most 2 MiB of each are received before the program reads it; over HTTP/1.1 it is what the system keeps for a connection.
//!
//! A download that fails before its response begins is [retried](super::retries) like any other read. Once the download has begun
//! it is not: the program gets the error, and has to request the file again.
