//! A server on loopback that sends exactly the bytes that a test sets, and records exactly the requests that it receives.
//!
//! In: one [`Response`] per request, chosen by a list, a function or a [`Service`]. Out: the address to call, and the
//! [`Recorded`] requests.
//! It speaks HTTP/1.1 with or without TLS, or HTTP/2. Faults that only HTTP/2 has are the matter of [`crate::frames`].

use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use cloudflare_magic::{Client, ClientBuilder};
use rustls::ServerConfig;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

use crate::authority::Authority;
pub use crate::protocol::Protocol;
use crate::socket::Socket;

mod http1;
mod http2;
mod response;

use self::http1::End;
pub use self::response::{Reason, Response};

/// A request as it was received. The pseudo-headers of HTTP/2 are the method, the target, and a header `host` in front.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// The method.
    pub method: String,
    /// The path with its query, as in the request line.
    pub target: String,
    /// Names and values of the headers, in the order received.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
    /// The number of its connection, from 0.
    pub connection: usize,
    /// The protocol of its connection.
    pub protocol: Protocol,
}

impl Recorded {
    /// The value of the first header of that name, ignoring case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers_named(name).first().copied()
    }

    /// All values of the headers of that name, ignoring case.
    pub fn headers_named(&self, name: &str) -> Vec<&str> {
        let named = self
            .headers
            .iter()
            .filter(|(known, _)| known.eq_ignore_ascii_case(name));
        named.map(|(_, value)| value.as_str()).collect()
    }

    /// The path without its query.
    pub fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }

    /// The query without its question mark.
    pub fn query(&self) -> Option<&str> {
        self.target.split_once('?').map(|(_, query)| query)
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// Whether a text occurs anywhere in the request.
    pub fn mentions(&self, text: &str) -> bool {
        let headers = self
            .headers
            .iter()
            .any(|(name, value)| name.contains(text) || value.contains(text));
        headers || self.target.contains(text) || self.text().contains(text)
    }
}

/// What a server does with connections and requests.
pub trait Service: Send + Sync + 'static {
    /// What happens on a new connection before anything is read from it, and before TLS. `connection` is its number, from 0. `None`:
    /// nothing.
    fn connected(&self, connection: usize) -> Option<Response> {
        let _ = connection;
        None
    }

    /// Whether the connection is retired before this request: GOAWAY excludes it and every later one, and the earlier ones go on.
    /// HTTP/2 only.
    fn retires(&self, head: &Recorded) -> bool {
        let _ = head;
        false
    }

    /// What happens after the head of a request is read, and before its body is read. `None`: nothing.
    fn begun(&self, head: &Recorded) -> Option<Response> {
        let _ = head;
        None
    }

    /// The response to a whole request. `number` is that of the request, from 0.
    fn respond(&self, number: usize, request: &Recorded) -> Response;
}

impl<F: Fn(usize, &Recorded) -> Response + Send + Sync + 'static> Service for F {
    fn respond(&self, number: usize, request: &Recorded) -> Response {
        self(number, request)
    }
}

/// A running server. It stops when dropped.
pub struct Server {
    port: u16,
    is_secure: bool,
    requests: Arc<Mutex<Vec<Recorded>>>,
    task: JoinHandle<()>,
}

impl Server {
    /// A server with these responses, one per request and in this order. Further requests get a 500 that says so.
    pub async fn start(responses: impl IntoIterator<Item = Response>) -> io::Result<Self> {
        let responses: Vec<_> = responses.into_iter().collect();
        let beyond = Response::json(
            500,
            r#"{"success":false,"errors":[{"code":1,"message":"one request too many"}]}"#,
        );
        Self::responding(move |number, _| responses.get(number).unwrap_or(&beyond).clone()).await
    }

    /// A server that calls a function for each response, with the number of the request, from 0, and the request.
    pub async fn responding(
        script: impl Fn(usize, &Recorded) -> Response + Send + Sync + 'static,
    ) -> io::Result<Self> {
        Self::serving(script).await
    }

    /// A server that runs a service, over the protocol of the test.
    pub async fn serving(service: impl Service) -> io::Result<Self> {
        Self::over(Protocol::current(), service).await
    }

