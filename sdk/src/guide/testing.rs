//! Testing: an application is tested without the service.
//!
//! # With a mock
//!
//! The feature `test-util` is for the tests of applications. It brings the module `testing` with a `MockTransport`, which stands
//! where the network is:
//!
//! ```toml
//! [dev-dependencies]
//! cloudflare-magic = { version = "0.1", features = ["test-util"] }
//! ```
//!
//! A test says which requests it expects, by their endpoints, and what each is answered. It tells no more of the envelope, the
//! headers and the time than it wants to:
//!
#![cfg_attr(feature = "test-util", doc = "```")]
#![cfg_attr(not(feature = "test-util"), doc = "```text")]
//! use cloudflare_magic::testing::{MockTransport, from_json, json};
//! use cloudflare_magic::{Client, Error, Pcap, PcapStatus, SimplePcapRequest, api};
//!
//! /// The application.
//! async fn sample(client: &Client) -> Result<Pcap, Error> {
//!     let captures = client.account("a1").pcaps();
//!     let capture = captures.create(SimplePcapRequest::new(1000, 300)).await?;
//!     match capture.id() {
//!         Some(id) => captures.wait_until_ready(id).await,
//!         None => Ok(capture),
//!     }
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Error> {
//! let capture = |status| from_json(json!({"id": "c1", "type": "simple", "status": status}));
//! let mock = MockTransport::new();
//! mock.expect::<api::PcapsCreate>()
//!     .body_includes(json!({"time_limit": 300}))
//!     .returns(capture("pending"));
//! mock.expect::<api::PcapsGet>().fails(503, 1001, "try again");
//! mock.expect::<api::PcapsGet>().path("pcap_id", "c1").times(400).returns(capture("running"));
//! mock.expect::<api::PcapsGet>().path("pcap_id", "c1").returns(capture("success"));
//!
//! assert_eq!(sample(&mock.client()).await?.status(), Some(&PcapStatus::Success));
//! // The clock of the mock has moved by more than half an hour, the one on the wall by milliseconds.
//! assert!(mock.clock().elapsed().as_secs() >= 2000);
//! # Ok(())
//! # }
//! ```
//!
//! - A request that nothing expects is an error for the application, and fails the test when the mock is dropped, with a report:
//!   what came, what comes nearest, and how they differ. So does an expectation that was not met.
//! - The answer goes by the endpoint: a list is not answered with a file, or the test does not compile.
//! - `from_json` reads the types of answers, which a program cannot build. Ids and timestamps come from text.
//! - Retries, waiters and time limits run on a `ManualClock`, which moves by itself or by hand.
//!
//! An application that builds its client itself hands its builder to `mock.install(builder)`.
//!
//! # With a transport of one's own
//!
//! A [`Transport`](crate::transport::Transport) makes one exchange: it gets a finished request and gives an answer or a
//! [`TransportError`](crate::transport::TransportError). Everything else stays as it is in earnest: checks, retries, the envelope,
//! types and errors. This one knows a single list (the crates `bytes` and `http` are those of the trait):
//!
//! ```
//! use bytes::Bytes;
//! use cloudflare_magic::transport::{Transport, TransportBody, TransportError};
//! use cloudflare_magic::{BoxFuture, Client, Error};
//! use http::{Request, Response};
//!
//! #[derive(Debug)]
//! struct NoCaptures;
//!
//! impl Transport for NoCaptures {
//!     fn exchange(
//!         &self,
//!         request: Request<Bytes>,
//!     ) -> BoxFuture<'_, Result<Response<TransportBody>, TransportError>> {
//!         assert_eq!(request.method(), "GET");
//!         assert_eq!(request.uri().path(), "/client/v4/accounts/a1/pcaps");
//!         let body = Bytes::from_static(br#"{"success": true, "errors": [], "messages": [], "result": []}"#);
//!         Box::pin(async { Ok(Response::new(TransportBody::from(body))) })
//!     }
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Error> {
//! let client = Client::builder().api_token("any").transport(NoCaptures).build()?;
//! let captures = client.account("a1").pcaps().list().await?;
//! assert!(captures.is_empty());
//! # Ok(())
//! # }
//! ```
//!
//! A failure says whether the request may have been sent, since retries depend on it:
//! [`Sent::No`](crate::transport::Sent::No) is for those of which it is proved that it was not.
//!
//! Time goes through a [`Clock`](crate::policy::clock::Clock), which [`clock`](crate::ClientBuilder::clock) replaces. The default is
//! tokio's, so that a test under `tokio::time::pause` does not wait for retries and waiters.
//! [`jitter_seed`](crate::ClientBuilder::jitter_seed) makes the random waits the same on every run.
//!
//! A server on a loopback address works as well: [`base_url`](crate::ClientBuilder::base_url) takes `http` there, and no proxy is
//! used.
