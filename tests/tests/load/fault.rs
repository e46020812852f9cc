//! The faults of the service.
//!
//! In: nothing. Out: [`Fault`], and the facts that the checks need: whether the service has acted, and which
//! errors a correct client may report.

use cloudflare_magic::ErrorKind;

use crate::action::{Action, Form};

/// What the service does with one attempt of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fault {
    // The call succeeds.
    Nothing,
    InPieces,
    ClosedAfterwards,
    ResetAfterwards,
    NoCallsLeft,
    // Only the head of the request is read.
    ClosedUnread,
    ResetUnread,
    // The service acts, and its response is not sent, or never ends.
    ClosedWithoutResponse,
    ResetWithoutResponse,
    Stalled,
    StalledInHead,
    StalledInBody,
    InterimOnly,
    Trickle,
    // The service acts, and its response has a wrong length.
    Truncated,
    LengthTooLong,
    LengthTooShort,
    LengthNegative,
    LengthHuge,
    ChunkCut,
    ChunkNonsense,
    // The service acts, and its response is too large, or not a valid response.
    BodyFlood,
    HeaderFlood,
    LargeHeaders,
    Garbage,
    BadJson,
    WrongType,
    Page200,
    // The service acts, and responds with a failing status.
    Json500,
    Page502,
    Cut503,
    // HTTP/2 only. The service says that it did not process the request.
    RefusedStream,
    Retired,
    // HTTP/2 only. The service acts, and the stream is reset before the response or within it.
    ResetStream,
    ResetStreamInBody,
    // HTTP/2 only. The service acts, and the body is longer than declared, which is malformed.
    Overrun,
    // The service rejects the request.
    TooMany,
    TooManyForNow,
    TooManyForASecond,
    TooManyByLimit,
    Forbidden,
    NotFound,
    Redirected,
    Failure200,
}

impl Fault {
    /// Whether the request is not read to its end, and the client cannot know it.
    pub(crate) fn is_unread(self) -> bool {
        matches!(self, Self::ClosedUnread | Self::ResetUnread)
    }

    /// Whether the service says by HTTP/2 that it did not process the request: every request may be sent again.
    pub(crate) fn is_unprocessed(self) -> bool {
        matches!(self, Self::RefusedStream | Self::Retired)
    }

    /// Whether it ends the connection, with all its streams.
    pub(crate) fn ends_connection(self) -> bool {
        let ends = [
            Self::ClosedAfterwards,
            Self::ResetAfterwards,
            Self::ClosedWithoutResponse,
            Self::ResetWithoutResponse,
            // The client ends it, in defence.
            Self::HeaderFlood,
        ];
        self.is_unread() || ends.contains(&self)
    }

    /// Whether the service responds that there are too many calls: only after this response every request may be sent again.
    pub(crate) fn is_too_many(self) -> bool {
        let by_header = matches!(self, Self::TooManyForNow | Self::TooManyForASecond);
        by_header || matches!(self, Self::TooMany | Self::TooManyByLimit)
    }

    /// Whether the service says by its status that it did not act.
    pub(crate) fn is_refusal(self) -> bool {
        let refusals = [Self::Forbidden, Self::NotFound, Self::Redirected];
        self.is_too_many() || refusals.contains(&self)
    }

    /// Whether the service acts on the call.
    pub(crate) fn is_processed(self) -> bool {
        let is_not = self.is_unread() || self.is_unprocessed() || self.is_refusal();
        !(is_not || self == Self::Failure200)
    }

    /// Whether the call can succeed.
    pub(crate) fn lets_succeed(self, action: Action) -> bool {
        match self {
            Self::Nothing | Self::InPieces | Self::ClosedAfterwards => true,
            Self::ResetAfterwards | Self::NoCallsLeft => true,
            // A result is not read where none is expected.
            Self::WrongType => action.form() == Form::Nothing,
            _ => false,
        }
    }

    /// Whether an error of this kind is the right one.
    pub(crate) fn allows(self, kind: ErrorKind, action: Action) -> bool {
        use ErrorKind::{
            Api, BodyTooLarge, Decode, HeadersTooLarge, Http, Io, Redirect, Truncated,
        };

        let expected: &[ErrorKind] = match self {
            Self::Nothing | Self::InPieces | Self::ClosedAfterwards | Self::NoCallsLeft => &[],
            // The reset can overtake the end of the response.
            Self::ResetAfterwards => &[Io, Truncated],
            Self::ClosedUnread | Self::ResetUnread => &[Io],
            Self::ClosedWithoutResponse | Self::ResetWithoutResponse => &[Io],
            // These end with a time limit, which is always allowed, see below.
            Self::Stalled | Self::StalledInHead | Self::StalledInBody => &[],
            Self::InterimOnly | Self::Trickle | Self::LengthTooLong => &[],
            Self::Truncated | Self::ChunkCut => &[Truncated],
            Self::LengthHuge | Self::BodyFlood => match action.form() {
                Form::File => &[Truncated],
                _ => &[BodyTooLarge],
            },
            Self::ChunkNonsense | Self::LengthNegative => &[Io],
            // Over HTTP/2 it depends on the length of the piece in which the headers arrive.
            Self::HeaderFlood => &[Io, HeadersTooLarge],
            Self::RefusedStream | Self::Retired | Self::ResetStream => &[Io],
            Self::ResetStreamInBody | Self::Overrun => &[Truncated],
            Self::Garbage => &[Io],
            Self::LargeHeaders => &[HeadersTooLarge],
            Self::BadJson | Self::WrongType | Self::Page200 | Self::LengthTooShort => &[Decode],
            Self::Json500 | Self::Forbidden | Self::NotFound | Self::Failure200 => &[Api],
            Self::Page502 | Self::Cut503 => &[Http],
            Self::TooMany | Self::TooManyForNow => &[Api],
            Self::TooManyForASecond | Self::TooManyByLimit => &[Api],
            Self::Redirected => &[Redirect],
        };
        // Other load on the machine can make any call slow.
        expected.contains(&kind) || matches!(kind, ErrorKind::Timeout { .. })
    }
}
