//! The kinds of failures.

use std::fmt;

/// What went wrong, for programs to decide on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client's settings, its credentials or its environment are invalid. Nothing was sent.
    Config,
    /// An argument of the call is invalid. Nothing was sent.
    InvalidInput,
    /// No connection could be established. Nothing was sent.
    Connect,
    /// TLS failed because of a certificate: the server's is not trusted, or the server does not accept the client's. The message says
    /// what to do. The request was not processed, and the call was not retried.
    Certificate,
    /// A time limit expired.
    Timeout {
        /// The part of the call that was limited.
        phase: Phase,
    },
    /// The connection broke, or the data received over it is not HTTP.
    Io,
    /// The body ended before its declared length.
    Truncated,
    /// The body is larger than the client's limit.
    BodyTooLarge,
    /// The headers of the response are larger than the client's limit.
    HeadersTooLarge,
    /// An earlier response said that the service accepts no calls for longer than this call may wait. The call was not sent.
    RateLimited,
    /// The server redirected the request. Redirects are never followed, so that credentials stay with the base URL's host.
    Redirect,
    /// The service reported errors: see [`Error::errors`](crate::Error::errors).
    Api,
    /// A failing status without errors that the service reported, such as a gateway's HTML page.
    Http,
    /// The response is not of the operation's type.
    Decode,
    /// The service returned fewer items of a list than its own totals state, or a cursor for more, or pages that repeat themselves. See
    /// [`Error::last_value`](crate::Error::last_value) for the items of a whole list.
    Incomplete,
    /// A download could not be written to its file, or a file that is sent could not be read. [`get_ref`](crate::Error::get_ref) returns the
    /// [`io::Error`](std::io::Error).
    File,
    /// The application could not fetch the contents of a bucket's challenge file. [`get_ref`](crate::Error::get_ref)
    /// returns the application's error.
    Challenge,
    /// The resource reached a terminal failure state: see [`Error::errors`](crate::Error::errors) for the service's reasons.
    WaitFailed,
    /// The resource did not reach the desired state within the waiter's time limit.
    WaitTimeout,
}

/// The part of a call whose time limit expired.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Phase {
    /// Opening the connection: name resolution, TCP and TLS. Nothing was sent.
    Connect,
    /// Waiting for a free stream of an HTTP/2 connection, or for a connection. Nothing was sent.
    Queue,
    /// Waiting for the head of the response.
    Headers,
    /// Waiting for the next bytes of the body.
    Idle,
    /// The whole attempt.
    Total,
    /// The whole call, over all attempts and the waits between them.
    Deadline,
}

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Connect => "connecting",
            Self::Queue => "waiting for a free connection or stream",
            Self::Headers => "waiting for the response's headers",
            Self::Idle => "waiting for more of the body",
            Self::Total => "the attempt as a whole",
            Self::Deadline => "the call as a whole",
        })
    }
}
