//! Creates an on-ramp, and changes one.

use serde_json::Value;

use super::onramp::{Kind, Lifecycle, Onramp};
use super::progress::Progress;
use super::read::onramp_json;
use super::settings::{Frame, HUB, Settings, problem};
use crate::testing::fake::account::Account;
use crate::testing::fake::call::Call;
use crate::testing::fake::failure::{Failure, Problem};
use crate::testing::fake::model::BASE;
use crate::testing::fake::providers::Cloud;
use crate::testing::fake::success::Success;
use crate::testing::fake::world::Env;

/// Where an on-ramp builds, and through which integration.
struct Place {
    region: String,
    provider_id: String,
}

pub(crate) fn create(env: &mut Env<'_>, call: &Call<'_>) -> Result<Success, Failure> {
    let kind = call.text("type").and_then(Kind::named);
    let kind = kind.ok_or_else(|| Failure::bad_request("/type", "it is not a type of on-ramps"))?;
    let cloud = call.text("cloud_type").and_then(Cloud::named);
    let cloud = cloud.filter(|cloud| cloud.network_type().is_some());
    let cloud = cloud
        .ok_or_else(|| Failure::bad_request("/cloud_type", "no on-ramp connects such a cloud"))?;
    if kind == Kind::Hub && cloud != Cloud::Aws {
        let why = "hubs of Azure and Google Cloud are documented in one place and not in another";
        return Err(Failure::unknown(why));
    }
    let mut settings = Settings::default();
    settings.take(call);
    let dynamic_routing = call.truth("dynamic_routing").unwrap_or_default();
    let mut problems = Vec::new();
    let place = place(env.account, call, (kind, cloud), &settings, &mut problems);
    let adopted_hub_id = text(call, "adopted_hub_id");
    let frame = Frame {
        kind,
        cloud,
        dynamic_routing,
        hub: hub(
            kind,
            place.as_ref().map(|place| place.region.as_str()),
            adopted_hub_id,
        ),
        catalog: &env.account.resources,
    };
    problems.extend(settings.problems(&frame));
    let Some(place) = place.filter(|_| problems.is_empty()) else {
        return Err(Failure::with(422, problems));
    };
    env.account.onramps.created += 1;
    let onramp = Onramp {
        id: env.ids.uuid(),
        number: env.account.onramps.created,
        kind,
        cloud,
        region: place.region,
        provider_id: place.provider_id,
        cloud_asn: call.integer("cloud_asn").filter(|asn| *asn != 0),
        dynamic_routing,
        adopted_hub_id: adopted_hub_id.map(str::to_owned),
        settings,
        state: Lifecycle::NeedsApply,
        trouble: None,
        run: Default::default(),
        plan_progress: Progress::default(),
        apply_progress: Progress::default(),
        plan: None,
        built: Vec::new(),
        part_ids: Default::default(),
        updated_at: env.now,
        last_planned_at: None,
        last_applied_at: None,
        last_exported_at: None,
    };
    let location = format!(
        "{BASE}/accounts/{}/magic/cloud/onramps/{}",
        env.account_id, onramp.id
    );
    let json = onramp_json(&onramp);
    env.account.onramps.put(onramp);
    Ok(Success::created(json, Some(location)))
}

/// PATCH: changes what the body has.
pub(crate) fn patch(env: &mut Env<'_>, call: &Call<'_>) -> Result<Success, Failure> {
    change(env, call, false)
}

/// PUT: clears some of what is left out as well.
pub(crate) fn update(env: &mut Env<'_>, call: &Call<'_>) -> Result<Success, Failure> {
    change(env, call, true)
}

fn change(env: &mut Env<'_>, call: &Call<'_>, clears: bool) -> Result<Success, Failure> {
    let mut onramp = env.account.onramps.get(call.id())?.clone();
    if let Some(process) = onramp.state.process() {
        return Err(Failure::conflict(format!("the on-ramp is being {process}")));
    }
    if onramp.state == Lifecycle::DestroyFailed {
        return Err(Failure::conflict("the on-ramp is partly destroyed"));
    }
    let mut settings = onramp.settings.clone();
    if clears {
        settings.clear();
    }
    settings.take(call);
    let mut problems = fixed(&onramp, call.body);
    let hub_region = Some(onramp.region.as_str());
    let frame = Frame {
        kind: onramp.kind,
        cloud: onramp.cloud,
        dynamic_routing: onramp.dynamic_routing,
        hub: hub(onramp.kind, hub_region, onramp.hub()),
        catalog: &env.account.resources,
    };
    // What was right when it was set, and has not been changed, is left to the plan.
    if settings != onramp.settings {
        problems.extend(settings.problems(&frame));
    }
    if !problems.is_empty() {
        return Err(Failure::with(422, problems));
    }
    let old = std::mem::replace(&mut onramp.settings, settings);
    onramp.updated_at = env.now;
    let without_description = Settings {
        description: old.description.clone(),
        ..onramp.settings.clone()
    };
    if without_description != old {
        if onramp.settings.vpc != old.vpc {
            move_to(&mut onramp, env.account);
        }
        onramp.enter(Lifecycle::NeedsApply, env.now);
        (onramp.plan, onramp.trouble) = (None, None);
        (onramp.plan_progress, onramp.apply_progress) = Default::default();
    }
    let json = onramp_json(&onramp);
    env.account.onramps.put(onramp);
    Ok(Success::ok(json))
}

/// What cannot be changed, and would be.
fn fixed(onramp: &Onramp, body: &Value) -> Vec<Problem> {
    let now = onramp_json(onramp);
    let keys = [
        "type",
        "cloud_type",
        "region",
        "cloud_asn",
        "dynamic_routing",
        "adopted_hub_id",
        "hub_provider_id",
    ];
    let differs = |key: &&str| match body.get(*key) {
        None | Some(Value::Null) => false,
        Some(new) => {
            let old = match *key {
                "adopted_hub_id" => onramp.adopted_hub_id.clone().map(Value::from),
                "hub_provider_id" => Some(Value::from(onramp.provider_id.as_str())),
                key => now.get(key).cloned(),
            };
            old.as_ref() != Some(new)
        }
    };
    let changed = keys.into_iter().filter(differs);
    changed
        .map(|key| problem(&format!("/{key}"), "it cannot be changed"))
        .collect()
}

/// Lets an on-ramp of one VPC build where its new VPC is.
fn move_to(onramp: &mut Onramp, account: &Account) {
    let vpc = onramp.settings.vpc.as_deref();
    if let Some(vpc) = vpc.and_then(|id| account.resources.find(id)) {
        onramp.provider_id.clone_from(&vpc.deployment_provider);
        if onramp.cloud != Cloud::Google {
            onramp.region.clone_from(&vpc.region);
        }
    }
}

/// The hub that settings have to fit: of an on-ramp of one VPC there is none.
fn hub<'a>(
    kind: Kind,
    region: Option<&'a str>,
    id: Option<&'a str>,
) -> Option<(&'a str, Option<&'a str>)> {
    (kind == Kind::Hub).then(|| Some((region?, id)))?
}

fn place(
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
    if !found.is_some_and(|found| found.cloud == cloud) {
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
fn text<'a>(call: &Call<'a>, key: &str) -> Option<&'a str> {
    call.text(key).filter(|text| !text.is_empty())
}
