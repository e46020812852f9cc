//! Work with the disk, on threads other than those that serve connections.
//!
//! In: a piece of blocking work. Out: a [`Job`] to wait for, which runs as soon as it is started. A dropped job still runs to its
//! end, and its result is dropped: the result must clean up after itself.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::runtime::Handle;
use tokio::task::JoinHandle;

/// Work that has been started.
pub(crate) enum Job<T> {
    Running(JoinHandle<io::Result<T>>),
    /// Outside of a tokio runtime there are no other threads: the work was done at once.
    Done(Option<io::Result<T>>),
}

impl<T: Send + 'static> Job<T> {
    pub(crate) fn start(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> Self {
        match Handle::try_current() {
            Ok(runtime) => Self::Running(runtime.spawn_blocking(work)),
            Err(_) => Self::Done(Some(work())),
        }
    }

    /// Whether the work is done.
    pub(crate) fn is_over(&self) -> bool {
        match self {
            Self::Running(work) => work.is_finished(),
            Self::Done(_) => true,
        }
    }
}

impl<T: Unpin> Future for Job<T> {
    type Output = io::Result<T>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<T>> {
        match &mut *self {
            Self::Running(work) => Pin::new(work)
                .poll(cx)
                .map(|done| done.unwrap_or_else(|lost| Err(io::Error::other(lost)))),
            Self::Done(done) => match done.take() {
                Some(done) => Poll::Ready(done),
                None => Poll::Pending,
            },
        }
    }
}
