//! An integration, as the fake remembers it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::cloud::Cloud;
use crate::testing::fake::moment::Moment;

/// An integration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Provider {
    pub(crate) id: String,
    pub(crate) cloud: Cloud,
    pub(crate) friendly_name: String,
    pub(crate) description: Option<String>,
    /// Who it is in the cloud: the fields of its cloud that are filled in.
    pub(crate) identity: BTreeMap<String, String>,
    pub(crate) last_updated: Moment,
    pub(crate) lifecycle: Lifecycle,
}

/// The state of an integration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Lifecycle {
    #[serde(rename = "PENDING_SETUP")]
    PendingSetup,
    #[serde(rename = "ACTIVE")]
    Active,
}
