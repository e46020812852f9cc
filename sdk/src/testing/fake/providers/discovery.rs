//! What happens to integrations in time: checks of credentials, and discoveries.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::cloud::Cloud;
use super::identity;
use super::provider::{CredentialState, Lifecycle, Provider, Status};
use crate::testing::fake::process::FakeProcess;
use crate::testing::fake::world::Env;
use crate::testing::fake::{catalog_syncs, resources};

/// How long a check of credentials takes at least.
const CHECK: Duration = Duration::from_secs(60);
/// By how much longer it can take in AWS and Azure, in seconds: policies and tags spread in less than 4 minutes.
const SPREAD: u64 = 180;
/// How long the discovery of a region takes.
const REGION: Duration = Duration::from_secs(30);
/// How long after a discovery the next one begins by itself.
const REGULARLY: Duration = Duration::from_secs(24 * 60 * 60);

/// What happens to an integration.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum Event {
    /// The check of its credentials ends.
    Checked { provider: String, check: u64 },
    /// The discovery of a region ends.
    Region {
        provider: String,
        v2: bool,
        run: u64,
    },
    /// It is time for another discovery.
    Regularly { provider: String, cycle: u64 },
}

impl Event {
    /// Lets it happen.
    pub(crate) fn happen(self, env: &mut Env<'_>) {
        match self {
            Self::Checked { provider, check } => checked(env, &provider, check),
            Self::Region { provider, v2, run } => region_done(env, &provider, v2, run),
            Self::Regularly { provider, cycle } => regularly(env, &provider, cycle),
        }
    }
}

/// Begins to check the credentials of an integration.
pub(crate) fn check(env: &mut Env<'_>, id: &str) {
    let now = env.now;
    let Some(provider) = env.account.providers.by_id.get_mut(id) else {
        return;
    };
    let credentials = &mut provider.credentials;
    credentials.state = CredentialState::Checking;
    credentials.since = now;
    credentials.check += 1;
    provider.v1.status = Status::Pending;
    provider.v1.message = String::new();
    let credentials = &provider.credentials;
    let (cloud, check) = (provider.cloud, credentials.check);
    let more = match cloud {
        Cloud::Aws | Cloud::Azure => env.ids.below(SPREAD),
        Cloud::Google | Cloud::Cloudflare => 0,
    };
    let provider = id.to_owned();
    env.after(
        CHECK + Duration::from_secs(more),
        Event::Checked { provider, check },
    );
}

fn checked(env: &mut Env<'_>, id: &str, check: u64) {
    let now = env.now;
    let providers = &mut env.account.providers.by_id;
    let Some(provider) = providers
        .get(id)
        .filter(|one| one.credentials.check == check)
    else {
        return;
    };
    if provider.credentials.state != CredentialState::Checking {
        return;
    }
    let fault = identity::fault(provider.cloud, &provider.identity);
    let fault = env.fails(FakeProcess::CredentialCheck).or(fault);
    let Some(provider) = env.account.providers.by_id.get_mut(id) else {
        return;
    };
    provider.credentials.since = now;
    provider.last_updated = now;
    match fault {
        Some(reason) => {
            provider.credentials.state = CredentialState::Rejected;
            provider.v1.status = Status::Failed;
            provider.v1.message = format!("the credentials were rejected: {reason}");
        }
        None => {
            provider.credentials.state = CredentialState::Good;
            provider.lifecycle = Lifecycle::Active;
            begin(env, id, false);
        }
    }
}

/// Stops what is going on: its results are not wanted any more.
pub(crate) fn stop(provider: &mut Provider) {
    provider.credentials.check += 1;
    provider.cycle += 1;
    for v2 in [false, true] {
        let discovery = provider.discovery(v2);
        discovery.run += 1;
        if discovery.status == Status::Discovering {
            discovery.status = Status::Pending;
        }
    }
}

/// Begins a discovery, unless one of this version is going on.
pub(crate) fn begin(env: &mut Env<'_>, id: &str, v2: bool) {
    let now = env.now;
    let Some(provider) = env.account.providers.by_id.get_mut(id) else {
        return;
    };
    provider.regions = resources::regions(provider.cloud);
    let total = provider.regions.len();
    let discovery = provider.discovery(v2);
    if discovery.status == Status::Discovering {
        return;
    }
    discovery.status = Status::Discovering;
    discovery.message = progress(0, total);
    (discovery.done, discovery.total) = (0, total);
    discovery.started = Some(now);
    discovery.run += 1;
    let run = discovery.run;
    provider.last_updated = now;
    let provider = id.to_owned();
    env.after(REGION, Event::Region { provider, v2, run });
}

fn region_done(env: &mut Env<'_>, id: &str, v2: bool, run: u64) {
    let now = env.now;
    let Some(provider) = env.account.providers.by_id.get_mut(id) else {
        return;
    };
    let discovery = provider.discovery(v2);
    if discovery.run != run || discovery.status != Status::Discovering {
        return;
    }
    discovery.done += 1;
    discovery.message = progress(discovery.done, discovery.total);
    if discovery.done < discovery.total {
        let provider = id.to_owned();
        env.after(REGION, Event::Region { provider, v2, run });
        return;
    }
    provider.last_updated = now;
    provider.cycle += 1;
    let cycle = provider.cycle;
    let failure = env.fails(FakeProcess::Discovery);
    if let Some(provider) = env.account.providers.by_id.get_mut(id) {
        let discovery = provider.discovery(v2);
        match &failure {
            Some(reason) => {
                discovery.status = Status::Failed;
                discovery.message = reason.clone();
            }
            None => {
                discovery.status = Status::Succeeded;
                discovery.message = String::new();
                discovery.completed = Some(now);
            }
        }
    }
    let provider = id.to_owned();
    env.after(REGULARLY, Event::Regularly { provider, cycle });
    if failure.is_none() {
        resources::discovered(env, id);
        catalog_syncs::discovered(env);
    }
}

fn regularly(env: &mut Env<'_>, id: &str, cycle: u64) {
    let provider = env.account.providers.find(id);
    if provider.is_some_and(|provider| provider.cycle == cycle) {
        begin(env, id, false);
    }
}

fn progress(done: usize, total: usize) -> String {
    format!("{done} of {total} regions are done")
}
