//! Lists on-ramps and reads one.

use std::cmp::Ordering;

use serde_json::{Map, Value, json};

use super::onramp::{Kind, Onramp};
use super::part::{changes, cost, cost_difference};
use super::progress::progress;
use super::wan;
use crate::testing::fake::account::Account;
use crate::testing::fake::call::Call;
use crate::testing::fake::failure::{Failure, Problem, code};
use crate::testing::fake::moment::Moment;
use crate::testing::fake::resources;
use crate::testing::fake::success::Success;
use crate::testing::fake::world::Env;

/// The list leaves out the VPC and the region.
pub(crate) fn list(env: &mut Env<'_>, call: &Call<'_>) -> Result<Success, Failure> {
    let mut onramps: Vec<&Onramp> = env.account.onramps.by_id.values().collect();
    onramps.sort_by_key(|onramp| onramp.number);
    if let Some(key) = call.query("order_by") {
        let compare = |one: &Onramp, other: &Onramp| match key {
            "id" => one.id.cmp(&other.id),
            "cloud_type" => one.cloud.name().cmp(other.cloud.name()),
            "name" => one.settings.name.cmp(&other.settings.name),
            "updated_at" => one.updated_at.cmp(&other.updated_at),
            _ => Ordering::Equal,
        };
        onramps.sort_by(|one, other| match call.flag("desc") {
            true => compare(other, one),
            false => compare(one, other),
        });
    } else if call.flag("desc") {
        onramps.reverse();
    }
    let items = onramps.into_iter().map(|onramp| {
        let mut item = onramp_json(onramp);
        if let Some(item) = item.as_object_mut() {
            item.remove("vpc");
            item.remove("region");
        }
        add(&mut item, env, onramp, call);
        item
    });
    Ok(Success::ok(Value::Array(items.collect())))
}

pub(crate) fn get(env: &mut Env<'_>, call: &Call<'_>) -> Result<Success, Failure> {
    let onramp = env.account.onramps.get(call.id())?;
    let mut json = onramp_json(onramp);
    add(&mut json, env, onramp, call);
    if call.flag("planned_resources") {
        add_planned(&mut json, onramp);
    }
    if call.flag("post_apply_resources") {
        add_post_apply(&mut json, env, onramp);
    }
    Ok(Success::ok(json))
}

/// The on-ramp without what comes only when requested.
pub(crate) fn onramp_json(onramp: &Onramp) -> Value {
    let settings = &onramp.settings;
    let time = |moment: Option<Moment>| moment.map(Moment::text).unwrap_or_default();
    let mut json = json!({
        "id": onramp.id, "name": settings.name, "description": settings.description, "type": onramp.kind.name(),
        "cloud_type": onramp.cloud.name(), "region": onramp.region, "dynamic_routing": onramp.dynamic_routing,
        "install_routes_in_cloud": settings.install_routes_in_cloud,
        "install_routes_in_magic_wan": settings.install_routes_in_magic_wan,
        "updated_at": onramp.updated_at.text(), "last_planned_at": time(onramp.last_planned_at),
        "last_applied_at": time(onramp.last_applied_at), "last_exported_at": time(onramp.last_exported_at),
    });
    if let Some(asn) = onramp.cloud_asn {
        json["cloud_asn"] = json!(asn);
    }
    if let Some(vpc) = &settings.vpc {
        json["vpc"] = json!(vpc);
    }
    if onramp.kind == Kind::Hub {
        json["attached_vpcs"] = json!(settings.attached_vpcs);
        json["attached_hubs"] = json!(settings.attached_hubs);
        json["manage_vpc_to_hub_attachments"] = json!(settings.manage_vpc_to_hub_attachments);
        json["manage_hub_to_hub_attachments"] = json!(settings.manage_hub_to_hub_attachments);
        if let Some(hub) = onramp.hub() {
            json["hub"] = json!(hub);
        }
    }
    json
}

/// Adds what both the list and the reading can be asked for.
fn add(json: &mut Value, env: &Env<'_>, onramp: &Onramp, call: &Call<'_>) {
    if call.flag("status") {
        json["status"] = status(onramp, env.now);
    }
    if call.flag("vpcs") {
        let (mut found, mut gone) = (Map::new(), Vec::new());
        for id in onramp.networks() {
            match env.account.resources.find(id) {
                Some(vpc) => {
                    let details = resources::details(env.account_id, env.account, vpc);
                    found.insert(id.to_owned(), details);
                }
                None => gone.push(id),
            }
        }
        json["vpcs_by_id"] = Value::Object(found);
        json["vpcs_by_id_unavailable"] = json!(gone);
    }
}

fn status(onramp: &Onramp, now: Moment) -> Value {
    let (plan, apply) = progress(onramp, now);
    let of_kind = |kind: &str| {
        let parts = onramp
            .built
            .iter()
            .filter(|part| part.resource.kind == kind);
        parts
            .map(|part| part.resource.id.as_str())
            .collect::<Vec<_>>()
    };
    let errors = onramp.trouble.iter().map(|trouble| {
        let error = Problem::new(code::UNPROCESSABLE, trouble.message.as_str());
        (trouble.about.clone(), error.json())
    });
    json!({
        "lifecycle_state": onramp.state.name(), "lifecycle_errors": errors.collect::<Map<_, _>>(),
        "plan_progress": plan, "apply_progress": apply,
        "tunnels": of_kind(wan::TUNNEL), "routes": of_kind(wan::ROUTE),
    })
}

fn add_planned(json: &mut Value, onramp: &Onramp) {
    let planned = onramp
        .plan
        .as_ref()
        .map(|plan| changes(&onramp.built, plan));
    json["planned_resources_unavailable"] = json!(planned.is_none());
    let planned = planned.unwrap_or_default();
    let items = planned.iter().filter_map(super::part::Change::json);
    json["planned_resources"] = items.collect();
    json["planned_monthly_cost_estimate"] = cost_difference(&planned);
}

fn add_post_apply(json: &mut Value, env: &Env<'_>, onramp: &Onramp) {
    let account: &Account = env.account;
    json["post_apply_resources_unavailable"] = json!(onramp.plan.is_none());
    let parts = onramp.plan.as_deref().unwrap_or_default();
    let details = parts.iter().map(|part| {
        let details = resources::details(env.account_id, account, &part.resource);
        (part.resource.id.clone(), details)
    });
    json["post_apply_resources"] = Value::Object(details.collect());
    json["post_apply_monthly_cost_estimate"] = cost(parts);
}
