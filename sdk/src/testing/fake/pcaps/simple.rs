//! Simple captures: a look at past traffic.
//!
//! In: a filter and a window of the last 24 hours. Out: a capture that is done two seconds later, and its file.

use std::time::Duration;

use super::Event;
use super::capture::{Capture, Kind, Status, required};
use super::file::{SAMPLED, pcap};
use super::filter::Filter;
use crate::testing::fake::call::Call;
use crate::testing::fake::failure::{Failure, code};
use crate::testing::fake::moment::Moment;
use crate::testing::fake::process::FakeProcess;
use crate::testing::fake::success::Success;
use crate::testing::fake::world::Env;

/// How long a simple capture takes.
const DURATION: Duration = Duration::from_secs(2);

/// One request in this time.
const INTERVAL: Duration = Duration::from_secs(60);

/// How far back the traffic reaches.
const PAST: Duration = Duration::from_secs(24 * 60 * 60);

pub(super) fn create(env: &mut Env<'_>, call: &Call<'_>) -> Result<Success, Failure> {
    let time_limit = required(call, "time_limit", 300)?;
    let packet_limit = required(call, "packet_limit", 10_000)?;
    let filter = Filter::read(call.body)?;
    let (offset, offset_text) = offset(env.now, call.text("offset_time"))?;
    let next = env
        .account
        .pcaps
        .last_simple
        .map(|last| last.plus(INTERVAL));
    if let Some(next) = next.filter(|next| *next > env.now) {
        let message = "one simple capture can be requested a minute";
        return Err(Failure::too_many(message, next.since(env.now)));
    }
    env.account.pcaps.last_simple = Some(env.now);
    let capture = Capture {
        id: env.ids.hex(32),
        status: Status::Pending,
        submitted: env.now,
        filter,
        time_limit: Duration::from_secs(time_limit.into()),
        packet_limit: usize::try_from(packet_limit).ok(),
        kind: Kind::Simple {
            offset,
            offset_text,
        },
    };
    env.after(DURATION, Event::SimpleEnds(capture.id.clone()));
    let json = capture.json(env.now);
    env.account.pcaps.captures.push(capture);
    Ok(Success::ok(json))
}

/// The moment from which it looks back, and the text of it.
fn offset(now: Moment, text: Option<&str>) -> Result<(Moment, String), Failure> {
    const PLACE: &str = "/offset_time";
    let Some(text) = text.filter(|text| !text.is_empty()) else {
        return Ok((now, now.text()));
    };
    let Some(offset) = Moment::parse(text) else {
        return Err(Failure::bad_request(PLACE, "it is not a date and time"));
    };
    if offset > now || now.since(offset) > PAST {
        return Err(Failure::unprocessable(
            PLACE,
            "it is not within the last 24 hours",
        ));
    }
    // A space between date and time is read, but is not sent.
    let text = match text.as_bytes().get(10) {
        Some(b'T') => text.to_owned(),
        _ => offset.text(),
    };
    Ok((offset, text))
}

/// Ends a simple capture.
pub(super) fn ends(env: &mut Env<'_>, id: &str) {
    let now = env.now;
    let Some(capture) = env.account.pcaps.capture(id) else {
        return;
    };
    let is_empty = capture.packets(now).0.is_empty();
    let fails = env.fails(FakeProcess::Capture).is_some();
    if let Some(capture) = env.account.pcaps.capture_mut(id) {
        capture.status = if is_empty || fails {
            Status::Failed
        } else {
            Status::Success
        };
    }
}

pub(super) fn download(env: &mut Env<'_>, call: &Call<'_>) -> Result<Success, Failure> {
    let capture = env.account.pcaps.wanted(call)?;
    match (&capture.kind, capture.status) {
        (Kind::Full(_), _) => {
            let message = "the files of a full capture are in its bucket";
            Err(Failure::new(422, code::UNPROCESSABLE, message))
        }
        (Kind::Simple { .. }, Status::Success) => {
            let (packets, _) = capture.packets(env.now);
            let file = pcap(&packets, SAMPLED);
            Ok(Success::file(
                200,
                "application/vnd.tcpdump.pcap",
                None,
                file,
            ))
        }
        (Kind::Simple { .. }, Status::Failed) => Err(Failure::conflict("the capture has failed")),
        (Kind::Simple { .. }, _) => Err(Failure::conflict("the capture is not ready")),
    }
}
