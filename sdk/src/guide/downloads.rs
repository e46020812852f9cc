//! Downloads: a file comes piece by piece, and is never held in memory as a whole unless one asks for it.
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
//! // Piece by piece.
//! let mut download = pcaps.download(&id).await?;
//! while let Some(piece) = download.chunk().await? {
//!     println!("{} more bytes", piece.len());
//! }
//!
//! // As a whole, if it is no larger than a megabyte.
//! let bytes = pcaps.download(&id).await?.bytes(1 << 20).await?;
//! # Ok(())
//! # }
//! ```
//!
//! A [`Download`](crate::Download) is a `Stream` and tokio's `AsyncRead` too.
//!
//! [`to_file`](crate::Download::to_file) writes beside the path, forces the file to the disk and then renames it: under the path
//! stands the whole file or nothing. It replaces what is there only after [`overwrite(true)`](crate::ToFile::overwrite).
//!
//! What looks like an error page or an error's JSON is an error, not a file, and so is a body that ends before its announced
//! length. [`file_name`](crate::Download::file_name) gives the name that the server suggests, made safe: a single name without
//! folders.
//!
//! A download that breaks before or at its beginning is [repeated](super::retries) like any other read. Once it has begun it is
//! not: the error is yours to act on, and the file has to be asked for again.
