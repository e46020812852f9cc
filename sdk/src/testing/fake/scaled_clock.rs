//! The clock of the server: it runs faster than the machine's.

use std::time::{Duration, Instant, SystemTime};

/// A clock that starts at the machine's time of day, and runs so many times faster.
#[derive(Clone, Debug)]
pub(crate) struct ScaledClock {
    started: Instant,
    start: SystemTime,
    speed: u32,
}

impl ScaledClock {
    pub(crate) fn new(speed: u32) -> Self {
        Self {
            started: Instant::now(),
            start: SystemTime::now(),
            speed,
        }
    }

    /// The clock's time that has passed.
    pub(crate) fn elapsed(&self) -> Duration {
        self.started.elapsed().saturating_mul(self.speed)
    }

    pub(crate) fn time_of_day(&self) -> SystemTime {
        self.start.checked_add(self.elapsed()).unwrap_or(self.start)
    }

    /// How long this duration of the clock takes on the machine.
    pub(crate) fn real(&self, duration: Duration) -> Duration {
        duration / self.speed.max(1)
    }
}
