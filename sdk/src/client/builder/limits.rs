//! Limits on time and size.

use std::time::Duration;

use super::ClientBuilder;

impl ClientBuilder {
    /// Limits each attempt as a whole. Default: 60 seconds. Downloads have no such limit.
    ///
    /// It holds for one attempt, and a call that may be repeated can make several, each with a limit of its own: what limits the
    /// call with all its attempts is [`deadline`](Self::deadline).
    pub fn timeout(mut self, total: Duration) -> Self {
        self.timeouts.total = total;
        self
    }

    /// Limits each call as a whole, over all its attempts and the waits between them. Default: 120 seconds.
    ///
    /// It holds once for the call, however often it is tried; a single attempt is limited by [`timeout`](Self::timeout).
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

    /// Limits the size of a body that is read as a whole, in bytes, counted after decompression. Default: 32 MiB.
    ///
    /// A larger one is an error of kind [`BodyTooLarge`](crate::ErrorKind::BodyTooLarge), as soon as the server announces it or
    /// one byte more has come. [`Call::max_body_size`](crate::Call::max_body_size) sets it for one call. Downloads are not read
    /// as a whole, and have no such limit.
    pub fn max_body_size(mut self, bytes: usize) -> Self {
        self.limits.body = bytes;
        self
    }

    /// Limits how deep arrays and objects may lie within each other in a JSON body. Default: 128, which is the most; the envelope
    /// is the first level.
    ///
    /// Reading recurses, so that a deeper limit would put the stack at risk: the client cannot be built with more than 128 or
    /// with none. A body that is deeper is an error of kind [`Decode`](crate::ErrorKind::Decode).
    pub fn max_body_depth(mut self, levels: usize) -> Self {
        self.limits.depth = levels;
        self
    }

    /// Limits the size of an answer's headers, names and values together, in bytes. Default: 64 KiB.
    ///
    /// Larger ones are an error of kind [`HeadersTooLarge`](crate::ErrorKind::HeadersTooLarge). Over HTTP/1 the built-in
    /// transport takes no more than 100 headers and 400 KiB in any case: beyond that the error is of kind
    /// [`Io`](crate::ErrorKind::Io).
    pub fn max_headers_size(mut self, bytes: usize) -> Self {
        self.limits.headers = bytes;
        self
    }
}
