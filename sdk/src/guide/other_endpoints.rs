//! Endpoints that the SDK lacks: the same credentials, checks, retries, limits and errors for any path of the API.
//!
//! [`Client::request`](crate::Client::request) takes a method and a path below the base URL. Its last method says what the answer
//! is: [`result`](crate::CustomRequest::result), [`list`](crate::CustomRequest::list), [`empty`](crate::CustomRequest::empty),
//! [`raw`](crate::CustomRequest::raw) or [`download`](crate::CustomRequest::download). It gives a [`Call`](crate::Call) with all
//! the options that calls have:
//!
//! ```no_run
//! use std::time::Duration;
//! use cloudflare_magic::{Client, Method};
//!
//! #[derive(serde::Serialize)]
//! struct NewTunnel {
//!     name: String,
//! }
//!
//! #[derive(serde::Deserialize)]
//! struct Tunnel {
//!     id: String,
//! }
//!
//! # async fn run(client: Client) -> Result<(), cloudflare_magic::Error> {
//! let tunnel = client
//!     .request(Method::POST, "/accounts/023e105f4ecef8ad9ca31a8372d0c353/cfd_tunnel")
//!     .json(&NewTunnel { name: "office".to_owned() })
//!     .result::<Tunnel>()
//!     .timeout(Duration::from_secs(20))
//!     .await?;
//! println!("{}", tunnel.id);
//! # Ok(())
//! # }
//! ```
//!
//! `POST` and `PATCH` are sent once unless [`repeatable(true)`](crate::CustomRequest::repeatable) says that they may be sent again.
//!
//! Where a method exists but its type is behind the service, the answer can be had as it came.
//! [`send`](crate::Call::send) gives it beside the value, and [`raw`](crate::Call::raw) in place of it:
//!
//! ```no_run
//! # async fn run(account: cloudflare_magic::api::Account) -> Result<(), cloudflare_magic::Error> {
//! let response = account.pcaps().list().header("x-trace", "7f3a").send().await?;
//! println!("{} after {} attempts", response.status(), response.attempts());
//! println!("{}", String::from_utf8_lossy(response.body()));
//!
//! let body = account.pcaps().list().raw().await?;
//! println!("{} bytes", body.len());
//! # Ok(())
//! # }
//! ```
