//! What holds for all attempts of a call, and one of them.
//!
//! In: a request, whose options go before its client's settings. Out: [`Terms`], made once for a call, and an [`Attempt`] under
//! them. It does nothing: [`crate::pipeline::exchange`] makes the attempt.

use std::time::Instant;

use crate::client::Shared;
use crate::error::Phase;
use crate::policy::limits::Limits;
use crate::policy::rate::Pass;
use crate::policy::timer::{Limit, Timeouts};
use crate::request::Request;
use crate::request::operation::Operation;
use crate::response::kind::Wants;

/// What holds for all attempts of a call.
pub(crate) struct Terms<'a> {
    pub(crate) request: &'a Request,
    pub(crate) shared: &'a Shared,
    pub(crate) wants: Wants,
    pub(crate) timeouts: Timeouts,
    pub(crate) limits: Limits,
    /// When the call began.
    pub(crate) started: Instant,
}

impl<'a> Terms<'a> {
    /// The terms of a call that begins now.
    pub(crate) fn new(request: &'a Request, wants: Wants) -> Self {
        let shared = request.client().shared();
        Self {
            request,
            shared,
            wants,
            timeouts: request.options.timeouts(&shared.timeouts, wants),
            limits: request.options.limits(&shared.limits),
            started: shared.clock.now(),
        }
    }

    pub(crate) fn operation(&self) -> &'a Operation {
        &self.request.operation
    }

    /// The limit on the call as a whole.
    pub(crate) fn deadline(&self) -> Option<Limit> {
        Limit::from(Phase::Deadline, self.started, self.timeouts.deadline)
    }
}

/// One attempt.
pub(crate) struct Attempt<'a> {
    pub(crate) terms: &'a Terms<'a>,
    /// When it began.
    pub(crate) began: Instant,
    /// The right to make it.
    pub(crate) pass: &'a Pass<'a>,
}

impl Attempt<'_> {
    /// The limit on the time until the head of the answer is there.
    pub(crate) fn headers(&self) -> Option<Limit> {
        Limit::from(Phase::Headers, self.began, self.terms.timeouts.headers)
    }

    /// The limits on the whole: of the attempt, and of the call.
    pub(crate) fn whole(&self) -> [Option<Limit>; 2] {
        let total = Limit::from(Phase::Total, self.began, self.terms.timeouts.total);
        [total, self.terms.deadline()]
    }

    /// Those of them that hold for the body of a download too: the client's own are not meant for files, which can be large.
    pub(crate) fn whole_file(&self) -> [Option<Limit>; 2] {
        let options = &self.terms.request.options;
        let [total, deadline] = self.whole();
        [
            total.filter(|_| options.total.is_some()),
            deadline.filter(|_| options.deadline.is_some()),
        ]
    }
}
