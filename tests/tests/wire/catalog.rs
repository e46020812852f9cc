//! The calls of catalog syncs, and of the resources that they are made from.

use cloudflare_magic::api::{Account, CatalogSyncs, Resources};
use cloudflare_magic::{
    CatalogSyncDestinationType, CatalogSyncUpdateMode, CreateCatalogSync, PolicyPreview,
    ResourceType, UpdateCatalogSync,
};
use serde_json::{Value, json};

use crate::case::{Case, ID, case, text};

const OTHER_ID: &str = "e4163207-d094-4996-82f0-ee99731c9452";

/// One case for each operation.
pub(crate) fn cases() -> Vec<Case> {
    let mut cases = syncs();
    cases.extend(resources());
    cases
}

fn syncs() -> Vec<Case> {
    vec![
        case("catalog-syncs-list", |account, _| async move {
            Ok(json!(of(&account).list().await?))
        }),
        case("catalog-syncs-create", |account, _| async move {
            let destination = CatalogSyncDestinationType::ZeroTrustList;
            let sync = CreateCatalogSync::new(destination, "vpcs", CatalogSyncUpdateMode::Auto)
                .description("All VPCs")
                .policy("package cloudflare\n");
            let call = of(&account).create(sync);
            Ok(json!(call.forwarded("host=example.com").await?))
        })
        .headers(&[("forwarded", "host=example.com")])
        .body(json!({
            "description": "All VPCs",
            "destination_type": "ZERO_TRUST_LIST",
            "name": "vpcs",
            "policy": "package cloudflare\n",
            "update_mode": "AUTO",
        })),
        case(
            "catalog-syncs-prebuilt-policies-list",
            |account, _| async move {
                let call = of(&account).prebuilt_policies();
                let call = call.destination_type(CatalogSyncDestinationType::None);
                Ok(json!(call.await?))
            },
        )
        .query(&[("destination_type", "NONE")]),
        case("catalog-syncs-read", |account, id| async move {
            Ok(json!(of(&account).get(id).await?))
        }),
        case("catalog-syncs-update", |account, id| async move {
            Ok(json!(of(&account).update(id, settings()).await?))
        })
        .body(sent()),
        case("catalog-syncs-patch", |account, id| async move {
            Ok(json!(of(&account).patch(id, settings()).await?))
        })
        .body(sent()),
        case("catalog-syncs-delete", |account, id| async move {
            let call = of(&account).delete(id).delete_destination(true);
            Ok(json!(call.await?))
        })
        .query(&[("delete_destination", "true")]),
        case("catalog-syncs-refresh", |account, id| async move {
            Ok(json!(of(&account).refresh(id).await?))
        }),
    ]
}

fn of(account: &Account) -> CatalogSyncs {
    account.magic_cloud().catalog_syncs()
}

/// Settings with every property set, each to a different value.
fn settings() -> UpdateCatalogSync {
    UpdateCatalogSync::new()
        .description("All VPCs")
        .name("vpcs")
        .policy("package cloudflare\n")
        .update_mode(CatalogSyncUpdateMode::Manual)
}

fn sent() -> Value {
    json!({
        "description": "All VPCs",
        "name": "vpcs",
        "policy": "package cloudflare\n",
        "update_mode": "MANUAL",
    })
}

fn resources() -> Vec<Case> {
    vec![
        list(),
        export(),
        case("resources-catalog-read", |account, id| async move {
            Ok(json!(catalog(&account).get(id).v2(true).await?))
        })
        .query(&[("v2", "true")]),
        case(
            "resources-catalog-policy-preview",
            |account, _| async move {
                let policy = PolicyPreview::new("package cloudflare\n");
                Ok(json!(catalog(&account).policy_preview(policy).await?))
            },
        )
        .body(json!({"policy": "package cloudflare\n"})),
    ]
}

fn catalog(account: &Account) -> Resources {
    account.magic_cloud().resources()
}

fn list() -> Case {
    case("resources-catalog-list", |account, _| async move {
        let call = catalog(&account)
            .list()
            .provider_id(ID)
            .resource_type([ResourceType::AwsVpc, ResourceType::AwsSubnet])
            .resource_id([ID, OTHER_ID])
            .region("eu-central-1")
            .resource_group("group & co")
            .managed(false)
            .search(["Zürich=1", "a b"])
            .order_by("region")
            .desc(true)
            .per_page(50)
            .page(2)
            .cloudflare(false)
            .v2(true);
        Ok(json!(call.await?.items))
    })
    .query(&[
        ("provider_id", ID),
        ("resource_type", "aws_vpc"),
        ("resource_type", "aws_subnet"),
        ("resource_id", ID),
        ("resource_id", OTHER_ID),
        ("region", "eu-central-1"),
        ("resource_group", "group & co"),
        ("managed", "false"),
        ("search", "Zürich=1"),
        ("search", "a b"),
        ("order_by", "region"),
        ("desc", "true"),
        ("per_page", "50"),
        ("page", "2"),
        ("cloudflare", "false"),
        ("v2", "true"),
    ])
}

fn export() -> Case {
    case("resources-catalog-export", |account, _| async move {
        let call = catalog(&account)
            .export()
            .provider_id(ID)
            .resource_type(["aws_vpc"])
            .resource_id([OTHER_ID])
            .region("westeurope")
            .resource_group("group")
            .search(["a+b"])
            .order_by("id")
            .desc(false)
            .v2(false);
        text(call.await?).await
    })
    .query(&[
        ("provider_id", ID),
        ("resource_type", "aws_vpc"),
        ("resource_id", OTHER_ID),
        ("region", "westeurope"),
        ("resource_group", "group"),
        ("search", "a+b"),
        ("order_by", "id"),
        ("desc", "false"),
        ("v2", "false"),
    ])
}
