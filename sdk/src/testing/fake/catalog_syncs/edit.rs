//! Lists, reads, creates, changes and deletes catalog syncs.

use serde_json::{Value, json};

use super::sync::{Settings, Sync};
use crate::testing::fake::call::Call;
use crate::testing::fake::failure::Failure;
use crate::testing::fake::model::BASE;
use crate::testing::fake::success::Success;
use crate::testing::fake::world::Env;

/// In the order of their creation.
pub(crate) fn list(env: &mut Env<'_>, _: &Call<'_>) -> Result<Success, Failure> {
    let mut syncs: Vec<&Sync> = env.account.catalog_syncs.by_id.values().collect();
    syncs.sort_by_key(|sync| sync.number);
    let syncs = syncs.into_iter().map(Sync::json).collect();
    Ok(Success::ok(Value::Array(syncs)))
}

pub(crate) fn get(env: &mut Env<'_>, call: &Call<'_>) -> Result<Success, Failure> {
    Ok(Success::ok(
        env.account.catalog_syncs.get(call.id())?.json(),
    ))
}

pub(crate) fn create(env: &mut Env<'_>, call: &Call<'_>) -> Result<Success, Failure> {
    let writes_list = match call.text("destination_type") {
        Some("NONE") => false,
        Some("ZERO_TRUST_LIST") => true,
        _ => {
            let message = "it is not a kind of destination";
            return Err(Failure::bad_request("/destination_type", message));
        }
    };
    let mut settings = Settings::default();
    settings.take(call);
    let syncs = &mut env.account.catalog_syncs;
    syncs.created += 1;
    let sync = Sync {
        id: env.ids.uuid(),
        number: syncs.created,
        list_id: writes_list.then(|| env.ids.uuid()),
        settings,
        trouble: None,
        includes_discoveries_until: None,
        last_attempted_at: None,
        last_successful_at: None,
        last_user_update_at: env.now,
    };
    if let Some(list) = &sync.list_id {
        syncs.lists.insert(list.clone(), Vec::new());
    }
    let location = format!(
        "{BASE}/accounts/{}/magic/cloud/catalog-syncs/{}",
        env.account_id, sync.id
    );
    let json = sync.json();
    syncs.by_id.insert(sync.id.clone(), sync);
    Ok(Success::created(json, Some(location)))
}

/// PATCH: changes what the body has.
pub(crate) fn patch(env: &mut Env<'_>, call: &Call<'_>) -> Result<Success, Failure> {
    change(env, call, false)
}

/// PUT: clears the description if it is left out.
pub(crate) fn update(env: &mut Env<'_>, call: &Call<'_>) -> Result<Success, Failure> {
    change(env, call, true)
}

fn change(env: &mut Env<'_>, call: &Call<'_>, clears: bool) -> Result<Success, Failure> {
    let syncs = &mut env.account.catalog_syncs;
    let destination = syncs.get(call.id())?.destination_type();
    let wanted = call.text("destination_type");
    if wanted.is_some_and(|wanted| wanted != destination) {
        let message = "the kind of destination cannot be changed";
        return Err(Failure::unprocessable("/destination_type", message));
    }
    let Some(sync) = syncs.by_id.get_mut(call.id()) else {
        return Err(Failure::not_found("catalog sync", call.id()));
    };
    if clears {
        sync.settings.description.clear();
    }
    sync.settings.take(call);
    sync.last_user_update_at = env.now;
    Ok(Success::ok(sync.json()))
}

/// With `delete_destination` the list goes too; otherwise it stays, as it is.
pub(crate) fn delete(env: &mut Env<'_>, call: &Call<'_>) -> Result<Success, Failure> {
    let syncs = &mut env.account.catalog_syncs;
    let Some(sync) = syncs.by_id.remove(call.id()) else {
        return Err(Failure::not_found("catalog sync", call.id()));
    };
    if call.flag("delete_destination") {
        let list = sync.list_id.as_deref().unwrap_or_default();
        syncs.lists.remove(list);
    }
    Ok(Success::ok(json!({"id": sync.id})))
}

impl Settings {
    /// Takes over what the body has.
    fn take(&mut self, call: &Call<'_>) {
        for (text, key) in [
            (&mut self.name, "name"),
            (&mut self.description, "description"),
            (&mut self.policy, "policy"),
        ] {
            if let Some(new) = call.text(key) {
                *text = new.to_owned();
            }
        }
        if let Some(mode) = call.text("update_mode") {
            self.is_auto = mode == "AUTO";
        }
    }
}
