//! Integrations through a client, on the manual clock.

use std::time::Duration;

use crate::api::Providers;
use crate::testing::{FakeProcess, FakeService, ManualClock};
use crate::{
    CloudType, CreateProvider, Provider, ProviderDiscoveryStatus, ProviderLifecycleState,
    ProviderSetup, ProviderSortKey, ProviderStatus, Timestamp, UpdateProvider,
};

const MINUTE: Duration = Duration::from_secs(60);
const ARN: &str = "arn:aws:iam::123456789012:role/cloudflare-example";

/// A fake whose time passes only by `advance`.
fn still() -> (FakeService, Providers) {
    let fake = FakeService::builder().clock(ManualClock::new()).build();
    let providers = providers(&fake);
    (fake, providers)
}

fn providers(fake: &FakeService) -> Providers {
    fake.client().account("a1").magic_cloud().providers()
}

async fn created(providers: &Providers, cloud: CloudType) -> Provider {
    let name = format!("{cloud:?}").to_lowercase();
    providers
        .create(CreateProvider::new(cloud, name))
        .await
        .unwrap()
}

fn role() -> UpdateProvider {
    UpdateProvider::new().aws_arn(ARN)
}

async fn status(providers: &Providers, provider: &Provider) -> ProviderStatus {
    let read = providers.get(&provider.id).status(true).await.unwrap();
    read.status.unwrap()
}

/// The text of a moment; empty if it is absent.
fn at(moment: &Option<Timestamp>) -> &str {
    moment.as_ref().map_or("", Timestamp::as_str)
}

#[tokio::test]
async fn an_integration_becomes_active_and_discovers_by_itself() {
    let (fake, providers) = still();
    let made = created(&providers, CloudType::Aws).await;
    assert_eq!(made.lifecycle_state, ProviderLifecycleState::PendingSetup);
    let before = status(&providers, &made).await;
    assert!(!at(&before.credentials_missing_since).is_empty() && before.regions.is_empty());
    assert!(
        providers
            .discover(&made.id)
            .await
            .unwrap_err()
            .is_conflict()
    );

    providers.patch(&made.id, role()).await.unwrap();
    fake.advance(Duration::from_secs(59)).await;
    let now = providers.get(&made.id).await.unwrap();
    assert_eq!(now.lifecycle_state, ProviderLifecycleState::PendingSetup);
    // Policies spread in less than four minutes.
    let mut waited = 0;
    let active = loop {
        fake.advance(Duration::from_secs(10)).await;
        waited += 10;
        let now = providers.get(&made.id).status(true).await.unwrap();
        if now.lifecycle_state == ProviderLifecycleState::Active {
            break now;
        }
        assert!(waited < 240);
    };
    assert_eq!(active.state, ProviderDiscoveryStatus::Discovering);
    assert_eq!(active.state_v2, ProviderDiscoveryStatus::Unspecified);
    fake.advance(Duration::from_secs(30)).await;
    let running = status(&providers, &made).await;
    let progress = &running.discovery_progress;
    assert_eq!(
        (progress.done, progress.total, progress.unit.as_str()),
        (1, 3, "regions")
    );
    assert_eq!(
        running.discovery_message.as_deref(),
        Some("1 of 3 regions are done")
    );
    assert_eq!(running.regions.len(), 3);
    assert!(
        !at(&running.credentials_good_since).is_empty()
            && at(&running.last_discovery_completed_at).is_empty()
    );
    fake.advance(2 * MINUTE).await;
    let done = status(&providers, &made).await;
    assert_eq!(
        done.last_discovery_status,
        ProviderDiscoveryStatus::Succeeded
    );
    assert!(at(&done.last_discovery_completed_at) > at(&done.last_discovery_started_at));

    fake.advance(24 * 60 * MINUTE).await;
    let again = status(&providers, &made).await;
    assert!(at(&again.last_discovery_started_at) > at(&done.last_discovery_completed_at));
}

