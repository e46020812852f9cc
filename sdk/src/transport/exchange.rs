//! What a client and its transport tell each other about one exchange: one request and its response.
//!
//! In: the call's settings, and reports of the transport about how far the request has come. Out: whether the request has left, which
//! decides after a time limit whether the service may have processed it. A request either has left or never will: the step from
//! waiting to sent and the step from waiting to given up exclude each other.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::time::Duration;

/// One exchange, in the extensions of its request. Cheap to clone; clones share their state.
///
/// A transport that wraps another passes the extensions on. A transport that ignores this type works too: after a time limit the
/// client then has to assume that the service may have processed the request.
#[derive(Clone, Debug)]
pub struct Exchange {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    connect_timeout: Duration,
    is_download: bool,
    stage: AtomicU8,
    timed_out: AtomicBool,
}

// How far a request has come. A transport that reports nothing leaves it unknown.
const UNKNOWN: u8 = 0;
const QUEUED: u8 = 1;
const CONNECTING: u8 = 2;
const SENT: u8 = 3;
const GIVEN_UP: u8 = 4;

/// Where a request waits that has not left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Waiting {
    /// For a connection to be made.
    Connecting,
    /// For its turn on a connection.
    Queued,
}

impl Exchange {
    pub(crate) fn new(connect_timeout: Duration, is_download: bool) -> Self {
        Self {
            shared: Arc::new(Shared {
                connect_timeout,
                is_download,
                stage: AtomicU8::new(UNKNOWN),
                timed_out: AtomicBool::new(false),
            }),
        }
    }

    /// Returns the time limit on opening a connection: name resolution, TCP and TLS.
    pub fn connect_timeout(&self) -> Duration {
        self.shared.connect_timeout
    }

    /// Returns whether the body of the response is a file that the application reads at its own speed, or not at all.
    ///
    /// Such a body must not hold up other exchanges.
    pub fn is_download(&self) -> bool {
        self.shared.is_download
    }

    /// Reports that the request waits for a connection that is being opened. Nothing of it has been sent.
    pub fn connecting(&self) {
        self.wait(CONNECTING);
    }

    /// Reports that the request waits for its turn. Nothing of it has been sent.
    pub fn queued(&self) {
        self.wait(QUEUED);
    }

    /// Reports that the request is about to be sent. If it returns false, a time limit has expired: the request must not be sent.
    ///
    /// Call it after [`queued`](Self::queued) or [`connecting`](Self::connecting), before the first byte of the body leaves; of a
    /// request without a body, before its first byte leaves.
    #[must_use = "if it returns false, the request must not be sent"]
    pub fn sending(&self) -> bool {
        let left = |stage| (stage != GIVEN_UP).then_some(SENT);
        let stage = &self.shared.stage;
        stage
            .fetch_update(Ordering::AcqRel, Ordering::Acquire, left)
            .is_ok()
    }

    /// Returns whether a time limit of the client has expired. The exchange's connection may be dead; it should get no more requests.
    pub fn timed_out(&self) -> bool {
        self.shared.timed_out.load(Ordering::Acquire)
    }

    /// Where the request waits. `None` if it has left, or if the transport reports nothing.
    pub(crate) fn waiting(&self) -> Option<Waiting> {
        match self.shared.stage.load(Ordering::Acquire) {
            QUEUED => Some(Waiting::Queued),
            CONNECTING => Some(Waiting::Connecting),
            _ => None,
        }
    }

    /// A time limit has expired: if the request has not left, it never will, and where it waited is returned.
    pub(crate) fn expire(&self) -> Option<Waiting> {
        self.shared.timed_out.store(true, Ordering::Release);
        self.give_up()
    }

    /// If the request has not left, it never will, and where it waited is returned.
    pub(crate) fn give_up(&self) -> Option<Waiting> {
        let given_up = |stage| matches!(stage, QUEUED | CONNECTING).then_some(GIVEN_UP);
        let stage = &self.shared.stage;
        match stage.fetch_update(Ordering::AcqRel, Ordering::Acquire, given_up) {
            Ok(CONNECTING) => Some(Waiting::Connecting),
            Ok(_) => Some(Waiting::Queued),
            Err(_) => None,
        }
    }

    fn wait(&self, at: u8) {
        let waits = |stage| matches!(stage, UNKNOWN | QUEUED | CONNECTING).then_some(at);
        // An error means that the request has left, or never will.
        let _ = self
            .shared
            .stage
            .fetch_update(Ordering::AcqRel, Ordering::Acquire, waits);
    }
}

#[cfg(test)]
mod tests {
    use super::{Exchange, Waiting};
    use std::time::Duration;

    fn exchange() -> Exchange {
        Exchange::new(Duration::from_secs(1), false)
    }

    #[test]
    fn b65_a_request_has_left_or_never_will() {
        let sent = exchange();
        sent.queued();
        sent.connecting();
        assert!(sent.sending() && sent.sending());
        sent.queued();
        assert_eq!(sent.expire(), None);
        assert!(sent.timed_out());

        let given_up = exchange();
        given_up.connecting();
        assert_eq!(given_up.expire(), Some(Waiting::Connecting));
        given_up.queued();
        assert!(!given_up.sending());
        assert_eq!(given_up.give_up(), None);

        let queued = exchange();
        queued.connecting();
        queued.queued();
        assert_eq!(queued.give_up(), Some(Waiting::Queued));
        assert!(!queued.timed_out());
    }

    #[test]
    fn b65_of_a_transport_that_reports_nothing_it_is_unknown() {
        let unknown = exchange();
        assert_eq!(unknown.expire(), None);
    }
}
