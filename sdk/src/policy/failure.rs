//! A failed attempt, with what the retry decision needs: the error, whether the request was sent, the response's head.

use http::StatusCode;

use crate::error::Error;
use crate::transport::Sent;

/// An attempt that failed.
pub(crate) struct Failure {
    pub(crate) error: Error,
    pub(crate) sent: Sent,
    /// Whether the connection is at fault: the server said, in HTTP/2, that it did not process the request, or there was no turn.
    pub(crate) is_unprocessed: bool,
    /// Status and ray id, if the head of a response was received.
    pub(crate) head: Option<(StatusCode, Option<String>)>,
}

impl Failure {
    /// Whether the service rejected the request with status 429.
    pub(crate) fn is_rate_limited(&self) -> bool {
        let status = self.head.as_ref().map(|(status, _)| *status);
        status == Some(StatusCode::TOO_MANY_REQUESTS)
    }

    /// Whether the service may have processed the request. A status of 3xx or 4xx means that it did not; with any other status, or
    /// without one, it is unknown.
    pub(crate) fn may_have_been_processed(&self) -> bool {
        let rejected = |status: StatusCode| status.is_redirection() || status.is_client_error();
        self.sent == Sent::Maybe
            && !self
                .head
                .as_ref()
                .is_some_and(|(status, _)| rejected(*status))
    }
}
