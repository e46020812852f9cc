//! Changes an on-ramp.

use serde_json::Value;

use super::onramp::{Lifecycle, Onramp};
use super::read::onramp_json;
use super::settings::{Frame, Settings, hub, problem};
use crate::testing::fake::account::Account;
use crate::testing::fake::call::Call;
use crate::testing::fake::failure::{Failure, Problem};
use crate::testing::fake::providers::Cloud;
use crate::testing::fake::success::Success;
use crate::testing::fake::world::Env;

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
            // Some clients write these where there is no value.
            let is_none = new == "" || new.as_f64() == Some(0.0);
            let old = match *key {
                "adopted_hub_id" => onramp.adopted_hub_id.clone().map(Value::from),
                "hub_provider_id" => Some(Value::from(onramp.provider_id.as_str())),
                key => now.get(key).cloned(),
            };
            match old {
                Some(old) => old != *new,
                None => !is_none,
            }
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
