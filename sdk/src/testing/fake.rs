//! A fake of the service: all operations, with state, in memory.
//!
//! In: requests of clients, and what a test asks for. Out: responses as the service is known to send them. What is not known of the
//! service is an assumption, and the guide's page [without an account](crate::guide::without_an_account) lists each.
//!
//! | module | what it does |
//! |---|---|
//! | `memory` | for tests: a transport on a [`ManualClock`] |
//! | `loopback`, `scaled_clock`, `state_file` | for any client: a server on a socket |
//! | `model` | the order of the checks, from a request to its outcome |
//! | `access`, `limits`, `routes`, `validation` | the checks |
//! | `pcaps`, `providers`, `resources`, `onramps`, `catalog_syncs` | the products: operations, state, and what happens in time |
//! | `world`, `account`, `schedule` | the state, and the events that are due |
//! | `builder`, `seed` | settings, and data to begin with |
//! | `state` | the model with its log and its time |
//! | `levers`, `process`, `control` | what a test makes the fake do: from Rust, and by requests |
//! | `buckets` | the buckets, as a test sees them |
//! | `success`, `failure`, `render` | results, and the HTTP responses of them |
//! | `moment`, `ids`, `call`, `archive`, `yaml` | time, ids, the arguments of an operation, ZIP archives, YAML |

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use self::levers::Trouble;
use self::memory::{MemoryTransport, Shared};
use super::clock::ManualClock;
use super::fail::fail_test;
use super::request::SentRequest;
use crate::request::operation::Endpoint;
use crate::service::ErrorCode;
use crate::transport::{Fault, Sent};
use crate::{Client, ClientBuilder};

mod access;
mod account;
mod archive;
mod buckets;
mod builder;
mod call;
mod catalog_syncs;
mod control;
mod failure;
mod ids;
mod levers;
mod limits;
#[cfg(feature = "fake-service")]
mod loopback;
mod memory;
mod model;
mod moment;
mod onramps;
mod pcaps;
mod process;
mod providers;
mod render;
mod resources;
mod routes;
#[cfg(feature = "fake-service")]
mod scaled_clock;
mod schedule;
mod seed;
mod state;
#[cfg(feature = "fake-service")]
mod state_file;
mod success;
pub(crate) mod validation;
mod world;
mod yaml;

pub use self::builder::FakeServiceBuilder;
#[cfg(feature = "fake-service")]
pub use self::loopback::{FakeServer, FakeServerBuilder};
pub use self::process::FakeProcess;

/// A fake of the service, with state. Clones share it.
///
/// It behaves as the service is known to behave: what is created can be listed, read, changed and deleted, captures and discoveries
/// take their time, and mistakes get the errors of the service. All time is that of its [`ManualClock`], so that nothing waits.
///
/// ```
/// use cloudflare_magic::testing::FakeService;
/// use cloudflare_magic::{CloudType, CreateProvider};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), cloudflare_magic::Error> {
/// let fake = FakeService::new();
/// let providers = fake.client().account("a1").magic_cloud().providers();
/// let created = providers.create(CreateProvider::new(CloudType::Aws, "production")).await?;
/// assert_eq!(providers.list().await?.len(), 1);
/// providers.delete(&created.id).await?;
/// assert!(providers.get(&created.id).await.unwrap_err().is_not_found());
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct FakeService {
    shared: Arc<Shared>,
}

impl FakeService {
    /// A fake without data, in which every token is good for every account. Its clock is
    /// [auto-advancing](ManualClock::auto_advancing).
    pub fn new() -> Self {
        Self::builder().build()
    }

    /// A fake with settings or data of its own.
    pub fn builder() -> FakeServiceBuilder {
        FakeServiceBuilder::new()
    }

    /// A client of this fake, with the token `test-token`. Where the test has named tokens, it has to name that one too; a client with
    /// another token is made with [`install`](Self::install).
    #[track_caller]
    pub fn client(&self) -> Client {
        let client = self
            .install(Client::builder().api_token("test-token"))
            .build();
        client.unwrap_or_else(|error| fail_test(&error.to_string()))
    }

    /// Connects the client of this builder to this fake: sets its transport, its clock, and the seed of its random waits. All other
    /// settings stay unchanged; the base URL must end with `/client/v4`, as the default does.
    pub fn install(&self, builder: ClientBuilder) -> ClientBuilder {
        builder
            .transport(MemoryTransport(Arc::clone(&self.shared)))
            .clock(self.clock().clone())
            .jitter_seed(1)
    }

    /// The clock of the fake and its clients.
    pub fn clock(&self) -> &ManualClock {
        &self.shared.clock
    }

