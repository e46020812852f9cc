//! The functions of [`crate::base::log`] with the feature `tracing`.
//!
//! What failed is a `WARN`, what the application waits for an `INFO`. A call that succeeds at once is no event.

use std::fmt::Display;
use std::time::Duration;

use tracing::{info, warn};

use super::Poll;
use crate::base::redact;

/// The maximum length of a state, in characters. Longer ones are truncated.
const MAX_LENGTH: usize = 64;

/// An attempt failed, and the request is sent again after a wait. `attempt`: its number, from 1, and the maximum.
pub(crate) fn retrying(attempt: (u32, u32), reason: impl Display, wait: Duration) {
    let (attempt, max_attempts) = attempt;
    warn!(
        target: "cloudflare_magic",
        { reason = reason.to_string(), attempt, max_attempts, wait = ?rounded(wait) },
        "retrying"
    );
}

/// A download ended with an error after it had begun.
pub(crate) fn download_failed(operation: &'static str, reason: impl Display) {
    warn!(
        target: "cloudflare_magic",
        { cloudflare.operation = operation, reason = reason.to_string() },
        "download failed"
    );
}

/// A request waits for the rate gate before it is sent.
pub(crate) fn gate_wait(wait: Duration) {
    info!(target: "cloudflare_magic", { wait = ?rounded(wait) }, "waiting for the rate limit");
}

/// A waiter polled, and polls again or is done.
pub(crate) fn polled(poll: &Poll<'_>) {
    let state = |text: &str| -> String { redact::line(text).chars().take(MAX_LENGTH).collect() };
    info!(
        target: "cloudflare_magic",
        {
            waiter = poll.waiter,
            poll = poll.number,
            state = poll.state.map(state),
            failures = Some(poll.failures).filter(|failures| *failures > 0),
            next_in = poll.next_in.map(|time| tracing::field::debug(rounded(time))),
        },
        "polled"
    );
}

/// A waiter ended with an error.
pub(crate) fn wait_failed(waiter: &'static str, reason: impl Display) {
    warn!(target: "cloudflare_magic", { waiter, reason = reason.to_string() }, "wait failed");
}

/// The duration in whole milliseconds: the rest is of no use in a log.
fn rounded(duration: Duration) -> Duration {
    Duration::from_millis(u64::try_from(duration.as_millis()).unwrap_or(u64::MAX))
}
