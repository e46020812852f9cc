//! Time limits on one attempt.
//!
//! In: the limits, a clock, and the futures of an exchange. Out: what they give, or the name of the limit that passed first.
//! One sleep runs at a time, towards the earliest limit; a limit that moved on meanwhile (the idle one does with every chunk)
//! costs nothing but a new sleep when the old one ends.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use crate::base::BoxFuture;
use crate::error::Phase;
use crate::policy::clock::Clock;

/// The limits of a client or of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Timeouts {
    /// Opening a connection. Kept by the transport.
    pub(crate) connect: Duration,
    /// From sending to the head of the answer.
    pub(crate) headers: Duration,
    /// Between two chunks of a body.
    pub(crate) idle: Duration,
    /// One attempt as a whole.
    pub(crate) total: Duration,
    /// The call as a whole, over all attempts.
    pub(crate) deadline: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            headers: Duration::from_secs(30),
            idle: Duration::from_secs(30),
            total: Duration::from_secs(60),
            deadline: Duration::from_secs(120),
        }
    }
}

/// One limit: what it is called, how long it is, and the moment it passes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limit {
    pub(crate) phase: Phase,
    pub(crate) length: Duration,
    due: Instant,
}

impl Limit {
    /// A limit that begins at `from`. `None` where it lies beyond what the clock can tell: such a limit never passes.
    pub(crate) fn from(phase: Phase, from: Instant, length: Duration) -> Option<Self> {
        Some(Self {
            phase,
            length,
            due: from.checked_add(length)?,
        })
    }

    /// How much of it is left.
    pub(crate) fn left(&self, now: Instant) -> Duration {
        self.due.saturating_duration_since(now)
    }
}

/// Watches the limits of one attempt.
pub(crate) struct Deadlines {
    clock: Arc<dyn Clock>,
    /// Limits on the whole: total and deadline.
    whole: [Option<Limit>; 2],
    /// The limit on the present step: headers or idle.
    step: Option<Limit>,
    /// The sleep that runs, and the moment that it ends.
    sleep: Option<(Instant, BoxFuture<'static, ()>)>,
}

impl Deadlines {
    pub(crate) fn new(clock: Arc<dyn Clock>, whole: [Option<Limit>; 2]) -> Self {
        Self {
            clock,
            whole,
            step: None,
            sleep: None,
        }
    }

    /// Begins a step of the attempt; its limit replaces that of the step before.
    pub(crate) fn begin(&mut self, step: Option<Limit>) {
        self.step = step;
    }

    /// The present moment.
    pub(crate) fn now(&self) -> Instant {
        self.clock.now()
    }

    /// Replaces the limits on the whole.
    pub(crate) fn limit_whole(&mut self, whole: [Option<Limit>; 2]) {
        self.whole = whole;
        self.sleep = None;
    }

    /// Runs a future until it ends or a limit passes.
    pub(crate) async fn guard<F: Future>(&mut self, future: F) -> Result<F::Output, Limit> {
        let mut future = pin!(future);
        poll_fn(|cx| match future.as_mut().poll(cx) {
            Poll::Ready(output) => Poll::Ready(Ok(output)),
            Poll::Pending => self.poll_passed(cx).map(Err),
        })
        .await
    }

    /// Ready with the limit that passed.
    pub(crate) fn poll_passed(&mut self, cx: &mut Context<'_>) -> Poll<Limit> {
        loop {
            let Some(next) = self.next() else {
                return Poll::Pending;
            };
            let (aimed, sleep) = match &mut self.sleep {
                // A sleep towards a later moment would miss the limit; one towards an earlier moment does no harm.
                Some((aimed, sleep)) if *aimed <= next.due => (*aimed, sleep),
                stale => {
                    let left = next.left(self.clock.now());
                    let (aimed, sleep) = stale.insert((next.due, self.clock.sleep(left)));
                    (*aimed, sleep)
                }
            };
            if Pin::new(sleep).poll(cx).is_pending() {
                return Poll::Pending;
            }
            self.sleep = None;
            // The sleep itself is the proof that the time has passed: the clock is not asked again, it may not have moved.
            if next.due <= aimed {
                return Poll::Ready(next);
            }
        }
    }

    fn next(&self) -> Option<Limit> {
        let limits = self.whole.iter().chain([&self.step]).flatten();
        limits.copied().min_by_key(|limit| limit.due)
    }
}

#[cfg(test)]
mod tests {
    use super::{Deadlines, Limit};
    use crate::error::Phase;
    use crate::policy::clock::{Clock, TokioClock};
    use std::future::pending;
    use std::sync::Arc;
    use std::time::Duration;

    const SECOND: Duration = Duration::from_secs(1);

    fn deadlines(total: Duration) -> Deadlines {
        let total = Limit::from(Phase::Total, TokioClock.now(), total);
        Deadlines::new(Arc::new(TokioClock), [total, None])
    }

    #[tokio::test(start_paused = true)]
    async fn b42_idle_and_total_are_told_apart() {
        let mut deadlines = deadlines(10 * SECOND);
        for _ in 0..9 {
            deadlines.begin(Limit::from(Phase::Idle, TokioClock.now(), 3 * SECOND));
            assert!(deadlines.guard(tokio::time::sleep(SECOND)).await.is_ok());
        }
        deadlines.begin(Limit::from(Phase::Idle, TokioClock.now(), 3 * SECOND));
        assert_eq!(
            deadlines.guard(pending::<()>()).await.unwrap_err().phase,
            Phase::Total
        );
    }

    #[tokio::test(start_paused = true)]
    async fn b42_a_step_that_moves_on_is_measured_from_its_last_beginning() {
        let mut deadlines = deadlines(100 * SECOND);
        let start = TokioClock.now();
        for _ in 0..3 {
            deadlines.begin(Limit::from(Phase::Idle, TokioClock.now(), 2 * SECOND));
            assert!(deadlines.guard(tokio::time::sleep(SECOND)).await.is_ok());
        }
        deadlines.begin(Limit::from(Phase::Idle, TokioClock.now(), 2 * SECOND));
        assert_eq!(
            deadlines.guard(pending::<()>()).await.unwrap_err().phase,
            Phase::Idle
        );
        // Tokio's deadlines rounds up to its next millisecond.
        let elapsed = TokioClock.now() - start;
        assert!(
            elapsed >= 5 * SECOND && elapsed < 5 * SECOND + Duration::from_millis(5),
            "{elapsed:?}"
        );
    }

    #[tokio::test(start_paused = true)]
    async fn an_endless_limit_never_passes() {
        let mut deadlines = deadlines(Duration::MAX);
        deadlines.begin(Limit::from(Phase::Headers, TokioClock.now(), SECOND));
        assert_eq!(
            deadlines.guard(pending::<()>()).await.unwrap_err().phase,
            Phase::Headers
        );
    }
}
