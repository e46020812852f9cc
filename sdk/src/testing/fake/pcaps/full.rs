//! Full captures: whole packets from now on, into a bucket.
//!
//! In: a data center, a bucket that was proved, and limits. Out: files in the bucket, one for each machine that saw packets. It starts
//! after 5 seconds; once it has ended, its files take 10 seconds.

use std::time::Duration;

use super::Event;
use super::capture::{Capture, Full, Kind, Status, bounded, required};
use super::file::{WHOLE, pcap};
use super::filter::Filter;
use super::ownership;
use super::place::{Place, without_keys};
use super::traffic::packet::Packet;
use crate::testing::fake::call::Call;
use crate::testing::fake::failure::{Failure, code};
use crate::testing::fake::process::FakeProcess;
use crate::testing::fake::success::Success;
use crate::testing::fake::world::Env;

const START: Duration = Duration::from_secs(5);
const BEFORE_CONVERSION: Duration = Duration::from_secs(2);
const CONVERSION: Duration = Duration::from_secs(8);

/// A data center has this many machines; a name for several covers this many.
const SEVERAL: usize = 2;

pub(super) fn create(env: &mut Env<'_>, call: &Call<'_>) -> Result<Success, Failure> {
    let time_limit = required(call, "time_limit", 86_400)?;
    let packet_limit = bounded(call, "packet_limit", 10_000)?;
    let byte_limit = bounded(call, "byte_limit", 1_000_000_000)?;
    let filter = Filter::read(call.body)?;
    let colo_name = colo_name(call)?;
    let (uri, place) = ownership::place_of(call)?;
    if !ownership::is_proved(env, &place) {
        let message = "this bucket was not added, or its ownership is not validated";
        return Err(Failure::unprocessable("/destination_conf", message));
    }
    if env.account.pcaps.captures.iter().any(is_going_on) {
        let message = "a full capture is running or pending; one is allowed at a time";
        return Err(Failure::conflict(message));
    }
    let full = Full {
        byte_limit: byte_limit.and_then(|limit| usize::try_from(limit).ok()),
        colo_name,
        destination: without_keys(uri),
        started: None,
        ended: None,
        captured: None,
        stop_requested: None,
        error_message: None,
    };
    let capture = Capture {
        id: env.ids.hex(32),
        status: Status::Pending,
        submitted: env.now,
        filter,
        time_limit: Duration::from_secs(time_limit.into()),
        packet_limit: packet_limit.and_then(|limit| usize::try_from(limit).ok()),
        kind: Kind::Full(full),
    };
    env.after(START, Event::FullStarts(capture.id.clone()));
    let json = capture.json(env.now);
    env.account.pcaps.captures.push(capture);
    Ok(Success::ok(json))
}

/// The name of a data center, or of several.
fn colo_name(call: &Call<'_>) -> Result<String, Failure> {
    const PLACE: &str = "/colo_name";
    let Some(name) = call.text("colo_name") else {
        return Err(Failure::bad_request(PLACE, "it is missing"));
    };
    if name.is_empty() || !name.chars().all(|c| c.is_ascii_alphanumeric()) {
        return Err(Failure::unprocessable(
            PLACE,
            "there is no such data center",
        ));
    }
    Ok(name.to_owned())
}

/// Whether it is a full capture that keeps another from being started.
fn is_going_on(capture: &Capture) -> bool {
    matches!(capture.kind, Kind::Full(_))
        && matches!(capture.status, Status::Pending | Status::Running)
}

pub(super) fn stop(env: &mut Env<'_>, call: &Call<'_>) -> Result<Success, Failure> {
    let now = env.now;
    let capture = env.account.pcaps.wanted_mut(call)?;
    let goes_on = is_going_on(capture);
    let Kind::Full(full) = &mut capture.kind else {
        let message = "only full captures can be stopped";
        return Err(Failure::new(422, code::UNPROCESSABLE, message));
    };
    if goes_on {
        full.stop_requested = Some(now);
        let id = capture.id.clone();
        ends(env, &id);
    } else if full.stop_requested.is_none() {
        return Err(Failure::conflict("the capture has ended"));
    }
    Ok(Success::no_content())
}

