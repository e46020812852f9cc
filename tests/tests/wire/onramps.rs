//! The calls of on-ramps and of the address space that they share.

use cloudflare_magic::api::{Account, Onramps};
use cloudflare_magic::{
    CreateOnramp, OnrampCloudType, OnrampType, UpdateMagicWanAddressSpace, UpdateOnramp,
};
use serde_json::{Value, json};

use crate::case::{Case, case, text};

const HUB: &str = "59001ac9-4063-49bc-a5b0-0a2d35d14880";
const VPC: &str = "1919e93a-d117-45ad-8988-93101c593af5";
const OTHER_VPC: &str = "e4163207-d094-4996-82f0-ee99731c9452";
const PROVIDER: &str = "f38b2ffc-80a4-4f5a-91c9-bc701e7ea419";

/// One case for each operation.
pub(crate) fn cases() -> Vec<Case> {
    let mut cases = vec![
        case("onramps-list", |account, _| async move {
            let call = onramps(&account).list().order_by("updated_at").desc(true);
            Ok(json!(call.status(true).vpcs(false).await?))
        })
        .query(&[
            ("order_by", "updated_at"),
            ("desc", "true"),
            ("status", "true"),
            ("vpcs", "false"),
        ]),
        create(),
        case("onramps-read", |account, id| async move {
            let call = onramps(&account).get(id).status(true).vpcs(true);
            let call = call.post_apply_resources(true).planned_resources(false);
            Ok(json!(call.await?))
        })
        .query(&[
            ("status", "true"),
            ("vpcs", "true"),
            ("post_apply_resources", "true"),
            ("planned_resources", "false"),
        ]),
        case("onramps-update", |account, id| async move {
            Ok(json!(onramps(&account).update(id, settings()).await?))
        })
        .body(sent()),
        case("onramps-patch", |account, id| async move {
            Ok(json!(onramps(&account).patch(id, settings()).await?))
        })
        .body(sent()),
        case("onramps-delete", |account, id| async move {
            let call = onramps(&account).delete(id).destroy(true).force(false);
            Ok(json!(call.await?))
        })
        .query(&[("destroy", "true"), ("force", "false")]),
        case("onramps-apply", |account, id| async move {
            Ok(json!(onramps(&account).apply(id).await?))
        }),
        case("onramps-export", |account, id| async move {
            text(onramps(&account).export(id).await?).await
        }),
        case("onramps-plan", |account, id| async move {
            Ok(json!(onramps(&account).plan(id).await?))
        }),
    ];
    cases.extend(address_space());
    cases
}

fn onramps(account: &Account) -> Onramps {
    account.magic_cloud().onramps()
}

fn create() -> Case {
    case("onramps-create", |account, _| async move {
        let hub = CreateOnramp::builder()
            .kind(OnrampType::Hub)
            .name("frankfurt")
            .cloud_type(OnrampCloudType::Aws)
            .dynamic_routing(true)
            .install_routes_in_cloud(false)
            .install_routes_in_magic_wan(true)
            .adopted_hub_id(HUB)
            .attached_hubs([HUB])
            .attached_vpcs([VPC, OTHER_VPC])
            .cloud_asn(4_294_967_295)
            .description("All of Frankfurt")
            .hub_provider_id(PROVIDER)
            .manage_hub_to_hub_attachments(false)
            .manage_vpc_to_hub_attachments(true)
            .region("eu-central-1")
            .vpc(VPC)
            .build();
        let call = onramps(&account).create(hub);
        Ok(json!(call.forwarded("for=192.0.2.60").await?))
    })
    .headers(&[("forwarded", "for=192.0.2.60")])
    .body(json!({
        "adopted_hub_id": HUB,
        "attached_hubs": [HUB],
        "attached_vpcs": [VPC, OTHER_VPC],
        "cloud_asn": 4_294_967_295_u32,
        "cloud_type": "AWS",
        "description": "All of Frankfurt",
        "dynamic_routing": true,
        "hub_provider_id": PROVIDER,
        "install_routes_in_cloud": false,
        "install_routes_in_magic_wan": true,
        "manage_hub_to_hub_attachments": false,
        "manage_vpc_to_hub_attachments": true,
        "name": "frankfurt",
        "region": "eu-central-1",
        "type": "OnrampTypeHub",
        "vpc": VPC,
    }))
}

/// Settings with every property set, each to a different value.
fn settings() -> UpdateOnramp {
    UpdateOnramp::new()
        .attached_hubs([HUB])
        .attached_vpcs([VPC, OTHER_VPC])
        .description("All of Frankfurt")
        .install_routes_in_cloud(true)
        .install_routes_in_magic_wan(false)
        .manage_hub_to_hub_attachments(true)
        .manage_vpc_to_hub_attachments(false)
        .name("frankfurt")
        .vpc(VPC)
}

fn sent() -> Value {
    json!({
        "attached_hubs": [HUB],
        "attached_vpcs": [VPC, OTHER_VPC],
        "description": "All of Frankfurt",
        "install_routes_in_cloud": true,
        "install_routes_in_magic_wan": false,
        "manage_hub_to_hub_attachments": true,
        "manage_vpc_to_hub_attachments": false,
        "name": "frankfurt",
        "vpc": VPC,
    })
}

fn address_space() -> Vec<Case> {
    let prefixes = json!({"prefixes": ["192.0.2.0/24", "2001:db8::/32"]});
    let body = || UpdateMagicWanAddressSpace::new(["192.0.2.0/24", "2001:db8::/32"]);
    vec![
        case("onramps-mwan-addr-space-read", |account, _| async move {
            let space = onramps(&account).magic_wan_address_space();
            Ok(json!(space.get().await?))
        }),
        case(
            "onramps-mwan-addr-space-update",
            move |account, _| async move {
                let space = onramps(&account).magic_wan_address_space();
                Ok(json!(space.update(body()).await?))
            },
        )
        .body(prefixes.clone()),
        case(
            "onramps-mwan-addr-space-patch",
            move |account, _| async move {
                let space = onramps(&account).magic_wan_address_space();
                Ok(json!(space.patch(body()).await?))
            },
        )
        .body(prefixes),
    ]
}
