//! The operations of integrations, except for the set-up.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use serde_json::json;

use super::cloud::Cloud;
use super::provider::{CredentialState, Lifecycle, Provider};
use super::{discovery, identity, json};
use crate::testing::fake::call::Call;
use crate::testing::fake::failure::{Failure, Problem, code};
use crate::testing::fake::model::BASE;
use crate::testing::fake::success::Success;
use crate::testing::fake::world::Env;
use crate::testing::fake::{onramps, resources};

/// Lists the integrations.
pub(crate) fn list(env: &mut Env<'_>, call: &Call<'_>) -> Result<Success, Failure> {
    let mut providers: Vec<&Provider> = env.account.providers.all().collect();
    providers.sort_by_key(|provider| provider.number);
    if let Some(key) = call.query("order_by") {
        providers.sort_by(|one, other| {
            let order = compare(key, one, other);
            if call.flag("desc") {
                order.reverse()
            } else {
                order
            }
        });
    } else if call.flag("desc") {
        providers.reverse();
    }
    let with_status = call.flag("status");
    let all = providers.into_iter();
    let all = all.map(|provider| json::provider(env.account, provider, with_status));
    Ok(Success::ok(all.collect()))
}

fn compare(key: &str, one: &Provider, other: &Provider) -> Ordering {
    match key {
        "updated_at" => one.last_updated.cmp(&other.last_updated),
        "id" => one.id.cmp(&other.id),
        "cloud_type" => one.cloud.name().cmp(other.cloud.name()),
        "name" => one.friendly_name.cmp(&other.friendly_name),
        _ => Ordering::Equal,
    }
}

/// Creates an integration.
pub(crate) fn create(env: &mut Env<'_>, call: &Call<'_>) -> Result<Success, Failure> {
    let cloud = call.text("cloud_type").and_then(Cloud::named);
    let cloud = cloud.ok_or_else(|| Failure::bad_request("/cloud_type", "no such cloud"))?;
    if cloud == Cloud::Cloudflare {
        let why = "an integration of Cloudflare itself is not documented";
        return Err(Failure::unknown(why));
    }
    let name = call.text("friendly_name");
    let name = name.ok_or_else(|| Failure::bad_request("/friendly_name", "is required"))?;
    let id = env.ids.uuid();
    let description = call.text("description");
    let providers = &mut env.account.providers;
    providers.created += 1;
    let key = (id.clone(), providers.created);
    let provider = Provider::new(key, cloud, name, description, env.now);
    let location = format!(
        "{BASE}/accounts/{}/magic/cloud/providers/{id}",
        env.account_id
    );
    let result = json::provider(env.account, &provider, false);
    env.account.providers.by_id.insert(id, provider);
    Ok(Success::created(result, Some(location)))
}

/// Reads one integration.
pub(crate) fn get(env: &mut Env<'_>, call: &Call<'_>) -> Result<Success, Failure> {
    let provider = find(env, call.id())?;
    let result = json::provider(env.account, provider, call.flag("status"));
    Ok(Success::ok(result))
}

/// Changes what the body names.
pub(crate) fn patch(env: &mut Env<'_>, call: &Call<'_>) -> Result<Success, Failure> {
    change(env, call, false)
}

/// Changes what the body names, and clears the rest; the name stays.
pub(crate) fn update(env: &mut Env<'_>, call: &Call<'_>) -> Result<Success, Failure> {
    change(env, call, true)
}

