//! All operations through the typed client, in an order in which each succeeds: with waiters, pages, the proof of a bucket and files,
//! on the clock of the fake.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use cloudflare_magic::api::Account;
use cloudflare_magic::testing::FakeService;
use cloudflare_magic::{
    BucketDestination, CatalogSyncDestinationType, CatalogSyncUpdateMode, CloudType,
    CreateCatalogSync, CreateOnramp, CreateProvider, Error, FullPcapRequest, OnrampCloudType,
    OnrampType, PcapStatus, PolicyPreview, Resource, ResourceType, SimplePcapRequest,
    UpdateCatalogSync, UpdateMagicWanAddressSpace, UpdateOnramp, UpdateProvider,
};
use tests::document::operations;

use crate::door::ACCOUNT;

const HOUR: Duration = Duration::from_secs(60 * 60);

#[tokio::test]
async fn every_operation_succeeds_in_its_place() {
    let began = Instant::now();
    let fake = FakeService::builder().account(ACCOUNT).build();
    let account = fake.client().account(ACCOUNT);
    captures(&fake, &account).await.unwrap();
    let vpc = integrations(&account).await.unwrap();
    catalog(&account, &vpc).await.unwrap();
    onramps(&account, vpc).await.unwrap();
    syncs(&account).await.unwrap();
    retire(&account).await.unwrap();
    let called: BTreeSet<&str> = fake
        .requests()
        .iter()
        .filter_map(|request| operation(request.method().as_str(), request.path()))
        .collect();
    assert_eq!(called, operations().into_keys().collect());
    // The fake's time is not that of the wall clock.
    assert!(
        fake.clock().elapsed() > HOUR / 2,
        "{:?}",
        fake.clock().elapsed()
    );
    assert!(began.elapsed() < HOUR / 2, "{:?}", began.elapsed());
}

/// The operation with this path; literal segments go before parameters.
fn operation(method: &str, path: &str) -> Option<&'static str> {
    let path = path.trim_start_matches("/client/v4");
    let fits = |template: &str| {
        let (wanted, given) = (template.split('/'), path.split('/'));
        wanted.clone().count() == given.clone().count()
            && wanted
                .zip(given)
                .all(|(wanted, given)| wanted.starts_with('{') || wanted == given)
    };
    let all = operations();
    let fitting = all
        .values()
        .filter(|one| one.method.eq_ignore_ascii_case(method));
    let fitting = fitting.filter(|one| fits(one.path));
    let found = fitting.min_by_key(|one| one.path.matches('{').count());
    found.map(|one| one.id)
}

async fn captures(fake: &FakeService, account: &Account) -> Result<(), Error> {
    let pcaps = account.pcaps();
    let simple = SimplePcapRequest::builder()
        .packet_limit(50)
        .time_limit(30)
        .build();
    let simple = pcaps.create(simple).await?;
    let id = simple.id().unwrap();
    let ready = pcaps.wait_until_ready(id).await?;
    assert_eq!(ready.status(), Some(&PcapStatus::Success));
    let file = pcaps.download(id).await?.bytes(1 << 20).await?;
    assert!(file.len() > 24);
    assert_eq!(pcaps.list().await?.len(), 1);

    let bucket = BucketDestination::s3("captures", "eu-central-1")?.directory("magic")?;
    let fetch = async |_| fake.challenge(&bucket).ok_or("not added");
    let proved = pcaps.ownership().prove(&bucket, fetch).await?;
    assert_eq!(pcaps.ownership().list().await?.len(), 1);
    let full = pcaps
        .create(FullPcapRequest::new("ams02", bucket.clone(), 300))
        .await?;
    let id = full.id().unwrap();
    fake.advance(Duration::from_secs(60)).await;
    pcaps.stop(id).await?;
    pcaps.wait_until_ready(id).await?;
    assert!(pcaps.get(id).await?.status().is_some());
    assert!(!fake.objects(bucket).is_empty());
    pcaps.ownership().delete(&proved.id).await
}

