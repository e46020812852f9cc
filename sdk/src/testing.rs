//! For tests of applications: the service as a test wants it, without a socket, and a clock to move. Needs the feature
//! `test-util`.
//!
//! A [`MockTransport`] stands where the network is. A test says which requests it expects, by the endpoints in
//! [`api`](crate::api), and what each is answered. All of the client stays as it is in earnest: checks, retries, the rate
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
//!     "lifecycle_state": "ACTIVE", "state": "DONE", "state_v2": "DONE",
//! }));
//! let mock = MockTransport::new();
//! mock.expect::<api::ProvidersList>().query("status", true).returns([]);
//! mock.expect::<api::ProvidersCreate>()
//!     .path("account_id", "a1")
//!     .body(CreateProvider::new(CloudType::Aws, "production"))
//!     .returns(provider);
//!
//! // What the application does:
//! let providers = mock.client().account("a1").magic_cloud().providers();
//! assert!(providers.list().status(true).await?.is_empty());
//! let created = providers.create(CreateProvider::new(CloudType::Aws, "production")).await?;
//!
//! assert_eq!(created.friendly_name, "production");
//! // Here `mock` is dropped, and makes sure that everything expected has happened, and nothing else.
//! # Ok(())
//! # }
//! ```
//!
//! # Expectations
//!
//! [`expect`](MockTransport::expect) begins one, methods of [`Expectation`] narrow it and say how often it holds, and the
//! answer ends it. The answer goes by the endpoint: `returns` takes what the call gives, a file has
//! [`returns_bytes`](Expectation::returns_bytes), success alone [`returns_nothing`](Expectation::returns_nothing), and any of them
//! can fail ([`fails`](Expectation::fails), [`breaks`](Expectation::breaks), [`stalls`](Expectation::stalls)) or be answered with
//! whatever one likes ([`answers`](Expectation::answers)).
//!
//! A request is served by the first expectation, in the order of the test, that fits and has not been used up. So what
//! happens one after the other is written one after the other:
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
//! Where the number is the client's business, [`times`](Expectation::times) takes a range: `times(1..)` for the last look of a waiter.
//!
//! A request that nothing expects fails with status 421, which is never tried again; its error says in a line what comes
//! nearest and how it differs. [`verify`](MockTransport::verify), or dropping the mock, then panics with all of it, so that a
//! test fails also where the application swallows the error. What is expected and never sent is told there too. Values of
//! secret fields are not printed, and credentials are not even kept.
//!
//! # Values
//!
//! The types of answers grow, so a test cannot build them field by field: [`from_json`] reads them. Ids and timestamps come
//! from text: `ProviderId::from("p1")`, `Timestamp::from("2026-07-20T08:00:00Z")`.
//!
//! # Time
//!
//! The client of a mock runs on a [`ManualClock`], on which nobody ever waits: see there.

mod answers;
mod capture;
mod clock;
mod difference;
mod envelope;
mod expectation;
mod expected;
mod from_json;
mod mock;
mod pattern;
mod reaction;
mod refuse;
mod report;
mod request;
mod secrets;
mod times;

pub use serde_json::json;

pub use self::capture::EMPTY_CAPTURE;
pub use self::clock::ManualClock;
pub use self::expectation::Expectation;
pub use self::from_json::from_json;
pub use self::mock::MockTransport;
pub use self::request::SentRequest;
pub use self::times::Times;