    /// Advances the clock: what is due in this time happens, and waiters poll meanwhile.
    pub async fn advance(&self, by: Duration) {
        self.clock().advance(by).await;
    }

    /// Fails the next request to this endpoint with an error of the service. Nothing is changed by that request.
    ///
    /// Requests for which nothing is set behave as usual. Called twice, it fails the next two.
    ///
    /// ```
    /// use cloudflare_magic::testing::FakeService;
    /// use cloudflare_magic::api;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), cloudflare_magic::Error> {
    /// let fake = FakeService::new();
    /// fake.fail_next::<api::PcapsList>(503, 1001, "try again");
    /// let captures = fake.client().account("a1").pcaps();
    /// let response = captures.list().send().await?;
    /// assert_eq!(response.attempts(), 2);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Panics
    ///
    /// If `status` is not an HTTP status of 400 or above.
    #[track_caller]
    pub fn fail_next<E: Endpoint>(
        &self,
        status: u16,
        code: impl Into<ErrorCode>,
        message: impl Into<String>,
    ) {
        if !(400..1000).contains(&status) {
            fail_test(&format!("{status} is not the HTTP status of a failure"));
        }
        let failure = failure::Failure::new(status, code.into().code(), message);
        self.trouble::<E>(Trouble::Fails(failure));
    }

    /// Breaks the connection of the next request to this endpoint. Nothing is changed by that request. With [`Sent::No`] the request is
    /// proved not to have been processed, and the client sends it again, whatever the operation is.
    #[track_caller]
    pub fn break_next<E: Endpoint>(&self, fault: Fault, sent: Sent) {
        self.trouble::<E>(Trouble::Breaks(fault, sent));
    }

    /// Processes the next request to this endpoint, and breaks the connection before its response. The client cannot know whether it was
    /// processed.
    #[track_caller]
    pub fn lose_next_response<E: Endpoint>(&self) {
        self.trouble::<E>(Trouble::LosesResponse);
    }

    /// Lets each response of this endpoint take this long from now on.
    #[track_caller]
    pub fn delay<E: Endpoint>(&self, by: Duration) {
        let operation = operation::<E>();
        self.shared.state().model.levers.delay(operation, by);
    }

    /// Fails the process of this kind that ends next, with this reason. Called twice, the next two.
    pub fn fail_next_process(&self, process: FakeProcess, reason: impl Into<String>) {
        let failing = &mut self.shared.state().model.world.failing;
        failing.entry(process).or_default().push_back(reason.into());
    }

    /// Sends a request as it is, without a client: its path begins with `/client/v4`, and it needs credentials.
    ///
    /// ```
    /// use bytes::Bytes;
    /// use cloudflare_magic::testing::FakeService;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let request = http::Request::get("/client/v4/accounts/a1/pcaps").body(Bytes::new())?;
    /// let response = FakeService::new().exchange(request).await?;
    /// assert_eq!(response.status(), 401);
    /// # Ok(())
    /// # }
    /// ```
    pub async fn exchange(
        &self,
        request: http::Request<bytes::Bytes>,
    ) -> Result<http::Response<bytes::Bytes>, crate::transport::TransportError> {
        self.shared.exchange(request).await
    }

    /// The requests that came, with all attempts: the latest 100,000, or fewer if their bodies have more than 64 MiB. They contain no
    /// credentials.
    pub fn requests(&self) -> Vec<SentRequest> {
        self.shared.state().requests.iter().cloned().collect()
    }

    /// The whole state as JSON. [`FakeServiceBuilder::state`] goes on from it. It contains no tokens, and its form can change with any
    /// version.
    pub fn snapshot(&self) -> serde_json::Value {
        let state = self.shared.state();
        match serde_json::to_value(&state.model.world) {
            Ok(value) => value,
            Err(error) => fail_test(&format!("the state cannot be written as JSON: {error}")),
        }
    }

    #[track_caller]
    fn trouble<E: Endpoint>(&self, trouble: Trouble) {
        let operation = operation::<E>();
        self.shared.state().model.levers.add(operation, trouble);
    }
}

/// The name of an endpoint's operation.
#[track_caller]
fn operation<E: Endpoint>() -> &'static str {
    if E::OPERATION.path().is_empty() {
        fail_test("this type is not one endpoint: name one of the module `api`");
    }
    E::OPERATION.name
}

impl Default for FakeService {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for FakeService {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.shared.state();
        f.debug_struct("FakeService")
            .field("requests", &state.requests.len())
            .field("accounts", &state.model.world.accounts.len())
            .finish_non_exhaustive()
    }
}
