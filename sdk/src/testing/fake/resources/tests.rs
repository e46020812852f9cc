//! The catalog through a client, on the manual clock.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use super::policy;
use crate::api::MagicCloud;
use crate::testing::FakeService;
use crate::{
    CloudType, CreateOnramp, CreateProvider, OnrampCloudType, OnrampType, PolicyPreview, Provider,
    Resource, ResourceSectionItemValue, ResourceSortKey, ResourceType, UpdateProvider,
};

fn cloud(fake: &FakeService) -> MagicCloud {
    fake.client().account("a1").magic_cloud()
}

fn identity(of: &CloudType) -> UpdateProvider {
    let id = "11111111-2222-4333-8444-555555555555";
    match of {
        CloudType::Aws => {
            UpdateProvider::new().aws_arn("arn:aws:iam::123456789012:role/cloudflare-example")
        }
        CloudType::Azure => UpdateProvider::new()
            .azure_subscription_id(id)
            .azure_tenant_id(id),
        _ => UpdateProvider::new()
            .gcp_project_id("data-example")
            .gcp_service_account_email("cloudflare@data-example.example.com"),
    }
}

/// An integration whose discovery is done.
async fn discovered(fake: &FakeService, of: CloudType, name: &str) -> Provider {
    let providers = cloud(fake).providers();
    let identity = identity(&of);
    let made = providers
        .create(CreateProvider::new(of, name))
        .await
        .unwrap();
    providers.patch(&made.id, identity).await.unwrap();
    providers.wait_until_discovered(&made.id).await.unwrap()
}

async fn all(fake: &FakeService) -> Vec<Resource> {
    let mut items = cloud(fake).resources().list().per_page(17).items();
    let mut all = Vec::new();
    while let Some(resource) = items.next().await {
        all.push(resource.unwrap());
    }
    all
}

fn count(resources: &[Resource], kind: &ResourceType) -> usize {
    resources
        .iter()
        .filter(|one| one.resource_type == *kind)
        .count()
}

#[tokio::test]
async fn discovery_makes_a_catalog_that_fits() {
    let fake = FakeService::new();
    for (of, network, networks) in [
        (CloudType::Aws, ResourceType::AwsVpc, 3),
        (CloudType::Azure, ResourceType::AzurermVirtualNetwork, 3),
        (CloudType::Google, ResourceType::GoogleComputeNetwork, 2),
    ] {
        let provider = discovered(&fake, of.clone(), "cloud").await;
        let found = all(&fake).await;
        let mine: Vec<&Resource> = found.iter().filter(|one| one.cloud_type == of).collect();
        assert_eq!(count(&found, &network), networks);
        let natives: BTreeSet<_> = mine
            .iter()
            .map(|one| (&one.native_id, one.resource_type.as_str()))
            .collect();
        assert_eq!(natives.len(), mine.len());
        for resource in mine {
            assert!(
                ResourceType::ALL.contains(&resource.resource_type),
                "{}",
                resource.resource_type.as_str()
            );
            assert_eq!(resource.provider_ids, std::slice::from_ref(&provider.id));
            assert_eq!(
                resource
                    .provider_names_by_id
                    .get(provider.id.as_str())
                    .unwrap(),
                "cloud"
            );
            assert!(!resource.managed && resource.managed_by.is_empty());
            let observation = resource.observations.get(provider.id.as_str()).unwrap();
            assert_eq!(observation.resource_id, resource.id);
            assert!(!resource.sections.is_empty() && !resource.native_id.is_empty());
        }
    }
}

#[tokio::test]
async fn sections_name_related_resources() {
    let fake = FakeService::new();
    discovered(&fake, CloudType::Aws, "aws").await;
    let found = all(&fake).await;
    let ids: BTreeSet<&str> = found.iter().map(|one| one.id.as_str()).collect();
    let mut kinds = BTreeMap::new();
    for resource in &found {
        for section in &resource.sections {
            for item in section.visible_items.iter().chain(&section.hidden_items) {
                let (kind, previews) = match item.value.as_ref().unwrap() {
                    ResourceSectionItemValue::String(_) => ("string", Vec::new()),
                    ResourceSectionItemValue::Yaml(_) => ("yaml", Vec::new()),
                    ResourceSectionItemValue::YamlDiff(_) => ("yaml_diff", Vec::new()),
                    ResourceSectionItemValue::ResourcePreview(one) => {
                        ("resource_preview", vec![one.resource_preview.id.as_str()])
                    }
                    ResourceSectionItemValue::List(_) => ("list", Vec::new()),
                    other => panic!("{other:?}"),
                };
                *kinds.entry(kind).or_insert(0) += 1;
                assert!(previews.iter().all(|id| ids.contains(id)));
            }
        }
    }
    assert_eq!(kinds.len(), 5, "{kinds:?}");
    // One VPC of AWS has a virtual private gateway, and two have none.
    assert_eq!(count(&found, &ResourceType::AwsVpnGateway), 1);
}

