//! Buckets that were added for full captures, and the proof that they are the account's.
//!
//! In: the URI of a bucket, later the contents of its challenge file. Out: the state of the proof. The check takes five minutes.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::Event;
use super::base64::encode_for_url;
use super::place::{Place, without_keys};
use crate::testing::fake::call::Call;
use crate::testing::fake::failure::{Failure, code};
use crate::testing::fake::ids::Ids;
use crate::testing::fake::moment::Moment;
use crate::testing::fake::process::FakeProcess;
use crate::testing::fake::success::Success;
use crate::testing::fake::world::Env;

/// How long the check of a challenge takes.
const CHECK: Duration = Duration::from_secs(5 * 60);

/// A bucket that was added.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Bucket {
    id: String,
    /// The URI without keys.
    destination: String,
    filename: String,
    /// The contents of the challenge file.
    pub(crate) challenge: String,
    status: BucketStatus,
    pub(crate) submitted: Moment,
    validated: Option<Moment>,
    /// How many checks were begun: only the latest counts.
    checks: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum BucketStatus {
    Pending,
    Success,
    Failed,
}

impl Bucket {
    pub(crate) fn place(&self) -> Option<Place> {
        Place::parse(&self.destination)
    }

    fn is_at(&self, place: &Place) -> bool {
        self.place().is_some_and(|mine| mine.is_same(place))
    }

    fn json(&self, env: &Env<'_>) -> Value {
        let key = if env.old_spelling {
            "destinaton_conf"
        } else {
            "destination_conf"
        };
        let validated = self.validated.map(Moment::text).unwrap_or_default();
        json!({
            key: self.destination,
            "filename": self.filename,
            "id": self.id,
            "status": self.status,
            "submitted": self.submitted.text(),
            "validated": validated,
        })
    }
}

/// Whether full captures may be written to this place: it was proved, and the service may write there.
pub(crate) fn is_open(env: &Env<'_>, place: &Place) -> bool {
    is_proved(env, place) && env.objects.may_write(place)
}

/// Whether this place was proved to be the account's.
pub(crate) fn is_proved(env: &Env<'_>, place: &Place) -> bool {
    let buckets = &env.account.pcaps.buckets;
    let mut proved = buckets
        .iter()
        .filter(|one| one.status == BucketStatus::Success);
    proved.any(|one| one.is_at(place))
}

/// The bucket that the body names.
pub(crate) fn place_of<'a>(call: &Call<'a>) -> Result<(&'a str, Place), Failure> {
    const KEY: &str = "destination_conf";
    let Some(uri) = call.text(KEY) else {
        return Err(Failure::bad_request("/destination_conf", "it is missing"));
    };
    match Place::parse(uri) {
        Some(place) => Ok((uri, place)),
        None => Err(refused(
            "it is not the URI of a bucket at S3, Google Cloud Storage or R2",
        )),
    }
}

fn refused(why: &str) -> Failure {
    Failure::unprocessable("/destination_conf", why)
}

pub(crate) fn list(env: &mut Env<'_>, _: &Call<'_>) -> Result<Success, Failure> {
    let buckets = &env.account.pcaps.buckets;
    let items = buckets.iter().map(|bucket| bucket.json(env)).collect();
    Ok(Success::ok(Value::Array(items)))
}

pub(crate) fn create(env: &mut Env<'_>, call: &Call<'_>) -> Result<Success, Failure> {
    let (uri, place) = place_of(call)?;
    if let Some(lacking) = place.lacks() {
        return Err(refused(&format!("the URI lacks {lacking}")));
    }
    let id = env.ids.hex(32);
    let filename = format!("ownership-challenge-{}.txt", env.ids.hex(32));
    let challenge = challenge(env.ids);
    if !env.objects.write(&place, &filename, challenge.clone()) {
        return Err(refused(
            "the challenge file could not be written to the bucket",
        ));
    }
    // The keys show whose an R2 bucket is.
    let status = if place.is_r2() {
        BucketStatus::Success
    } else {
        BucketStatus::Pending
    };
    let bucket = Bucket {
        id,
        destination: without_keys(uri),
        filename,
        challenge,
        status,
        submitted: env.now,
        validated: place.is_r2().then_some(env.now),
        checks: 0,
    };
    let json = bucket.json(env);
    env.account.pcaps.buckets.push(bucket);
    Ok(Success::ok(json))
}

/// Contents of a challenge file: they look like a JWT.
fn challenge(ids: &mut Ids) -> String {
    let header = encode_for_url(br#"{"alg":"none","typ":"JWT"}"#);
    let claims = json!({"type": "pcaps", "nonce": ids.hex(32)}).to_string();
    let signature = encode_for_url(ids.hex(32).as_bytes());
    format!("{header}.{}.{signature}", encode_for_url(claims.as_bytes()))
}

pub(crate) fn validate(env: &mut Env<'_>, call: &Call<'_>) -> Result<Success, Failure> {
    let (_, place) = place_of(call)?;
    let text = call.text("ownership_challenge").unwrap_or_default().trim();
    let buckets = &mut env.account.pcaps.buckets;
    let mut here: Vec<&mut Bucket> = buckets.iter_mut().filter(|one| one.is_at(&place)).collect();
    // If it was added several times, the text says which of them is meant.
    let meant = here.iter().position(|bucket| bucket.challenge == text);
    let at = meant.unwrap_or(here.len().saturating_sub(1));
    let Some(bucket) = here.get_mut(at) else {
        let message = "this bucket was not added";
        return Err(Failure::new(404, code::NOT_FOUND, message));
    };
    if bucket.status != BucketStatus::Success {
        bucket.status = BucketStatus::Pending;
        bucket.checks += 1;
        let checked = Event::Checked {
            id: bucket.id.clone(),
            check: bucket.checks,
            is_right: meant.is_some(),
        };
        let bucket = bucket.clone();
        env.after(CHECK, checked);
        return Ok(Success::ok(bucket.json(env)));
    }
    let bucket = bucket.clone();
    Ok(Success::ok(bucket.json(env)))
}

/// Ends a check, unless a later one was begun.
pub(crate) fn checked(env: &mut Env<'_>, id: &str, check: u64, is_right: bool) {
    let buckets = &env.account.pcaps.buckets;
    let is_it = |bucket: &Bucket| bucket.id == id && bucket.checks == check;
    let Some(at) = buckets.iter().position(is_it) else {
        return;
    };
    let is_proved = env.fails(FakeProcess::BucketValidation).is_none() && is_right;
    if let Some(bucket) = env.account.pcaps.buckets.get_mut(at) {
        bucket.validated = is_proved.then_some(env.now);
        bucket.status = if is_proved {
            BucketStatus::Success
        } else {
            BucketStatus::Failed
        };
    }
}

pub(crate) fn delete(env: &mut Env<'_>, call: &Call<'_>) -> Result<Success, Failure> {
    let buckets = &mut env.account.pcaps.buckets;
    let Some(at) = buckets.iter().position(|bucket| bucket.id == call.id()) else {
        return Err(Failure::not_found("bucket", call.id()));
    };
    buckets.remove(at);
    Ok(Success::no_content())
}
