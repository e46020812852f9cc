//! For tests of applications: a mock of the service without a socket, and a manual clock. Needs the feature `test-util`.
//!
//! A [`MockTransport`] replaces the network. A test names the requests that it expects, by the endpoints in
//! [`api`](crate::api), and the response to each. The rest of the client works as in production: checks, retries, the rate
//! gate, time limits, types and errors.
//!
//! ```
//! use cloudflare_magic::testing::{MockTransport, from_json, json};
//! use cloudflare_magic::{CloudType, CreateProvider, Provider, api};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), cloudflare_magic::Error> {
//! let provider: Provider = from_json(json!({
//!     "id": "p1", "cloud_type": "AWS", "friendly_name": "production", "last_updated": "2026-07-20T08:00:00Z",
//!     "lifecycle_state": "ACTIVE", "state": "SUCCEEDED", "state_v2": "SUCCEEDED",
//! }));
//! let mock = MockTransport::new();
//! mock.expect::<api::ProvidersList>().query("status", true).returns([]);
//! mock.expect::<api::ProvidersCreate>()
//!     .path("account_id", "a1")
//!     .body(CreateProvider::new(CloudType::Aws, "production"))
//!     .returns(provider);
//!
//! // The code of the application:
//! let providers = mock.client().account("a1").magic_cloud().providers();
//! assert!(providers.list().status(true).await?.is_empty());
//! let created = providers.create(CreateProvider::new(CloudType::Aws, "production")).await?;
//!
//! assert_eq!(created.friendly_name, "production");
//! // Here `mock` is dropped. It panics if a request was unexpected, or an expectation was not met.
//! # Ok(())
//! # }
//! ```
//!
//! # Expectations
//!
//! [`expect`](MockTransport::expect) begins one, methods of [`Expectation`] add conditions and set how often it is expected, and
//! a method that sets the response completes it. These follow from the endpoint: `returns` takes the value that the call returns,
//! a file has [`returns_bytes`](Expectation::returns_bytes), an empty success [`returns_nothing`](Expectation::returns_nothing).
//! Every endpoint can fail ([`fails`](Expectation::fails), [`breaks`](Expectation::breaks), [`stalls`](Expectation::stalls)) or
//! send any other response ([`responds`](Expectation::responds)). [`Fault`] and [`Sent`], which `breaks` takes, are here too.
//!
//! A request gets the response of the first expectation, in the order of the test, that matches and has not been used up. So
//! requests that come one after the other are written one after the other:
//!
//! ```
//! use cloudflare_magic::testing::{MockTransport, from_json, json};
//! use cloudflare_magic::api;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), cloudflare_magic::Error> {
//! let mock = MockTransport::new();
//! mock.expect::<api::PcapsGet>().fails(503, 1001, "try again");
//! for status in ["pending", "running", "success"] {
//!     let capture = json!({"id": "c1", "type": "simple", "status": status});
//!     mock.expect::<api::PcapsGet>().path("pcap_id", "c1").returns(from_json(capture));
//! }
//! let captures = mock.client().account("a1").pcaps();
//! captures.wait_until_ready("c1").await?;
//! assert_eq!(mock.requests().len(), 4);
//! # Ok(())
//! # }
//! ```
//!
//! If the client decides the number, [`times`](Expectation::times) takes a range: `times(1..)` for the polls of a waiter.
//!
//! An unexpected request fails with status 400, which is never retried; its error names, in one line, the nearest expectation
//! and how the request differs. [`verify`](MockTransport::verify), or dropping the mock, then panics with the full report, so that
//! a test fails even if the application ignores the error. The report also lists expectations that were not met. Values of secret
//! fields are not printed, and credentials are not stored.
//!
//! # Values
//!
//! The types of responses can get new fields, so a test cannot construct them field by field: [`from_json`] reads them from JSON.
//! Ids and timestamps are made from text: `ProviderId::from("p1")`, `Timestamp::from("2026-07-20T08:00:00Z")`.
//!
//! An [`Error`](crate::Error) for code that decides on errors is made by an [`ErrorBuilder`]; errors can be cloned.
//!
//! # Time
//!
//! The client of a mock runs on a [`ManualClock`], on which waits take no real time.

mod capture;
mod clock;
mod difference;
mod envelope;
mod error;
mod expectation;
mod expected;
mod fail;
pub(crate) mod fake;
mod from_json;
mod mock;
mod pattern;
mod reaction;
mod report;
mod request;
mod responses;
mod secrets;
mod times;

pub use serde_json::json;

pub use self::capture::EMPTY_CAPTURE;
pub use self::clock::ManualClock;
pub use self::error::ErrorBuilder;
pub use self::expectation::Expectation;
pub use self::fake::{FakeProcess, FakeService, FakeServiceBuilder};
#[cfg(feature = "fake-service")]
pub use self::fake::{FakeServer, FakeServerBuilder};
pub use self::from_json::from_json;
pub use self::mock::MockTransport;
pub use self::request::SentRequest;
pub use self::times::Times;
pub use crate::transport::{Fault, Sent};
