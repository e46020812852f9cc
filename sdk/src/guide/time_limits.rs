//! Time limits: five, each for the client and for a single call. An error names the one that passed, as its
//! [`Phase`](crate::Phase).
//!
//! | limit | on | default |
//! |---|---|---|
//! | `connect_timeout` | opening a connection | 10 s |
//! | `headers_timeout` | the time from sending to the head of the answer | 30 s |
//! | `idle_timeout` | the time between two pieces of the body | 30 s |
//! | `timeout` | an attempt as a whole | 60 s; none for downloads |
//! | `deadline` | the call as a whole: all attempts and the waits between them | 120 s |
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
//!         println!("given up after {:?} and {} attempts", error.elapsed(), error.attempts());
//!     }
//!     other => println!("{} captures", other?.len()),
//! }
//! # Ok(())
//! # }
//! ```
//!
//! For a download, `deadline` of the client ends with the head of the answer, since files can be large. A `timeout` or `deadline`
//! of the call itself holds to its last byte.
//!
//! Dropping a future ends what it does: the exchange, the waits, a file that is being written. A request that was on its way may
//! have arrived nevertheless.
