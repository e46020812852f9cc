//! Limits on time and size.

use std::time::Duration;

use super::ClientBuilder;

impl ClientBuilder {
    /// Limits each attempt as a whole. Default: 60 seconds. Downloads have no such limit.
    ///
    /// What may be repeated can take several attempts: the limit on the call as a whole is [`ClientBuilder::deadline`].
    pub fn timeout(mut self, total: Duration) -> Self {
        self.timeouts.total = total;
        self
    }

    /// Limits each call as a whole, over all its attempts and the waits between them. Default: 120 seconds.
    ///
    /// No wait begins that would outlast it: the call then fails at once. For a download it ends with the head of the answer.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.timeouts.deadline = deadline;
        self
    }

    /// Limits the time to open a connection. Default: 10 seconds. A transport of your own keeps its own.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.timeouts.connect = timeout;
        self
    }

    /// Limits the time from sending a request to the head of its answer. Default: 30 seconds.
    pub fn headers_timeout(mut self, timeout: Duration) -> Self {
        self.timeouts.headers = timeout;
        self
    }

    /// Limits the time between two pieces of a body. Default: 30 seconds.
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.timeouts.idle = timeout;
        self
    }

    /// Limits the size of a body that is read as a whole, counted after decompression. Default: 32 MiB.
    pub fn max_body_size(mut self, bytes: usize) -> Self {
        self.limits.body = bytes;
        self
    }

    /// Limits the size of an answer's headers, names and values together. Default: 64 KiB.
    pub fn max_headers_size(mut self, bytes: usize) -> Self {
        self.limits.headers = bytes;
        self
    }
}
