//! An integration, as the fake remembers it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::cloud::Cloud;
use super::identity;
use crate::testing::fake::moment::Moment;

/// An integration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Provider {
    pub(crate) id: String,
    /// Its place in the order of creation.
    pub(crate) number: u64,
    pub(crate) cloud: Cloud,
    pub(crate) friendly_name: String,
    pub(crate) description: Option<String>,
    /// Who it is in the cloud: the fields of its cloud that are filled in.
    pub(crate) identity: BTreeMap<String, String>,
    pub(crate) last_updated: Moment,
    pub(crate) lifecycle: Lifecycle,
    pub(crate) credentials: Credentials,
    pub(crate) regions: Vec<String>,
    pub(crate) v1: Discovery,
    pub(crate) v2: Discovery,
    /// Counts the ends of discoveries: only the latest one is followed by a regular one.
    pub(crate) cycle: u64,
}

/// The state of an integration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Lifecycle {
    #[serde(rename = "PENDING_SETUP")]
    PendingSetup,
    #[serde(rename = "ACTIVE")]
    Active,
}

/// What is known of the credentials.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Credentials {
    pub(crate) state: CredentialState,
    pub(crate) since: Moment,
    /// Counts the checks: the end of an earlier one does nothing.
    pub(crate) check: u64,
}

/// The state of the credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum CredentialState {
    Missing,
    Checking,
    Good,
    Rejected,
}

/// The latest discovery of one version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Discovery {
    pub(crate) status: Status,
    pub(crate) message: String,
    pub(crate) done: usize,
    pub(crate) total: usize,
    pub(crate) started: Option<Moment>,
    pub(crate) completed: Option<Moment>,
    /// Counts the discoveries: a step of an earlier one does nothing.
    pub(crate) run: u64,
}

/// The state of a discovery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub(crate) enum Status {
    Unspecified,
    Pending,
    Discovering,
    Failed,
    Succeeded,
}

impl Provider {
    /// A new integration, without an identity.
    pub(crate) fn new(
        (id, number): (String, u64),
        cloud: Cloud,
        friendly_name: &str,
        description: Option<&str>,
        now: Moment,
    ) -> Self {
        Self {
            id,
            number,
            cloud,
            friendly_name: friendly_name.to_owned(),
            description: description.map(str::to_owned),
            identity: BTreeMap::new(),
            last_updated: now,
            lifecycle: Lifecycle::PendingSetup,
            credentials: Credentials {
                state: CredentialState::Missing,
                since: now,
                check: 0,
            },
            regions: Vec::new(),
            v1: Discovery::new(Status::Pending),
            v2: Discovery::new(Status::Unspecified),
            cycle: 0,
        }
    }

    /// The account, subscription or project that it discovers.
    pub(crate) fn tenant(&self) -> &str {
        identity::tenant(self.cloud, &self.identity)
    }

    /// The discovery of a version.
    pub(crate) fn discovery(&mut self, v2: bool) -> &mut Discovery {
        if v2 { &mut self.v2 } else { &mut self.v1 }
    }
}

impl Discovery {
    fn new(status: Status) -> Self {
        Self {
            status,
            message: String::new(),
            done: 0,
            total: 0,
            started: None,
            completed: None,
            run: 0,
        }
    }
}
