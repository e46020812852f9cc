//! Time limits on one attempt.
//!
//! In: the limits, a clock, and the futures of an exchange. Out: their output, or the limit that expired first. Only one sleep runs
//! at a time, until the earliest limit; when a limit is moved later (the idle one is, with every chunk), the sleep is not restarted
//! until it ends.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use crate::base::BoxFuture;
use crate::base::exclusive::Exclusive;
use crate::error::Phase;
use crate::policy::clock::Clock;

/// The time limits of a client or of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Timeouts {
    /// For opening a connection. Enforced by the transport.
    pub(crate) connect: Duration,
    /// From sending the request to receiving the head of the response.
    pub(crate) headers: Duration,
    /// Between two chunks of a body.
    pub(crate) idle: Duration,
    /// For one attempt as a whole.
    pub(crate) total: Duration,
    /// For the call as a whole, over all attempts.
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

/// One time limit: its name, its length, and when it expires.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limit {
    pub(crate) phase: Phase,
    pub(crate) length: Duration,
    due: Instant,
}

impl Limit {
    /// A limit that starts at `from`. `None` if its end is later than an `Instant` can be: such a limit never expires.
    pub(crate) fn from(phase: Phase, from: Instant, length: Duration) -> Option<Self> {
        Some(Self {
            phase,
            length,
            due: from.checked_add(length)?,
        })
    }

    /// The same limit, which expired in this phase.
    pub(crate) fn in_phase(self, phase: Phase) -> Self {
        Self { phase, ..self }
    }

    /// The time that is left.
    pub(crate) fn left(&self, now: Instant) -> Duration {
        self.due.saturating_duration_since(now)
    }
}

/// Enforces the time limits of one attempt.
pub(crate) struct Deadlines {
    clock: Arc<dyn Clock>,
    /// The limits on attempt and call as a whole: total and deadline.
    whole: [Option<Limit>; 2],
    /// The limit on the current step: headers or idle.
    step: Option<Limit>,
    /// The running sleep, and when it ends.
    sleep: Option<(Instant, Exclusive<BoxFuture<'static, ()>>)>,
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

    /// Starts a step of the attempt; its limit replaces that of the previous step.
    pub(crate) fn begin(&mut self, step: Option<Limit>) {
        self.step = step;
    }

    /// The current instant.
    pub(crate) fn now(&self) -> Instant {
        self.clock.now()
    }

    /// Replaces the limits on attempt and call as a whole.
    pub(crate) fn limit_whole(&mut self, whole: [Option<Limit>; 2]) {
        self.whole = whole;
        self.sleep = None;
    }

    /// Runs a future until it completes or a limit expires.
    pub(crate) async fn guard<F: Future>(&mut self, future: F) -> Result<F::Output, Limit> {
        let mut future = pin!(future);
        poll_fn(|cx| match future.as_mut().poll(cx) {
            Poll::Ready(output) => Poll::Ready(Ok(output)),
            Poll::Pending => self.poll_passed(cx).map(Err),
        })
        .await
    }

    /// Ready, with the limit, once one has expired.
    pub(crate) fn poll_passed(&mut self, cx: &mut Context<'_>) -> Poll<Limit> {
        loop {
            let Some(next) = self.next() else {
                return Poll::Pending;
            };
            let (wakes_at, sleep) = match &mut self.sleep {
                // A sleep that ends after the limit must be replaced; one that ends earlier is only followed by another.
                Some((wakes_at, sleep)) if *wakes_at <= next.due => (*wakes_at, sleep),
                stale => {
                    let left = next.left(self.clock.now());
                    let sleep = Exclusive::new(self.clock.sleep(left));
                    let (wakes_at, sleep) = stale.insert((next.due, sleep));
                    (*wakes_at, sleep)
                }
            };
            if sleep.get_mut().as_mut().poll(cx).is_pending() {
                return Poll::Pending;
            }
            self.sleep = None;
            // The end of the sleep proves that the time is over. The clock is not read again: a test's clock may not have advanced.
            if next.due <= wakes_at {
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
    async fn b42_idle_and_total_are_distinguished() {
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
    async fn b42_a_restarted_step_is_measured_from_its_latest_start() {
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
        // Tokio's timer rounds up to the next millisecond.
        let elapsed = TokioClock.now() - start;
        assert!(
            elapsed >= 5 * SECOND && elapsed < 5 * SECOND + Duration::from_millis(5),
            "{elapsed:?}"
        );
    }

    #[tokio::test(start_paused = true)]
    async fn an_unlimited_total_never_expires() {
        let mut deadlines = deadlines(Duration::MAX);
        deadlines.begin(Limit::from(Phase::Headers, TokioClock.now(), SECOND));
        assert_eq!(
            deadlines.guard(pending::<()>()).await.unwrap_err().phase,
            Phase::Headers
        );
    }
}
