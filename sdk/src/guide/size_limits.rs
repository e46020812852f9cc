//! Size limits: how much memory a response can take.
//!
//! | limit | on | default | bounds |
//! |---|---|---|---|
//! | `max_body_size` | the bytes of a body that is read as a whole, after decompression | 32 MiB | any; also per call |
//! | `max_body_depth` | how deeply arrays and objects are nested | 128 | 1 to 128 |
//! | `max_headers_size` | the bytes of a response's headers, names and values together | 64 KiB | over HTTP/1, 400 KiB and 100 headers |
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
//! If a body or headers are too large, the call fails as soon as the limit is exceeded, with an error of kind
//! [`BodyTooLarge`](crate::ErrorKind::BodyTooLarge) or [`HeadersTooLarge`](crate::ErrorKind::HeadersTooLarge). A body that is nested
//! too deeply is an error of kind [`Decode`](crate::ErrorKind::Decode). None of these is [retried](super::retries). With the feature
//! `gzip` the decompressed size counts.
//!
//! At its default, the depth limit counts only values that are read: a field that the SDK does not know can be nested to any depth. A
//! lower limit counts the whole body.
//!
//! [Downloads](super::downloads) have no size limit: they are never held as a whole, except by
//! [`bytes`](crate::Download::bytes), which takes a limit of its own.
