//! Waiting: for what the service does in minutes or hours.
//!
//! | method | waits until |
//! |---|---|
//! | [`pcaps().wait_until_ready`](crate::api::Pcaps::wait_until_ready) | a capture is ready |
//! | [`ownership().wait_until_validated`](crate::api::Ownership::wait_until_validated) | a bucket is proved |
//! | [`providers().wait_until_discovered`](crate::api::Providers::wait_until_discovered) | discovery is done; also as `_v2` |
//! | [`onramps().wait_until_planned`](crate::api::Onramps::wait_until_planned) | an on-ramp is planned |
//! | [`onramps().wait_until_active`](crate::api::Onramps::wait_until_active) | an on-ramp is in use |
//! | [`onramps().wait_until_destroyed`](crate::api::Onramps::wait_until_destroyed) | an on-ramp is gone |
//!
//! Each returns a [`Waiter`](crate::Waiter). Awaited, it polls at an interval and returns the final value. Its
//! [`next`](crate::Waiter::next), or the waiter as a `Stream`, yields the value of each poll:
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
//! while let Some(seen) = waiter.next().await {
//!     match seen {
//!         Ok(onramp) => println!("{:?}", onramp.status),
//!         Err(error) if error.kind() == ErrorKind::WaitTimeout => println!("not yet: {error}"),
//!         Err(error) => return Err(error),
//!     }
//! }
//! # Ok(())
//! # }
//! ```
//!
//! - A state that means failure is an error of kind [`WaitFailed`](crate::ErrorKind::WaitFailed), with the service's reasons
//!   in [`errors`](crate::Error::errors).
//! - After the limit the error is of kind [`WaitTimeout`](crate::ErrorKind::WaitTimeout). After `.await`,
//!   [`last_value`](crate::Error::last_value) returns the last value, in both cases.
//! - A poll that fails temporarily is tolerated, five times in a row unless
//!   [`tolerate`](crate::Waiter::tolerate) sets another number.
//! - A state that this version does not know counts as pending.
//!
//! The service stores nothing about a waiter: a program that was stopped needs the id only to wait again.
