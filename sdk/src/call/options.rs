//! Options of one call, in place of the client's.

use std::time::Duration;

use super::Call;

impl<E> Call<E> {
    /// Adds a header. Those that carry credentials, decide where the request goes or frame it are refused when it is sent.
    pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        self.request.set_user_header(name.as_ref(), value.as_ref());
        self
    }

    /// Limits each attempt of this call as a whole. It holds for a download too, to its last byte.
    ///
    /// It holds for one attempt, and a call that may be repeated can make several, each with a limit of its own: what limits the
    /// call with all its attempts is [`deadline`](Self::deadline).
    pub fn timeout(mut self, total: Duration) -> Self {
        self.request.options.total = Some(total);
        self
    }

    /// Limits this call as a whole, over all its attempts and the waits between them.
    ///
    /// It holds once for the call, however often it is tried; a single attempt is limited by [`timeout`](Self::timeout). No wait
    /// begins that would outlast it: the call then fails at once. It holds for a download too, to its last byte.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.request.options.deadline = Some(deadline);
        self
    }

    /// Limits the time to open a connection, should this call need a new one.
    ///
    /// Connections opened under another limit than the client's are kept apart from its others. A transport of your own
    /// finds the limit in the request's extensions, as [`ConnectTimeout`](crate::transport::ConnectTimeout).
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.request.options.connect = Some(timeout);
        self
    }

    /// Limits the time from sending the request to the head of its answer.
    pub fn headers_timeout(mut self, timeout: Duration) -> Self {
        self.request.options.headers = Some(timeout);
        self
    }

    /// Limits the time between two pieces of the body.
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.request.options.idle = Some(timeout);
        self
    }

    /// Limits the size of the answer's body, in bytes, counted after decompression. A download has no such limit: its
    /// [`bytes`](crate::Download::bytes) takes one.
    pub fn max_body_size(mut self, bytes: usize) -> Self {
        self.request.options.body = Some(bytes);
        self
    }

    /// How often this call is tried in all. With 1 it is never repeated. More attempts do not make a call repeatable that
    /// must be sent once.
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.request.options.attempts = Some(attempts.max(1));
        self
    }
}
