//! The errors of a waiter.
//!
//! In: the last poll and how long the wait took. Out: an error with the service's reasons, the state and the last value.

use std::fmt;
use std::time::Duration;

use http::StatusCode;

use super::spec::WaiterSpec;
use crate::error::{ApiError, CallFacts, Error, ErrorKind};
use crate::policy::retry;

/// The error of a terminal failure state.
pub(super) fn failed(state: &str, reasons: Vec<ApiError>) -> Error {
    let mut message = format!("it ended in the state `{state}`");
    if !reasons.is_empty() {
        message.push_str(": ");
        message.push_str(&ApiError::line(&reasons));
    }
    Error::new(ErrorKind::WaitFailed, message).with_errors(reasons)
}

/// The error after the limit.
pub(super) fn timed_out(
    waited: Duration,
    state: Option<&str>,
    unknown: &[String],
    broken: Option<&dyn fmt::Display>,
) -> Error {
    let mut message = match state {
        Some(state) => format!("the state is still `{state}` after {} s", waited.as_secs()),
        None => format!("no state was seen in {} s", waited.as_secs()),
    };
    if !unknown.is_empty() {
        let unknown = unknown.join("`, `");
        message.push_str(&format!("; this version does not know `{unknown}`"));
    }
    if let Some(broken) = broken {
        message.push_str(&format!("; the last poll failed: {broken}"));
    }
    Error::new(ErrorKind::WaitTimeout, message)
}

/// Adds the facts of the last call to an error of a waiter, under the waiter's own name.
pub(super) fn with_facts(
    error: Error,
    spec: &WaiterSpec,
    facts: CallFacts,
    elapsed: Duration,
) -> Error {
    error.with_call(CallFacts {
        operation: Some(spec.name),
        elapsed,
        ..facts
    })
}

/// Whether the service says, with an error in its own JSON, that there is no such resource.
pub(super) fn is_gone(error: &Error) -> bool {
    error.is_not_found() && !error.errors().is_empty()
}

/// Whether a resource that was just created may be missing only for now: status 404, or no item in a list. Not a path that the service
/// does not have.
pub(super) fn is_missing(error: &Error) -> bool {
    match error.kind() {
        ErrorKind::WaitFailed => true,
        ErrorKind::Http => error.status() == Some(StatusCode::NOT_FOUND),
        _ => error.is_not_found(),
    }
}

/// Whether the next poll may succeed.
pub(super) fn is_temporary(error: &Error) -> bool {
    match error.kind() {
        ErrorKind::Connect
        | ErrorKind::Timeout { .. }
        | ErrorKind::Io
        | ErrorKind::Truncated
        | ErrorKind::RateLimited
        | ErrorKind::Decode
        // An item that is not in its list: lists can lag behind.
        | ErrorKind::WaitFailed => true,
        ErrorKind::Api | ErrorKind::Http => error.status().is_none_or(|status| {
            status == StatusCode::TOO_MANY_REQUESTS || retry::is_temporary(status)
        }),
        _ => false,
    }
}

/// Attaches the last value.
pub(super) fn with_last<T: Send + Sync + 'static>(error: Error, last: Option<T>) -> Error {
    let is_ours = matches!(error.kind(), ErrorKind::WaitFailed | ErrorKind::WaitTimeout);
    match last.filter(|_| is_ours) {
        Some(value) => error.with_last_value(value),
        None => error,
    }
}

#[cfg(test)]
mod tests {
    use http::StatusCode;

    use super::is_temporary;
    use crate::error::{CallFacts, Error, ErrorKind};

    #[test]
    fn a_waiter_goes_on_after_the_statuses_that_are_retried() {
        let with = |status: u16| {
            Error::new(ErrorKind::Http, "no").with_call(CallFacts {
                status: StatusCode::from_u16(status).ok(),
                ..CallFacts::default()
            })
        };
        for status in [408, 421, 425, 429, 500, 503, 520, 599] {
            assert!(is_temporary(&with(status)), "{status}");
        }
        for status in [400, 401, 403, 404, 409, 410, 422] {
            assert!(!is_temporary(&with(status)), "{status}");
        }
    }
}
