//! Waiting: for operations that take the service minutes or hours.
//!
//! | method | waits until |
//! |---|---|
//! | [`pcaps().wait_until_ready`](crate::api::Pcaps::wait_until_ready) | a capture is ready |
//! | [`ownership().wait_until_validated`](crate::api::Ownership::wait_until_validated) | a bucket's ownership is proved |
//! | [`providers().wait_until_discovered`](crate::api::Providers::wait_until_discovered) | discovery is done; there is also `wait_until_discovered_v2` |
//! | [`onramps().wait_until_planned`](crate::api::Onramps::wait_until_planned) | an on-ramp is planned |
//! | [`onramps().wait_until_active`](crate::api::Onramps::wait_until_active) | an on-ramp is active |
//! | [`onramps().wait_until_destroyed`](crate::api::Onramps::wait_until_destroyed) | an on-ramp is destroyed |
//!
//! Each returns a [`Waiter`](crate::Waiter). Awaited, it polls at intervals and returns the final value. Its
//! [`next`](crate::Waiter::next), or its `Stream`, returns the value of each poll. Each method's documentation states how often it
//! polls, for how long, and which states end the wait; [`interval`](crate::Waiter::interval) and [`limit`](crate::Waiter::limit) set
//! other times:
//!
//! ```no_run
//! use std::time::Duration;
//! use cloudflare_magic::{ErrorKind, OnrampId, api::Onramps};
//!
//! # async fn run(onramps: Onramps, id: OnrampId) -> Result<(), cloudflare_magic::Error> {
//! onramps.plan(&id).await?;
//! onramps.wait_until_planned(&id).await?;
//!
//! onramps.apply(&id).await?;
//! let mut waiter = onramps.wait_until_active(&id).limit(Duration::from_secs(1800));
//! while let Some(polled) = waiter.next().await {
//!     match polled {
//!         Ok(onramp) => println!("{:?}", onramp.status),
//!         Err(error) if error.kind() == ErrorKind::WaitTimeout => println!("not active yet: {error}"),
//!         Err(error) => return Err(error),
//!     }
//! }
//! # Ok(())
//! # }
//! ```
//!
//! Functions that take a future, such as `tokio::time::timeout`, `tokio::spawn` and `join!`, get
//! `IntoFuture::into_future(waiter)`, or an `async` block that awaits the waiter. With `StreamExt` in scope `waiter.into_future()` is
//! another method, that of streams.
//!
//! - A state that means failure is an error of kind [`WaitFailed`](crate::ErrorKind::WaitFailed), with the service's reasons
//!   in [`errors`](crate::Error::errors).
//! - When the limit has passed, the error is of kind [`WaitTimeout`](crate::ErrorKind::WaitTimeout). After `.await`,
//!   [`last_value`](crate::Error::last_value) has the value of the last poll, in both cases. A poll that is under way at the limit is
//!   dropped; the last poll begins early enough to end in time, if it takes no longer than those before it.
//! - Right after a create, the resource may not be found yet: for 30 seconds from the first poll on, or the time that
//!   [`grace`](crate::Waiter::grace) sets, status 404 is no failure, nor is absence from a list. After a poll has found the resource,
//!   status 404 ends the wait with an error.
//! - `wait_until_destroyed` succeeds with a status of 404 that the service itself sent: JSON with `success: false` and an error. The 404
//!   of a proxy's page, of an empty body, or of a path that the service does not know (error codes 7000 and 7003) is an error.
//! - Polls that fail with a transient error are tolerated: five in a row, unless [`tolerate`](crate::Waiter::tolerate) sets
//!   another number.
//! - A state that this version does not know counts as not final: the waiter keeps polling.
//!
//! A waiter needs the id only, and leaves no state at the service: keep the id, and a program that was restarted continues to wait. Its
//! limit starts again then.
//!
//! ```no_run
//! use cloudflare_magic::{PcapId, api::Pcaps};
//!
//! # async fn run(pcaps: Pcaps) -> Result<(), Box<dyn std::error::Error>> {
//! // `PcapId` is read and written like a string.
//! let id = PcapId::from(std::fs::read_to_string("capture.id")?);
//! let capture = pcaps.wait_until_ready(&id).await?;
//! # Ok(())
//! # }
//! ```
