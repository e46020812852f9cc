//! A server that writes HTTP/2 frames on cue, for faults that no well-behaved library makes.
//!
//! In: a script, an async function that is called with each [`Connection`]. Out: the address to call, and what each connection has
//! received ([`Received`]): requests with their bodies, resets, acknowledgements.
//! The server makes the TLS handshake with ALPN `h2`, reads the client's preface and acknowledges its SETTINGS; every other frame
//! is the script's. Heads of requests are counted and not decoded.

use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use cloudflare_magic::{Client, ClientBuilder};
use rustls::ServerConfig;
use tokio::net::TcpListener;
use tokio::task::{JoinHandle, JoinSet};

use crate::authority::Authority;
use crate::protocol::Protocol;
use crate::socket::Socket;

mod connection;
mod http1;
mod reader;
pub(crate) mod wire;

pub use self::connection::Connection;
pub use self::wire::{Setting, code};

/// What a connection has received from the client.
#[derive(Clone, Debug, Default)]
pub struct Received {
    /// The requests, in the order of their heads.
    pub requests: Vec<Request>,
    /// The streams that the client has reset, with the error code.
    pub resets: Vec<(u32, u32)>,
    /// How many PINGs of the client were received.
    pub pings: usize,
    /// How many of them were acknowledged.
    pub pings_acknowledged: usize,
    /// How many PINGs of the server the client has acknowledged.
    pub pongs: usize,
    /// How many of the server's SETTINGS the client has acknowledged.
    pub settings_acknowledged: usize,
    /// The client's settings, by their number.
    pub settings: Vec<(u16, u32)>,
    /// The client's WINDOW_UPDATEs: stream (0: the connection) and increment.
    pub window_updates: Vec<(u32, u32)>,
    /// The error code of the client's GOAWAY.
    pub go_away: Option<u32>,
    /// Whether the client has ended the connection.
    pub is_closed: bool,
}

/// A request of which at least the head was received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The number of its stream.
    pub stream: u32,
    /// The body, as far as it was received.
    pub body: Vec<u8>,
    /// Whether it was received as a whole.
    pub is_whole: bool,
}

impl Request {
    /// Whether a text occurs in the body.
    pub fn mentions(&self, text: &str) -> bool {
        String::from_utf8_lossy(&self.body).contains(text)
    }
}

/// The connections so far, in the order of their TCP connections.
type Log = Arc<Mutex<Vec<Received>>>;

/// A running server. It stops when dropped, with all its connections.
pub struct FrameServer {
    port: u16,
    log: Log,
    task: JoinHandle<()>,
}

impl FrameServer {
    /// A server that runs this script for each connection. The connection is closed in order when the script returns.
    pub async fn start<F>(
        script: impl Fn(Connection) -> F + Send + Sync + 'static,
    ) -> io::Result<Self>
    where
        F: Future<Output = io::Result<()>> + Send + 'static,
    {
        Self::with(None, script).await
    }

    /// A server that also offers HTTP/1.1, for clients that do not offer HTTP/2. It responds to each of their requests by this JSON,
    /// with status 200.
    pub async fn start_with_http1<F>(
        json: &'static str,
        script: impl Fn(Connection) -> F + Send + Sync + 'static,
    ) -> io::Result<Self>
    where
        F: Future<Output = io::Result<()>> + Send + 'static,
    {
        Self::with(Some(json), script).await
    }

    async fn with<F>(
        http1: Option<&'static str>,
        script: impl Fn(Connection) -> F + Send + Sync + 'static,
    ) -> io::Result<Self>
    where
        F: Future<Output = io::Result<()>> + Send + 'static,
    {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let port = listener.local_addr()?.port();
        let mut offered = vec![Protocol::Http2.alpn()];
        offered.extend(http1.map(|_| Protocol::Http1Tls.alpn()));
        let identity = Authority::get().server_identity();
        let tls = identity.server_config(&offered, None)?;
        let log = Log::default();
        let script = Arc::new(script);
        let task = tokio::spawn(accept(listener, tls, Arc::clone(&log), (http1, script)));
        Ok(Self { port, log, task })
    }

    /// The address to call.
    pub fn url(&self) -> String {
        format!("https://127.0.0.1:{}", self.port)
    }

    /// Settings for a client that calls this server with the token `token`.
    pub fn client(&self) -> ClientBuilder {
        let builder = Client::builder().api_token("token").base_url(self.url());
        builder.add_root_certificate(Authority::get().pem())
    }

    /// What each connection has received so far. A connection without a complete TLS handshake has received nothing.
    pub fn connections(&self) -> Vec<Received> {
        locked(&self.log).clone()
    }

    /// All requests so far, of all connections.
    pub fn requests(&self) -> Vec<Request> {
        let connections = self.connections();
        connections
            .into_iter()
            .flat_map(|one| one.requests)
            .collect()
    }
}

impl Drop for FrameServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn locked(log: &Mutex<Vec<Received>>) -> MutexGuard<'_, Vec<Received>> {
    log.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn accept<F>(
    listener: TcpListener,
    tls: Arc<ServerConfig>,
    log: Log,
    (http1, script): (
        Option<&'static str>,
        Arc<impl Fn(Connection) -> F + Send + Sync + 'static>,
    ),
) where
    F: Future<Output = io::Result<()>> + Send + 'static,
{
    let mut connections = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        let number = {
            let mut log = locked(&log);
            log.push(Received::default());
            log.len() - 1
        };
        let (tls, log, script) = (Arc::clone(&tls), Arc::clone(&log), Arc::clone(&script));
        connections.spawn(async move {
            let socket = Socket::Plain(stream).secured(Some(tls)).await?;
            if let (Some(json), Protocol::Http1Tls) = (http1, socket.protocol()) {
                let log = |change: &dyn Fn(&mut Received)| change(&mut locked(&log)[number]);
                return http1::serve(socket, json, log).await;
            }
            let connection = Connection::begin(socket, (log, number));
            let socket = connection.lent();
            let outcome = script(connection).await;
            if let Some(socket) = socket.take() {
                socket.close().await;
            }
            outcome
        });
    }
}
