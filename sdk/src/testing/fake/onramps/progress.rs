//! How far a process of an on-ramp is.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::onramp::{Lifecycle, Onramp};
use crate::testing::fake::moment::Moment;

/// How many steps of a process are done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Progress {
    pub(crate) done: usize,
    pub(crate) total: usize,
}

/// A process that goes on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Run {
    /// Counts the processes of an on-ramp: events of earlier ones do nothing.
    pub(crate) number: u64,
    pub(crate) began: Moment,
    pub(crate) lasts: Duration,
}

impl Progress {
    /// All steps are done.
    pub(crate) fn full(total: usize) -> Self {
        Self { done: total, total }
    }

    /// No step is done.
    pub(crate) fn none(total: usize) -> Self {
        Self { done: 0, total }
    }

    fn json(self) -> Value {
        json!({"done": self.done, "total": self.total})
    }

    /// The progress of a process, with one step after the other. The last one is done at its end.
    fn during(self, run: Run, now: Moment) -> Self {
        let (passed, lasts) = (now.since(run.began).as_millis(), run.lasts.as_millis());
        let steps = passed * (self.total as u128) / lasts.max(1);
        let done = usize::try_from(steps).unwrap_or(self.total);
        let done = done.min(self.total.saturating_sub(1));
        Self { done, ..self }
    }
}

/// The progress of planning and of applying, at this moment.
pub(crate) fn progress(onramp: &Onramp, now: Moment) -> (Value, Value) {
    let (mut plan, mut apply) = (onramp.plan_progress, onramp.apply_progress);
    match onramp.state {
        Lifecycle::Planning => plan = plan.during(onramp.run, now),
        Lifecycle::Applying => apply = apply.during(onramp.run, now),
        _ => {}
    }
    (plan.json(), apply.json())
}
