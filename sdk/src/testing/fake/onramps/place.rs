//! Where a new on-ramp builds, and through which integration.

use super::onramp::Kind;
use super::settings::{HUB, Settings, problem};
use crate::testing::fake::account::Account;
use crate::testing::fake::call::Call;
use crate::testing::fake::failure::Problem;
use crate::testing::fake::providers::Cloud;

/// Where an on-ramp builds, and through which integration.
pub(crate) struct Place {
    pub(crate) region: String,
    pub(crate) provider_id: String,
}

/// Where an on-ramp builds. What is wrong with that is added to the problems.
pub(crate) fn place(
    account: &Account,
    call: &Call<'_>,
    (kind, cloud): (Kind, Cloud),
    settings: &Settings,
    problems: &mut Vec<Problem>,
) -> Option<Place> {
    let found = match kind {
        Kind::Single => place_of_single(account, call, cloud, settings, problems)?,
        Kind::Hub => match text(call, "adopted_hub_id") {
            Some(hub) => place_of_hub(account, call, hub),
            None => place_of_new_hub(account, call, cloud),
        },
    };
    found.map_err(|found| problems.extend(found)).ok()
}

/// Where the VPC is. What is wrong with the VPC is found with the other settings. A network of Google Cloud has no region: it is the
/// one that is asked for, or that of a subnet.
fn place_of_single(
    account: &Account,
    call: &Call<'_>,
    cloud: Cloud,
    settings: &Settings,
    problems: &mut Vec<Problem>,
) -> Option<Result<Place, Vec<Problem>>> {
    for key in ["adopted_hub_id", "hub_provider_id"] {
        if text(call, key).is_some() {
            problems.push(problem(
                &format!("/{key}"),
                "only an on-ramp of a hub has it",
            ));
        }
    }
    let vpc = account.resources.find(settings.vpc.as_deref()?)?;
    let asked = text(call, "region");
    let mut subnets = account
        .resources
        .within(&vpc.id, "google_compute_subnetwork");
    let region = match (cloud, asked) {
        (Cloud::Google, Some(asked)) => asked,
        (Cloud::Google, None) => subnets
            .next()
            .map_or(vpc.region.as_str(), |one| &one.region),
        _ => &vpc.region,
    };
    if asked.is_some_and(|asked| asked != region) {
        problems.push(problem("/region", format!("the VPC is in {region}")));
    }
    Some(Ok(Place {
        region: region.to_owned(),
        provider_id: vpc.deployment_provider.clone(),
    }))
}

fn place_of_hub(account: &Account, call: &Call<'_>, hub: &str) -> Result<Place, Vec<Problem>> {
    let beside = ["hub_provider_id", "region"].into_iter();
    let beside = beside.filter(|key| text(call, key).is_some());
    let mut problems: Vec<_> = beside
        .map(|key| problem(&format!("/{key}"), "a hub that exists is named alone"))
        .collect();
    match account.resources.find(hub) {
        Some(found) if found.kind == HUB && problems.is_empty() => {
            return Ok(Place {
                region: found.region.clone(),
                provider_id: found.deployment_provider.clone(),
            });
        }
        Some(found) if found.kind == HUB => {}
        Some(found) => {
            let message = format!(
                "the resource `{hub}` is of type `{}`, not `{HUB}`",
                found.kind
            );
            problems.push(problem("/adopted_hub_id", message));
        }
        None => {
            let message = format!("there is no resource `{hub}`");
            problems.push(problem("/adopted_hub_id", message));
        }
    }
    Err(problems)
}

fn place_of_new_hub(
    account: &Account,
    call: &Call<'_>,
    cloud: Cloud,
) -> Result<Place, Vec<Problem>> {
    let mut problems = Vec::new();
    let (provider, region) = (text(call, "hub_provider_id"), text(call, "region"));
    let found = provider.and_then(|id| account.providers.find(id));
    if found.is_none_or(|found| found.cloud != cloud) {
        let message = match provider {
            None => "a new hub needs an integration, or name a hub in `adopted_hub_id`".to_owned(),
            Some(id) => format!("there is no integration `{id}` of {}", cloud.title()),
        };
        problems.push(problem("/hub_provider_id", message));
    }
    if region.is_none() {
        problems.push(problem("/region", "a new hub needs a region"));
    }
    match (provider, region) {
        (Some(provider), Some(region)) if problems.is_empty() => Ok(Place {
            region: region.to_owned(),
            provider_id: provider.to_owned(),
        }),
        _ => Err(problems),
    }
}

/// A text of the body that is not empty.
pub(crate) fn text<'a>(call: &Call<'a>, key: &str) -> Option<&'a str> {
    call.text(key).filter(|text| !text.is_empty())
}
