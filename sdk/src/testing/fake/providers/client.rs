//! A part of Cloudflare that uses an integration or manages a resource: an on-ramp.

use serde_json::{Value, json};

/// An on-ramp, as integrations and resources name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Client {
    pub(crate) id: String,
    pub(crate) name: String,
}

impl Client {
    /// It as JSON, of the one kind that is known.
    pub(crate) fn json(&self) -> Value {
        json!({
            "client_type": "MAGIC_WAN_CLOUD_ONRAMP",
            "id": self.id,
            "name": self.name,
        })
    }
}
