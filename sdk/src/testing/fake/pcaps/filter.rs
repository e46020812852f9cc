//! Which packets a capture takes.
//!
//! In: `filter_v1` of a request. Out: whether a packet matches: it has to match all that is given.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::traffic::packet::Peer;
use crate::testing::fake::call::integer;
use crate::testing::fake::failure::Failure;

/// The filter of a capture, as it was sent. Responses contain it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Filter {
    #[serde(skip_serializing_if = "Option::is_none")]
    destination_address: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    destination_port: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    protocol: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source_address: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source_port: Option<i64>,
}

/// The filter with its addresses read.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Matcher {
    from: Side,
    to: Side,
    protocol: Option<i64>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Side {
    address: Option<IpAddr>,
    port: Option<i64>,
}

impl Filter {
    /// Reads the filter of a request. Without one, everything matches.
    pub(crate) fn read(body: &Value) -> Result<Self, Failure> {
        let Some(given) = body.get("filter_v1") else {
            return Ok(Self::default());
        };
        let number = |key: &str| given.get(key).and_then(integer);
        let address = |key: &str| match given.get(key).and_then(Value::as_str) {
            Some(text) => checked(key, text).map(Some),
            None => Ok(None),
        };
        Ok(Self {
            destination_address: address("destination_address")?,
            destination_port: number("destination_port"),
            protocol: number("protocol"),
            source_address: address("source_address")?,
            source_port: number("source_port"),
        })
    }

    /// The filter, ready for packets.
    pub(crate) fn matcher(&self) -> Matcher {
        let side = |address: &Option<String>, port| Side {
            address: address.as_ref().and_then(|text| text.parse().ok()),
            port,
        };
        Matcher {
            from: side(&self.source_address, self.source_port),
            to: side(&self.destination_address, self.destination_port),
            protocol: self.protocol,
        }
    }
}

impl Matcher {
    /// Whether a packet from and to these matches.
    pub(crate) fn accepts(&self, from: &Peer, to: &Peer, protocol: u8) -> bool {
        self.from.accepts(from)
            && self.to.accepts(to)
            && self
                .protocol
                .is_none_or(|wanted| wanted == i64::from(protocol))
    }
}

impl Side {
    fn accepts(&self, end: &Peer) -> bool {
        let has_port = |wanted| end.port.is_some_and(|port| wanted == i64::from(port));
        self.address.is_none_or(|wanted| wanted == end.address) && self.port.is_none_or(has_port)
    }
}

/// An address of the filter. What the service does with a prefix is not known.
fn checked(key: &str, text: &str) -> Result<String, Failure> {
    if text.parse::<IpAddr>().is_ok() {
        return Ok(text.to_owned());
    }
    match text.split_once('/') {
        Some((address, _)) if address.parse::<IpAddr>().is_ok() => Err(Failure::unknown(
            "whether a filter may have prefixes is not documented",
        )),
        _ => Err(Failure::bad_request(
            &format!("/filter_v1/{key}"),
            "it is not an IP address",
        )),
    }
}
