//! A failed attempt, with what the decision to try again needs: the error, whether the request was sent, the response's head.

use http::StatusCode;

use crate::error::Error;
use crate::transport::Sent;

/// An attempt that failed.
pub(crate) struct Failure {
    pub(crate) error: Error,
    pub(crate) sent: Sent,
    /// Status and ray id, where a response began to arrive.
    pub(crate) head: Option<(StatusCode, Option<String>)>,
}

impl Failure {
    /// Whether the service rejected the request because there were too many.
    pub(crate) fn is_rate_limited(&self) -> bool {
        let status = self.head.as_ref().map(|(status, _)| *status);
        status == Some(StatusCode::TOO_MANY_REQUESTS)
    }

    /// A failing status below 500 is a refusal: the service did nothing. With any other status, or without one, it is not known.
    pub(crate) fn may_have_been_processed(&self) -> bool {
        let refused = |status: StatusCode| status.is_redirection() || status.is_client_error();
        self.sent == Sent::Maybe
            && !self
                .head
                .as_ref()
                .is_some_and(|(status, _)| refused(*status))
    }
}
