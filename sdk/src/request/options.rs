//! The options of one call, which override its client's settings.
//!
//! In: the options, each set or not. Out: the settings that apply to the call. They are not checked: a time limit of zero
//! expires at once.

use std::time::Duration;

use crate::policy::limits::Limits;
use crate::policy::timeout::Timeouts;
use crate::response::kind::Wants;

/// Options of one call. `None`: the client's setting.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Options {
    pub(crate) connect: Option<Duration>,
    pub(crate) headers: Option<Duration>,
    pub(crate) idle: Option<Duration>,
    pub(crate) total: Option<Duration>,
    pub(crate) deadline: Option<Duration>,
    pub(crate) attempts: Option<u32>,
    pub(crate) body: Option<usize>,
    /// Whether a list may be incomplete.
    pub(crate) allow_incomplete: bool,
}

impl Options {
    /// The time limits of the call. A download has a total only if the call itself sets one; where the head of the response decides, the
    /// client's applies until then.
    pub(crate) fn timeouts(&self, client: &Timeouts, wants: Wants) -> Timeouts {
        let total = match wants {
            Wants::Stream => Duration::MAX,
            _ => client.total,
        };
        Timeouts {
            connect: self.connect.unwrap_or(client.connect),
            headers: self.headers.unwrap_or(client.headers),
            idle: self.idle.unwrap_or(client.idle),
            total: self.total.unwrap_or(total),
            deadline: self.deadline.unwrap_or(client.deadline),
        }
    }

    /// The size limits of the call.
    pub(crate) fn limits(&self, client: &Limits) -> Limits {
        Limits {
            body: self.body.unwrap_or(client.body),
            ..*client
        }
    }
}
