//! What a load consists of: the protocol, the calls, their actions and their faults.
//!
//! In: nothing. Out: the [`Scenario`]s, each with the weights of its actions and faults.

use tests::server::Protocol;

use crate::action::Action;
use crate::fault::Fault;

/// A load.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scenario {
    pub(crate) protocol: Protocol,
    pub(crate) calls: usize,
    pub(crate) actions: &'static [(Action, u64)],
    pub(crate) faults: &'static [(Fault, u64)],
}

impl Scenario {
    /// Everything over HTTP/1.1, where each call has its connection.
    pub(crate) const HTTP1: Self = Self {
        protocol: Protocol::Http1,
        calls: 10_000,
        actions: Action::ALL,
        faults: HTTP1,
    };

    /// Everything over HTTP/2, where all calls share a connection, and most faults are those of a stream.
    pub(crate) const HTTP2: Self = Self {
        protocol: Protocol::Http2,
        calls: 10_000,
        actions: Action::ALL,
        faults: HTTP2,
    };

    /// Creates over HTTP/2, and the faults after which it has to be known whether the service has processed a request.
    pub(crate) const CREATES: Self = Self {
        protocol: Protocol::Http2,
        calls: 4_000,
        actions: &[
            (Action::CreateProvider, 1),
            (Action::CreateOnramp, 1),
            (Action::CreatePcap, 1),
        ],
        faults: CREATES,
    };
}

const HTTP1: &[(Fault, u64)] = &[
    (Fault::Nothing, 100),
    (Fault::InPieces, 8),
    (Fault::ClosedAfterwards, 8),
    (Fault::ResetAfterwards, 6),
    (Fault::NoCallsLeft, 2),
    (Fault::ClosedUnread, 3),
    (Fault::ResetUnread, 3),
    (Fault::ClosedWithoutResponse, 3),
    (Fault::ResetWithoutResponse, 3),
    (Fault::Stalled, 2),
    (Fault::StalledInHead, 2),
    (Fault::StalledInBody, 2),
    (Fault::InterimOnly, 2),
    (Fault::Trickle, 2),
    (Fault::Truncated, 3),
    (Fault::LengthTooLong, 2),
    (Fault::LengthTooShort, 3),
    (Fault::LengthNegative, 2),
    (Fault::LengthHuge, 3),
    (Fault::ChunkCut, 3),
    (Fault::ChunkNonsense, 2),
    (Fault::BodyFlood, 2),
    (Fault::HeaderFlood, 2),
    (Fault::LargeHeaders, 2),
    (Fault::Garbage, 2),
    (Fault::BadJson, 2),
    (Fault::WrongType, 2),
    (Fault::Page200, 2),
    (Fault::Json500, 3),
    (Fault::Page502, 3),
    (Fault::Cut503, 3),
    (Fault::TooMany, 2),
    (Fault::TooManyForNow, 2),
    (Fault::TooManyForASecond, 2),
    (Fault::TooManyByLimit, 2),
    (Fault::Forbidden, 2),
    (Fault::NotFound, 2),
    (Fault::Redirected, 2),
    (Fault::Failure200, 2),
];

/// The end of a connection fails up to 64 calls: it is rare.
const HTTP2: &[(Fault, u64)] = &[
    (Fault::Nothing, 1000),
    (Fault::InPieces, 80),
    (Fault::ClosedAfterwards, 1),
    (Fault::ResetAfterwards, 1),
    (Fault::NoCallsLeft, 20),
    (Fault::ClosedUnread, 1),
    (Fault::ResetUnread, 1),
    (Fault::ClosedWithoutResponse, 1),
    (Fault::ResetWithoutResponse, 1),
    (Fault::Stalled, 10),
    (Fault::StalledInBody, 10),
    (Fault::InterimOnly, 10),
    (Fault::Trickle, 10),
    (Fault::Truncated, 30),
    (Fault::LengthTooLong, 10),
    (Fault::Overrun, 30),
    (Fault::LengthNegative, 20),
    (Fault::LengthHuge, 30),
    (Fault::BodyFlood, 20),
    (Fault::HeaderFlood, 1),
    (Fault::LargeHeaders, 20),
    (Fault::BadJson, 20),
    (Fault::WrongType, 20),
    (Fault::Page200, 20),
    (Fault::Json500, 30),
    (Fault::Page502, 30),
    (Fault::Cut503, 30),
    (Fault::TooMany, 20),
    (Fault::TooManyForNow, 20),
    (Fault::TooManyForASecond, 20),
    (Fault::TooManyByLimit, 20),
    (Fault::Forbidden, 20),
    (Fault::NotFound, 20),
    (Fault::Redirected, 20),
    (Fault::Failure200, 20),
    (Fault::RefusedStream, 40),
    (Fault::Retired, 4),
    (Fault::ResetStream, 30),
    (Fault::ResetStreamInBody, 30),
];

const CREATES: &[(Fault, u64)] = &[
    (Fault::Nothing, 1000),
    (Fault::ClosedAfterwards, 2),
    (Fault::ResetAfterwards, 2),
    (Fault::ClosedUnread, 2),
    (Fault::ResetUnread, 2),
    (Fault::ClosedWithoutResponse, 2),
    (Fault::ResetWithoutResponse, 2),
    (Fault::Truncated, 30),
    (Fault::Json500, 20),
    (Fault::Cut503, 30),
    (Fault::TooManyForNow, 30),
    (Fault::RefusedStream, 100),
    (Fault::Retired, 15),
    (Fault::ResetStream, 50),
    (Fault::ResetStreamInBody, 50),
];
