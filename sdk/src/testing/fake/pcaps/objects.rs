//! The buckets of the clouds, with the objects in them.
//!
//! In: bytes to write, by bucket and name. Out: the objects, as the owner of the bucket sees them. Every bucket exists; a test can
//! forbid the service to write to one.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use bytes::Bytes;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::base64;
use super::place::Place;
use crate::base::percent::encode;

/// The objects of all buckets.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct ObjectStore {
    /// By bucket, such as `gs://captures`, then by name.
    buckets: BTreeMap<String, BTreeMap<String, Object>>,
    /// The buckets that the service may not write to.
    denied: BTreeSet<String>,
}

#[derive(Clone)]
struct Object(Bytes);

impl ObjectStore {
    /// Writes a file below the directory of this place. Returns whether that is permitted.
    pub(crate) fn write(&mut self, place: &Place, file: &str, bytes: impl Into<Bytes>) -> bool {
        if !self.may_write(place) {
            return false;
        }
        let bucket = self.buckets.entry(place.bucket.clone()).or_default();
        bucket.insert(place.name_of(file), Object(bytes.into()));
        true
    }

    /// The object at this place.
    pub(crate) fn read(&self, place: &Place) -> Option<Bytes> {
        let object = self.buckets.get(&place.bucket)?.get(&place.path)?;
        Some(object.0.clone())
    }

    /// The URIs of the objects below the directory of this place, in order.
    pub(crate) fn list(&self, place: &Place) -> Vec<String> {
        let directory = place.name_of("");
        let names = self.buckets.get(&place.bucket).into_iter().flatten();
        names
            .map(|(name, _)| name)
            .filter(|name| name.starts_with(&directory))
            .map(|name| uri(&place.bucket, name))
            .collect()
    }

    /// Whether the service may write to the bucket.
    pub(crate) fn may_write(&self, place: &Place) -> bool {
        !self.denied.contains(&place.bucket)
    }

    /// Permits or forbids the service to write to the bucket.
    pub(crate) fn permit(&mut self, place: &Place, writes: bool) {
        if writes {
            self.denied.remove(&place.bucket);
        } else {
            self.denied.insert(place.bucket.clone());
        }
    }
}

/// The URI of an object.
fn uri(bucket: &str, name: &str) -> String {
    let segments: Vec<_> = name.split('/').map(encode).collect();
    format!("{bucket}/{}", segments.join("/"))
}

impl fmt::Debug for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.0.len())
    }
}

impl Serialize for Object {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&base64::encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        match base64::decode(&text) {
            Some(bytes) => Ok(Self(bytes.into())),
            None => Err(D::Error::custom("an object is not base64")),
        }
    }
}
