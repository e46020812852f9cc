//! The model with its log and its time, behind a lock, as the transport and the server share it.

use std::collections::VecDeque;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::Request;

use super::control;
use super::model::{Handled, Model};
use super::moment::Moment;
use crate::testing::request::SentRequest;

/// How many requests the log keeps: the latest.
const LOGGED: usize = 100_000;
/// How many bytes the bodies of these have together at most. The latest request is kept, whatever its size.
const LOGGED_BYTES: usize = 64 << 20;

/// What the transport and the server have in common.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) model: Model,
    pub(crate) requests: VecDeque<SentRequest>,
    /// The bytes of the bodies in the log.
    logged: usize,
    /// How far the fake's time is ahead of the clock of the transport or the server.
    ahead: Duration,
}

impl State {
    /// A state whose clock shows this time of day. A model that was read back goes on at the moment at which it ended.
    pub(crate) fn new(model: Model, time_of_day: SystemTime) -> Self {
        let ahead = model.world.now.since(Moment::of(time_of_day));
        let requests = VecDeque::new();
        Self {
            model,
            requests,
            logged: 0,
            ahead,
        }
    }

    /// Lets everything happen that is due at this time of day.
    pub(crate) fn run_until(&mut self, time_of_day: SystemTime) {
        let now = Moment::of(time_of_day).plus(self.ahead);
        self.model.world.run_until(now);
    }

    /// Moves the fake's time ahead, for all that comes.
    pub(crate) fn advance(&mut self, by: Duration) {
        self.ahead = self.ahead.saturating_add(by);
        let now = self.model.world.now.plus(by);
        self.model.world.run_until(now);
    }

    /// Handles a request that comes at this time of day, `at` so long after the start of the clock.
    pub(crate) fn handle(
        &mut self,
        request: Request<Bytes>,
        time_of_day: SystemTime,
        at: Duration,
    ) -> Handled {
        self.run_until(time_of_day);
        let handled = match control::run(self, &request) {
            Some(result) => Handled {
                #[cfg(feature = "fake-service")]
                operation: None,
                outcome: self.model.response(&result, None),
                delay: Duration::ZERO,
            },
            None => self.model.handle(&request),
        };
        self.log(SentRequest::new(request, at));
        handled
    }

    /// Adds a request to the log, and drops the oldest ones if it is full.
    fn log(&mut self, request: SentRequest) {
        self.logged += request.body().len();
        self.requests.push_back(request);
        while self.requests.len() > LOGGED
            || (self.logged > LOGGED_BYTES && self.requests.len() > 1)
        {
            let oldest = self.requests.pop_front();
            self.logged -= oldest.map_or(0, |request| request.body().len());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{LOGGED_BYTES, State};
    use crate::testing::fake::FakeService;
    use bytes::Bytes;
    use http::Request;
    use std::time::{Duration, SystemTime};

    #[test]
    fn the_log_keeps_the_latest_bodies_only() {
        let model = FakeService::builder().model(SystemTime::UNIX_EPOCH, 1);
        let mut state = State::new(model.unwrap(), SystemTime::UNIX_EPOCH);
        let mut send = |length: usize| {
            let request = Request::post("/client/v4/other").body(Bytes::from(vec![b'a'; length]));
            state.handle(request.unwrap(), SystemTime::UNIX_EPOCH, Duration::ZERO);
            state.requests.len()
        };
        let quarter = LOGGED_BYTES / 4;
        let kept = [
            1,
            quarter,
            quarter,
            quarter,
            quarter,
            1,
            LOGGED_BYTES + 1,
            0,
        ]
        .map(&mut send);
        assert_eq!(kept, [1, 2, 3, 4, 4, 4, 1, 1]);
    }
}