#[tokio::test]
async fn a_second_discovery_keeps_ids_and_renews_observations() {
    let fake = FakeService::new();
    let provider = discovered(&fake, CloudType::Aws, "aws").await;
    let before = all(&fake).await;
    fake.advance(Duration::from_secs(3600)).await;
    cloud(&fake)
        .providers()
        .discover(&provider.id)
        .await
        .unwrap();
    cloud(&fake)
        .providers()
        .wait_until_discovered(&provider.id)
        .await
        .unwrap();
    let after = all(&fake).await;
    assert_eq!(before.len(), after.len());
    for (old, new) in before.iter().zip(&after) {
        assert_eq!((&old.id, &old.config), (&new.id, &new.config));
        let (old, new) = (
            &old.observations[provider.id.as_str()],
            &new.observations[provider.id.as_str()],
        );
        assert_eq!(old.first_observed_at, new.first_observed_at);
        assert!(old.last_observed_at.as_str() < new.last_observed_at.as_str());
    }
    assert!(
        before
            .iter()
            .zip(&after)
            .any(|(old, new)| old.state != new.state)
    );
}

#[tokio::test]
async fn two_integrations_of_one_account_find_the_same() {
    let fake = FakeService::new();
    let one = discovered(&fake, CloudType::Aws, "one").await;
    let alone = all(&fake).await.len();
    let two = discovered(&fake, CloudType::Aws, "two").await;
    let both = all(&fake).await;
    assert_eq!(both.len(), alone);
    assert!(both.iter().all(|resource| resource.provider_ids.len() == 2));
    let providers = cloud(&fake).providers();
    providers.delete(&one.id).await.unwrap();
    let left = all(&fake).await;
    assert_eq!(left.len(), alone);
    assert!(
        left.iter()
            .all(|resource| resource.deployment_provider == two.id)
    );
    let other = UpdateProvider::new().aws_arn("arn:aws:iam::210987654321:role/cloudflare-example");
    providers.patch(&two.id, other).await.unwrap();
    providers.wait_until_discovered(&two.id).await.unwrap();
    let moved = all(&fake).await;
    assert_eq!(moved.len(), alone);
    assert!(
        moved
            .iter()
            .all(|one| left.iter().all(|other| other.id != one.id))
    );
    providers.delete(&two.id).await.unwrap();
    assert!(all(&fake).await.is_empty());
}

#[tokio::test]
async fn lists_are_filtered_sorted_and_cut_into_pages() {
    let fake = FakeService::new();
    let aws = discovered(&fake, CloudType::Aws, "aws").await;
    discovered(&fake, CloudType::Azure, "azure").await;
    let resources = cloud(&fake).resources();
    let every = all(&fake).await;
    let page = resources.list().send().await.unwrap();
    let info = page.result_info().unwrap();
    assert_eq!(info.total_count, Some(every.len() as u64));
    assert_eq!(page.into_inner().items.len(), 20);

    let kinds = [ResourceType::AwsVpc, ResourceType::AwsSubnet];
    let some = resources
        .list()
        .resource_type(kinds)
        .per_page(100)
        .await
        .unwrap()
        .items;
    assert_eq!(some.len(), 3 + 9);
    let some = resources
        .list()
        .provider_id(&aws.id)
        .region("us-east-1")
        .per_page(500)
        .await
        .unwrap()
        .items;
    assert!(!some.is_empty() && some.iter().all(|one| one.region == "us-east-1"));
    let some = resources
        .list()
        .resource_group("workloads")
        .per_page(500)
        .await
        .unwrap()
        .items;
    assert!(!some.is_empty() && some.iter().all(|one| one.cloud_type == CloudType::Azure));
    let ids = [every[3].id.clone(), every[5].id.clone()];
    assert_eq!(
        resources.list().resource_id(ids).await.unwrap().items.len(),
        2
    );
    let some = resources
        .list()
        .search(["STAGING", "vpc"])
        .await
        .unwrap()
        .items;
    assert!(some.iter().any(|one| one.name == "staging") && some.len() < every.len());
    assert!(
        resources
            .list()
            .search(["staging", "no such text"])
            .await
            .unwrap()
            .items
            .is_empty()
    );
    assert!(
        resources
            .list()
            .managed(true)
            .await
            .unwrap()
            .items
            .is_empty()
    );
    assert!(resources.list().page(1000).await.unwrap().items.is_empty());

    let sorted = resources
        .list()
        .order_by(ResourceSortKey::Region)
        .desc(true)
        .per_page(500);
    let regions: Vec<String> = sorted
        .await
        .unwrap()
        .items
        .into_iter()
        .map(|one| one.region)
        .collect();
    assert!(regions.is_sorted_by(|one, next| one >= next));

    let first = resources.get(&every[0].id).v2(true).await.unwrap();
    assert_eq!(first, every[0]);
    let missing = resources.get("11111111-2222-4333-8444-555555555555").await;
    assert!(missing.unwrap_err().is_not_found());
}