#[tokio::test]
async fn waiters_wait_for_both_discoveries() {
    let fake = FakeService::new();
    let providers = providers(&fake);
    let made = created(&providers, CloudType::Google).await;
    let identity = UpdateProvider::new()
        .gcp_project_id("data-example")
        .gcp_service_account_email("cloudflare@data-example.example.com");
    providers.update(&made.id, identity).await.unwrap();
    let found = providers.wait_until_discovered(&made.id).await.unwrap();
    assert_eq!(found.lifecycle_state, ProviderLifecycleState::Active);
    providers.discover(&made.id).v2(true).await.unwrap();
    let found = providers.wait_until_discovered_v2(&made.id).await.unwrap();
    assert_eq!(found.state, ProviderDiscoveryStatus::Succeeded);
    providers.discover_all().await.unwrap();
    assert_eq!(
        providers.get(&made.id).await.unwrap().state,
        ProviderDiscoveryStatus::Discovering
    );
}

#[tokio::test]
async fn credentials_are_rejected_and_tried_again() {
    let (fake, providers) = still();
    let made = created(&providers, CloudType::Aws).await;
    fake.fail_next_process(
        FakeProcess::CredentialCheck,
        "the role does not trust Cloudflare",
    );
    providers.patch(&made.id, role()).await.unwrap();
    fake.advance(5 * MINUTE).await;
    let rejected = status(&providers, &made).await;
    assert!(!at(&rejected.credentials_rejected_since).is_empty());
    let message = "the credentials were rejected: the role does not trust Cloudflare";
    assert_eq!(rejected.discovery_message.as_deref(), Some(message));
    let now = providers.get(&made.id).await.unwrap();
    assert_eq!(now.state, ProviderDiscoveryStatus::Failed);
    assert_eq!(now.lifecycle_state, ProviderLifecycleState::PendingSetup);

    providers.discover(&made.id).await.unwrap();
    fake.advance(10 * MINUTE).await;
    let now = providers.get(&made.id).await.unwrap();
    assert_eq!(now.state, ProviderDiscoveryStatus::Succeeded);

    // What AWS cannot know is rejected without being asked for.
    let user = UpdateProvider::new().aws_arn("arn:aws:iam::123456789012:user/me");
    providers.patch(&made.id, user).await.unwrap();
    fake.advance(5 * MINUTE).await;
    assert!(!at(&status(&providers, &made).await.credentials_rejected_since).is_empty());
}

#[tokio::test]
async fn a_discovery_fails_with_its_reason() {
    let fake = FakeService::new();
    let providers = providers(&fake);
    let made = created(&providers, CloudType::Aws).await;
    fake.fail_next_process(FakeProcess::Discovery, "throttled by AWS");
    providers.patch(&made.id, role()).await.unwrap();
    let error = providers.wait_until_discovered(&made.id).await.unwrap_err();
    assert!(error.to_string().contains("throttled by AWS"), "{error}");
    let resources = fake.client().account("a1").magic_cloud().resources();
    assert!(resources.list().await.unwrap().items.is_empty());
    providers.discover(&made.id).await.unwrap();
    providers.wait_until_discovered(&made.id).await.unwrap();
    assert!(!resources.list().await.unwrap().items.is_empty());
}

#[tokio::test]
async fn each_cloud_has_its_setup_and_its_fields() {
    let fake = FakeService::new();
    let providers = providers(&fake);
    for cloud in [CloudType::Aws, CloudType::Azure, CloudType::Google] {
        let made = created(&providers, cloud.clone()).await;
        let setup = providers.initial_setup(&made.id).await.unwrap();
        let again = providers.initial_setup(&made.id).await.unwrap();
        assert_eq!(setup, again);
        match (&cloud, setup) {
            (CloudType::Aws, ProviderSetup::Aws(setup)) => {
                assert!(setup.aws_trust_policy.contains(made.id.as_str()));
            }
            (CloudType::Azure, ProviderSetup::Azure(setup)) => {
                assert!(
                    setup
                        .tag_cli_command
                        .contains(&setup.integration_identity_tag)
                );
            }
            (CloudType::Google, ProviderSetup::Gcp(setup)) => {
                assert!(setup.tag_cli_command.contains("<project id>"));
            }
            (_, other) => panic!("{other:?}"),
        }
        if cloud != CloudType::Aws {
            let error = providers.patch(&made.id, role()).await.unwrap_err();
            assert_eq!(error.status().unwrap().as_u16(), 422);
            assert_eq!(error.errors()[0].pointer(), Some("/aws_arn"));
        }
    }
    let error = providers
        .create(CreateProvider::new(CloudType::Cloudflare, "c"))
        .await;
    assert_eq!(error.unwrap_err().status().unwrap().as_u16(), 501);
}