    /// A server that runs a service over a protocol.
    pub async fn over(protocol: Protocol, service: impl Service) -> io::Result<Self> {
        let tls = protocol.is_secure();
        let tls = tls.then(|| Authority::get().server_config(protocol));
        Self::with_tls(tls.transpose()?, service).await
    }

    /// A server with these TLS settings, see [`Identity::server_config`](crate::authority::Identity::server_config), or without
    /// TLS. Each connection speaks what ALPN selects.
    pub async fn with_tls(
        tls: Option<Arc<ServerConfig>>,
        service: impl Service,
    ) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let port = listener.local_addr()?.port();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let is_secure = tls.is_some();
        let connection = Connection {
            number: 0,
            protocol: Protocol::Http1,
            tls,
            requests: Arc::clone(&requests),
            service: Arc::new(service),
        };
        Ok(Self {
            port,
            is_secure,
            requests,
            task: tokio::spawn(accept(listener, connection)),
        })
    }

    /// The address to call.
    pub fn url(&self) -> String {
        let scheme = if self.is_secure { "https" } else { "http" };
        format!("{scheme}://127.0.0.1:{}", self.port)
    }

    /// Settings for a client that calls this server with the token `token`.
    pub fn client(&self) -> ClientBuilder {
        self.trusted(Client::builder()).api_token("token")
    }

    /// Settings for a client that calls this server, without credentials.
    pub fn trusted(&self, builder: ClientBuilder) -> ClientBuilder {
        let builder = builder.base_url(self.url());
        if self.is_secure {
            return builder.add_root_certificate(Authority::get().pem());
        }
        builder
    }

    /// The port.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The requests so far.
    pub fn requests(&self) -> Vec<Recorded> {
        locked(&self.requests).clone()
    }

    /// Forgets the requests so far. The numbers of further requests start from 0 again.
    pub fn forget(&self) {
        locked(&self.requests).clear();
    }

    /// Waits until all connections have ended, so that no request is still being received.
    pub async fn drained(&self) {
        // Each connection holds the list of requests; so do this handle and the task that accepts.
        while Arc::strong_count(&self.requests) > 2 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn locked(requests: &Mutex<Vec<Recorded>>) -> MutexGuard<'_, Vec<Recorded>> {
    requests.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Accepts connections. They are numbered copies of the first.
async fn accept(listener: TcpListener, mut connection: Connection) {
    // Connections end with the server: a `JoinSet` aborts its tasks when dropped.
    let mut connections = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        connections.spawn(connection.clone().serve(stream));
        // A set holds the tasks that have ended until they are joined.
        while connections.try_join_next().is_some() {}
        connection.number += 1;
    }
}

/// One connection, until either side closes it.
#[derive(Clone)]
struct Connection {
    number: usize,
    protocol: Protocol,
    tls: Option<Arc<ServerConfig>>,
    requests: Arc<Mutex<Vec<Recorded>>>,
    service: Arc<dyn Service>,
}

impl Connection {
    async fn serve(mut self, stream: TcpStream) -> io::Result<()> {
        let mut stream = Socket::Plain(stream);
        if let Some(response) = self.service.connected(self.number) {
            let end = http1::play(&mut stream, response).await?;
            if !matches!(end, End::None) {
                end.apply(stream).await;
                return Ok(());
            }
        }
        let socket = stream.secured(self.tls.clone()).await?;
        self.protocol = socket.protocol();
        match self.protocol {
            Protocol::Http1 | Protocol::Http1Tls => http1::serve(&self, socket).await,
            Protocol::Http2 => http2::serve(&Arc::new(self), socket).await,
        }
    }

    /// A request without a body.
    fn record(&self, method: String, target: String, headers: Vec<(String, String)>) -> Recorded {
        Recorded {
            method,
            target,
            headers,
            body: Vec::new(),
            connection: self.number,
            protocol: self.protocol,
        }
    }

    /// Records a whole request, and returns its response.
    fn respond(&self, request: &Recorded) -> Response {
        let mut requests = locked(&self.requests);
        requests.push(request.clone());
        self.service.respond(requests.len() - 1, request)
    }
}
