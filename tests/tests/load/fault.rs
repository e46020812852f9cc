//! What the service does to calls.
//!
//! In: nothing. Out: [`Fault`], how often each is done, and what a judge needs to know of it: whether the service has acted,
//! and which errors an honest client may report.

use cloudflare_magic::ErrorKind;

use crate::action::{Action, Form};

/// What the service does to one sending of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fault {
    // The call succeeds.
    Nothing,
    InPieces,
    ClosedAfterwards,
    ResetAfterwards,
    NoCallsLeft,
    // The head of the request is read, and no more.
    ClosedUnread,
    ResetUnread,
    // The service acts, and its answer does not come, or never ends.
    ClosedUnanswered,
    ResetUnanswered,
    Stalled,
    StalledInHead,
    StalledInBody,
    InterimOnly,
    Trickle,
    // The service acts, and its answer lies about its length.
    Truncated,
    LengthTooLong,
    LengthTooShort,
    LengthNegative,
    LengthHuge,
    ChunkCut,
    ChunkNonsense,
    // The service acts, and its answer is too much, or is none.
    BodyFlood,
    HeaderFlood,
    LargeHeaders,
    Garbage,
    BadJson,
    WrongType,
    Page200,
    // The service acts, and answers with a failing status.
    Json500,
    Page502,
    Cut503,
    // The service refuses.
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
    /// All of them, and how often each is done.
    pub(crate) const ALL: &[(Self, u64)] = &[
        (Self::Nothing, 100),
        (Self::InPieces, 8),
        (Self::ClosedAfterwards, 8),
        (Self::ResetAfterwards, 6),
        (Self::NoCallsLeft, 2),
        (Self::ClosedUnread, 3),
        (Self::ResetUnread, 3),
        (Self::ClosedUnanswered, 3),
        (Self::ResetUnanswered, 3),
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

    /// Whether the service answers that there are too many calls: the one answer after which it may be asked anything again.
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
            // Nobody looks at a result that is not expected.
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
            // The reset can overtake the end of the answer.
            Self::ResetAfterwards => &[Io],
            Self::ClosedUnread | Self::ResetUnread => &[Io],
            Self::ClosedUnanswered | Self::ResetUnanswered => &[Io],
            // A time limit ends these, and that is always allowed, see below.
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
        // A machine that is busy with other things can make any call slow.
        expected.contains(&kind) || matches!(kind, ErrorKind::Timeout { .. })
    }
}
