//! A server on loopback that does exactly what a test tells it, byte by byte, and remembers exactly what it was asked.
//!
//! In: one [`Reply`] per request, chosen by a list, a function or a [`Service`]. Out: the address to call, and the
//! [`Recorded`] requests.
//! It speaks plain HTTP/1.1 and understands no more of it than the length of a body: misbehaving is its purpose.

use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use cloudflare_magic::{Client, ClientBuilder};
use tokio::io::AsyncReadExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

mod reply;

pub use self::reply::Reply;

/// A request as it came over the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// The method.
    pub method: String,
    /// The path with its query, as it stood in the request line.
    pub target: String,
    /// Names and values, in the order of the wire.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
    /// The number of the connection it came over, from 0.
    pub connection: usize,
}

impl Recorded {
    /// The value of the first header of that name, in any case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers_named(name).first().copied()
    }

    /// All values of the headers of that name, in any case.
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

/// What a server does, told step by step.
pub trait Service: Send + Sync + 'static {
    /// What a connection meets before anything is read from it. It is given its number, from 0. `None`: it is served.
    fn connected(&self, connection: usize) -> Option<Reply> {
        let _ = connection;
        None
    }

    /// What a request meets once its head is there, and before its body is read. `None`: it is read.
    fn begun(&self, head: &Recorded) -> Option<Reply> {
        let _ = head;
        None
    }

    /// The reply to a whole request. It is given the request's number, from 0.
    fn reply(&self, number: usize, request: &Recorded) -> Reply;
}

impl<F: Fn(usize, &Recorded) -> Reply + Send + Sync + 'static> Service for F {
    fn reply(&self, number: usize, request: &Recorded) -> Reply {
        self(number, request)
    }
}

/// A running server. It stops when it is dropped.
pub struct Server {
    port: u16,
    requests: Arc<Mutex<Vec<Recorded>>>,
    task: JoinHandle<()>,
}

impl Server {
    /// A server that gives these replies, one per request and in their order. Requests beyond them get a 500 that says so.
    pub async fn start(replies: impl IntoIterator<Item = Reply>) -> io::Result<Self> {
        let replies: Vec<_> = replies.into_iter().collect();
        let beyond = Reply::json(
            500,
            r#"{"success":false,"errors":[{"code":1,"message":"one request too many"}]}"#,
        );
        Self::answering(move |number, _| replies.get(number).unwrap_or(&beyond).clone()).await
    }

    /// A server that asks a function for each reply. It is given the number of the request, from 0, and the request.
    pub async fn answering(
        script: impl Fn(usize, &Recorded) -> Reply + Send + Sync + 'static,
    ) -> io::Result<Self> {
        Self::serving(script).await
    }

    /// A server that does what a service tells it.
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

    /// The port alone.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// What was asked so far.
    pub fn requests(&self) -> Vec<Recorded> {
        locked(&self.requests).clone()
    }

    /// Waits until all connections have ended, and with them what was still on its way.
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
    // Connections end with the server: a task set aborts its tasks when it is dropped.
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

/// One connection, for as long as either side wants it.
struct Connection {
    stream: TcpStream,
    number: usize,
    requests: Arc<Mutex<Vec<Recorded>>>,
    service: Arc<dyn Service>,
}

impl Connection {
    async fn serve(mut self) -> io::Result<()> {
        if let Some(reply) = self.service.connected(self.number) {
            reply.play(&mut self.stream).await?;
        }
        let mut buffer = Vec::new();
        while let Some((mut request, end)) = self.head(&mut buffer).await? {
            if let Some(reply) = self.service.begun(&request) {
                reply.play(&mut self.stream).await?;
            }
            if !self.body(&mut request, end, &mut buffer).await? {
                break;
            }
            let reply = {
                let mut requests = locked(&self.requests);
                requests.push(request.clone());
                self.service.reply(requests.len() - 1, &request)
            };
            reply.play(&mut self.stream).await?;
        }
        Ok(())
    }

    /// Reads the head of a request, and tells where it ends. `None` where the client has nothing more to say.
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

    /// Reads the body of a request whose head has this length. False where the client leaves in the middle of it.
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
