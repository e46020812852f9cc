//! The fake on loopback: a server that passes requests of any client to the model.
//!
//! In: HTTP/1.1, or HTTP/2 by prior knowledge. Out: the model's responses, and one line for each request. Needs the feature
//! `fake-service`.

use std::convert::Infallible;
use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, Method, Request, Response};
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::body::Incoming;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use tokio::net::{TcpListener, TcpStream};

use super::builder::FakeServiceBuilder;
use super::failure::{Failure, code};
use super::model::{BASE, Handled, Outcome};
use super::scaled_clock::ScaledClock;
use super::state::State;
use super::state_file::StateFile;
use crate::testing::request::SentRequest;

/// Headers with credentials: they are used and forgotten.
const CREDENTIALS: [HeaderName; 3] = [
    http::header::AUTHORIZATION,
    HeaderName::from_static("x-auth-key"),
    HeaderName::from_static("x-auth-user-service-key"),
];

/// The largest body of a request, in bytes.
const MOST: usize = 16 << 20;

/// How long no connections are accepted when there are too many.
const PAUSE: Duration = Duration::from_millis(50);

/// Settings of a [`FakeServer`].
#[derive(Debug)]
#[must_use = "a server exists only once it is bound"]
pub struct FakeServerBuilder {
    service: FakeServiceBuilder,
    speed: u32,
    file: Option<StateFile>,
}

impl FakeServerBuilder {
    /// How many seconds of the fake pass in a second of its clients; 1 at first, and at least 1.
    ///
    /// The seconds of `Retry-After` and `Ratelimit` are the clients'.
    pub fn speed(mut self, speed: u32) -> Self {
        self.speed = speed.max(1);
        self
    }

    /// A file that keeps the state. If it exists, the fake goes on from it; its data, seed and limits are then those of the file. It is
    /// replaced after each request that may have changed the state.
    pub fn state_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.file = Some(StateFile::new(path));
        self
    }

    /// Data as JSON, as of [`FakeServiceBuilder::data`].
    ///
    /// # Errors
    ///
    /// If the data do not have that form.
    pub fn data(mut self, data: &serde_json::Value) -> io::Result<Self> {
        self.service = self.service.try_data(data).map_err(invalid)?;
        Ok(self)
    }

    /// Binds an address; port 0 chooses a free one. Connections are accepted once the server [runs](FakeServer::run).
    ///
    /// # Errors
    ///
    /// If the address is in use, the state file cannot be read, or the data cannot be made.
    pub async fn bind(mut self, address: SocketAddr) -> io::Result<FakeServer> {
        if let Some(world) = self
            .file
            .as_ref()
            .map(StateFile::read)
            .transpose()?
            .flatten()
        {
            self.service = self.service.world(world);
        }
        let listener = TcpListener::bind(address).await?;
        let clock = ScaledClock::new(self.speed);
        let model = self.service.model(clock.time_of_day(), self.speed);
        let state = State::new(model.map_err(invalid)?, clock.time_of_day());
        let shared = Shared {
            clock,
            state: Mutex::new(state),
            file: self.file,
        };
        Ok(FakeServer {
            listener,
            shared: Arc::new(shared),
        })
    }
}

/// A fake of the service on a socket, for clients of any language.
pub struct FakeServer {
    listener: TcpListener,
    shared: Arc<Shared>,
}

impl FakeServer {
    /// A server of this fake. The clock of its builder is not used: a server has the machine's time.
    pub fn builder(service: FakeServiceBuilder) -> FakeServerBuilder {
        FakeServerBuilder {
            service,
            speed: 1,
            file: None,
        }
    }

    /// The base URL for clients, such as `http://127.0.0.1:8787/client/v4`.
    ///
    /// # Errors
    ///
    /// If the operating system does not tell the address.
    pub fn base_url(&self) -> io::Result<String> {
        Ok(format!("http://{}{BASE}", self.listener.local_addr()?))
    }

    /// Serves until it fails to accept connections. `print` gets one line for each request, without credentials and secrets.
    ///
    /// # Errors
    ///
    /// If the listening socket fails.
    pub async fn run(self, print: impl Fn(&str) + Send + Sync + 'static) -> io::Result<Infallible> {
        let print: Arc<dyn Fn(&str) + Send + Sync> = Arc::new(print);
        loop {
            let stream = match self.listener.accept().await {
                Ok((stream, _)) => stream,
                Err(error) if concerns_one_connection(&error) => continue,
                Err(error) if is_too_many(&error) => {
                    tokio::time::sleep(PAUSE).await;
                    continue;
                }
                Err(error) => return Err(error),
            };
            tokio::spawn(serve(stream, Arc::clone(&self.shared), Arc::clone(&print)));
        }
    }
}

impl fmt::Debug for FakeServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FakeServer")
            .field("address", &self.listener.local_addr())
            .finish_non_exhaustive()
    }
}

fn invalid(why: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why)
}

