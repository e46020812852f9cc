//! Testing: an application is tested without the service, by a transport of its own.
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
//! Time goes through a [`Clock`](crate::clock::Clock), which [`clock`](crate::ClientBuilder::clock) replaces. The default is
//! tokio's, so that a test under `tokio::time::pause` does not wait for retries and waiters.
//! [`jitter_seed`](crate::ClientBuilder::jitter_seed) makes the random waits the same on every run.
//!
//! A server on a loopback address works as well: [`base_url`](crate::ClientBuilder::base_url) takes `http` there, and no proxy is
//! used.
