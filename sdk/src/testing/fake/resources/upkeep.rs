//! The catalog after a discovery, and after an integration is gone.

use std::collections::BTreeSet;

use super::inventory;
use super::resource::{Observation, Resource};
use crate::testing::fake::account::Account;
use crate::testing::fake::world::Env;

/// Brings the catalog up to date with what an integration has found now.
pub(crate) fn discovered(env: &mut Env<'_>, provider_id: &str) {
    let Some(provider) = env.account.providers.find(provider_id) else {
        return;
    };
    let found = inventory::take(env.account_id, provider, env.now);
    let catalog = &mut env.account.resources;
    let mut seen: BTreeSet<String> = found.iter().map(|one| one.id.clone()).collect();
    for resource in found {
        let merged = match catalog.find(&resource.id) {
            Some(known) => renewed(known, resource),
            None => resource,
        };
        catalog.put(merged);
    }
    // What on-ramps built is found as well.
    let built = catalog.by_id.values_mut().filter(|one| one.built);
    for resource in built {
        if let Some(observation) = resource.observations.get_mut(provider_id) {
            observation.last = env.now;
            seen.insert(resource.id.clone());
        }
    }
    lose(env.account, provider_id, |id| !seen.contains(id));
}

/// A resource that was known, as it is found now.
fn renewed(known: &Resource, found: Resource) -> Resource {
    let mut observations = known.observations.clone();
    for (provider, seen) in &found.observations {
        let first = observations
            .get(provider)
            .map_or(seen.first, |old| old.first);
        let last = seen.last;
        observations.insert(provider.clone(), Observation { first, last });
    }
    let mut relations = found.relations.clone();
    let more = known
        .relations
        .iter()
        .filter(|one| !found.relations.contains(one));
    relations.extend(more.cloned());
    let changed = known.config != found.config || known.state != found.state;
    let updated_at = if changed {
        found.updated_at
    } else {
        known.updated_at
    };
    Resource {
        previous_state: known.state.clone(),
        observations,
        relations,
        updated_at,
        deployment_provider: known.deployment_provider.clone(),
        built: known.built,
        managed_by: known.managed_by.clone(),
        ..found
    }
}

/// Takes out what only this integration has found.
pub(crate) fn forget(account: &mut Account, provider_id: &str) {
    lose(account, provider_id, |_| true);
}

/// Takes back the observations of these resources by an integration, and the resources that no other has found.
fn lose(account: &mut Account, provider_id: &str, of: impl Fn(&str) -> bool) {
    account.resources.by_id.retain(|id, resource| {
        if !of(id) || resource.observations.remove(provider_id).is_none() {
            return true;
        }
        let other = resource.observations.keys().next().cloned();
        let found = other.is_some();
        if let Some(other) = other.filter(|_| resource.deployment_provider == provider_id) {
            resource.deployment_provider = other;
        }
        found
    });
}
