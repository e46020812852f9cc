//! Whether a failed attempt is made again, and when.
//!
//! In: a [`Failure`], and whether its operation may be repeated. Out: a verdict by the class of the error, and what a client
//! needs to carry it out: waits and a budget. It repeats nothing itself: [`crate::pipeline`] does.
//!
//! | the attempt failed by | it is made again |
//! |---|---|
//! | anything of which it is proved that nothing was sent | always |
//! | status 429 | always: the service refused to look at it |
//! | a time limit, a broken connection, a body cut short | where the operation may be repeated |
//! | a status of 500 and above | where the operation may be repeated |
//! | the deadline, a redirection, any other status, an answer that cannot be read | never |

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

/// How often a call is tried in all, unless client or call say otherwise.
pub(crate) const ATTEMPTS: u32 = 3;

/// A service that asks for a longer wait than this gets none: the call fails, and says how long it would have been.
pub(crate) const LONGEST_WAIT: Duration = Duration::from_secs(300);

/// When a failed attempt may be made again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RetryDecision {
    /// It would fail again, or must not be.
    Never,
    /// Where the operation may be repeated: the service may have done its part.
    WhereRepeatable,
    /// Always: the service did nothing.
    Always,
}

/// Decides whether a failed attempt is made again.
pub(crate) fn decide(failure: &Failure) -> RetryDecision {
    use ErrorKind::{Api, Connect, Http, Io, Timeout, Truncated};

    if failure.sent == Sent::No {
        return RetryDecision::Always;
    }
    let status = failure.head.as_ref().map(|(status, _)| *status);
    match (failure.error.kind(), status) {
        (Api | Http, Some(StatusCode::TOO_MANY_REQUESTS)) => RetryDecision::Always,
        // Statuses beyond 599 are no HTTP, but failures of a server's they are.
        (Api | Http, Some(status)) if status.as_u16() >= 500 => RetryDecision::WhereRepeatable,
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
            head: status,
        })
    }

    #[test]
    fn b15_b16_b18_b24_the_table_holds() {
        use ErrorKind::{Api, Connect, Decode, Http, Io, Redirect, Timeout, Truncated};
        let timeout = |phase| Timeout { phase };

        for kind in [Connect, timeout(Phase::Connect), Io] {
            assert_eq!(
                decision(kind, Sent::No, None),
                RetryDecision::Always,
                "{kind:?}"
            );
        }
        for kind in [Api, Http] {
            let by = |status| decision(kind, Sent::Maybe, Some(status));
            assert_eq!(by(429), RetryDecision::Always);
            for status in [500, 502, 503, 504, 520, 522, 524, 599, 999] {
                assert_eq!(by(status), RetryDecision::WhereRepeatable, "{status}");
            }
            for status in [400, 401, 403, 404, 408, 409, 425, 499] {
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
