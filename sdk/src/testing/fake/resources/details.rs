//! Resources as JSON: whole, and in short.

use serde_json::{Map, Value, json};

use super::resource::{Observation, Resource};
use super::sections::sections;
use super::titles::title;
use crate::testing::fake::account::Account;
use crate::testing::fake::onramps;
use crate::testing::fake::providers::Client;

/// A resource as the document's `mcn_resource_details`.
pub(crate) fn details(account_id: &str, account: &Account, resource: &Resource) -> Value {
    let managers = resource.managed_by.iter();
    let managers: Vec<Client> = managers
        .filter_map(|id| onramps::client(account, id))
        .collect();
    json!({
        "account_id": account_id,
        "cloud_type": resource.cloud.name(),
        "config": resource.config,
        "deployment_provider": resource.deployment_provider,
        "id": resource.id,
        "managed": !managers.is_empty(),
        "managed_by": managers.iter().map(Client::json).collect::<Vec<_>>(),
        "monthly_cost_estimate": cost(resource.monthly_cents),
        "name": resource.name,
        "native_id": resource.native_id,
        "observations": observations(resource),
        "provider_ids": resource.observations.keys().collect::<Vec<_>>(),
        "provider_names_by_id": provider_names(account, resource),
        "region": resource.region,
        "resource_group": resource.resource_group,
        "resource_type": resource.kind,
        "sections": sections(&account.resources, resource),
        "state": resource.state,
        "tags": resource.tags,
        "updated_at": resource.updated_at.text(),
        "url": resource.url,
    })
}

/// A resource as the document's `mcn_resource_preview`.
pub(crate) fn preview(resource: &Resource) -> Value {
    json!({
        "cloud_type": resource.cloud.name(),
        "detail": detail(resource),
        "id": resource.id,
        "name": resource.name,
        "resource_type": resource.kind,
        "title": title(&resource.kind),
    })
}

/// A price as the document's `mcn_cost`.
pub(crate) fn cost(monthly_cents: u32) -> Value {
    json!({"currency": "USD", "monthly_cost": dollars(monthly_cents)})
}

/// Cents as dollars.
pub(crate) fn dollars(cents: u32) -> f64 {
    f64::from(cents) / 100.0
}

/// Its addresses, if it has some, and its region.
fn detail(resource: &Resource) -> String {
    match resource.prefixes().first() {
        Some(prefix) => format!("{prefix} in {}", resource.region),
        None => format!("in {}", resource.region),
    }
}

fn observations(resource: &Resource) -> Map<String, Value> {
    let observation = |provider: &str, seen: Observation| {
        json!({
            "first_observed_at": seen.first.text(),
            "last_observed_at": seen.last.text(),
            "provider_id": provider,
            "resource_id": resource.id,
        })
    };
    let all = resource.observations.iter();
    all.map(|(provider, seen)| (provider.clone(), observation(provider, *seen)))
        .collect()
}

fn provider_names(account: &Account, resource: &Resource) -> Map<String, Value> {
    let names = resource.observations.keys().filter_map(|id| {
        let provider = account.providers.find(id)?;
        Some((id.clone(), Value::from(provider.friendly_name.clone())))
    });
    names.collect()
}