fn change(env: &mut Env<'_>, call: &Call<'_>, clear: bool) -> Result<Success, Failure> {
    let provider = find(env, call.id())?;
    let filled = new_identity(provider, call, clear)?;
    let id = provider.id.clone();
    let same = provider.identity == filled;
    let complete = identity::is_complete(provider.cloud, &filled);
    let now = env.now;
    let mut checks = false;
    if let Some(provider) = env.account.providers.by_id.get_mut(&id) {
        if let Some(name) = call.text("friendly_name") {
            provider.friendly_name = name.to_owned();
        }
        match call.text("description") {
            None if !clear => {}
            description => provider.description = description.map(str::to_owned),
        }
        provider.last_updated = now;
        provider.identity = filled;
        if !same {
            discovery::stop(provider);
        }
        let state = provider.credentials.state;
        if !complete && (!same || state != CredentialState::Missing) {
            provider.credentials.state = CredentialState::Missing;
            provider.credentials.since = now;
            provider.lifecycle = Lifecycle::PendingSetup;
        }
        checks = complete && (!same || state == CredentialState::Rejected);
    }
    if checks {
        discovery::check(env, &id);
    }
    let provider = find(env, &id)?;
    Ok(Success::ok(json::provider(env.account, provider, false)))
}

/// The identity after a change. Empty texts clear a field.
fn new_identity(
    provider: &Provider,
    call: &Call<'_>,
    clear: bool,
) -> Result<BTreeMap<String, String>, Failure> {
    let mut filled = match clear {
        true => BTreeMap::new(),
        false => provider.identity.clone(),
    };
    let mut problems = Vec::new();
    for (field, cloud) in identity::FIELDS {
        match call.text(field) {
            None => {}
            Some("") => {
                filled.remove(field);
            }
            Some(_) if cloud != provider.cloud => {
                let message = format!("the integration is of {}", provider.cloud.title());
                let problem = Problem::new(code::UNPROCESSABLE, message);
                problems.push(problem.at(format!("/{field}")));
            }
            Some(value) => {
                filled.insert(field.to_owned(), value.to_owned());
            }
        }
    }
    if problems.is_empty() {
        return Ok(filled);
    }
    Err(Failure::with(422, problems))
}

/// Deletes an integration that nothing uses, and takes what only it has found out of the catalog.
pub(crate) fn delete(env: &mut Env<'_>, call: &Call<'_>) -> Result<Success, Failure> {
    let id = find(env, call.id())?.id.clone();
    let clients = onramps::clients_of_provider(env.account, &id);
    if let Some(client) = clients.first() {
        let message = format!("the integration is in use by the on-ramp `{}`", client.name);
        // The document lists no 409 for this operation.
        return Err(Failure::new(400, code::CONFLICT, message));
    }
    env.account.providers.by_id.remove(&id);
    resources::forget(env.account, &id);
    Ok(Success::ok(json!({"id": id})))
}

/// Begins a discovery of one integration.
pub(crate) fn discover(env: &mut Env<'_>, call: &Call<'_>) -> Result<Success, Failure> {
    let provider = find(env, call.id())?;
    let (id, state) = (provider.id.clone(), provider.credentials.state);
    if state == CredentialState::Missing {
        let message = "the integration has no credentials: fill in its identity in the cloud";
        return Err(Failure::conflict(message));
    }
    start(env, &id, state, call.flag("v2"));
    Ok(Success::accepted())
}

/// Begins discoveries of all integrations that have credentials.
pub(crate) fn discover_all(env: &mut Env<'_>, _: &Call<'_>) -> Result<Success, Failure> {
    let all = env.account.providers.all();
    let all: Vec<_> = all
        .map(|provider| (provider.id.clone(), provider.credentials.state))
        .collect();
    for (id, state) in all {
        start(env, &id, state, false);
    }
    Ok(Success::accepted())
}

/// Begins a discovery, or first a check of credentials that were rejected.
fn start(env: &mut Env<'_>, id: &str, state: CredentialState, v2: bool) {
    match state {
        CredentialState::Good => discovery::begin(env, id, v2),
        CredentialState::Rejected => discovery::check(env, id),
        CredentialState::Missing | CredentialState::Checking => {}
    }
}

pub(super) fn find<'a>(env: &'a Env<'_>, id: &str) -> Result<&'a Provider, Failure> {
    let provider = env.account.providers.find(id);
    provider.ok_or_else(|| Failure::not_found("cloud integration", id))
}
