//! Time limits: five, each settable for the client and for a single call. The error of a limit names it as its
//! [`Phase`](crate::Phase).
//!
//! | limit | on | default |
//! |---|---|---|
//! | `connect_timeout` | opening a connection | 10 s |
//! | `headers_timeout` | the time from sending the request to the response's headers | 30 s |
//! | `idle_timeout` | the time between two chunks of the body | 30 s |
//! | `timeout` | an attempt as a whole | 60 s; none for downloads |
//! | `deadline` | the call as a whole: all attempts and the waits between them | 120 s |
//!
//! If a limit expires before the request has left, the phase of the error says where it waited, whichever limit it was:
//! [`Connect`](crate::Phase::Connect) while a connection was opened, [`Queue`](crate::Phase::Queue) while it waited for a free stream
//! of a connection. The service cannot have processed such a request, so it is sent again if there is time left, whatever the
//! operation.
//!
//! A request that waits for a free stream for five seconds is sent over another connection, which does not count as an
//! [attempt](super::retries).
//!
//! Over HTTP/2 a connection that is silent for ten seconds while a call waits is tested by a PING. If that is not acknowledged within ten
//! seconds, the connection is closed, and its calls fail with kind [`Io`](crate::ErrorKind::Io). Both times are
//! [settable](crate::ClientBuilder::http2_keep_alive).
//!
//! ```no_run
//! use std::time::Duration;
//! use cloudflare_magic::{Client, ErrorKind, Phase};
//!
//! # async fn run() -> Result<(), cloudflare_magic::Error> {
//! let client = Client::builder()
//!     .use_environment()
//!     .deadline(Duration::from_secs(300))
//!     .build()?;
//! let pcaps = client.account_from_env()?.pcaps();
//!
//! match pcaps.list().timeout(Duration::from_secs(5)).deadline(Duration::from_secs(8)).await {
//!     Err(error) if error.kind() == (ErrorKind::Timeout { phase: Phase::Deadline }) => {
//!         println!("deadline passed after {:?} and {} attempts", error.elapsed(), error.attempts());
//!     }
//!     other => println!("{} captures", other?.len()),
//! }
//! # Ok(())
//! # }
//! ```
//!
//! For a download, the client's `deadline` covers the time until the response's headers, since files can be large. A `timeout` or
//! `deadline` set on the call itself covers the download to its last byte.
//!
//! Dropping a future cancels what it does: the request, the waits, a file that is being written. A request that was being sent may
//! have reached the service nevertheless.
