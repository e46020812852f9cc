//! Size limits: what a server may make the process hold.
//!
//! | limit | on | default | bounds |
//! |---|---|---|---|
//! | `max_body_size` | the bytes of a body that is read as a whole, after decompression | 32 MiB | any; also per call |
//! | `max_body_depth` | how deep arrays and objects lie within each other | 128 | 1 to 128 |
//! | `max_headers_size` | the bytes of an answer's headers, names and values together | 64 KiB | over HTTP/1, 400 KiB and 100 headers |
//!
//! ```no_run
//! use cloudflare_magic::{Client, ErrorKind};
//!
//! # async fn run() -> Result<(), cloudflare_magic::Error> {
//! let client = Client::builder()
//!     .use_environment()
//!     .max_body_size(4 << 20)
//!     .max_body_depth(32)
//!     .max_headers_size(16 << 10)
//!     .build()?;
//! let syncs = client.account_from_env()?.magic_cloud().catalog_syncs();
//!
//! // This list is known to be long.
//! match syncs.list().max_body_size(64 << 20).await {
//!     Err(error) if error.kind() == ErrorKind::BodyTooLarge => println!("too long: {error}"),
//!     other => println!("{} syncs", other?.len()),
//! }
//! # Ok(())
//! # }
//! ```
//!
//! A body or headers that are too large are an error of kind [`BodyTooLarge`](crate::ErrorKind::BodyTooLarge) or
//! [`HeadersTooLarge`](crate::ErrorKind::HeadersTooLarge), as soon as it is clear that they are; one that is too deep is of kind
//! [`Decode`](crate::ErrorKind::Decode). None of these is [repeated](super::retries). With the feature `gzip` it is the unpacked
//! size that counts.
//!
//! [Downloads](super::downloads) have no limit on their size: they are never held as a whole, unless
//! [`bytes`](crate::Download::bytes) is asked for, which takes a limit of its own.