#[tokio::test]
async fn patch_keeps_and_put_clears_what_is_left_out() {
    let (fake, providers) = still();
    let new = CreateProvider::new(CloudType::Aws, "one").description("first");
    let made = providers.create(new).await.unwrap();
    fake.advance(MINUTE).await;
    let patched = providers.patch(&made.id, role()).await.unwrap();
    assert_eq!(patched.description.as_deref(), Some("first"));
    assert!(patched.last_updated.as_str() > made.last_updated.as_str());
    let put = providers
        .update(&made.id, UpdateProvider::new().friendly_name("two"))
        .await
        .unwrap();
    assert_eq!(
        (put.friendly_name.as_str(), put.description, put.aws_arn),
        ("two", None, None)
    );
    fake.advance(10 * MINUTE).await;
    let now = providers.get(&made.id).await.unwrap();
    assert_eq!(now.lifecycle_state, ProviderLifecycleState::PendingSetup);
}

#[tokio::test]
async fn lists_are_sorted_by_their_keys() {
    let (fake, providers) = still();
    let mut made = Vec::new();
    for (cloud, name) in [
        (CloudType::Google, "b"),
        (CloudType::Aws, "c"),
        (CloudType::Aws, "a"),
    ] {
        made.push(
            providers
                .create(CreateProvider::new(cloud, name))
                .await
                .unwrap(),
        );
        fake.advance(MINUTE).await;
    }
    providers
        .patch(&made[0].id, UpdateProvider::new().description("later"))
        .await
        .unwrap();
    for (key, desc, wanted) in [
        (None, false, "bca"),
        (None, true, "acb"),
        (Some(ProviderSortKey::Name), false, "abc"),
        (Some(ProviderSortKey::Name), true, "cba"),
        (Some(ProviderSortKey::CloudType), false, "cab"),
        (Some(ProviderSortKey::CloudType), true, "bca"),
        (Some(ProviderSortKey::UpdatedAt), false, "cab"),
    ] {
        let mut call = providers.list().desc(desc);
        if let Some(key) = &key {
            call = call.order_by(key.clone());
        }
        let names: String = call
            .await
            .unwrap()
            .into_iter()
            .map(|one| one.friendly_name)
            .collect();
        assert_eq!(names, wanted, "{key:?} {desc}");
    }
    assert!(
        providers
            .list()
            .await
            .unwrap()
            .iter()
            .all(|one| one.status.is_none())
    );
    assert!(
        providers
            .list()
            .status(true)
            .await
            .unwrap()
            .iter()
            .all(|one| one.status.is_some())
    );
    providers.delete(&made[1].id).await.unwrap();
    assert!(
        providers
            .delete(&made[1].id)
            .await
            .unwrap_err()
            .is_not_found()
    );
    assert_eq!(providers.list().await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_snapshot_goes_on_in_the_middle_of_a_discovery() {
    let fake = FakeService::new();
    let made = created(&providers(&fake), CloudType::Aws).await;
    providers(&fake).patch(&made.id, role()).await.unwrap();
    let copy = FakeService::builder().state(&fake.snapshot()).build();
    let copied = providers(&copy);
    let found = copied.wait_until_discovered(&made.id).await.unwrap();
    assert_eq!(found.aws_arn.as_deref(), Some(ARN));
}
