//! One attempt of a call, with its time limits. Sends nothing: [`crate::pipeline::exchange`] does.

use std::time::{Duration, Instant};

use crate::error::Phase;
use crate::pipeline::context::CallContext;
use crate::policy::rate::Permit;
use crate::policy::timeout::Limit;
use crate::transport::Exchange;

/// How long a request waits for its turn on a connection. Then it is sent over another one: the streams of this one are in use, or it
/// has ended without a notice.
const TURN: Duration = Duration::from_secs(5);

/// One attempt.
pub(crate) struct Attempt<'a> {
    pub(crate) context: &'a CallContext<'a>,
    /// When it started.
    pub(crate) began: Instant,
    /// The permit to make it.
    pub(crate) permit: &'a Permit<'a>,
}

impl Attempt<'_> {
    /// The limit on the time until the head of the response is received.
    pub(crate) fn headers(&self) -> Option<Limit> {
        Limit::from(Phase::Headers, self.began, self.context.timeouts.headers)
    }

    /// The limit on the wait for a turn on a connection, where the transport reports that wait; else that on the head of the response.
    pub(crate) fn turn(&self, exchange: &Exchange) -> Option<Limit> {
        if exchange.waiting().is_none() || self.context.timeouts.headers <= TURN {
            return self.headers();
        }
        Limit::from(Phase::Queue, self.began, TURN)
    }

    /// The limits on the attempt as a whole, and on the call as a whole.
    pub(crate) fn whole(&self) -> [Option<Limit>; 2] {
        let total = Limit::from(Phase::Total, self.began, self.context.timeouts.total);
        [total, self.context.deadline()]
    }

    /// The limits that apply to the body of a download too: those that the call sets. The client's limits do not, because files can
    /// be large.
    pub(crate) fn whole_file(&self) -> [Option<Limit>; 2] {
        let options = &self.context.request.options;
        let [total, deadline] = self.whole();
        [
            total.filter(|_| options.total.is_some()),
            deadline.filter(|_| options.deadline.is_some()),
        ]
    }
}
