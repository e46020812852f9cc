//! The context of a call: what is the same for all its attempts.
//!
//! In: a request, whose options take precedence over its client's settings. Out: a [`CallContext`], made once per call.

use std::time::Instant;

use crate::client::Shared;
use crate::error::Phase;
use crate::policy::limits::Limits;
use crate::policy::timeout::{Limit, Timeouts};
use crate::request::Request;
use crate::request::operation::Operation;
use crate::response::kind::Wants;

/// What is the same for all attempts of a call.
pub(crate) struct CallContext<'a> {
    pub(crate) request: &'a Request,
    pub(crate) shared: &'a Shared,
    pub(crate) wants: Wants,
    pub(crate) timeouts: Timeouts,
    pub(crate) limits: Limits,
    /// When the call started.
    pub(crate) started: Instant,
}

impl<'a> CallContext<'a> {
    /// The context of a call that starts now.
    pub(crate) fn new(request: &'a Request, wants: Wants) -> Self {
        let shared = request.client().shared();
        Self {
            request,
            shared,
            wants,
            timeouts: timeouts(request, wants),
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

/// The time limits of a call. A body that is read while it is sent can be large: its call has limits on the whole only where it sets them.
fn timeouts(request: &Request, wants: Wants) -> Timeouts {
    let client = &request.client().shared().timeouts;
    #[cfg(feature = "bodies")]
    if request.is_streamed() {
        let unlimited = Timeouts {
            total: std::time::Duration::MAX,
            deadline: std::time::Duration::MAX,
            ..*client
        };
        return request.options.timeouts(&unlimited, wants);
    }
    request.options.timeouts(client, wants)
}
