//! The fake's packet captures and buckets.
//!
//! In: requests to the 9 operations. Out: captures with real files of synthetic packets, and buckets with objects in them.
//!
//! | module | what it does |
//! |---|---|
//! | `simple`, `full` | the two kinds of captures: their operations, and what happens to them in time |
//! | `capture`, `filter` | a capture, and which packets it takes |
//! | `traffic` | the packets that there are to capture |
//! | `file` | packets as a pcap file |
//! | `ownership` | buckets, and the proof that they are the account's |
//! | `place`, `objects`, `base64` | URIs of buckets, and the objects in them |

use serde::{Deserialize, Serialize};
use serde_json::Value;

use self::capture::Capture;
use self::ownership::Bucket;
use super::account::Feature;
use super::call::Call;
use super::failure::Failure;
use super::routes::{Handler, Route};
use super::success::Success;
use super::world::Env;
use crate::generated::api;
use crate::request::operation::Endpoint;

mod base64;
mod capture;
mod file;
mod filter;
mod full;
pub(crate) mod objects;
pub(crate) mod ownership;
pub(crate) mod place;
mod simple;
#[cfg(test)]
mod tests;
mod traffic;

/// A list has at most so many captures.
const LISTED: usize = 50;

const fn route<E: Endpoint>(handler: Handler) -> Route {
    Route::new(E::OPERATION, Feature::Pcaps, handler)
}

/// The operations.
pub(crate) const ROUTES: &[Route] = &[
    route::<api::PcapsList>(list),
    route::<api::PcapsCreate>(create),
    route::<api::PcapsGet>(get),
    route::<api::PcapsDownload>(simple::download),
    route::<api::PcapsStop>(full::stop),
    route::<api::OwnershipList>(ownership::list),
    route::<api::OwnershipCreate>(ownership::create),
    route::<api::OwnershipValidate>(ownership::validate),
    route::<api::OwnershipDelete>(ownership::delete),
];

/// What is in an account.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct State {
    /// In the order in which they were created.
    captures: Vec<Capture>,
    /// In the order in which they were added.
    pub(crate) buckets: Vec<Bucket>,
    /// When the latest simple capture was requested.
    last_simple: Option<super::moment::Moment>,
}

/// What happens to it in time, to the capture or bucket with this id.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum Event {
    SimpleEnds(String),
    FullStarts(String),
    FullEnds(String),
    ConversionStarts(String),
    ConversionEnds(String),
    /// The check of a bucket's challenge ends.
    Checked {
        id: String,
        check: u64,
        is_right: bool,
    },
}

impl Event {
    /// Lets it happen.
    pub(crate) fn happen(self, env: &mut Env<'_>) {
        match self {
            Self::SimpleEnds(id) => simple::ends(env, &id),
            Self::FullStarts(id) => full::starts(env, &id),
            Self::FullEnds(id) => full::ends(env, &id),
            Self::ConversionStarts(id) => full::conversion_starts(env, &id),
            Self::ConversionEnds(id) => full::conversion_ends(env, &id),
            Self::Checked {
                id,
                check,
                is_right,
            } => ownership::checked(env, &id, check, is_right),
        }
    }
}

impl State {
    fn capture(&self, id: &str) -> Option<&Capture> {
        self.captures.iter().find(|capture| capture.id == id)
    }

    fn capture_mut(&mut self, id: &str) -> Option<&mut Capture> {
        self.captures.iter_mut().find(|capture| capture.id == id)
    }

    /// The capture whose id is in the path.
    fn wanted(&self, call: &Call<'_>) -> Result<&Capture, Failure> {
        let found = self.capture(call.id());
        found.ok_or_else(|| Failure::not_found("capture", call.id()))
    }

    fn wanted_mut(&mut self, call: &Call<'_>) -> Result<&mut Capture, Failure> {
        let found = self.capture_mut(call.id());
        found.ok_or_else(|| Failure::not_found("capture", call.id()))
    }
}

fn list(env: &mut Env<'_>, _: &Call<'_>) -> Result<Success, Failure> {
    let newest = env.account.pcaps.captures.iter().rev().take(LISTED);
    let items = newest.map(|capture| capture.json(env.now)).collect();
    Ok(Success::ok(Value::Array(items)))
}

fn create(env: &mut Env<'_>, call: &Call<'_>) -> Result<Success, Failure> {
    match call.text("type") {
        Some("simple") => simple::create(env, call),
        Some("full") => full::create(env, call),
        _ => Err(Failure::bad_request(
            "/type",
            "it is not `simple` or `full`",
        )),
    }
}

fn get(env: &mut Env<'_>, call: &Call<'_>) -> Result<Success, Failure> {
    let capture = env.account.pcaps.wanted(call)?;
    Ok(Success::ok(capture.json(env.now)))
}
