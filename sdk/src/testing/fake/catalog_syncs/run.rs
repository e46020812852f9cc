//! Runs the policies of catalog syncs over the catalog, and writes what they select to the destinations.

use serde_json::{Value, json};

use super::sync::Trouble;
use crate::testing::fake::call::Call;
use crate::testing::fake::failure::{Failure, code};
use crate::testing::fake::process::FakeProcess;
use crate::testing::fake::resources::policy;
use crate::testing::fake::success::Success;
use crate::testing::fake::world::Env;

/// Runs a sync now. The result is the selected ids, as a JSON list in a text.
pub(crate) fn refresh(env: &mut Env<'_>, call: &Call<'_>) -> Result<Success, Failure> {
    env.account.catalog_syncs.get(call.id())?;
    let selected = run(env, call.id())?;
    let text = json!(selected).to_string();
    Ok(Success::ok(Value::String(text)))
}

/// Runs all syncs that run by themselves. What fails is in their `errors`.
pub(crate) fn run_all(env: &mut Env<'_>) {
    let mut syncs: Vec<_> = env.account.catalog_syncs.by_id.values().collect();
    syncs.sort_by_key(|sync| sync.number);
    let auto = syncs.into_iter().filter(|sync| sync.settings.is_auto);
    let ids: Vec<String> = auto.map(|sync| sync.id.clone()).collect();
    for id in ids {
        // The sync remembers why.
        let _ = run(env, &id);
    }
}

/// Runs a sync. Returns the ids that its policy selects.
fn run(env: &mut Env<'_>, id: &str) -> Result<Vec<String>, Failure> {
    let policy = env.account.catalog_syncs.get(id)?.settings.policy.clone();
    let failed = env.fails(FakeProcess::CatalogSync);
    let result = match failed {
        Some(reason) => {
            let failure = Failure::new(422, code::UNPROCESSABLE, reason);
            Err((Trouble::new("destination", &failure), failure))
        }
        // No policy selects nothing.
        None if policy.is_empty() => Ok(Vec::new()),
        None => policy::select(&policy, &env.account.resources)
            .map_err(|failure| (Trouble::new("policy", &failure), failure)),
    };
    let syncs = &mut env.account.catalog_syncs;
    let Some(sync) = syncs.by_id.get_mut(id) else {
        return Err(Failure::not_found("catalog sync", id));
    };
    sync.last_attempted_at = Some(env.now);
    match result {
        Ok(selected) => {
            sync.trouble = None;
            sync.last_successful_at = Some(env.now);
            sync.includes_discoveries_until = syncs.discovered_at;
            if let Some(list) = &sync.list_id {
                syncs.lists.insert(list.clone(), selected.clone());
            }
            Ok(selected)
        }
        Err((trouble, failure)) => {
            sync.trouble = Some(trouble);
            Err(failure)
        }
    }
}
