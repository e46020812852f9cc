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
    /// What may be repeated can take several attempts: the limit on the call as a whole is [`Call::deadline`].
    pub fn timeout(mut self, total: Duration) -> Self {
        self.request.options.total = Some(total);
        self
    }

    /// Limits this call as a whole, over all its attempts and the waits between them.
    ///
    /// No wait begins that would outlast it: the call then fails at once. It holds for a download too, to its last byte.
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

    /// How often this call is tried in all. With 1 it is never repeated. More attempts do not make a call repeatable that
    /// must be sent once.
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.request.options.attempts = Some(attempts.max(1));
        self
    }
}
