//! Errors: one type, [`Error`](crate::Error), for everything that can fail.
//!
//! Printed, it is one line with the operation, the status, the service's reasons and the ids that Cloudflare's support asks for:
//!
//! ```text
//! pcaps.create: 403 Forbidden: [1012] feature not enabled (cf-ray 8f2c0d1e2f3a4b5c-AMS)
//! ```
//!
//! A program decides by [`kind`](crate::Error::kind). What the service refused in its own words is of kind
//! [`Api`](crate::ErrorKind::Api), and [`errors`](crate::Error::errors) has its reasons with typed codes:
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
//! Every error of a call tells how often it was tried ([`attempts`](crate::Error::attempts)), how long it took
//! ([`elapsed`](crate::Error::elapsed)) and whether the service may have done what was asked all the same
//! ([`may_have_been_processed`](crate::Error::may_have_been_processed)). Look at what is there before you repeat such a call.
//!
//! An argument that cannot be sent, such as an id with a slash, is remembered, and comes back as an error of kind
//! [`InvalidInput`](crate::ErrorKind::InvalidInput) when the call is awaited. Then nothing was sent.
//!
//! Kinds and codes can grow: match them with a `_` arm.
