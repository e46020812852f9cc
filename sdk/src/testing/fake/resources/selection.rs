//! Which resources a request selects, and in which order.

use crate::testing::fake::account::Account;
use crate::testing::fake::call::Call;
use crate::testing::fake::onramps;
use crate::testing::fake::providers::Cloud;

use super::resource::Resource;

/// The resources that the query of a request selects, in its order: by id unless it names a key.
pub(crate) fn select<'a>(account: &'a Account, call: &Call<'_>) -> Vec<&'a Resource> {
    let catalog = account.resources.all();
    let mut selected: Vec<&Resource> = catalog.filter(|one| fits(account, one, call)).collect();
    match call.query("order_by") {
        Some("resource_type") => selected.sort_by(|one, other| one.kind.cmp(&other.kind)),
        Some("region") => selected.sort_by(|one, other| one.region.cmp(&other.region)),
        _ => {}
    }
    if call.flag("desc") {
        selected.reverse();
    }
    selected
}

/// Whether a resource passes all filters.
fn fits(account: &Account, resource: &Resource, call: &Call<'_>) -> bool {
    let is = |name: &str, value: &str| call.query(name).is_none_or(|wanted| wanted == value);
    let one_of = |name: &str, value: &str| {
        let mut wanted = call.all(name).peekable();
        wanted.peek().is_none() || wanted.any(|wanted| wanted == value)
    };
    let provider = call.query("provider_id");
    let managed = call.query("managed").and_then(|text| text.parse().ok());
    provider.is_none_or(|id| resource.observations.contains_key(id))
        && one_of("resource_type", &resource.kind)
        && one_of("resource_id", &resource.id)
        && is("region", &resource.region)
        && is("resource_group", &resource.resource_group)
        && managed.is_none_or(|wanted: bool| wanted == is_managed(account, resource))
        && (resource.cloud != Cloud::Cloudflare || call.flag("cloudflare"))
        && call.all("search").all(|text| has(resource, text))
}

/// Whether an on-ramp manages a resource.
pub(crate) fn is_managed(account: &Account, resource: &Resource) -> bool {
    let mut managers = resource.managed_by.iter();
    managers.any(|id| onramps::client(account, id).is_some())
}

/// Whether a text is found in a resource, in small or capital letters.
fn has(resource: &Resource, text: &str) -> bool {
    let text = text.to_lowercase();
    let fields = [
        &resource.id,
        &resource.native_id,
        &resource.name,
        &resource.kind,
        &resource.region,
        &resource.resource_group,
    ];
    let tags = resource.tags.iter().flat_map(|(key, value)| [key, value]);
    let mut texts = fields.into_iter().chain(tags);
    texts.any(|one| one.to_lowercase().contains(&text))
}
