//! The operations of the catalog.

use serde_json::{Value, json};

use super::details::details;
use super::{policy, selection};
use crate::testing::fake::archive;
use crate::testing::fake::call::{Call, integer};
use crate::testing::fake::failure::Failure;
use crate::testing::fake::success::Success;
use crate::testing::fake::world::Env;

/// How many resources are on a page unless the request says so.
const PER_PAGE: usize = 20;

/// Lists a page of the resources.
pub(crate) fn list(env: &mut Env<'_>, call: &Call<'_>) -> Result<Success, Failure> {
    let selected = selection::select(env.account, call);
    let number = |name: &str| {
        let value: Value = serde_json::from_str(call.query(name)?).ok()?;
        usize::try_from(integer(&value)?).ok()
    };
    let page = number("page").unwrap_or(1).max(1);
    let per_page = number("per_page").unwrap_or(PER_PAGE).max(1);
    let total = selected.len();
    let items = selected.into_iter();
    let items = items
        .skip((page - 1).saturating_mul(per_page))
        .take(per_page);
    let items: Vec<Value> = items
        .map(|resource| details(env.account_id, env.account, resource))
        .collect();
    let info = json!({
        "count": items.len(),
        "page": page,
        "per_page": per_page,
        "total_count": total,
        "total_pages": total.div_ceil(per_page),
    });
    Ok(Success::page(items, info))
}

/// Reads one resource.
pub(crate) fn get(env: &mut Env<'_>, call: &Call<'_>) -> Result<Success, Failure> {
    let resource = env.account.resources.find(call.id());
    let resource = resource.ok_or_else(|| Failure::not_found("resource", call.id()))?;
    Ok(Success::ok(details(env.account_id, env.account, resource)))
}

/// Exports the resources as JSON in a ZIP archive.
pub(crate) fn export(env: &mut Env<'_>, call: &Call<'_>) -> Result<Success, Failure> {
    let selected = selection::select(env.account, call).into_iter();
    let all = selected.map(|resource| details(env.account_id, env.account, resource));
    let json = format!("{:#}\n", Value::Array(all.collect()));
    let bytes = archive::zip(&[("exported_resources.json", json.as_bytes())], env.now);
    let name = Some("exported_resources.zip".to_owned());
    Ok(Success::file(200, "application/octet-stream", name, bytes))
}

/// Runs a policy over the catalog. The text is a JSON list of the ids.
pub(crate) fn policy_preview(env: &mut Env<'_>, call: &Call<'_>) -> Result<Success, Failure> {
    let policy = call.text("policy");
    let policy = policy.ok_or_else(|| Failure::bad_request("/policy", "is required"))?;
    let selected = policy::select(policy, &env.account.resources)?;
    Ok(Success::ok(Value::from(json!(selected).to_string())))
}

#[cfg(test)]
mod tests {
    use crate::testing::FakeService;
    use bytes::Bytes;
    use http::Request;
    use serde_json::Value;

    #[tokio::test]
    async fn numbers_of_pages_are_whole_numbers_of_any_size() {
        let fake = FakeService::new();
        for (page, read) in [
            ("2.0", 2),
            ("1e1", 10),
            ("1e30", i64::MAX),
            ("99999999999999999999", i64::MAX),
        ] {
            let path = format!("/client/v4/accounts/a1/magic/cloud/resources?page={page}");
            let request = Request::get(path).header("authorization", "Bearer t");
            let request = request.body(Bytes::new()).unwrap();
            let response = fake.exchange(request).await.unwrap();
            let body: Value = serde_json::from_slice(response.body()).unwrap();
            assert_eq!(body["result_info"]["page"], read, "{page}");
        }
    }
}
