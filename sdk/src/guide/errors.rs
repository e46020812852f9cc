//! Errors: one type, [`Error`](crate::Error), for everything that can fail.
//!
//! Printed, it is one line with the operation, the status, the service's errors and the ids that Cloudflare's support asks for:
//!
//! ```text
//! pcaps.create: 403 Forbidden: [1012] feature not enabled (cf-ray 8f2c0d1e2f3a4b5c-AMS)
//! ```
//!
//! Programs match on [`kind`](crate::Error::kind). If the service reports errors in its JSON, the kind is
//! [`Api`](crate::ErrorKind::Api), and [`errors`](crate::Error::errors) returns them with typed codes:
//!
//! ```no_run
//! use cloudflare_magic::{ErrorKind, PcapId, api::Pcaps};
//!
//! # async fn run(pcaps: Pcaps, id: PcapId) -> Result<(), cloudflare_magic::Error> {
//! match pcaps.get(&id).await {
//!     Ok(pcap) => println!("{pcap:?}"),
//!     Err(error) if error.status().is_some_and(|status| status == 404) => println!("no such capture"),
//!     Err(error) if error.kind() == ErrorKind::Api => {
//!         for reason in error.errors() {
//!             println!("{:?}: {}", reason.code(), reason.message());
//!         }
//!     }
//!     Err(error) => return Err(error),
//! }
//! # Ok(())
//! # }
//! ```
//!
//! Every error of a call has the number of attempts ([`attempts`](crate::Error::attempts)), the time they took
//! ([`elapsed`](crate::Error::elapsed)) and whether the service may have processed the request nevertheless
//! ([`may_have_been_processed`](crate::Error::may_have_been_processed)). Read the current state before you repeat such a call.
//!
//! An argument that cannot be sent, such as an id with a slash, makes the call fail when it is awaited, with an error of kind
//! [`InvalidInput`](crate::ErrorKind::InvalidInput). Then nothing was sent.
//!
//! New kinds and codes can be added: match them with a `_` arm.
