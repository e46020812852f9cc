//! The steps of a server's response to one request.
//!
//! In: the steps that a test sets. Out: the [`Step`]s, which each protocol writes in its own way. It does not look at requests.

use std::time::Duration;

pub use h2::Reason;

/// The steps of the response to one request.
#[derive(Clone, Debug, Default)]
pub struct Response {
    steps: Vec<Step>,
}

/// One step of a response.
#[derive(Clone, Debug)]
pub(super) enum Step {
    /// A head. Its lengths are those that the test sets.
    Head(u16, Vec<(String, String)>),
    /// A piece of the body. Over HTTP/2 the stream ends with the piece that reaches the declared length.
    Data(Vec<u8>),
    /// Bytes of the connection: HTTP/1.1 only.
    Raw(Vec<u8>),
    Wait(Duration),
    /// Silence. Over HTTP/2 on this stream only.
    Hang,
    Close,
    Reset,
    /// The stream is reset: HTTP/2 only.
    ResetStream(Reason),
}

impl Response {
    /// A response with this status and an empty body.
    pub fn status(status: u16) -> Self {
        Self::with(status, &[], b"")
    }

    /// A response with headers and a body, with its content length.
    pub fn with(status: u16, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Self {
        let body = body.as_ref();
        let length = body.len().to_string();
        let headers = [headers, &[("content-length", &length)]].concat();
        let head = Self::head(status, &headers);
        if body.is_empty() {
            return head;
        }
        head.send(body)
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

    /// The head of a response, with these headers only, and no body yet. A status of 1xx is an interim response: another head follows.
    pub fn head(status: u16, headers: &[(&str, &str)]) -> Self {
        Self::default().then_head(status, headers)
    }

    /// Exactly these bytes. HTTP/1.1 only.
    pub fn raw(bytes: impl Into<Vec<u8>>) -> Self {
        Self::default().send_raw(bytes)
    }

    /// No response: the connection stays open and silent.
    pub fn silence() -> Self {
        Self::default().hang()
    }

    /// Then sends a head with these headers only.
    pub fn then_head(self, status: u16, headers: &[(&str, &str)]) -> Self {
        let headers = headers.iter();
        let headers = headers.map(|&(name, value)| (name.to_owned(), value.to_owned()));
        self.then(Step::Head(status, headers.collect()))
    }

    /// Then sends this piece of the body.
    pub fn send(self, bytes: impl Into<Vec<u8>>) -> Self {
        self.then(Step::Data(bytes.into()))
    }

    /// Then sends exactly these bytes. HTTP/1.1 only.
    pub fn send_raw(self, bytes: impl Into<Vec<u8>>) -> Self {
        self.then(Step::Raw(bytes.into()))
    }

    /// Then waits.
    pub fn wait(self, duration: Duration) -> Self {
        self.then(Step::Wait(duration))
    }

    /// Then keeps the connection open and silent. Over HTTP/2 other streams of the connection go on.
    pub fn hang(self) -> Self {
        self.then(Step::Hang)
    }

    /// Then closes the connection, with all its streams.
    pub fn close(self) -> Self {
        self.then(Step::Close)
    }

    /// Then resets the connection, with all its streams.
    pub fn reset(self) -> Self {
        self.then(Step::Reset)
    }

    /// Then resets the stream. HTTP/2 only.
    pub fn reset_stream(self, reason: Reason) -> Self {
        self.then(Step::ResetStream(reason))
    }

    /// The steps, in order.
    pub(super) fn into_steps(self) -> Vec<Step> {
        self.steps
    }

    fn then(mut self, step: Step) -> Self {
        self.steps.push(step);
        self
    }
}
