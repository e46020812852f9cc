//! A server on loopback that sends exactly the bytes that a test sets, and records exactly the requests that it receives.
//!
//! In: one [`Response`] per request, chosen by a list, a function or a [`Service`]. Out: the address to call, and the
//! [`Recorded`] requests.
//! It speaks plain HTTP/1.1 and parses no more of it than a head and a content length, since its purpose is to misbehave.

use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use cloudflare_magic::{Client, ClientBuilder};
use tokio::io::AsyncReadExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

mod response;

pub use self::response::Response;

/// A request as it was received.
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
    /// What happens on a new connection before anything is read from it. `connection` is its number, from 0. `None`: nothing.
    fn connected(&self, connection: usize) -> Option<Response> {
        let _ = connection;
        None
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

    /// A server that runs a service.
    pub async fn serving(service: impl Service) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let port = listener.local_addr()?.port();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let task = tokio::spawn(accept(listener, Arc::clone(&requests), Arc::new(service)));
        Ok(Self {
            port,
            requests,
            task,
        })
    }

    /// The address to call.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Settings for a client that calls this server with the token `token`.
    pub fn client(&self) -> ClientBuilder {
        Client::builder().api_token("token").base_url(self.url())
    }

    /// The port.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The requests so far.
    pub fn requests(&self) -> Vec<Recorded> {
        locked(&self.requests).clone()
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

async fn accept(
    listener: TcpListener,
    requests: Arc<Mutex<Vec<Recorded>>>,
    service: Arc<dyn Service>,
) {
    // Connections end with the server: a `JoinSet` aborts its tasks when dropped.
    let mut connections = JoinSet::new();
    let mut number = 0;
    while let Ok((stream, _)) = listener.accept().await {
        let connection = Connection {
            stream,
            number,
            requests: Arc::clone(&requests),
            service: Arc::clone(&service),
        };
        connections.spawn(connection.serve());
        number += 1;
    }
}

/// One connection, until either side closes it.
struct Connection {
    stream: TcpStream,
    number: usize,
    requests: Arc<Mutex<Vec<Recorded>>>,
    service: Arc<dyn Service>,
}

impl Connection {
    async fn serve(mut self) -> io::Result<()> {
        if let Some(response) = self.service.connected(self.number) {
            response.play(&mut self.stream).await?;
        }
        let mut buffer = Vec::new();
        while let Some((mut request, end)) = self.head(&mut buffer).await? {
            if let Some(response) = self.service.begun(&request) {
                response.play(&mut self.stream).await?;
            }
            if !self.body(&mut request, end, &mut buffer).await? {
                break;
            }
            let response = {
                let mut requests = locked(&self.requests);
                requests.push(request.clone());
                self.service.respond(requests.len() - 1, &request)
            };
            response.play(&mut self.stream).await?;
        }
        Ok(())
    }

    /// Reads the head of a request. Returns it with its length, or `None` if the client has closed the connection.
    async fn head(&mut self, buffer: &mut Vec<u8>) -> io::Result<Option<(Recorded, usize)>> {
        let end = loop {
            if let Some(at) = buffer.windows(4).position(|window| window == b"\r\n\r\n") {
                break at + 4;
            }
            if self.stream.read_buf(buffer).await? == 0 {
                return Ok(None);
            }
        };
        let head = String::from_utf8_lossy(&buffer[..end]);
        Ok(Some((parse(&head, self.number), end)))
    }

    /// Reads the body of a request; `end` is the length of its head. Returns false if the client closes the connection before the end.
    async fn body(
        &mut self,
        request: &mut Recorded,
        end: usize,
        buffer: &mut Vec<u8>,
    ) -> io::Result<bool> {
        let length = request.header("content-length");
        let end_of_body = end + length.and_then(|length| length.parse().ok()).unwrap_or(0);
        while buffer.len() < end_of_body {
            if self.stream.read_buf(buffer).await? == 0 {
                return Ok(false);
            }
        }
        request.body = buffer[end..end_of_body].to_vec();
        buffer.drain(..end_of_body);
        Ok(true)
    }
}

fn parse(head: &str, connection: usize) -> Recorded {
    let mut lines = head.split("\r\n");
    let mut words = lines.next().unwrap_or_default().split(' ');
    let mut word = || words.next().unwrap_or_default().to_owned();
    let (method, target) = (word(), word());
    let headers = lines.filter_map(|line| line.split_once(':'));
    let headers = headers
        .map(|(name, value)| (name.to_owned(), value.trim().to_owned()))
        .collect();
    Recorded {
        method,
        target,
        headers,
        body: Vec::new(),
        connection,
    }
}
