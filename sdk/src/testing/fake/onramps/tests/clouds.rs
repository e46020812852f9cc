//! What on-ramps build in the clouds, and where they cannot be built.

use super::site::{Site, actions, state};
use crate::testing::{FakeService, json};
use crate::{OnrampCloudType, OnrampLifecycleState, OnrampType, PlannedAction, UpdateOnramp};

#[tokio::test]
async fn a_vpc_with_a_gateway_is_refused_by_the_plan() {
    let fake = FakeService::new();
    let site = Site::new(&fake, "AWS").await;
    let vpc = site.resource("aws_vpc", "legacy").await;
    let onramp = site.create(site.single(&vpc)).await;
    let error = site.plan(&onramp).await.unwrap_err();
    assert!(
        error.to_string().contains("virtual private gateway"),
        "{error}"
    );
    let read = site.onramps.get(&onramp.id).status(true).await.unwrap();
    let status = read.status.clone().unwrap();
    assert_eq!(status.lifecycle_state, OnrampLifecycleState::PlanFailed);
    assert!(status.lifecycle_errors.contains_key(vpc.id.as_str()));
    // Nothing can be applied, and nothing can be exported.
    assert!(
        site.onramps
            .apply(&onramp.id)
            .await
            .unwrap_err()
            .is_conflict()
    );
    assert!(
        site.onramps
            .export(&onramp.id)
            .await
            .unwrap_err()
            .is_conflict()
    );
    // Another VPC will do.
    let vpc = site.resource("aws_vpc", "staging").await;
    let change = UpdateOnramp::new().vpc(vpc.id.clone());
    let changed = site.onramps.patch(&onramp.id, change).await.unwrap();
    assert_eq!(changed.region.as_deref(), Some(vpc.region.as_str()));
    assert_eq!(
        state(&site.onramps, &onramp).await,
        OnrampLifecycleState::NeedsApply
    );
    site.plan(&onramp).await.unwrap();
}

#[tokio::test]
async fn azure_needs_room_for_the_gateway_subnet() {
    let fake = FakeService::new();
    let site = Site::new(&fake, "AZURE").await;
    let mut full = 0;
    for network in site.all("azurerm_virtual_network").await {
        let onramp = site.create(site.single(&network)).await;
        match site.plan(&onramp).await {
            Ok(_) => {
                let read = site
                    .onramps
                    .get(&onramp.id)
                    .planned_resources(true)
                    .await
                    .unwrap();
                let subnet = read.planned_resources.iter();
                let subnet = subnet.filter(|one| one.resource.name == "GatewaySubnet");
                let yaml: Vec<_> = subnet.map(|one| one.diff.right_yaml.clone()).collect();
                assert!(yaml[0].contains("/27"), "{yaml:?}");
                let tables = actions(&read, &PlannedAction::Update);
                assert!(
                    tables.iter().any(|kind| kind == "azurerm_route_table"),
                    "{tables:?}"
                );
            }
            Err(error) => {
                assert!(error.to_string().contains("/27"), "{error}");
                full += 1;
            }
        }
    }
    assert_eq!(full, 1);
}

#[tokio::test]
async fn google_builds_in_the_region_that_is_asked_for() {
    let fake = FakeService::new();
    let site = Site::new(&fake, "GOOGLE").await;
    let network = site.resource("google_compute_network", "production").await;
    let onramp = site
        .create(site.single(&network).region("us-central1"))
        .await;
    assert_eq!(onramp.region.as_deref(), Some("us-central1"));
    site.activate(&onramp).await;
    let read = site
        .onramps
        .get(&onramp.id)
        .status(true)
        .post_apply_resources(true);
    let read = read.await.unwrap();
    let status = read.status.clone().unwrap();
    // Three subnets, each through both tunnels.
    assert_eq!((status.tunnels.len(), status.routes.len()), (2, 6));
    let tunnels = read.post_apply_resources.values();
    let tunnels = tunnels.filter(|one| one.resource_type.as_str() == "google_compute_vpn_tunnel");
    assert_eq!(tunnels.count(), 2);
}

#[tokio::test]
async fn a_hub_has_attached_vpcs() {
    let fake = FakeService::new();
    let site = Site::new(&fake, "AWS").await;
    let hub = site.all("aws_ec2_transit_gateway").await.remove(0);
    let vpc = site.resource("aws_vpc", "production").await;
    let body = site.body(OnrampType::Hub, OnrampCloudType::Aws);
    let body = body
        .adopted_hub_id(hub.id.clone())
        .manage_vpc_to_hub_attachments(true);
    let onramp = site.create(body).await;
    assert_eq!(onramp.hub.as_ref(), Some(&hub.id));
    site.activate(&onramp).await;

    let change = UpdateOnramp::new().attached_vpcs([vpc.id.clone()]);
    site.onramps.patch(&onramp.id, change).await.unwrap();
    site.plan(&onramp).await.unwrap();
    let read = site
        .onramps
        .get(&onramp.id)
        .planned_resources(true)
        .vpcs(true)
        .await
        .unwrap();
    let created = actions(&read, &PlannedAction::Create);
    let attachment = "aws_ec2_transit_gateway_vpc_attachment".to_owned();
    assert!(created.contains(&attachment), "{created:?}");
    assert_eq!(read.planned_monthly_cost_estimate.unwrap().diff, 36.5);
    assert!(read.vpcs_by_id.contains_key(vpc.id.as_str()));
}

#[tokio::test]
async fn a_new_hub_is_built_in_its_region() {
    let fake = FakeService::new();
    let site = Site::new(&fake, "AWS").await;
    let body = site.body(OnrampType::Hub, OnrampCloudType::Aws);
    let body = body
        .hub_provider_id(site.provider.clone())
        .region("eu-west-1");
    let onramp = site.create(body).await;
    assert_eq!(onramp.hub, None);
    site.activate(&onramp).await;
    let hub = site.onramps.get(&onramp.id).await.unwrap().hub.unwrap();
    let hub = site.cloud.resources().get(&hub).await.unwrap();
    assert_eq!((hub.region.as_str(), hub.managed), ("eu-west-1", true));
    assert_eq!(hub.managed_by[0].id.as_str(), onramp.id.as_str());
}

#[tokio::test]
async fn an_export_has_terraform_files() {
    let fake = FakeService::new();
    let site = Site::new(&fake, "AWS").await;
    let vpc = site.resource("aws_vpc", "production").await;
    let onramp = site.create(site.single(&vpc)).await;
    let archive = site.onramps.export(&onramp.id).await.unwrap();
    assert_eq!(archive.file_name(), Some("exported-file.zip".to_owned()));
    let bytes = archive.bytes(1 << 20).await.unwrap();
    assert!(bytes.starts_with(b"PK"));
    // Nothing in it is compressed.
    let text = String::from_utf8_lossy(&bytes);
    for part in [
        "main.tf",
        "instructions.txt",
        "resource \"aws_vpn_connection\" \"connection\" {",
    ] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
    let reference = "vpn_gateway_id = aws_vpn_gateway.gateway.id";
    assert!(text.contains(reference), "{text}");
    assert!(!json!(site.onramps.get(&onramp.id).await.unwrap().last_exported_at).is_null());
}
