//! The calls of cloud integrations.

use cloudflare_magic::api::{Account, Providers};
use cloudflare_magic::{CloudType, CreateProvider, UpdateProvider};
use serde_json::{Value, json};

use crate::case::{Case, case};

/// One case for each operation.
pub(crate) fn cases() -> Vec<Case> {
    vec![
        case("providers-list", |account, _| async move {
            let call = providers(&account).list().status(true).order_by("name");
            Ok(json!(call.desc(false).cloudflare(true).await?))
        })
        .query(&[
            ("status", "true"),
            ("order_by", "name"),
            ("desc", "false"),
            ("cloudflare", "true"),
        ]),
        case("providers-create", |account, _| async move {
            let body = CreateProvider::new(CloudType::Aws, "prod").description("All of it");
            let call = providers(&account).create(body);
            Ok(json!(call.forwarded("for=192.0.2.60;proto=https").await?))
        })
        .headers(&[("forwarded", "for=192.0.2.60;proto=https")])
        .body(json!({"cloud_type": "AWS", "description": "All of it", "friendly_name": "prod"})),
        case("providers-read", |account, id| async move {
            Ok(json!(providers(&account).get(id).status(true).await?))
        })
        .query(&[("status", "true")]),
        case("providers-update", |account, id| async move {
            Ok(json!(providers(&account).update(id, settings()).await?))
        })
        .body(sent()),
        case("providers-patch", |account, id| async move {
            Ok(json!(providers(&account).patch(id, settings()).await?))
        })
        .body(sent()),
        case("providers-delete", |account, id| async move {
            Ok(json!(providers(&account).delete(id).await?))
        }),
        case("providers-discover", |account, id| async move {
            Ok(json!(providers(&account).discover(id).v2(true).await?))
        })
        .query(&[("v2", "true")]),
        case("providers-discover-all", |account, _| async move {
            Ok(json!(providers(&account).discover_all().await?))
        }),
        case("providers-initial-setup", |account, id| async move {
            Ok(json!(providers(&account).initial_setup(id).await?))
        }),
    ]
}

fn providers(account: &Account) -> Providers {
    account.magic_cloud().providers()
}

/// Settings with every property set, each to a different value.
fn settings() -> UpdateProvider {
    UpdateProvider::new()
        .aws_arn("arn:aws:iam::123456789012:role/magic")
        .azure_subscription_id("subscription")
        .azure_tenant_id("tenant")
        .description("")
        .friendly_name("prod")
        .gcp_project_id("project")
        .gcp_service_account_email("magic@project.example")
}

fn sent() -> Value {
    json!({
        "aws_arn": "arn:aws:iam::123456789012:role/magic",
        "azure_subscription_id": "subscription",
        "azure_tenant_id": "tenant",
        "description": "",
        "friendly_name": "prod",
        "gcp_project_id": "project",
        "gcp_service_account_email": "magic@project.example",
    })
}
