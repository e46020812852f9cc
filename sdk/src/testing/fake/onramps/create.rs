//! Creates an on-ramp.

use super::onramp::{Kind, Lifecycle, Onramp};
use super::place::{place, text};
use super::progress::Progress;
use super::read::onramp_json;
use super::settings::{Frame, Settings, hub};
use crate::testing::fake::call::Call;
use crate::testing::fake::failure::Failure;
use crate::testing::fake::model::BASE;
use crate::testing::fake::providers::Cloud;
use crate::testing::fake::success::Success;
use crate::testing::fake::world::Env;

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
