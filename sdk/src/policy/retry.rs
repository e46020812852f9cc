//! The retry policy: whether and when a failed attempt is retried.
//!
//! In: a [`Failure`]. Out: a [`RetryDecision`] by the class of the error, and what carrying it out needs: waits and a budget. The
//! retries themselves are made by [`crate::pipeline`].
//!
//! | the attempt failed by | it is retried |
//! |---|---|
//! | a certificate, a file to send that cannot be read | never |
//! | any other failure for which it is proved that the service did not process the request | always |
//! | status 429 | always: the service did not process the request |
//! | a time limit, a broken connection, a truncated body | if the operation is repeatable |
//! | a status of 500 and above, 408, 421 or 425 | if the operation is repeatable |
//! | the deadline, a redirect, any other status, a response that cannot be read | never |

use std::time::Duration;

use http::StatusCode;

use crate::error::{ErrorKind, Phase};
use crate::policy::failure::Failure;
use crate::transport::Sent;

pub(crate) mod after;
pub(crate) mod backoff;
mod budget;

pub(crate) use self::backoff::Backoff;
pub(crate) use self::budget::Budget;

/// The maximum number of attempts of a call, unless the client or the call sets another.
pub(crate) const ATTEMPTS: u32 = 3;

/// The longest wait that the client accepts. If the service asks for more, the call fails at once; the error has the wait.
pub(crate) const LONGEST_WAIT: Duration = Duration::from_secs(300);

/// Whether a failed attempt may be retried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RetryDecision {
    /// Not retried: it would fail again, or it must not be repeated.
    Never,
    /// Retried if the operation is repeatable: the service may have processed the request.
    WhereRepeatable,
    /// Always retried: the service did not process the request.
    Always,
}

/// Decides whether a failed attempt is retried.
pub(crate) fn decide(failure: &Failure) -> RetryDecision {
    use ErrorKind::{Api, Connect, Http, Io, Timeout, Truncated};

    // A file that could not be read would not be read the next time either.
    if matches!(
        failure.error.kind(),
        ErrorKind::Certificate | ErrorKind::File
    ) {
        return RetryDecision::Never;
    }
    if failure.sent == Sent::No {
        return RetryDecision::Always;
    }
    let status = failure.head.as_ref().map(|(status, _)| *status);
    match (failure.error.kind(), status) {
        (Api | Http, Some(StatusCode::TOO_MANY_REQUESTS)) => RetryDecision::Always,
        (Api | Http, Some(status)) if is_temporary(status) => RetryDecision::WhereRepeatable,
        (
            Timeout {
                phase: Phase::Deadline,
            },
            _,
        ) => RetryDecision::Never,
        (Timeout { .. } | Connect | Io | Truncated, _) => RetryDecision::WhereRepeatable,
        _ => RetryDecision::Never,
    }
}

/// Whether another attempt may have another status. Statuses above 599 are not valid in HTTP, but they are server failures too.
pub(crate) fn is_temporary(status: StatusCode) -> bool {
    const TOO_EARLY: u16 = 425;
    status.as_u16() >= 500
        || matches!(
            status,
            StatusCode::REQUEST_TIMEOUT | StatusCode::MISDIRECTED_REQUEST
        )
        || status.as_u16() == TOO_EARLY
}

#[cfg(test)]
mod tests {
    use super::{RetryDecision, decide};
    use crate::error::{Error, ErrorKind, Phase};
    use crate::policy::failure::Failure;
    use crate::transport::Sent;
    use http::StatusCode;

    fn decision(kind: ErrorKind, sent: Sent, status: Option<u16>) -> RetryDecision {
        let status = status.map(|status| (StatusCode::from_u16(status).unwrap(), None));
        decide(&Failure {
            error: Error::new(kind, "it failed"),
            sent,
            is_unprocessed: false,
            head: status,
        })
    }

    #[test]
    fn b15_b16_b18_b24_b93_the_table_holds() {
        use ErrorKind::{Api, Connect, Decode, Http, Io, Redirect, Timeout, Truncated};
        let timeout = |phase| Timeout { phase };

        for kind in [Connect, timeout(Phase::Connect), Io] {
            assert_eq!(
                decision(kind, Sent::No, None),
                RetryDecision::Always,
                "{kind:?}"
            );
        }
        assert_eq!(
            decision(ErrorKind::Certificate, Sent::No, None),
            RetryDecision::Never
        );
        for kind in [Api, Http] {
            let by = |status| decision(kind, Sent::Maybe, Some(status));
            assert_eq!(by(429), RetryDecision::Always);
            for status in [408, 421, 425, 500, 502, 503, 504, 520, 522, 524, 599, 999] {
                assert_eq!(by(status), RetryDecision::WhereRepeatable, "{status}");
            }
            for status in [400, 401, 403, 404, 409, 422, 499] {
                assert_eq!(by(status), RetryDecision::Never, "{status}");
            }
        }
        for kind in [
            Io,
            Truncated,
            timeout(Phase::Headers),
            timeout(Phase::Idle),
            timeout(Phase::Total),
        ] {
            for status in [None, Some(200)] {
                assert_eq!(
                    decision(kind, Sent::Maybe, status),
                    RetryDecision::WhereRepeatable,
                    "{kind:?}"
                );
            }
        }
        assert_eq!(
            decision(timeout(Phase::Deadline), Sent::Maybe, None),
            RetryDecision::Never
        );
        for kind in [
            Decode,
            Api,
            ErrorKind::BodyTooLarge,
            ErrorKind::HeadersTooLarge,
        ] {
            assert_eq!(
                decision(kind, Sent::Maybe, Some(200)),
                RetryDecision::Never,
                "{kind:?}"
            );
        }
        assert_eq!(
            decision(Redirect, Sent::Maybe, Some(307)),
            RetryDecision::Never
        );
    }
}
