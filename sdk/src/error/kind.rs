//! What kinds of failure there are.

use std::fmt;

/// What went wrong, as a program can decide on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client's settings, its credentials or its environment cannot be used. Nothing was sent.
    Config,
    /// An argument of the call cannot be sent. Nothing was sent.
    InvalidInput,
    /// No connection came about. Nothing was sent.
    Connect,
    /// A time limit passed.
    Timeout {
        /// Which one.
        phase: Phase,
    },
    /// The connection broke, or what came over it was not HTTP.
    Io,
    /// The body ended before its announced length.
    Truncated,
    /// The body is larger than the client's limit.
    BodyTooLarge,
    /// The head of the answer is larger than the client's limit.
    HeadersTooLarge,
    /// The service had said that it takes no calls for longer than this call may wait. It was not sent.
    RateLimited,
    /// The server wants the request sent elsewhere. Credentials are never sent after a redirect.
    Redirect,
    /// The service refused, in its own words: see [`Error::errors`](crate::Error::errors).
    Api,
    /// A failing status without the service's own words, such as a gateway's HTML page.
    Http,
    /// The answer came, but it is not what the operation promises.
    Decode,
    /// A list says that it holds more than the service gave.
    Incomplete,
    /// A download could not be written to its file. The source is an [`io::Error`](std::io::Error).
    File,
    /// The application could not fetch the contents of a bucket's challenge file. The source is its own error.
    Challenge,
    /// What was waited for ended in a state from which no way leads on: see [`Error::errors`](crate::Error::errors) for the
    /// service's reasons.
    WaitFailed,
    /// What was waited for did not come about within the waiter's limit.
    WaitTimeout,
}

/// The part of a call that a time limit ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Phase {
    /// Opening the connection, TLS included.
    Connect,
    /// Waiting for the head of the answer.
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
            Self::Headers => "waiting for the answer's headers",
            Self::Idle => "waiting for more of the body",
            Self::Total => "the attempt as a whole",
            Self::Deadline => "the call as a whole",
        })
    }
}
