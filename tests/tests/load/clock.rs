//! A clock that runs faster than real time.
//!
//! In: the machine's time. Out: a [`Clock`] on which it passes faster, so that a client can keep its default limits, which are
//! made for a distant service, and a stalled connection costs half a second and not thirty.

use std::time::{Duration, Instant};

use cloudflare_magic::BoxFuture;
use cloudflare_magic::clock::Clock;

/// How many seconds pass in one.
const SPEED: u32 = 50;

/// How much real time the smallest limit of the client is: that on opening a connection.
pub(crate) const SMALLEST_LIMIT: Duration = Duration::from_millis(10_000 / SPEED as u64);

/// A clock that runs faster than real time.
#[derive(Debug)]
pub(crate) struct QuickClock {
    started: Instant,
}

impl QuickClock {
    pub(crate) fn new() -> Self {
        Self {
            started: Instant::now(),
        }
    }
}

impl Clock for QuickClock {
    fn now(&self) -> Instant {
        self.started + self.started.elapsed() * SPEED
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        Box::pin(tokio::time::sleep(duration / SPEED))
    }
}
