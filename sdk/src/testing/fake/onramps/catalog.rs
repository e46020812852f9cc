//! What on-ramps have built, in the catalog.

use super::part::Part;
use crate::testing::fake::moment::Moment;
use crate::testing::fake::resources::{Observation, Resource, State};
use crate::testing::fake::world::Env;

/// Lets the catalog show what an on-ramp has built now. Of existing resources it shows only that they are managed.
pub(crate) fn show(env: &mut Env<'_>, onramp_id: &str, before: &[Part], after: &[Part]) {
    let catalog = &mut env.account.resources;
    for part in before {
        if !after.iter().any(|other| other.key == part.key) {
            take_out(catalog, onramp_id, part);
        }
    }
    for part in after {
        put_in(catalog, onramp_id, part, env.now);
    }
}

fn take_out(catalog: &mut State, onramp_id: &str, part: &Part) {
    let id = &part.resource.id;
    if part.found.is_none() {
        catalog.remove(id);
    } else if let Some(found) = catalog.find_mut(id) {
        found.managed_by.retain(|manager| manager != onramp_id);
    }
}

fn put_in(catalog: &mut State, onramp_id: &str, part: &Part, now: Moment) {
    let known = catalog.find_mut(&part.resource.id);
    if part.found.is_some() {
        let unmanaged = |found: &&mut Resource| found.managed_by.iter().all(|id| id != onramp_id);
        if let Some(found) = known.filter(unmanaged) {
            found.managed_by.push(onramp_id.to_owned());
        }
        return;
    }
    let mut resource = part.resource.clone();
    resource.updated_at = now;
    match known {
        Some(known) => {
            resource.observations.clone_from(&known.observations);
            if resource.config == known.config {
                resource.updated_at = known.updated_at;
            }
        }
        None => {
            let seen = Observation {
                first: now,
                last: now,
            };
            let provider = resource.deployment_provider.clone();
            resource.observations.insert(provider, seen);
        }
    }
    catalog.put(resource);
}
