//! What a call may have otherwise than its client.
//!
//! In: the options of one call, each left open or set. Out: the settings that hold for it. They are checked nowhere: a limit
//! of nothing is a limit that has passed.

use std::time::Duration;

use crate::policy::limits::Limits;
use crate::policy::timeout::Timeouts;
use crate::response::kind::Wants;

/// Options of one call. `None`: as the client has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Options {
    pub(crate) connect: Option<Duration>,
    pub(crate) headers: Option<Duration>,
    pub(crate) idle: Option<Duration>,
    pub(crate) total: Option<Duration>,
    pub(crate) deadline: Option<Duration>,
    pub(crate) attempts: Option<u32>,
    pub(crate) body: Option<usize>,
}

impl Options {
    /// The limits that hold for the call. A download has a total only where the call itself asks for one.
    pub(crate) fn timeouts(&self, client: &Timeouts, wants: Wants) -> Timeouts {
        let total = match wants {
            Wants::Whole => client.total,
            Wants::Stream => Duration::MAX,
        };
        Timeouts {
            connect: self.connect.unwrap_or(client.connect),
            headers: self.headers.unwrap_or(client.headers),
            idle: self.idle.unwrap_or(client.idle),
            total: self.total.unwrap_or(total),
            deadline: self.deadline.unwrap_or(client.deadline),
        }
    }

    /// The limits on sizes that hold for the call.
    pub(crate) fn limits(&self, client: &Limits) -> Limits {
        Limits {
            body: self.body.unwrap_or(client.body),
            ..*client
        }
    }
}
