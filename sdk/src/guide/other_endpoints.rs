//! Endpoints that the SDK has no method for: the same credentials, checks, retries, limits and errors for any path of the API.
//!
//! [`Client::request`](crate::Client::request) takes a method and a path below the base URL. The last method called on the request
//! sets the kind of the response: [`result`](crate::CustomRequest::result), [`list`](crate::CustomRequest::list),
//! [`paged`](crate::CustomRequest::paged) (or [`items`](crate::CustomRequest::items), for the items of all pages),
//! [`empty`](crate::CustomRequest::empty), [`raw`](crate::CustomRequest::raw) or [`download`](crate::CustomRequest::download); with the
//! feature `responses` also `plain_json`, for JSON without the envelope, and `text`. What a response has beside its result is in its
//! [`body`](crate::Response::body), and with that feature `Response::extra` reads it as a type.
//! It is sent the API token or the API key of the client; with the feature `credentials`, `CustomRequest::credentials` names others, or none.
//! It returns a [`Call`](crate::Call) with the options of all calls:
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
//! With the feature `bodies` a request can have another body than JSON: `form`, `multipart`, `text_body`, or `file`, which takes a
//! `FileUpload` from memory, the disk, a stream or a reader. A file on the disk is sent again where the request may be repeated; what was
//! read of a stream is not. Without limits that the call itself sets, an upload may take as long as it makes progress.
//!
//! If the SDK has a method that lacks a parameter or a field of the body, [`query`](crate::Call::query) and
//! [`body_field`](crate::Call::body_field) of its call add it. If its types lack a field of the response, read the response as it was received:
//! [`send`](crate::Call::send) returns it together with the value, and [`raw`](crate::Call::raw) in place of the value:
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
