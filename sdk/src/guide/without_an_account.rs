//! Without an account: a fake of the service, to write, show and test an application.
//!
//! Magic Cloud Networking is a closed beta, and packet captures need an enterprise plan. The fake has all operations of this crate, with
//! state: what is created can be listed, changed and deleted; captures, validations, discoveries and plans take their time; mistakes
//! get errors. It knows no more of the service than is published: [the rules](#what-the-fake-knows) say where each is from.
//!
//! # The tour
//!
//! A program of this crate captures packets, proves a bucket, connects a cloud, shows its catalog, and plans and applies an on-ramp. It
//! uses the fake and no credentials:
//!
//! ```console
//! $ cargo run -p cloudflare-magic --features fake-service --example tour
//! ```
//!
//! # In a test
//!
//! With the feature `test-util`, `testing::FakeService` is a transport in memory. Its clock advances when the test does nothing but wait:
//!
#![cfg_attr(feature = "test-util", doc = "```")]
#![cfg_attr(not(feature = "test-util"), doc = "```text")]
//! use std::time::Duration;
//! use cloudflare_magic::testing::{FakeProcess, FakeService};
//! use cloudflare_magic::{CloudType, CreateProvider, ErrorKind, UpdateProvider};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), cloudflare_magic::Error> {
//! let fake = FakeService::new();
//! let providers = fake.client().account("a1").magic_cloud().providers();
//! let created = providers.create(CreateProvider::new(CloudType::Aws, "production")).await?;
//!
//! // The first discovery begins once the role is known. This one fails.
//! fake.fail_next_process(FakeProcess::Discovery, "access denied");
//! let role = UpdateProvider::new().aws_arn("arn:aws:iam::123456789012:role/cloudflare");
//! providers.patch(&created.id, role).await?;
//! let error = providers.wait_until_discovered(&created.id).await.unwrap_err();
//! assert_eq!(error.kind(), ErrorKind::WaitFailed);
//!
//! // The next one does not. It takes minutes of the fake's time, and none of the test's.
//! providers.discover(&created.id).await?;
//! providers.wait_until_discovered(&created.id).await?;
//! assert!(fake.clock().elapsed() > Duration::from_secs(60));
//! # Ok(())
//! # }
//! ```
//!
//! The [testing guide](super::testing) lists what a test can make the fake do, and says when a mock fits better.
//!
//! # On a socket
//!
//! The program `fake-service` is the same fake for clients of any language, on loopback:
//!
//! ```console
//! $ cargo run -p cloudflare-magic --features fake-service --bin fake-service
//! CLOUDFLARE_BASE_URL=http://127.0.0.1:8787/client/v4
//! ```
//!
//! [`Client::from_env`](crate::Client::from_env) reads that variable; any token is good. The program prints one line for each request:
//! the fake's time, the status, the method and path, and the operation.
//!
//! | option | what it sets |
//! |---|---|
//! | `--port PORT` | the port, 8787 at first; 0 for a free one |
//! | `--bind ADDRESS` | the address, loopback at first |
//! | `--speed FACTOR` | how many seconds of the fake pass in one of yours, 1 at first, at most 86400; `Retry-After` and `Ratelimit` are in yours |
//! | `--seed NUMBER` | the seed of ids and of all that looks random |
//! | `--data FILE` | a file with [data to begin with](#data-to-begin-with); once the file of the state exists, it is not used |
//! | `--state FILE` | a file that keeps the state, also when the program is killed; once it exists, seed and rate limit are those in it |
//! | `--rate-limit NUMBER` | requests in five minutes, 1200 at first; 0 for no limit |
//!
//! What a test asks of the fake are requests below `/client/v4/fake`; `GET /client/v4/fake` lists them:
//!
//! ```console
//! $ curl -X POST 'http://127.0.0.1:8787/client/v4/fake/advance?seconds=600'
//! ```
//!
//! A Rust program can serve it, too, with the feature `fake-service`; port 0 is a free one:
//!
#![cfg_attr(feature = "fake-service", doc = "```")]
#![cfg_attr(not(feature = "fake-service"), doc = "```text")]
//! use cloudflare_magic::Client;
//! use cloudflare_magic::testing::{FakeServer, FakeService};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let server = FakeServer::builder(FakeService::builder()).bind("127.0.0.1:0".parse()?).await?;
//! let client = Client::builder().api_token("any").base_url(server.base_url()?).build()?;
//! tokio::spawn(server.run(|line| println!("{line}")));
//! assert!(client.account("a1").pcaps().list().await?.is_empty());
//! # Ok(())
//! # }
//! ```
//!
//! # Data to begin with
//!
//! `--data` names a file of JSON, and `data` of `FakeService::builder` takes the same: for each account lists under the keys `buckets`,
//! `captures`, `providers`, `onramps` and `catalog_syncs`. A bucket is its URI, and its ownership is proved. The other items are the
//! bodies of the creations; a provider also has the identity of its cloud, and the `vpc` of an on-ramp can be the name of a network:
//!
#![cfg_attr(feature = "test-util", doc = "```")]
#![cfg_attr(not(feature = "test-util"), doc = "```text")]
//! use cloudflare_magic::testing::{FakeService, json};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), cloudflare_magic::Error> {
//! let data = json!({"a1": {
//!     "buckets": ["gs://captures/magic"],
//!     "captures": [{"type": "simple", "system": "magic-transit", "packet_limit": 100, "time_limit": 60}],
//!     "providers": [{
//!         "cloud_type": "AWS", "friendly_name": "production", "aws_arn": "arn:aws:iam::123456789012:role/cloudflare",
//!     }],
//!     "onramps": [{
//!         "name": "frankfurt", "cloud_type": "AWS", "type": "OnrampTypeSingle", "vpc": "production",
//!         "dynamic_routing": false, "install_routes_in_cloud": true, "install_routes_in_magic_wan": true,
//!     }],
//! }});
//! let account = FakeService::builder().data(&data).build().client().account("a1");
//! assert_eq!(account.pcaps().list().await?.len(), 1);
//! assert_eq!(account.magic_cloud().onramps().list().await?[0].name, "frankfurt");
//! # Ok(())
//! # }
//! ```
//!
//! A key that it does not know, or a body that the service would refuse, is an error.
//!
//! # What the fake knows
//!
//! Each rule with its source. *The document* is the OpenAPI document that this crate is generated from; *reported* is what users of the
//! API have published; *assumed* means that it is not stated anywhere, and the service may do otherwise. Where even an assumption would
//! mislead, the fake fails with status 501 and a reason.
//!
//! ## Access and limits
//!
#![doc = include_str!("fake_rules/access.md")]
//!
//! ## Requests
//!
#![doc = include_str!("fake_rules/validation.md")]
//!
//! ## Captures and buckets
//!
#![doc = include_str!("fake_rules/pcaps.md")]
//!
//! ## Cloud integrations
//!
#![doc = include_str!("fake_rules/providers.md")]
//!
//! ## The catalog
//!
#![doc = include_str!("fake_rules/resources.md")]
//!
//! ## On-ramps and the address space
//!
#![doc = include_str!("fake_rules/onramps.md")]
//!
//! ## Catalog syncs
//!
#![doc = include_str!("fake_rules/catalog_syncs.md")]
