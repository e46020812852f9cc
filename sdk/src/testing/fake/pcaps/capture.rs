//! A capture of either kind.
//!
//! In: what was asked for, and what has happened to it. Out: the capture as responses have it, and its packets.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::filter::Filter;
use super::traffic::packet::Packet;
use super::traffic::{moment_after, packets};
use crate::testing::fake::call::{Call, integer};
use crate::testing::fake::failure::Failure;
use crate::testing::fake::moment::Moment;

/// A capture without a limit has this one, which is the highest that can be set.
const MOST_PACKETS: usize = 10_000;

/// A capture.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Capture {
    pub(crate) id: String,
    pub(crate) status: Status,
    pub(crate) submitted: Moment,
    pub(crate) filter: Filter,
    pub(crate) time_limit: Duration,
    pub(crate) packet_limit: Option<usize>,
    pub(crate) kind: Kind,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum Kind {
    Simple {
        /// Where it looks back from.
        offset: Moment,
        /// The same, as it was sent.
        offset_text: String,
    },
    Full(Full),
}

/// What only a full capture has.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Full {
    pub(crate) byte_limit: Option<usize>,
    pub(crate) colo_name: String,
    /// The URI without keys.
    pub(crate) destination: String,
    pub(crate) started: Option<Moment>,
    /// When it took its last packet.
    pub(crate) ended: Option<Moment>,
    /// How many packets it took, once it has ended.
    pub(crate) captured: Option<usize>,
    pub(crate) stop_requested: Option<Moment>,
    pub(crate) error_message: Option<String>,
}

/// The state of a capture. The fake does not use `unknown` and `complete`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Status {
    Pending,
    Running,
    ConversionPending,
    ConversionRunning,
    Success,
    Failed,
}

impl Capture {
    /// The capture as it is in a response at this moment.
    pub(crate) fn json(&self, now: Moment) -> Value {
        let mut json = json!({
            "filter_v1": self.filter,
            "id": self.id,
            "status": self.status,
            "submitted": self.submitted.text(),
            "system": "magic-transit",
            "time_limit": self.time_limit.as_secs(),
        });
        match &self.kind {
            Kind::Simple { offset_text, .. } => {
                json["type"] = json!("simple");
                json["offset_time"] = json!(offset_text);
            }
            Kind::Full(full) => {
                json["type"] = json!("full");
                json["colo_name"] = json!(full.colo_name);
                json["destination_conf"] = json!(full.destination);
                let stop_requested = full.stop_requested.map(Moment::text);
                let so_far = || full.started.map(|_| self.packets(now).0.len());
                let captured = full.captured.or_else(so_far);
                for (key, value) in [
                    ("byte_limit", full.byte_limit.map(Value::from)),
                    ("error_message", full.error_message.clone().map(Value::from)),
                    ("packets_captured", captured.map(Value::from)),
                    ("stop_requested", stop_requested.map(Value::from)),
                ] {
                    if let Some(value) = value {
                        json[key] = value;
                    }
                }
            }
        }
        json
    }

    /// The packets that it has taken until this moment, and when it reached a limit.
    pub(crate) fn packets(&self, now: Moment) -> (Vec<Packet>, Option<Moment>) {
        let matcher = self.filter.matcher();
        let most = self.packet_limit.unwrap_or(MOST_PACKETS);
        match &self.kind {
            Kind::Simple { offset, .. } => {
                let from = offset.minus(self.time_limit);
                (
                    sample(packets(&matcher, from, *offset).collect(), most),
                    None,
                )
            }
            Kind::Full(full) => match full.started {
                Some(from) => {
                    let until = full.ended.unwrap_or(now).min(from.plus(self.time_limit));
                    take(packets(&matcher, from, until), most, full.byte_limit)
                }
                None => (Vec::new(), None),
            },
        }
    }
}

/// The packets until one of the limits, and when it is reached.
fn take(
    packets: impl Iterator<Item = Packet>,
    most: usize,
    byte_limit: Option<usize>,
) -> (Vec<Packet>, Option<Moment>) {
    let (mut taken, mut bytes) = (Vec::new(), 0_usize);
    for packet in packets {
        let end = Some(moment_after(&packet));
        bytes += packet.len();
        if byte_limit.is_some_and(|limit| bytes > limit) {
            return (taken, end);
        }
        taken.push(packet);
        if taken.len() == most {
            return (taken, end);
        }
    }
    (taken, None)
}

/// So many of these packets, evenly spread.
fn sample(packets: Vec<Packet>, most: usize) -> Vec<Packet> {
    let count = packets.len();
    if count <= most {
        return packets;
    }
    let mut wanted = (0..most).map(|place| place * count / most).peekable();
    let numbered = packets.into_iter().enumerate();
    let chosen = numbered.filter(|(place, _)| wanted.next_if_eq(place).is_some());
    chosen.map(|(_, packet)| packet).collect()
}

/// A number of the body that has to be within these bounds.
pub(crate) fn bounded(call: &Call<'_>, key: &str, most: u32) -> Result<Option<u32>, Failure> {
    let Some(value) = call.body.get(key).filter(|value| !value.is_null()) else {
        return Ok(None);
    };
    let number = integer(value).and_then(|number| u32::try_from(number).ok());
    match number.filter(|number| (1..=most).contains(number)) {
        Some(number) => Ok(Some(number)),
        None => Err(Failure::bad_request(
            &format!("/{key}"),
            format!("it is not a whole number from 1 to {most}"),
        )),
    }
}

/// Such a number that is required.
pub(crate) fn required(call: &Call<'_>, key: &str, most: u32) -> Result<u32, Failure> {
    bounded(call, key, most)?
        .ok_or_else(|| Failure::bad_request(&format!("/{key}"), "it is missing"))
}
