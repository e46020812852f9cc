//! The mock of the service, as a test uses it.
//!
//! In: expectations. Out: settings for a client whose requests they respond to, and a check at the end. The transport of the
//! client is a separate type: it lives as long as the client, and does not check anything when dropped.

use std::fmt;
use std::marker::PhantomData;
use std::panic::Location;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::{Method, Request, Response};

use super::clock::ManualClock;
use super::expectation::Expectation;
use super::expected::MockState;
use super::fail::fail_test;
use super::pattern::Target;
use super::request::SentRequest;
use super::times::Times;
use crate::request::operation::Endpoint;
use crate::response::kind::sealed::Sealed;
use crate::transport::{Transport, TransportBody, TransportError};
use crate::{BoxFuture, Client, ClientBuilder};

/// A mock of the service. See the [module](super) for how it works.
///
/// Dropping it calls [`verify`](Self::verify), unless the test is already panicking. It is not `Clone`, so that this happens where
/// the test ends; clients made from it can live longer.
#[must_use = "a mock that is dropped at once responds to nothing"]
pub struct MockTransport {
    shared: Arc<Shared>,
}

/// The state that the test and the clients of a mock share.
pub(super) struct Shared {
    pub(super) clock: ManualClock,
    state: Mutex<MockState>,
}

impl Shared {
    pub(super) fn state(&self) -> MutexGuard<'_, MockState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl MockTransport {
    /// A mock without expectations. Its clock is [auto-advancing](ManualClock::auto_advancing).
    pub fn new() -> Self {
        Self::with_clock(ManualClock::auto_advancing())
    }

    /// A mock without expectations, with this clock.
    pub fn with_clock(clock: ManualClock) -> Self {
        Self {
            shared: Arc::new(Shared {
                clock,
                state: Mutex::default(),
            }),
        }
    }

    /// A client of this mock, with the token `test-token`.
    #[track_caller]
    pub fn client(&self) -> Client {
        let client = self
            .install(Client::builder().api_token("test-token"))
            .build();
        client.unwrap_or_else(|error| fail_test(&error.to_string()))
    }

    /// Connects the client of this builder to this mock: sets its transport, its clock, and the seed of its random waits,
    /// which are then the same on every run. All other settings stay unchanged.
    pub fn install(&self, builder: ClientBuilder) -> ClientBuilder {
        builder
            .transport(ClientTransport(Arc::clone(&self.shared)))
            .clock(self.clock().clone())
            .jitter_seed(1)
    }

    /// The clock of the mock's clients.
    pub fn clock(&self) -> &ManualClock {
        &self.shared.clock
    }

    /// Begins an expectation: a request to this endpoint. It takes effect once its response is set.
    ///
    /// The marker types of the endpoints are in [`api`](crate::api), with the handles: that of `pcaps().list()` is `PcapsList`.
    #[track_caller]
    pub fn expect<E: Endpoint>(&self) -> Expectation<E::Response> {
        if E::OPERATION.path.is_empty() {
            fail_test(
                "this type is not one endpoint: name the method and path with `expect_request`",
            );
        }
        let target = Target {
            method: E::OPERATION.method(),
            template: E::OPERATION.path.to_owned(),
            reserved: E::OPERATION.reserved,
        };
        self.begin(target, E::OPERATION.accepts)
    }

    /// Begins an expectation: a request to an endpoint that this SDK has no method for, as sent by [`Client::request`]. Path
    /// parameters are written in braces.
    ///
    /// The kind of its response is one of [`endpoint`](crate::endpoint).
    ///
    /// # Panics
    ///
    /// If the path does not begin with a slash, or has an empty segment.
    ///
    /// ```
    /// use cloudflare_magic::endpoint::List;
    /// use cloudflare_magic::Method;
    /// use cloudflare_magic::testing::MockTransport;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), cloudflare_magic::Error> {
    /// let mock = MockTransport::new();
    /// mock.expect_request::<List<String>>(Method::GET, "/accounts/{account_id}/names")
    ///     .path("account_id", "a1")
    ///     .returns(["one".to_owned()]);
    /// let names = mock.client().request(Method::GET, "/accounts/a1/names");
    /// assert_eq!(names.list::<String>().await?, ["one"]);
    /// # Ok(())
    /// # }
    /// ```
    #[track_caller]
    pub fn expect_request<R: Sealed>(
        &self,
        method: Method,
        path: impl Into<String>,
    ) -> Expectation<R> {
        let template = path.into();
        let segments = template.strip_prefix('/').unwrap_or_default();
        if segments.split('/').any(str::is_empty) {
            fail_test(&format!("`{template}` is not a valid path of a request"));
        }
        let target = Target {
            method,
            template,
            reserved: &[],
        };
        self.begin(target, "application/octet-stream")
    }

    #[track_caller]
    fn begin<R>(&self, target: Target, accepts: &'static str) -> Expectation<R> {
        Expectation {
            shared: Arc::clone(&self.shared),
            target,
            conditions: Vec::new(),
            times: Times::ONCE,
            after: Duration::ZERO,
            accepts,
            location: Location::caller(),
            response: PhantomData,
        }
    }

    /// The requests so far, expected or not, in the order of arrival.
    pub fn requests(&self) -> Vec<SentRequest> {
        self.shared.state().requests().to_vec()
    }

    /// Checks that there was no unexpected request, and that each expectation was met as often as it should be.
    ///
    /// # Panics
    ///
    /// If not, with a report: each unexpected request, the nearest expectation and how they differ, and each expectation that was
    /// not met. The report is printed once: dropping the mock does not repeat it.
    #[track_caller]
    pub fn verify(&self) {
        let faults = self.shared.state().faults();
        if let Some(faults) = faults {
            fail_test(&faults);
        }
    }
}

impl Default for MockTransport {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for MockTransport {
    fn drop(&mut self) {
        // A test that already panics has its message; a second panic would abort the process.
        if !std::thread::panicking() {
            self.verify();
        }
    }
}

impl fmt::Debug for MockTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let requests = self.shared.state().requests().len();
        f.debug_struct("MockTransport")
            .field("requests", &requests)
            .finish_non_exhaustive()
    }
}

/// The transport of the mock's clients.
struct ClientTransport(Arc<Shared>);

impl Transport for ClientTransport {
    fn exchange(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<TransportBody>, TransportError>> {
        Box::pin(async move {
            let Shared { clock, .. } = &*self.0;
            clock.note_activity();
            let request = SentRequest::new(request, clock.elapsed());
            let (number, reaction) = self.0.state().receive(request);
            reaction.respond(clock, number).await
        })
    }
}

impl fmt::Debug for ClientTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MockTransport(..)")
    }
}
