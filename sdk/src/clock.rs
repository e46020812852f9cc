//! Time, as the runtime sees it.
//!
//! In: nothing. Out: the present moment and sleeps. All waiting of the crate goes through [`Clock`], so that tests can replace it.

use std::fmt;
use std::time::{Duration, Instant};

use crate::BoxFuture;

/// The present moment, and sleeps.
pub trait Clock: fmt::Debug + Send + Sync + 'static {
    /// The present moment. It should not go back; where it does, time limits fall back on the sleeps alone.
    fn now(&self) -> Instant;

    /// Ends after `duration`. Dropping the future ends the sleep.
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()>;
}

/// The clock of the machine, with tokio's timers. It needs a tokio runtime with time enabled.
#[derive(Clone, Copy, Debug, Default)]
pub struct TokioClock;

impl Clock for TokioClock {
    fn now(&self) -> Instant {
        // Tokio's own present, so that `tokio::time::pause` moves both halves of this clock.
        tokio::time::Instant::now().into_std()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        Box::pin(tokio::time::sleep(duration))
    }
}
