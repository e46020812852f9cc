//! Testing: how to test an application without the service.
//!
//! | what you test | with |
//! |---|---|
//! | that the application sends this request, with these values | a [mock](#with-a-mock): it fails the test on any other request |
//! | what the application does with one response, also one that the service never sent yet | a [mock](#with-a-mock) |
//! | a whole flow: create, wait, read, change, delete | the [fake](#with-a-fake): it keeps state, and things take their time |
//! | that it copes with lost responses, rate limits, missing permissions, failed processes | the [fake](#with-a-fake) |
//! | programs that are no Rust, or run in a process of their own | the program [`fake-service`](super::without_an_account) |
//! | the way of a request through connections and proxies | a server on loopback, or a [transport](#with-a-custom-transport) of your own |
//!
//! A mock knows nothing of the service: it says what the test tells it. The fake knows what is published of the service, and no more.
//!
//! # With a mock
//!
//! The feature `test-util` is for the tests of applications. It adds the module `testing` with a `MockTransport`, which replaces
//! the network:
//!
//! ```toml
//! [dev-dependencies]
//! cloudflare-magic = { git = "https://github.com/cloudflare-magic/cloudflare-magic-rs", features = ["test-util"] }
//! ```
//!
//! | | `MockTransport` | `FakeService` |
//! |---|---|---|
//! | what it is | a list of requests that a test expects, with the response to each | a model of the service, with state: all operations |
//! | what a test states | each request and each response | what is there to begin with, and what fails |
//! | a request that was not foreseen | fails the test | is processed, as the service would |
//! | good for | what exactly is sent; responses that the service sends seldom or never; one call | a sequence of calls; waiters; an application from end to end |
//! | what it cannot do | notice a request that the service would refuse | send what is outside the document |
//!
//! Both have a clock that advances by itself, so that hours of waiting take milliseconds. A test can use both, with a client for each.
//!
//! # With a mock
//!
//! A test names the requests that it expects, by their endpoints, and the response to each. Details of the envelope, the headers
//! and the time are optional:
//!
#![cfg_attr(feature = "test-util", doc = "```")]
#![cfg_attr(not(feature = "test-util"), doc = "```text")]
//! use cloudflare_magic::testing::{MockTransport, from_json, json};
//! use cloudflare_magic::{Client, Error, Pcap, PcapStatus, SimplePcapRequest, api};
//!
//! /// The application.
//! async fn sample(client: &Client) -> Result<Pcap, Error> {
//!     let captures = client.account("a1").pcaps();
//!     let capture = captures
//!         .create(SimplePcapRequest::builder().packet_limit(1000).time_limit(300).build())
//!         .await?;
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
//! // More than half an hour has passed on the mock's clock, but only milliseconds of real time.
//! assert!(mock.clock().elapsed().as_secs() >= 2000);
//! # Ok(())
//! # }
//! ```
//!
//! - An unexpected request is an error for the application, and fails the test when the mock is dropped, with a report: the
//!   request, the nearest expectation, and how they differ. An expectation that was not met fails the test too.
//! - The type of the response follows from the endpoint: a test that returns a file for a list does not compile.
//! - `from_json` reads the types of responses, which a program cannot construct. Ids and timestamps are made from text.
//! - Retries, waiters and time limits run on a `ManualClock`, which advances automatically or when the test advances it.
//!
//! An application that builds its own client passes its builder to `mock.install(builder)`.
//!
//! # With a fake
//!
//! `testing::FakeService`, of the same feature, has all operations and their state. This test begins with an active cloud integration,
//! and loses the response of a create:
//!
#![cfg_attr(feature = "test-util", doc = "```")]
#![cfg_attr(not(feature = "test-util"), doc = "```text")]
//! use cloudflare_magic::testing::FakeService;
//! use cloudflare_magic::{CloudType, CreateProvider, UpdateProvider, api};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), cloudflare_magic::Error> {
//! let role = UpdateProvider::new().aws_arn("arn:aws:iam::123456789012:role/cloudflare");
//! let fake = FakeService::builder()
//!     .provider("a1", CreateProvider::new(CloudType::Aws, "production"), role)
//!     .build();
//! let providers = fake.client().account("a1").magic_cloud().providers();
//!
//! fake.lose_next_response::<api::ProvidersCreate>();
//! let staging = CreateProvider::new(CloudType::Google, "staging");
//! let error = providers.create(staging).await.unwrap_err();
//! assert!(error.may_have_been_processed());
//!
//! // It was processed, and sent once: an application looks before it sends it again.
//! let names: Vec<_> = providers.list().await?.into_iter().map(|one| one.friendly_name).collect();
//! assert_eq!(names, ["production", "staging"]);
//! # Ok(())
//! # }
//! ```
//!
//! | to test | use |
//! |---|---|
//! | an error of the service | `fail_next::<api::PcapsCreate>(403, 10000, "not permitted")`; twice for the next two requests |
//! | a broken connection; a lost response | `break_next`; `lose_next_response` |
//! | slow responses, and the client's time limits | `delay` |
//! | a capture, discovery, plan, .. that fails | `fail_next_process` |
//! | a bucket without access; what is in a bucket | `deny_writes`; `objects`, `object`, `challenge` |
//! | a token without a permission | `FakeService::builder().api_token("reader", ["Magic WAN Read"])`; its client is `fake.install(Client::builder().api_token("reader")).build()` |
//! | an account without a feature | `account_without_magic_cloud`, `account_without_pcaps` of the builder |
//! | the rate limit | `rate_limit` of the builder. The client reads `Ratelimit`, and waits before it is refused ([the rate gate](super::rate_gate)); to see status 429, turn that off with `rate_gate(false)` |
//! | what was sent | `requests` |
//! | a state to begin with | `provider`, `onramp`, .. or `data` of the builder; a `snapshot`, which a file can keep, with `state` |
//! | what happens later | `advance` |
//!
//! A waiter looks at the state as it is: after a discovery that failed, `wait_until_discovered` fails again until `discover` was called.
//!
//! [Without an account](super::without_an_account) has more of it, with the rules that it knows.
//!
//! # With a custom transport
//!
//! A [`Transport`](crate::transport::Transport) sends one request and returns one response or a
//! [`TransportError`](crate::transport::TransportError). Everything else works as in production: checks, retries, the envelope,
//! types and errors. This transport returns an empty list (the crates `bytes` and `http` are those of the trait):
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
//! A transport error says whether the request may have been sent, since retries depend on it: use
//! [`Sent::No`](crate::transport::Sent::No) only if it is certain that nothing was sent.
//!
//! The client takes the time from a [`Clock`](crate::clock::Clock), which [`clock`](crate::ClientBuilder::clock) sets. The
//! default is tokio's clock, so that a test with `tokio::time::pause` does not wait for retries and waiters.
//! [`jitter_seed`](crate::ClientBuilder::jitter_seed) makes the random waits the same on every run. A new client sends at most ten calls
//! at once before the first response ([the rate gate](super::rate_gate)); a test with more of them, whose responses are delayed, turns
//! the gate off.
//!
//! A server on a loopback address works too: [`base_url`](crate::ClientBuilder::base_url) accepts `http` there, and no proxy is
//! used.
