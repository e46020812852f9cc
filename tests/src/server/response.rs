//! The steps of a server's response to one request.
//!
//! In: the steps that a test sets. Out: bytes on a connection, silence, or its end. It does not look at requests.

use std::io;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// The steps of the response to one request.
#[derive(Clone, Debug, Default)]
pub struct Response {
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

impl Response {
    /// A response with this status and an empty body.
    pub fn status(status: u16) -> Self {
        Self::with(status, &[], b"")
    }

    /// A response with headers and a body, with its content length.
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

    /// A JSON response.
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

    /// The head of a response, with these headers only, and no body yet.
    pub fn head(status: u16, headers: &[(&str, &str)]) -> Self {
        Self::raw(head(status, headers, &[]))
    }

    /// Exactly these bytes.
    pub fn raw(bytes: impl Into<Vec<u8>>) -> Self {
        Self::default().send(bytes)
    }

    /// No response: the connection stays open and silent.
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

    /// Runs all steps; an error if the connection is not used any more.
    pub(super) async fn play(self, stream: &mut TcpStream) -> io::Result<()> {
        for step in self.steps {
            play(stream, step).await?;
        }
        Ok(())
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

/// Runs one step of a response; an error if the connection is not used any more.
async fn play(stream: &mut TcpStream, step: Step) -> io::Result<()> {
    match step {
        Step::Send(bytes) => stream.write_all(&bytes).await,
        Step::Wait(duration) => {
            tokio::time::sleep(duration).await;
            Ok(())
        }
        Step::Hang => {
            // Waits until the client closes the connection.
            let mut ignored = [0; 1024];
            while stream.read(&mut ignored).await? > 0 {}
            Err(io::ErrorKind::UnexpectedEof.into())
        }
        Step::Close => Err(io::ErrorKind::ConnectionAborted.into()),
        Step::Reset => stream
            .set_zero_linger()
            .and(Err(io::ErrorKind::ConnectionReset.into())),
    }
}
