//! Requests: ids, enums, optional values, builders, numbers, and fields that this version lacks.
//!
//! What an operation requires is an argument of its method, or of `new` of its body. What is optional has a setter: on the call for a
//! parameter of the query, on the body for one of its fields.
//!
//! # Ids and enums
//!
//! Both are made from texts, and compared with texts (`&str`; a `String` as `as_str()`). An enum takes a value that this version does
//! not know:
//!
//! ```
//! use cloudflare_magic::{CloudType, CreateProvider, ProviderId};
//!
//! let text = String::from("3f2504e0-4f89-41d3-9a0c-0305e82c3301");
//! let id = ProviderId::from(&text);
//! assert!(id == "3f2504e0-4f89-41d3-9a0c-0305e82c3301" && id == text.as_str());
//!
//! let body = CreateProvider::new("AWS", "production");
//! assert!(body.cloud_type == CloudType::Aws && body.cloud_type == "AWS");
//! ```
//!
//! Methods take an id as a value, a reference or a text. Enums and [timestamps](super::timestamps) sort, so that they can be keys of a
//! `BTreeMap`. Two operations can have enums of the same values and different types, as [`CloudType`](crate::CloudType) and
//! [`OnrampCloudType`](crate::OnrampCloudType) are: a text fits both.
//!
//! # Optional values
//!
//! The setter `x` of a parameter of the query has a `maybe_x` beside it, which takes an `Option`. The setter of a list takes an
//! `Option` itself, since it is a list of none or one. Fields of a body are public, so that an `Option` is assigned:
//!
//! ```no_run
//! use cloudflare_magic::{CreateProvider, Error, OnrampSortKey, api::MagicCloud};
//!
//! # async fn run(cloud: MagicCloud) -> Result<(), Error> {
//! let descending: Option<bool> = None;
//! let region: Option<String> = Some("eu-central-1".to_owned());
//! let note: Option<String> = None;
//!
//! cloud.onramps().list().order_by(OnrampSortKey::Name).maybe_desc(descending).await?;
//! cloud.resources().list().search(region).await?;
//!
//! let mut body = CreateProvider::new("AWS", "production");
//! body.description = note;
//! cloud.providers().create(body).await?;
//! # Ok(())
//! # }
//! ```
//!
//! # Builders
//!
//! A body that requires more than one number, or more than one `bool`, has a builder in place of `new`, so that two values cannot change
//! places. `build` compiles once all that is required is set, and the compiler names what is missing. Optional fields have setters there,
//! and on the body. A field that the API calls `type` is `kind`:
//!
//! ```
//! use cloudflare_magic::{CreateOnramp, OnrampType, PcapFilter, SimplePcapRequest};
//! use std::net::Ipv4Addr;
//!
//! let packets: u16 = 1000;
//! let capture = SimplePcapRequest::builder()
//!     .packet_limit(packets)
//!     .time_limit(300)
//!     .filter_v1(PcapFilter::new().source_address(Ipv4Addr::LOCALHOST).destination_port(443u16))
//!     .build();
//! assert_eq!(capture.packet_limit, 1000);
//!
//! let onramp = CreateOnramp::builder()
//!     .cloud_type("AWS")
//!     .dynamic_routing(false)
//!     .install_routes_in_cloud(true)
//!     .install_routes_in_magic_wan(true)
//!     .name("frankfurt")
//!     .kind(OnrampType::Single)
//!     .vpc("3f2504e0-4f89-41d3-9a0c-0305e82c3301")
//!     .build();
//! # assert_eq!(onramp.name, "frankfurt");
//! ```
//!
//! A setter of a number takes integers whose every value fits into the field: for a field of `i64` all but `u64`, `usize` and the like,
//! which are converted first (`i64::try_from(n)?`). That of an address takes a text or an address of
//! `std::net`; a text is sent unchanged.
//!
//! # What this version lacks
//!
//! [`query`](crate::Call::query), [`header`](crate::Call::header) and [`body_field`](crate::Call::body_field) of a call add it: see
//! [other endpoints](super::other_endpoints).
//!
//! # Calls as futures
//!
//! A call is sent when it is awaited. Functions that take a future, such as `tokio::spawn`, `join!` and `block_on`, get
//! [`into_future()`](std::future::IntoFuture::into_future) of the call, or [`send`](crate::Call::send):
//!
//! ```no_run
//! # async fn run(account: cloudflare_magic::api::Account) -> Result<(), Box<dyn std::error::Error>> {
//! let captures = tokio::spawn(account.pcaps().list().into_future());
//! let providers = account.magic_cloud().providers().list().await?;
//! println!("{} captures, {} integrations", captures.await??.len(), providers.len());
//! # Ok(())
//! # }
//! ```
