//! Settings of time and size limits.

use std::time::Duration;

use super::ClientBuilder;

impl ClientBuilder {
    /// Limits each attempt as a whole. Default: 60 seconds. Downloads have no such limit.
    ///
    /// A call that may be retried can make several attempts, and the limit starts again with each: to limit the call with all its
    /// attempts, use [`deadline`](Self::deadline).
    pub fn timeout(mut self, total: Duration) -> Self {
        self.timeouts.total = total;
        self
    }

    /// Limits each call as a whole, over all its attempts and the waits between them. Default: 120 seconds.
    ///
    /// It applies once per call, whatever the number of attempts; [`timeout`](Self::timeout) limits each attempt. A call fails at once
    /// if its next wait would end after the deadline. For a download it applies until the head of the response.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.timeouts.deadline = deadline;
        self
    }

    /// Limits the time to open a connection. Default: 10 seconds. A custom transport has its own limit.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.timeouts.connect = timeout;
        self
    }

    /// Limits the time from sending a request to the head of its response. Default: 30 seconds.
    pub fn headers_timeout(mut self, timeout: Duration) -> Self {
        self.timeouts.headers = timeout;
        self
    }

    /// Limits the time between two chunks of a body. Default: 30 seconds.
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.timeouts.idle = timeout;
        self
    }

    /// Limits the size of a body that is read as a whole, in bytes, counted after decompression. Default: 32 MiB.
    ///
    /// A larger body is an error of kind [`BodyTooLarge`](crate::ErrorKind::BodyTooLarge), as soon as the server declares its length
    /// or one byte more is received. [`Call::max_body_size`](crate::Call::max_body_size) sets it for one call. Downloads are not
    /// read as a whole, and have no such limit.
    pub fn max_body_size(mut self, bytes: usize) -> Self {
        self.limits.body = bytes;
        self
    }

    /// Limits how deep arrays and objects may be nested in a JSON body. Default: 128, which is also the maximum; the envelope is the
    /// first level.
    ///
    /// Decoding is recursive, so that a higher limit could overflow the stack: `build` errors for more than 128, and for 0. A body
    /// that is nested deeper than the limit is an error of kind [`Decode`](crate::ErrorKind::Decode).
    pub fn max_body_depth(mut self, levels: usize) -> Self {
        self.limits.depth = levels;
        self
    }

    /// Limits the size of a response's headers, names and values together, in bytes. Default: 64 KiB.
    ///
    /// Larger headers are an error of kind [`HeadersTooLarge`](crate::ErrorKind::HeadersTooLarge). Over HTTP/1 the built-in
    /// transport accepts no more than 100 headers and 400 KiB in any case: beyond that the error is of kind
    /// [`Io`](crate::ErrorKind::Io).
    pub fn max_headers_size(mut self, bytes: usize) -> Self {
        self.limits.headers = bytes;
        self
    }
}
