//! What an error of reqwest means: what failed, and whether the server can have processed the request.
//!
//! In: an error, and the exchange. Out: a [`TransportError`]. Two facts prove that the service did not process a request: it never
//! left, or the server says so in HTTP/2 (RFC 9113, 6.8 and 8.7): by GOAWAY with a lower last stream, or by RST_STREAM with
//! REFUSED_STREAM. The errors that h2 makes for streams that a GOAWAY covers are other ones.

use std::error::Error as StdError;
use std::io;

use h2::Reason;

use super::dial;
use crate::transport::{Exchange, Fault, Sent, TransportError};

/// The error of a request without a response.
pub(super) fn exchange_error(error: reqwest::Error, exchange: &Exchange) -> TransportError {
    // Called in any case: after an error, hyper must not send the request any more.
    let never_left = exchange.give_up().is_some();
    let (fault, sent) = match find::<h2::Error>(&error) {
        _ if find(&error) == Some(&dial::Fault::TimedOut) => (Fault::ConnectTimeout, Sent::No),
        _ if error.is_connect() => (Fault::Connect, Sent::No),
        Some(http2) if http2.is_go_away() && http2.is_remote() => (Fault::Unprocessed, Sent::No),
        Some(http2) if is_reset_for(http2, Reason::REFUSED_STREAM) => {
            (Fault::Unprocessed, Sent::No)
        }
        _ if never_left => (Fault::Io, Sent::No),
        _ => (Fault::Io, Sent::Maybe),
    };
    TransportError::new(fault, sent, without_url(error))
}

/// Whether the server refuses HTTP/2.
pub(super) fn requires_http1(error: &reqwest::Error) -> bool {
    let http2 = find::<h2::Error>(error).filter(|http2| http2.is_remote());
    http2.and_then(h2::Error::reason) == Some(Reason::HTTP_1_1_REQUIRED)
}

/// The error of a body that could not be read: truncated if the stream ended in the middle of the body, else a broken connection.
pub(super) fn body_error(error: reqwest::Error) -> TransportError {
    let fault = if is_truncated(&error) {
        Fault::Truncated
    } else {
        Fault::Io
    };
    TransportError::new(fault, Sent::Maybe, without_url(error))
}

fn is_truncated(error: &reqwest::Error) -> bool {
    use io::ErrorKind::{BrokenPipe, UnexpectedEof};
    if let Some(http2) = find::<h2::Error>(error) {
        // A stream that is reset in its middle, a body of another length than announced (which h2 itself resets), a GOAWAY that
        // excludes a stream with a response; and a connection that ended, which h2 calls a broken pipe.
        return match http2.get_io() {
            Some(io) => matches!(io.kind(), BrokenPipe | UnexpectedEof),
            None => http2.is_reset() || (http2.is_go_away() && http2.is_remote()),
        };
    }
    find::<io::Error>(error).is_some_and(|io| io.kind() == UnexpectedEof)
}

fn is_reset_for(error: &h2::Error, reason: Reason) -> bool {
    error.is_reset() && error.is_remote() && error.reason() == Some(reason)
}

/// The first error of this type in the chain of causes.
pub(super) fn find<'a, E: StdError + 'static>(
    error: &'a (dyn StdError + 'static),
) -> Option<&'a E> {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if let Some(found) = error.downcast_ref() {
            return Some(found);
        }
        // An `io::Error` with an error inside hides it: its source is the cause of that error.
        cause = match error
            .downcast_ref::<io::Error>()
            .and_then(io::Error::get_ref)
        {
            Some(inner) => Some(inner),
            None => error.source(),
        };
    }
    None
}

/// Removes the URL, which contains account ids. The crate's errors name the operation instead.
fn without_url(error: reqwest::Error) -> reqwest::Error {
    error.without_url()
}
