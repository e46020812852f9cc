//! The faults of the service.
//!
//! In: nothing. Out: [`Fault`], the weight of each, and the facts that the checks need: whether the service has acted, and which
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
    /// All faults, with the weight of each.
    pub(crate) const ALL: &[(Self, u64)] = &[
        (Self::Nothing, 100),
        (Self::InPieces, 8),
        (Self::ClosedAfterwards, 8),
        (Self::ResetAfterwards, 6),
        (Self::NoCallsLeft, 2),
        (Self::ClosedUnread, 3),
        (Self::ResetUnread, 3),
        (Self::ClosedWithoutResponse, 3),
        (Self::ResetWithoutResponse, 3),
        (Self::Stalled, 2),
        (Self::StalledInHead, 2),
        (Self::StalledInBody, 2),
        (Self::InterimOnly, 2),
        (Self::Trickle, 2),
        (Self::Truncated, 3),
        (Self::LengthTooLong, 2),
        (Self::LengthTooShort, 3),
        (Self::LengthNegative, 2),
        (Self::LengthHuge, 3),
        (Self::ChunkCut, 3),
        (Self::ChunkNonsense, 2),
        (Self::BodyFlood, 2),
        (Self::HeaderFlood, 2),
        (Self::LargeHeaders, 2),
        (Self::Garbage, 2),
        (Self::BadJson, 2),
        (Self::WrongType, 2),
        (Self::Page200, 2),
        (Self::Json500, 3),
        (Self::Page502, 3),
        (Self::Cut503, 3),
        (Self::TooMany, 2),
        (Self::TooManyForNow, 2),
        (Self::TooManyForASecond, 2),
        (Self::TooManyByLimit, 2),
        (Self::Forbidden, 2),
        (Self::NotFound, 2),
        (Self::Redirected, 2),
        (Self::Failure200, 2),
    ];

    /// Whether the request is not read to its end.
    pub(crate) fn is_unread(self) -> bool {
        matches!(self, Self::ClosedUnread | Self::ResetUnread)
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
        !(self.is_unread() || self.is_refusal() || self == Self::Failure200)
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
            Self::ResetAfterwards => &[Io],
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
            Self::ChunkNonsense | Self::LengthNegative | Self::HeaderFlood => &[Io],
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