/// Starts a capture that is pending.
pub(super) fn starts(env: &mut Env<'_>, id: &str) {
    let now = env.now;
    let Some(capture) = env.account.pcaps.capture_mut(id) else {
        return;
    };
    let Kind::Full(full) = &mut capture.kind else {
        return;
    };
    if capture.status != Status::Pending {
        return;
    }
    full.started = Some(now);
    capture.status = Status::Running;
    let latest = now.plus(capture.time_limit);
    let (_, full_at) = capture.packets(latest);
    let end = full_at.unwrap_or(latest).min(latest);
    env.after(end.since(now), Event::FullEnds(id.to_owned()));
}

/// Ends a capture that is pending or running: it takes no more packets.
pub(super) fn ends(env: &mut Env<'_>, id: &str) {
    let now = env.now;
    let Some(capture) = env.account.pcaps.capture_mut(id) else {
        return;
    };
    if !is_going_on(capture) {
        return;
    }
    let captured = capture.packets(now).0.len();
    if let Kind::Full(full) = &mut capture.kind {
        full.ended = Some(now);
        full.captured = Some(captured);
    }
    if captured > 0 {
        capture.status = Status::ConversionPending;
        env.after(BEFORE_CONVERSION, Event::ConversionStarts(id.to_owned()));
        return;
    }
    let asked_for = env.fails(FakeProcess::Capture);
    let why = asked_for.unwrap_or_else(|| "no packet matched the filter".to_owned());
    fail(env, id, why);
}

/// Starts to write the files.
pub(super) fn conversion_starts(env: &mut Env<'_>, id: &str) {
    if let Some(capture) = env.account.pcaps.capture_mut(id) {
        capture.status = Status::ConversionRunning;
        env.after(CONVERSION, Event::ConversionEnds(id.to_owned()));
    }
}

/// Writes the files. A bucket that was removed in the meantime is not written to.
pub(super) fn conversion_ends(env: &mut Env<'_>, id: &str) {
    if let Some(why) = env.fails(FakeProcess::Capture) {
        return fail(env, id, why);
    }
    let Some(capture) = env.account.pcaps.capture(id) else {
        return;
    };
    let Kind::Full(full) = &capture.kind else {
        return;
    };
    let (packets, _) = capture.packets(env.now);
    let files = files(&full.colo_name, id, &packets);
    let place = Place::parse(&full.destination);
    let place = place.filter(|place| ownership::is_open(env, place));
    let Some(place) = place else {
        return fail(env, id, "the bucket could not be written to".to_owned());
    };
    for (name, file) in files {
        env.objects.write(&place, &name, file);
    }
    if let Some(capture) = env.account.pcaps.capture_mut(id) {
        capture.status = Status::Success;
    }
}

fn fail(env: &mut Env<'_>, id: &str, why: String) {
    if let Some(capture) = env.account.pcaps.capture_mut(id) {
        capture.status = Status::Failed;
        if let Kind::Full(full) = &mut capture.kind {
            full.error_message = Some(why);
        }
    }
}

/// The files of a capture, with their names: one for each machine that saw packets.
fn files(colo_name: &str, id: &str, packets: &[Packet]) -> Vec<(String, Vec<u8>)> {
    let machines = machines(colo_name);
    let mut files = Vec::new();
    for (number, machine) in machines.iter().enumerate() {
        let of_machine = |packet: &&Packet| packet.flow % machines.len() == number;
        let mut seen = packets.iter().filter(of_machine).peekable();
        if seen.peek().is_some() {
            files.push((format!("{machine}/pcap_{id}.pcap"), pcap(seen, WHOLE)));
        }
    }
    files
}

/// The machines of a data center such as `ord02`, or of all that a name such as `ORD` covers.
fn machines(colo_name: &str) -> Vec<String> {
    let name = colo_name.to_ascii_lowercase();
    let colos = if name.ends_with(|c: char| c.is_ascii_digit()) {
        vec![name]
    } else {
        (1..=SEVERAL)
            .map(|number| format!("{name}{number:02}"))
            .collect()
    };
    let machines = colos
        .iter()
        .flat_map(|colo| (1..=SEVERAL).map(move |number| format!("{colo}-machine{number}")));
    machines.collect()
}
