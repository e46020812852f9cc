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
//! A [`Client`] returns handles, the methods of a handle return calls, and a call is sent when it is awaited. Handles and
//! endpoints are in [`api`], whose page has a table of all of them; the types of requests and responses are in the crate root. All
//! errors have one type, [`Error`].
//!
//! The pages of the [guide], each with examples:
//!
//! - [Credentials](guide::credentials): from the environment, or passed to the builder.
//! - [Errors](guide::errors): what an error of a call contains, and how a program handles it.
//! - [Requests](guide::requests): ids, enums, optional values, builders, and fields that this version lacks.
//! - [Retries](guide::retries): which calls are sent again, and which never are.
//! - [The rate gate](guide::rate_gate): what happens when the service's rate limit is reached.
//! - [Time limits](guide::time_limits): how long a call can take.
//! - [Size limits](guide::size_limits): how large a response can be.
//! - [Paging](guide::paging): all items of a list, or one page.
//! - [Waiting](guide::waiting): for operations that take minutes or hours.
//! - [Downloads](guide::downloads): a file, chunk by chunk or to the disk.
//! - [Buckets](guide::buckets): where full captures are written, and the proof that a bucket is yours.
//! - [Caching](guide::caching): values written down with serde, and read back.
//! - [Timestamps](guide::timestamps): as the service writes them, and as instants of a date library.
//! - [Other endpoints](guide::other_endpoints): endpoints that the SDK has no method for, through the same pipeline.
//! - [Networks](guide::networks): proxies, certificates, connections, layers, runtimes, synchronous code.
//! - [Tracing](guide::tracing): the spans and events of calls.
//! - [Testing](guide::testing): tests of an application, without the service.
//! - [Without an account](guide::without_an_account): a fake of the service, to write, show and test an application.
//!
//! Calls are awaited inside a tokio runtime with I/O and time enabled, unless the client has a custom transport and a custom clock.
//!
//! # Features
//!
//! | feature | default | what it does |
//! |---|---|---|
//! | `rustls` | yes | HTTPS through rustls with the ring provider and the platform's root certificates |
//! | `native-tls` | no | HTTPS through the platform's TLS library; if `rustls` is enabled too, rustls is used |
//! | `bodies` | no | for generated code of other documents, and [custom requests](CustomRequest): forms, parts, texts, and files that are streamed |
//! | `gzip` | no | requests compressed responses and decompresses them |
//! | `socks` | no | proxies of the kinds `socks5` and `socks5h` |
//! | `jiff`, `chrono`, `time` | no | conversions between [`Timestamp`] and the date and time types of these crates |
//! | `credentials` | no | credentials that no operation of this version takes: keys in a header, in the query or in a cookie, user names with passwords, further bearer tokens, other values of `Authorization` |
//! | `cursors` | no | for generated code of other documents, and [custom requests](CustomRequest): lists whose document says where the cursor of the next page is, and lists inside an object |
//! | `responses` | no | responses that no operation of this version has: JSON without the envelope, text, several kinds of success, keys beside the result, and failures with a body of their own |
//! | `tracing` | no | spans for calls and attempts; events for retries, waits and failures, and where the service deviates from its OpenAPI document |
//! | `styles` | no | for generated code of other documents: parameters of every style of OpenAPI, as JSON, and cookies; nothing in this one needs it |
//! | `test-util` | no | for tests of applications: a mock and a fake of the service without a socket, and a manual clock |
//! | `fake-service` | no | the program `fake-service`: the fake on a socket, for clients of any language |
//!
//! Each feature works alone and together with all others. Without `rustls` and `native-tls` there is no built-in transport:
//! set your own with [`ClientBuilder::transport`].

#![warn(missing_docs)]
#![cfg_attr(docsrs, feature(doc_cfg))]

// The rooms: base < decode < types < error < transport < policy < response < client < request < pipeline < call. Each uses only
// those before it; `codegen/tests/tidy` checks that.
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
    reason = "`generated::types` lists its names one by one"
)]
pub use crate::generated::types::*;
pub use crate::policy::clock;
pub use crate::policy::rate::{ClosedScope, RateLimit, RateLimits, RatePolicy};
pub use crate::response::Response;
pub use crate::response::download::{Download, Progress, ToFile};
pub use crate::response::envelope::ApiMessage;
#[cfg(feature = "responses")]
pub use crate::response::one_of::OtherResponse;
pub use crate::response::page::{Page, ResultInfo};
pub use crate::types::address::AddressText;
pub use crate::types::clearable::Clearable;
pub use crate::types::open_enum::{UnknownCode, UnknownValue};
pub use crate::types::secret::{Exposed, SecretText};
pub use crate::types::timestamp::Timestamp;
pub use crate::types::union::UnknownVariant;
#[cfg(feature = "bodies")]
pub use crate::types::upload::FileUpload;
pub use http::Method;

/// What the builders of requests are made of, for code that names the type of a builder.
///
/// A builder has a type parameter for each required value: [`Missing`](builder::Missing), then the value's type once its setter was
/// called. `build` compiles when no value is missing.
pub mod builder {
    pub use crate::types::builder::{Given, Missing};
}

/// Traits and types that describe endpoints, for code that is generic over them.
pub mod endpoint {
    pub use crate::call::custom::Custom;
    #[cfg(feature = "credentials")]
    pub use crate::client::schemes::SecurityScheme;
    pub use crate::request::operation::{Endpoint, Operation};
    pub use crate::response::kind::{
        Binary, Empty, List, ListKind, Paged, Raw, ResponseKind, Serde, Single,
    };
    #[cfg(feature = "responses")]
    pub use crate::response::one_of::{OneOf, Successes};
    #[cfg(feature = "responses")]
    pub use crate::response::plain_json::PlainJson;
    #[cfg(feature = "responses")]
    pub use crate::response::plain_text::PlainText;
}
