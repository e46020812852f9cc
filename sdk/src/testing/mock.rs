//! The mock of the service, as a test holds it.
//!
//! In: expectations. Out: settings for a client whose requests are served by them, and a judgement at the end. What answers
//! the client is a part of its own: it lives as long as the client, and does not judge.

use std::fmt;
use std::marker::PhantomData;
use std::panic::Location;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::{Method, Request, Response};

use super::clock::ManualClock;
use super::expectation::Expectation;
use super::expected::Book;
use super::pattern::Target;
use super::refuse::refuse;
use super::request::SentRequest;
use super::times::Times;
use crate::request::operation::Endpoint;
use crate::response::kind::ResponseKind;
use crate::transport::{Transport, TransportBody, TransportError};
use crate::{BoxFuture, Client, ClientBuilder};

/// The service, as a test wants it. See the [module](super) for what it does.
///
/// Dropping it calls [`verify`](Self::verify), unless the test is failing already. It is no `Clone`, so that this happens where
/// the test ends; clients made from it can live on.
#[must_use = "a mock that is dropped at once answers nothing"]
pub struct MockTransport {
    shared: Arc<Shared>,
}

/// What the test and the clients of a mock share.
pub(super) struct Shared {
    pub(super) clock: ManualClock,
    book: Mutex<Book>,
}

impl Shared {
    pub(super) fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl MockTransport {
    /// A mock that expects nothing yet. Its clock is one that [moves itself](ManualClock::auto_advancing).
    pub fn new() -> Self {
        Self::with_clock(ManualClock::auto_advancing())
    }

    /// A mock on a clock of yours.
    pub fn with_clock(clock: ManualClock) -> Self {
        Self {
            shared: Arc::new(Shared {
                clock,
                book: Mutex::default(),
            }),
        }
    }

    /// A client of this mock, with a token that opens nothing.
    #[track_caller]
    pub fn client(&self) -> Client {
        let client = self
            .install(Client::builder().api_token("test-token"))
            .build();
        client.unwrap_or_else(|error| refuse(&error.to_string()))
    }

    /// Makes the client of this builder one of this mock: sets its transport and its clock, and the seed of its random waits,
    /// which are then the same on every run. All else is left as it is.
    pub fn install(&self, builder: ClientBuilder) -> ClientBuilder {
        builder
            .transport(Line(Arc::clone(&self.shared)))
            .clock(self.clock().clone())
            .jitter_seed(1)
    }

    /// The clock of its clients.
    pub fn clock(&self) -> &ManualClock {
        &self.shared.clock
    }

    /// Begins an expectation: a request to this endpoint. It counts once its answer is said.
    ///
    /// The markers of the endpoints stand beside the handles in [`api`](crate::api): that of `pcaps().list()` is `PcapsList`.
    #[track_caller]
    pub fn expect<E: Endpoint>(&self) -> Expectation<E::Response> {
        if E::OPERATION.path.is_empty() {
            refuse("this stands for any endpoint: say which with `expect_request`");
        }
        let target = Target {
            method: E::OPERATION.method(),
            template: E::OPERATION.path.to_owned(),
            reserved: E::OPERATION.reserved,
        };
        self.begin(target, E::OPERATION.accepts)
    }

    /// Begins an expectation: a request to an endpoint that this SDK lacks, as [`Client::request`] makes it. Parameters of the path
    /// can stand in braces.
    ///
    /// The kind of its answer is one of [`endpoint`](crate::endpoint).
    ///
    /// # Panics
    ///
    /// Where the path has no slash in front, or an empty segment.
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
    pub fn expect_request<A: ResponseKind>(
        &self,
        method: Method,
        path: impl Into<String>,
    ) -> Expectation<A> {
        let template = path.into();
        let segments = template.strip_prefix('/').unwrap_or_default();
        if segments.split('/').any(str::is_empty) {
            refuse(&format!("`{template}` is no path of a request"));
        }
        let target = Target {
            method,
            template,
            reserved: &[],
        };
        self.begin(target, "application/octet-stream")
    }

    #[track_caller]
    fn begin<A>(&self, target: Target, accepts: &'static str) -> Expectation<A> {
        Expectation {
            shared: Arc::clone(&self.shared),
            target,
            conditions: Vec::new(),
            times: Times::ONCE,
            after: Duration::ZERO,
            accepts,
            place: Location::caller(),
            answer: PhantomData,
        }
    }

    /// The requests so far, expected or not, in their order.
    pub fn requests(&self) -> Vec<SentRequest> {
        self.shared.book().requests().to_vec()
    }

    /// Makes sure that no request came which nothing expects, and that what is expected has come as often as it should.
    ///
    /// # Panics
    ///
    /// Where that is not so, with a report: each such request, what comes nearest to it and how it differs, and each expectation
    /// that was not met. It is said once: dropping the mock says it no more.
    #[track_caller]
    pub fn verify(&self) {
        let faults = self.shared.book().faults();
        if let Some(faults) = faults {
            refuse(&faults);
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
        // A test that fails already says why; a second panic would end the program.
        if !std::thread::panicking() {
            self.verify();
        }
    }
}

impl fmt::Debug for MockTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let requests = self.shared.book().requests().len();
        f.debug_struct("MockTransport")
            .field("requests", &requests)
            .finish_non_exhaustive()
    }
}

/// The client's end.
struct Line(Arc<Shared>);

impl Transport for Line {
    fn exchange(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<TransportBody>, TransportError>> {
        Box::pin(async move {
            let Shared { clock, .. } = &*self.0;
            clock.stir();
            let request = SentRequest::new(request, clock.elapsed());
            let (number, reaction) = self.0.book().receive(request);
            reaction.come_about(clock, number).await
        })
    }
}

impl fmt::Debug for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MockTransport(..)")
    }
}
