//! All expectations of a test, and all requests of its clients.
//!
//! In: expectations, in the order of the test, and requests, in the order of arrival. Out: the reaction to each request, and the
//! report of all that is wrong. It neither waits nor panics.

use std::panic::Location;
use std::time::Duration;

use http::StatusCode;
use serde_json::json;

use super::envelope;
use super::pattern::{Comparison, Condition, Target, compare};
use super::reaction::Reaction;
use super::report;
use super::request::SentRequest;
use super::times::Times;

/// A complete expectation.
pub(super) struct Expected {
    pub(super) target: Target,
    pub(super) conditions: Vec<Condition>,
    pub(super) times: Times,
    pub(super) reaction: Reaction,
    /// The line of the test.
    pub(super) location: &'static Location<'static>,
    /// How many requests it has matched.
    pub(super) met: u32,
}

impl Expected {
    /// Whether it has matched as many requests as it may.
    pub(super) fn is_used_up(&self) -> bool {
        !self.times.allow_more_than(self.met)
    }
}

/// The state of a mock: its expectations, and the requests to it.
#[derive(Default)]
pub(super) struct MockState {
    expected: Vec<Expected>,
    requests: Vec<SentRequest>,
    /// The reports of unexpected requests.
    unexpected: Vec<String>,
    /// Whether the report was printed.
    reported: bool,
}

impl MockState {
    pub(super) fn expect(&mut self, expected: Expected) {
        self.expected.push(expected);
    }

    pub(super) fn requests(&self) -> &[SentRequest] {
        &self.requests
    }

    /// Records a request. Returns its number, from 1, and the reaction to it.
    pub(super) fn receive(&mut self, request: SentRequest) -> (usize, Reaction) {
        let number = self.requests.len() + 1;
        let comparisons = self
            .expected
            .iter()
            .map(|expected| compare(&expected.target, &expected.conditions, &request));
        let comparisons: Vec<_> = comparisons.collect();
        let mut all = self.expected.iter_mut().zip(&comparisons);
        let matching = all.find(|(expected, comparison)| {
            comparison.differences.is_empty() && !expected.is_used_up()
        });
        let reaction = match matching {
            Some((expected, _)) => {
                expected.met += 1;
                expected.reaction.clone()
            }
            None => self.unexpected(number, &request, &comparisons),
        };
        self.requests.push(request);
        (number, reaction)
    }

    /// Records an unexpected request, with the nearest expectation.
    fn unexpected(
        &mut self,
        number: usize,
        request: &SentRequest,
        comparisons: &[Comparison],
    ) -> Reaction {
        let all = self.expected.iter().zip(comparisons);
        // An expectation that is not used up is more likely the intended one.
        let nearest = all.min_by_key(|(expected, comparison)| {
            (
                !comparison.is_operation,
                expected.is_used_up(),
                comparison.distance,
            )
        });
        let line = report::unexpected_in_a_line(request, nearest);
        self.unexpected
            .push(report::unexpected(number, request, nearest));
        Reaction {
            after: Duration::ZERO,
            // Not 404, which programs can take for success of a deletion; not 500, which would be retried.
            end: envelope::failure(StatusCode::BAD_REQUEST, &json!({"message": line})),
        }
    }

    /// The report of all that is wrong; `None` if nothing is, or if the report was returned before.
    pub(super) fn faults(&mut self) -> Option<String> {
        let unmet = self
            .expected
            .iter()
            .filter(|expected| !expected.times.are_met_by(expected.met));
        let faults: Vec<_> = self
            .unexpected
            .iter()
            .cloned()
            .chain(unmet.map(report::unmet))
            .collect();
        if faults.is_empty() || std::mem::replace(&mut self.reported, true) {
            return None;
        }
        Some(report::whole(&faults))
    }
}