#[tokio::test]
async fn exports_are_archives_of_json() {
    let fake = FakeService::new();
    discovered(&fake, CloudType::Google, "google").await;
    let resources = cloud(&fake).resources();
    let call = resources
        .export()
        .resource_type([ResourceType::GoogleComputeNetwork]);
    let download = call.await.unwrap();
    assert_eq!(
        download.file_name().as_deref(),
        Some("exported_resources.zip")
    );
    let bytes = download.bytes(1 << 20).await.unwrap();
    assert!(bytes.starts_with(b"PK\x03\x04"));
    let text = String::from_utf8_lossy(&bytes);
    let (start, end) = (text.find("[\n").unwrap(), text.rfind("]\n").unwrap());
    let exported: Vec<serde_json::Value> = serde_json::from_str(&text[start..=end]).unwrap();
    assert_eq!(exported.len(), 2);
}

#[tokio::test]
async fn policies_select_by_type() {
    let fake = FakeService::new();
    discovered(&fake, CloudType::Aws, "aws").await;
    let resources = cloud(&fake).resources();
    let preview = |policy: String| resources.policy_preview(PolicyPreview::new(policy));
    let text = preview(policy::of_types(&["aws_vpc"])).await.unwrap();
    let ids: Vec<String> = serde_json::from_str(&text).unwrap();
    assert_eq!(ids.len(), 3);
    let error = preview("allow := true".to_owned()).await.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 501);
}

#[tokio::test]
async fn what_an_onramp_builds_stays_in_the_catalog() {
    let fake = FakeService::new();
    let provider = discovered(&fake, CloudType::Google, "google").await;
    let found = all(&fake).await;
    let (cloud, onramps) = (cloud(&fake), cloud(&fake).onramps());
    let kind = ResourceType::GoogleComputeNetwork;
    let network = found.iter().find(|one| one.resource_type == kind).unwrap();
    let onramp = CreateOnramp::builder()
        .cloud_type(OnrampCloudType::Google)
        .dynamic_routing(false)
        .install_routes_in_cloud(true)
        .install_routes_in_magic_wan(true)
        .name("ramp")
        .kind(OnrampType::Single)
        .build();
    let onramp = onramp.vpc(network.id.clone()).region("europe-west3");
    let onramp = onramps.create(onramp).await.unwrap();

    let used = cloud
        .providers()
        .get(&provider.id)
        .status(true)
        .await
        .unwrap();
    let clients = used.status.clone().unwrap().in_use_by;
    assert_eq!((clients.len(), clients[0].name.as_str()), (1, "ramp"));
    let refused = cloud.providers().delete(&provider.id).await.unwrap_err();
    assert_eq!(refused.status().unwrap(), 400);

    onramps.plan(&onramp.id).await.unwrap();
    onramps.wait_until_planned(&onramp.id).await.unwrap();
    onramps.apply(&onramp.id).await.unwrap();
    onramps.wait_until_active(&onramp.id).await.unwrap();
    let built = cloud
        .resources()
        .list()
        .managed(true)
        .per_page(500)
        .await
        .unwrap()
        .items;
    assert!(!built.is_empty());
    assert!(
        built
            .iter()
            .all(|one| one.managed_by[0].id.as_str() == onramp.id.as_str())
    );
    cloud.providers().discover(&provider.id).await.unwrap();
    cloud
        .providers()
        .wait_until_discovered(&provider.id)
        .await
        .unwrap();
    let again = cloud
        .resources()
        .list()
        .managed(true)
        .per_page(500)
        .await
        .unwrap()
        .items;
    assert_eq!(again.len(), built.len());
    let hidden = again
        .iter()
        .filter(|one| one.cloud_type == CloudType::Cloudflare);
    assert_eq!(hidden.count(), 0);

    // Without `destroy` the on-ramp is detached: what it has built stays, and is managed by none.
    onramps.delete(&onramp.id).await.unwrap();
    let left = all(&fake).await;
    assert!(
        built
            .iter()
            .all(|one| left.iter().any(|other| other.id == one.id))
    );
    assert!(left.iter().all(|one| !one.managed));
    cloud.providers().delete(&provider.id).await.unwrap();
    assert!(all(&fake).await.is_empty());
}