/// Whether an error of accepting is that of one client which has left.
fn concerns_one_connection(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionReset, Interrupted};
    matches!(
        error.kind(),
        ConnectionAborted | ConnectionReset | Interrupted
    )
}

/// Whether the process, or the machine, has too many files open (`EMFILE`, `ENFILE`, `WSAEMFILE`): further connections have to wait.
fn is_too_many(error: &io::Error) -> bool {
    matches!(error.raw_os_error(), Some(23 | 24 | 10_024))
}

/// The fake with its clock and its file, as all connections share it.
struct Shared {
    clock: ScaledClock,
    state: Mutex<State>,
    file: Option<StateFile>,
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Handles a request, and keeps the state if it may have changed. Returns the time of day of the fake, too.
    fn handle(&self, request: Request<Bytes>) -> io::Result<(Handled, String)> {
        let changes = !matches!(*request.method(), Method::GET | Method::HEAD);
        let mut state = self.state();
        let happened = state.model.world.happened;
        let handled = state.handle(request, self.clock.time_of_day(), self.clock.elapsed());
        let world = &state.model.world;
        // What a client has seen happen stays so after a restart.
        let changes = changes || world.happened != happened;
        if let Some(file) = self.file.as_ref().filter(|_| changes) {
            file.write(world)?;
        }
        Ok((handled, world.now.text()))
    }
}

/// Serves one connection until it ends. What a client does wrong ends its connection only.
async fn serve(stream: TcpStream, shared: Arc<Shared>, print: Arc<dyn Fn(&str) + Send + Sync>) {
    let service = hyper::service::service_fn(|request: Request<Incoming>| {
        let (shared, print) = (Arc::clone(&shared), Arc::clone(&print));
        async move { respond(request, &shared, &*print).await }
    });
    let server = auto::Builder::new(TokioExecutor::new());
    // The error is the client's, or the end that a test asked for.
    let _ended = server.serve_connection(TokioIo::new(stream), service).await;
}

async fn respond(
    request: Request<Incoming>,
    shared: &Shared,
    print: &(dyn Fn(&str) + Send + Sync),
) -> Result<Response<Full<Bytes>>, io::Error> {
    let (mut head, body) = request.into_parts();
    hide_credentials(&mut head.headers);
    let body = match Limited::new(body, MOST).collect().await {
        Ok(body) => body.to_bytes(),
        Err(error) if error.is::<LengthLimitError>() => {
            let request = Request::from_parts(head, Bytes::new());
            return Ok(too_large(request, shared, print));
        }
        Err(error) => return Err(io::Error::other(error)),
    };
    let request = Request::from_parts(head, body);
    let line = SentRequest::new(request.clone(), shared.clock.elapsed()).line();
    let (handled, now) = shared
        .handle(request)
        .inspect_err(|error| print(&error.to_string()))?;
    tokio::time::sleep(shared.clock.real(handled.delay)).await;
    let (operation, time) = (
        handled.operation.unwrap_or("-"),
        now.get(11..19).unwrap_or_default(),
    );
    match handled.outcome {
        Outcome::Response(response) => {
            print(&format!(
                "{time} {} {line} {operation}",
                response.status().as_u16()
            ));
            Ok(response.map(Full::new))
        }
        Outcome::Broken(..) => {
            print(&format!("{time} --- {line} {operation}"));
            Err(io::Error::from(io::ErrorKind::ConnectionReset))
        }
    }
}

/// The response to a request whose body is beyond the limit, and was not read to its end.
fn too_large(
    request: Request<Bytes>,
    shared: &Shared,
    print: &(dyn Fn(&str) + Send + Sync),
) -> Response<Full<Bytes>> {
    let line = SentRequest::new(request, shared.clock.elapsed()).line();
    let mut state = shared.state();
    state.run_until(shared.clock.time_of_day());
    let now = state.model.world.now.text();
    print(&format!(
        "{} 413 {line} -",
        now.get(11..19).unwrap_or_default()
    ));
    let failure = Failure::new(413, code::BAD_REQUEST, "the body has more than 16 MiB");
    state.model.rendered(&Err(failure), None).map(Full::new)
}

/// Marks credentials, so that no log keeps or prints them.
fn hide_credentials(headers: &mut HeaderMap) {
    for (name, value) in headers.iter_mut() {
        if CREDENTIALS.contains(name) {
            value.set_sensitive(true);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{concerns_one_connection, is_too_many};
    use std::io::{Error, ErrorKind};

    #[test]
    fn some_errors_of_accepting_do_not_end_the_server() {
        // EMFILE, the same on all kinds of Unix.
        let too_many = Error::from_raw_os_error(24);
        assert!(is_too_many(&too_many) && !concerns_one_connection(&too_many));
        assert!(concerns_one_connection(
            &ErrorKind::ConnectionAborted.into()
        ));
        // EBADF: the listening socket is gone.
        assert!(!is_too_many(&Error::from_raw_os_error(9)));
    }
}
