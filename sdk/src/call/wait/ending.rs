//! How waiting ends where it does not end well.
//!
//! In: the last look and how long it took. Out: an error with the service's reasons, the state and, as its source, the value
//! that was seen last.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use super::plan::Wait;
use crate::error::{ApiError, CallFacts, Error, ErrorKind};

/// The error of a state from which no way leads on.
pub(super) fn failed(state: &str, reasons: Vec<ApiError>) -> Error {
    let mut message = format!("it ended in the state `{state}`");
    if !reasons.is_empty() {
        message.push_str(": ");
        message.push_str(&ApiError::line(&reasons));
    }
    Error::new(ErrorKind::WaitFailed, message).with_errors(reasons)
}

/// The error of a limit that passed.
pub(super) fn timed_out(
    waited: Duration,
    state: Option<&str>,
    unknown: &[String],
    broken: Option<&Error>,
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
        message.push_str(&format!("; the last look failed: {broken}"));
    }
    Error::new(ErrorKind::WaitTimeout, message)
}

/// Gives an error of a waiter the facts of its last call, under the waiter's own name.
pub(super) fn with_facts(error: Error, wait: &Wait, facts: CallFacts, elapsed: Duration) -> Error {
    error.with_call(CallFacts {
        operation: Some(wait.name),
        elapsed,
        ..facts
    })
}

/// Whether the next look may show something else.
pub(super) fn is_passing(error: &Error) -> bool {
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
            status.is_server_error() || matches!(status.as_u16(), 408 | 429)
        }),
        _ => false,
    }
}

/// Attaches the value that was seen last.
pub(super) fn with_last<T: Send + Sync + 'static>(error: Error, last: Option<T>) -> Error {
    let is_ours = matches!(error.kind(), ErrorKind::WaitFailed | ErrorKind::WaitTimeout);
    match last.filter(|_| is_ours) {
        Some(value) => error.with_source(LastSeen(value)),
        None => error,
    }
}

impl Error {
    /// The value that a waiter saw last, where waiting for it failed or took too long.
    ///
    /// ```no_run
    /// # async fn run(account: cloudflare_magic::api::Account) {
    /// use cloudflare_magic::Onramp;
    ///
    /// let onramps = account.magic_cloud().onramps();
    /// if let Err(error) = onramps.wait_until_active("onramp-id").await {
    ///     let last: Option<&Onramp> = error.last_value();
    ///     eprintln!("{error}: {:?}", last.map(|onramp| &onramp.status));
    /// }
    /// # }
    /// ```
    pub fn last_value<T: 'static>(&self) -> Option<&T> {
        let LastSeen(value) = StdError::source(self)?.downcast_ref()?;
        Some(value)
    }
}

/// The value that a waiter saw last. It is printed nowhere: values are no part of an error's text.
struct LastSeen<T>(T);

impl<T> fmt::Debug for LastSeen<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LastSeen(..)")
    }
}

impl<T> fmt::Display for LastSeen<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the value that was seen last is kept")
    }
}

impl<T> StdError for LastSeen<T> {}