/// Three integrations that have discovered their clouds. Returns a VPC of the first.
async fn integrations(account: &Account) -> Result<Resource, Error> {
    let (cloud, providers) = (account.magic_cloud(), account.magic_cloud().providers());
    for (name, kind, identity) in [
        (
            "aws",
            CloudType::Aws,
            UpdateProvider::new().aws_arn("arn:aws:iam::123456789012:role/magic"),
        ),
        (
            "google",
            CloudType::Google,
            UpdateProvider::new()
                .gcp_project_id("my-project")
                .gcp_service_account_email("magic@my-project.iam.gserviceaccount.com"),
        ),
    ] {
        let made = providers.create(CreateProvider::new(kind, name)).await?;
        providers.initial_setup(&made.id).await?;
        providers.update(&made.id, identity).await?;
        providers.wait_until_discovered(&made.id).await?;
        providers.discover(&made.id).v2(true).await?;
        providers.wait_until_discovered_v2(&made.id).await?;
        let change = UpdateProvider::new().description("of the story");
        providers.patch(&made.id, change).await?;
        let read = providers.get(&made.id).status(true).await?;
        assert_eq!(read.description.as_deref(), Some("of the story"));
    }
    providers.discover_all().await?;
    assert_eq!(providers.list().await?.len(), 2);
    let vpcs = cloud
        .resources()
        .list()
        .resource_type([ResourceType::AwsVpc]);
    Ok(vpcs.await?.items.remove(0))
}

async fn catalog(account: &Account, vpc: &Resource) -> Result<(), Error> {
    let resources = account.magic_cloud().resources();
    let whole = resources.list().per_page(1000).await?;
    let mut pages = resources.list().per_page(7).pages();
    let mut seen = BTreeSet::new();
    while let Some(page) = pages.next().await {
        for resource in page?.items {
            seen.insert(resource.id.to_string());
        }
    }
    assert_eq!(seen.len(), whole.items.len());
    assert!(seen.len() > 20, "only {} resources", seen.len());
    assert_eq!(resources.get(&vpc.id).await?.id, vpc.id);
    let export = resources.export().await?.bytes(1 << 24).await?;
    assert!(!export.is_empty());
    let syncs = account.magic_cloud().catalog_syncs();
    let policies = syncs.prebuilt_policies().await?;
    let policy = PolicyPreview::new(policies[0].policy_string.clone());
    resources.policy_preview(policy).await?;
    Ok(())
}

async fn onramps(account: &Account, vpc: Resource) -> Result<(), Error> {
    let onramps = account.magic_cloud().onramps();
    let space = onramps.magic_wan_address_space();
    space
        .update(UpdateMagicWanAddressSpace::new(["192.0.2.0/24"]))
        .await?;
    space
        .patch(UpdateMagicWanAddressSpace::new([
            "192.0.2.0/24",
            "2001:db8::/32",
        ]))
        .await?;
    assert_eq!(space.get().await?.prefixes.len(), 2);
    let ramp = CreateOnramp::builder()
        .kind(OnrampType::Single)
        .name("ramp")
        .cloud_type(OnrampCloudType::Aws)
        .dynamic_routing(false)
        .install_routes_in_cloud(true)
        .install_routes_in_magic_wan(true)
        .build()
        .vpc(vpc.id);
    let ramp = onramps.create(ramp).await?;
    onramps.plan(&ramp.id).await?;
    onramps.wait_until_planned(&ramp.id).await?;
    onramps.apply(&ramp.id).await?;
    onramps.wait_until_active(&ramp.id).await?;
    let archive = onramps.export(&ramp.id).await?.bytes(1 << 20).await?;
    assert!(archive.starts_with(b"PK"));
    let change = UpdateOnramp::new().description("of the story");
    onramps.update(&ramp.id, change.clone()).await?;
    onramps.patch(&ramp.id, change).await?;
    assert_eq!(onramps.list().status(true).await?.len(), 1);
    assert_eq!(onramps.get(&ramp.id).await?.id, ramp.id);
    onramps.delete(&ramp.id).destroy(true).await?;
    onramps.wait_until_destroyed(&ramp.id).await
}

async fn syncs(account: &Account) -> Result<(), Error> {
    let syncs = account.magic_cloud().catalog_syncs();
    let policy = syncs.prebuilt_policies().await?[0].policy_string.clone();
    let destination = CatalogSyncDestinationType::ZeroTrustList;
    let sync = CreateCatalogSync::new(destination, "vpcs", CatalogSyncUpdateMode::Manual);
    let sync = syncs.create(sync.policy(policy)).await?;
    syncs.refresh(&sync.id).await?;
    let change = UpdateCatalogSync::new().description("of the story");
    syncs.update(&sync.id, change.clone()).await?;
    syncs.patch(&sync.id, change).await?;
    assert_eq!(syncs.list().await?.len(), 1);
    assert_eq!(syncs.get(&sync.id).await?.description, "of the story");
    syncs.delete(&sync.id).delete_destination(true).await?;
    Ok(())
}

/// Deletes what is left of the integrations.
async fn retire(account: &Account) -> Result<(), Error> {
    let providers = account.magic_cloud().providers();
    for provider in providers.list().await? {
        providers.delete(&provider.id).await?;
    }
    assert!(
        account
            .magic_cloud()
            .resources()
            .list()
            .await?
            .items
            .is_empty()
    );
    Ok(())
}
