//! All that a test expects, and all that came.
//!
//! In: expectations, in the order of the test, and requests, in theirs. Out: what becomes of each request, and what is wrong
//! with the whole. It neither waits nor panics.

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

/// An expectation.
pub(super) struct Expected {
    pub(super) target: Target,
    pub(super) conditions: Vec<Condition>,
    pub(super) times: Times,
    pub(super) reaction: Reaction,
    /// Where the test says it.
    pub(super) place: &'static Location<'static>,
    /// How often it was met.
    pub(super) met: u32,
}

impl Expected {
    /// Whether it has come as often as it may.
    pub(super) fn is_used_up(&self) -> bool {
        !self.times.allow_more_than(self.met)
    }
}

/// All expectations of a mock, and all requests to it.
#[derive(Default)]
pub(super) struct Book {
    expected: Vec<Expected>,
    requests: Vec<SentRequest>,
    /// What is to be said of requests that nothing expects.
    unexpected: Vec<String>,
    /// Whether it was said.
    reported: bool,
}

impl Book {
    pub(super) fn expect(&mut self, expected: Expected) {
        self.expected.push(expected);
    }

    pub(super) fn requests(&self) -> &[SentRequest] {
        &self.requests
    }

    /// Enters a request: its number, from 1, and what becomes of it.
    pub(super) fn receive(&mut self, request: SentRequest) -> (usize, Reaction) {
        let number = self.requests.len() + 1;
        let comparisons = self
            .expected
            .iter()
            .map(|expected| compare(&expected.target, &expected.conditions, &request));
        let comparisons: Vec<_> = comparisons.collect();
        let mut all = self.expected.iter_mut().zip(&comparisons);
        let fitting = all.find(|(expected, comparison)| {
            comparison.differences.is_empty() && !expected.is_used_up()
        });
        let reaction = match fitting {
            Some((expected, _)) => {
                expected.met += 1;
                expected.reaction.clone()
            }
            None => self.refuse(number, &request, &comparisons),
        };
        self.requests.push(request);
        (number, reaction)
    }

    /// A request that nothing expects: it is noted, with what comes nearest.
    fn refuse(
        &mut self,
        number: usize,
        request: &SentRequest,
        comparisons: &[Comparison],
    ) -> Reaction {
        let all = self.expected.iter().zip(comparisons);
        // What was meant is rather one that is still to come than one that is used up.
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
            // Not 404, which is news to a program that deletes; not 500, which would be tried again.
            end: envelope::failure(StatusCode::MISDIRECTED_REQUEST, &json!({"message": line})),
        }
    }

    /// What is wrong with the whole; nothing once it was said.
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
