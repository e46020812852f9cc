//! A server on loopback that does exactly what a test tells it, byte by byte, and remembers exactly what it was asked.
//!
//! In: one [`Reply`] per request, chosen by a list or by a function. Out: the address to call, and the [`Recorded`] requests.
//! It speaks plain HTTP/1.1 and understands no more of it than the length of a body: misbehaving is its purpose.

use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use cloudflare_magic::{Client, ClientBuilder};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

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

/// What the server does in answer to one request.
#[derive(Clone, Debug, Default)]
pub struct Reply {
    steps: Vec<Step>,
}

#[derive(Clone, Debug)]
enum Step {
    Send(Vec<u8>),
    Wait(Duration),
    Hang,
    Close,
    Reset,
}

impl Reply {
    /// An answer with this status and an empty body.
    pub fn status(status: u16) -> Self {
        Self::with(status, &[], b"")
    }

    /// An answer with headers and a body of which the length is announced.
    pub fn with(status: u16, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Self {
        let body = body.as_ref();
        let mut bytes = head(
            status,
            headers,
            &[("content-length", &body.len().to_string())],
        );
        bytes.extend_from_slice(body);
        Self::raw(bytes)
    }

    /// A JSON answer.
    pub fn json(status: u16, body: impl AsRef<str>) -> Self {
        Self::with(
            status,
            &[("content-type", "application/json")],
            body.as_ref(),
        )
    }

    /// A successful envelope around a result, which is JSON.
    pub fn result(result: &str) -> Self {
        Self::json(
            200,
            format!(r#"{{"success":true,"errors":[],"messages":[],"result":{result}}}"#),
        )
    }

    /// An HTML page.
    pub fn html(status: u16, page: &str) -> Self {
        Self::with(
            status,
            &[("content-type", "text/html; charset=UTF-8")],
            page,
        )
    }

    /// The head of an answer, with these headers only, and no body yet.
    pub fn head(status: u16, headers: &[(&str, &str)]) -> Self {
        Self::raw(head(status, headers, &[]))
    }

    /// Exactly these bytes.
    pub fn raw(bytes: impl Into<Vec<u8>>) -> Self {
        Self::default().send(bytes)
    }

    /// No answer: the connection stays open and silent.
    pub fn silence() -> Self {
        Self::default().hang()
    }

    /// Then sends these bytes.
    pub fn send(self, bytes: impl Into<Vec<u8>>) -> Self {
        self.then(Step::Send(bytes.into()))
    }

    /// Then waits.
    pub fn wait(self, duration: Duration) -> Self {
        self.then(Step::Wait(duration))
    }

    /// Then keeps the connection open and silent.
    pub fn hang(self) -> Self {
        self.then(Step::Hang)
    }

    /// Then closes the connection.
    pub fn close(self) -> Self {
        self.then(Step::Close)
    }

    /// Then resets the connection.
    pub fn reset(self) -> Self {
        self.then(Step::Reset)
    }

    fn then(mut self, step: Step) -> Self {
        self.steps.push(step);
        self
    }
}

fn head(status: u16, headers: &[(&str, &str)], more: &[(&str, &str)]) -> Vec<u8> {
    let mut head = format!("HTTP/1.1 {status} Scripted\r\n");
    for (name, value) in headers.iter().chain(more) {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("\r\n");
    head.into_bytes()
}

type Script = dyn Fn(usize, &Recorded) -> Reply + Send + Sync;

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
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let port = listener.local_addr()?.port();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let task = tokio::spawn(accept(listener, Arc::clone(&requests), Arc::new(script)));
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
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn locked(requests: &Mutex<Vec<Recorded>>) -> MutexGuard<'_, Vec<Recorded>> {
    requests.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn accept(listener: TcpListener, requests: Arc<Mutex<Vec<Recorded>>>, script: Arc<Script>) {
    // Connections end with the server: a task set aborts its tasks when it is dropped.
    let mut connections = tokio::task::JoinSet::new();
    let mut number = 0;
    while let Ok((stream, _)) = listener.accept().await {
        connections.spawn(serve(
            stream,
            number,
            Arc::clone(&requests),
            Arc::clone(&script),
        ));
        number += 1;
    }
}

/// Serves one connection until either side ends it.
async fn serve(
    mut stream: TcpStream,
    connection: usize,
    requests: Arc<Mutex<Vec<Recorded>>>,
    script: Arc<Script>,
) {
    let mut buffer = Vec::new();
    while let Ok(Some(request)) = read(&mut stream, &mut buffer, connection).await {
        let reply = {
            let mut requests = locked(&requests);
            requests.push(request.clone());
            script(requests.len() - 1, &request)
        };
        for step in reply.steps {
            if play(&mut stream, step).await.is_err() {
                return;
            }
        }
    }
}

/// Plays one step of a reply; an error where the connection does not go on.
async fn play(stream: &mut TcpStream, step: Step) -> io::Result<()> {
    match step {
        Step::Send(bytes) => stream.write_all(&bytes).await,
        Step::Wait(duration) => {
            tokio::time::sleep(duration).await;
            Ok(())
        }
        Step::Hang => std::future::pending().await,
        Step::Close => Err(io::ErrorKind::ConnectionAborted.into()),
        Step::Reset => stream
            .set_zero_linger()
            .and(Err(io::ErrorKind::ConnectionReset.into())),
    }
}

/// Reads one request. `None` where the client has nothing more to say.
async fn read(
    stream: &mut TcpStream,
    buffer: &mut Vec<u8>,
    connection: usize,
) -> io::Result<Option<Recorded>> {
    let end = loop {
        if let Some(at) = buffer.windows(4).position(|window| window == b"\r\n\r\n") {
            break at + 4;
        }
        if stream.read_buf(buffer).await? == 0 {
            return Ok(None);
        }
    };
    let mut request = parse(&String::from_utf8_lossy(&buffer[..end]), connection);
    let length = request
        .header("content-length")
        .and_then(|length| length.parse().ok())
        .unwrap_or(0);
    while buffer.len() < end + length {
        if stream.read_buf(buffer).await? == 0 {
            return Ok(None);
        }
    }
    request.body = buffer[end..end + length].to_vec();
    buffer.drain(..end + length);
    Ok(Some(request))
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
