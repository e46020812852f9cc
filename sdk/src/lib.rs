//! A typed client for two parts of Cloudflare's API: packet captures (PCAPs) and Magic Cloud Networking.
//!
//! ```no_run
//! # async fn run() -> Result<(), cloudflare_magic::Error> {
//! use cloudflare_magic::Client;
//!
//! let account = Client::from_env()?.account("023e105f4ecef8ad9ca31a8372d0c353");
//! for provider in account.magic_cloud().providers().list().await? {
//!     println!("{provider:?}");
//! }
//! # Ok(())
//! # }
//! ```
//!
//! A [`Client`] gives handles, a handle's methods give calls, and a call is sent when it is awaited. Handles and endpoints live
//! in [`api`], the types of requests and answers at the root. Failures are one type, [`Error`].
//!
//! The pages of the [guide], each with an example:
//!
//! - [Credentials](guide::credentials): from the environment, or given to the builder.
//! - [Errors](guide::errors): what a failed call tells, and how a program decides on it.
//! - [Retries](guide::retries): what is sent again, and what never is.
//! - [The rate gate](guide::rate_gate): what happens when the service takes no more calls.
//! - [Time limits](guide::time_limits): how long a call can take.
//! - [Size limits](guide::size_limits): how large an answer can be.
//! - [Paging](guide::paging): a list, to its end.
//! - [Waiting](guide::waiting): for what takes minutes or hours.
//! - [Downloads](guide::downloads): a file, piece by piece or to the disk.
//! - [Buckets](guide::buckets): where full captures go, and the proof that a bucket is one's own.
//! - [Timestamps](guide::timestamps): moments as the service writes them, and as instants.
//! - [Other endpoints](guide::other_endpoints): what the SDK lacks, through the same pipeline.
//! - [Tracing](guide::tracing): what an observer sees of calls.
//! - [Testing](guide::testing): an application without the service.
//!
//! Calls are awaited inside a tokio runtime with I/O and time enabled, unless a client has a transport and a clock of its own.
//!
//! # Features
//!
//! | feature | default | what it does |
//! |---|---|---|
//! | `rustls` | yes | HTTPS through rustls with the ring provider and the platform's root certificates |
//! | `native-tls` | no | HTTPS through the platform's own TLS; with `rustls` on as well, rustls is used |
//! | `gzip` | no | asks for compressed answers and unpacks them |
//! | `jiff`, `chrono`, `time` | no | conversions between [`Timestamp`] and the instants of these crates |
//! | `tracing` | no | spans for calls and attempts, events where the service drifts from its document |
//! | `test-util` | no | for tests of applications: a mock of the service without a socket, and a clock that nobody waits for |
//!
//! Each works alone and beside all others. With neither `rustls` nor `native-tls` there is no built-in transport:
//! [`ClientBuilder::transport`] takes one of your own.

#![warn(missing_docs)]
#![cfg_attr(docsrs, feature(doc_cfg))]

// The rooms. Each uses only those above it; `codegen/tests/tidy` checks that.
mod base;
mod call;
mod client;
mod decode;
mod error;
mod pipeline;
mod policy;
mod request;
mod response;
pub mod transport;
mod types;

// Beside the rooms.
mod bucket;
#[rustfmt::skip]
mod generated;
pub mod guide;
mod runtime;
mod service;
#[cfg(feature = "test-util")]
pub mod testing;

pub use crate::base::BoxFuture;
pub use crate::bucket::BucketDestination;
pub use crate::call::Call;
pub use crate::call::custom::CustomRequest;
pub use crate::call::paging::{Items, Pages};
pub use crate::call::wait::Waiter;
pub use crate::client::Client;
pub use crate::client::builder::ClientBuilder;
pub use crate::error::{ApiError, Error, ErrorKind, Phase};
pub use crate::generated::api;
#[allow(
    clippy::wildcard_imports,
    reason = "the generator lists the names, one by one"
)]
pub use crate::generated::types::*;
pub use crate::policy::clock;
pub use crate::policy::rate::{RateLimit, RatePolicy};
pub use crate::response::Response;
pub use crate::response::download::{Download, Progress, ToFile};
pub use crate::response::envelope::ApiMessage;
pub use crate::response::page::{Page, ResultInfo};
pub use crate::types::clearable::Clearable;
pub use crate::types::open_enum::{UnknownCode, UnknownValue};
pub use crate::types::secret::SecretText;
pub use crate::types::timestamp::Timestamp;
pub use crate::types::union::UnknownVariant;
pub use http::Method;

/// What an endpoint is, for code that is generic over endpoints.
pub mod endpoint {
    pub use crate::call::custom::Custom;
    pub use crate::request::operation::{Endpoint, Operation};
    pub use crate::response::kind::{Binary, Empty, List, Paged, Raw, ResponseKind, Single};
}
