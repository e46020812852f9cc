//! Catalog syncs through a client, on the manual clock.

use std::time::Duration;

use crate::api::{CatalogSyncs, MagicCloud};
use crate::testing::{FakeProcess, FakeService, json};
use crate::{
    CatalogSyncDestinationType as Destination, CatalogSyncUpdateMode as Mode, CloudType,
    CreateCatalogSync, CreateProvider, UpdateCatalogSync, UpdateProvider,
};

const HOUR: Duration = Duration::from_secs(60 * 60);
const NOWHERE: &str = "00000000-0000-4000-8000-000000000000";
const NOTHING: &str = "00000000-0000-0000-0000-000000000000";
const VPCS: &str = "\
package cloudflare

resources contains resource.id if {
    some resource in input.resources
    resource.resource_type == \"aws_vpc\"
}
";

struct Site {
    fake: FakeService,
    cloud: MagicCloud,
    syncs: CatalogSyncs,
}

fn site() -> Site {
    let fake = FakeService::new();
    let cloud = fake.client().account("a1").magic_cloud();
    let syncs = cloud.catalog_syncs();
    Site { fake, cloud, syncs }
}

impl Site {
    async fn discover(&self) {
        let create = CreateProvider::new(CloudType::Aws, "production");
        let provider = self.cloud.providers().create(create).await.unwrap();
        let update = UpdateProvider::new().aws_arn("arn:aws:iam::123456789012:role/example");
        let providers = self.cloud.providers();
        providers.patch(&provider.id, update).await.unwrap();
        self.fake.advance(HOUR).await;
    }

    /// The resources in a list, as the fake remembers it.
    fn list(&self, id: &str) -> Option<Vec<String>> {
        let mut state = self.fake.shared.state();
        let env = state.model.world.env("a1").unwrap();
        env.account.catalog_syncs.lists.get(id).cloned()
    }
}

fn body(destination: Destination, mode: Mode) -> CreateCatalogSync {
    CreateCatalogSync::new(destination, "vpcs", mode).policy(VPCS)
}

#[tokio::test]
async fn an_automatic_sync_runs_after_each_discovery() {
    let site = site();
    let auto = body(Destination::ZeroTrustList, Mode::Auto);
    let auto = site.syncs.create(auto).await.unwrap();
    let manual = body(Destination::ZeroTrustList, Mode::Manual);
    let manual = site.syncs.create(manual).await.unwrap();
    assert_eq!(auto.last_attempted_update_at, None);
    assert_ne!(auto.destination_id, manual.destination_id);
    site.discover().await;
    let list = auto.destination_id.clone().unwrap();
    assert_eq!(site.list(list.as_str()).unwrap().len(), 3);
    let ran = site.syncs.get(&auto.id).await.unwrap();
    assert!(ran.last_successful_update_at.is_some() && ran.includes_discoveries_until.is_some());
    let other = site.syncs.get(&manual.id).await.unwrap();
    assert_eq!(other.last_attempted_update_at, None);

    let result = site.syncs.refresh(&manual.id).await.unwrap();
    let selected: Vec<String> = serde_json::from_str(&result).unwrap();
    assert_eq!(Some(&selected), site.list(list.as_str()).as_ref());
    let ran = site.syncs.get(&manual.id).await.unwrap();
    assert!(ran.last_successful_update_at.is_some());
}

#[tokio::test]
async fn a_sync_without_destination_writes_nothing() {
    let site = site();
    let body = body(Destination::None, Mode::Manual).description("a trial");
    let sync = site.syncs.create(body).await.unwrap();
    assert_eq!(sync.destination_id.clone().unwrap().as_str(), NOTHING);
    site.discover().await;
    assert_ne!(&*site.syncs.refresh(&sync.id).await.unwrap(), "[]");
    let response = site.syncs.delete(&sync.id).delete_destination(true).await;
    assert_eq!(response.unwrap().id, sync.id);
    assert!(site.syncs.list().await.unwrap().is_empty());
}

#[tokio::test]
async fn failures_are_among_the_errors_of_a_sync() {
    let site = site();
    let auto = body(Destination::ZeroTrustList, Mode::Auto);
    let auto = site.syncs.create(auto).await.unwrap();
    let reason = "the list is full";
    site.fake
        .fail_next_process(FakeProcess::CatalogSync, reason);
    site.discover().await;
    let failed = site.syncs.get(&auto.id).await.unwrap();
    assert_eq!(failed.errors["destination"].message, reason);
    assert!(failed.last_attempted_update_at.is_some());
    assert_eq!(failed.last_successful_update_at, None);

    site.syncs.refresh(&auto.id).await.unwrap();
    assert!(site.syncs.get(&auto.id).await.unwrap().errors.is_empty());
    site.fake
        .fail_next_process(FakeProcess::CatalogSync, reason);
    let error = site.syncs.refresh(&auto.id).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 422);

    // Rego that the fake does not run is not guessed at.
    let change = UpdateCatalogSync::new().policy("package other\nallow := true");
    site.syncs.patch(&auto.id, change).await.unwrap();
    let error = site.syncs.refresh(&auto.id).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 501);
    let failed = site.syncs.get(&auto.id).await.unwrap();
    assert!(failed.errors.contains_key("policy"));
}

#[tokio::test]
async fn syncs_are_changed_listed_and_deleted() {
    let site = site();
    let first = body(Destination::ZeroTrustList, Mode::Auto).description("first");
    let first = site.syncs.create(first).await.unwrap();
    let second = body(Destination::None, Mode::Auto);
    let second = site.syncs.create(second).await.unwrap();
    site.fake.advance(HOUR).await;
    let change = UpdateCatalogSync::new().update_mode(Mode::Manual);
    let changed = site.syncs.patch(&first.id, change).await.unwrap();
    assert_eq!(changed.update_mode, Mode::Manual);
    assert_eq!(changed.description, "first");
    assert_ne!(changed.last_user_update_at, first.last_user_update_at);
    let change = UpdateCatalogSync::new().name("other");
    let changed = site.syncs.update(&first.id, change).await.unwrap();
    assert_eq!(
        (changed.name.as_str(), changed.description.as_str()),
        ("other", "")
    );
    assert_eq!(changed.policy, VPCS);

    let path = format!(
        "/accounts/a1/magic/cloud/catalog-syncs/{}",
        first.id.as_str()
    );
    let fixed = json!({"destination_type": "NONE"});
    let client = site.fake.client();
    let request = client.request(crate::Method::PATCH, path).json(&fixed);
    let error = request.empty().await.unwrap_err();
    assert_eq!(error.errors()[0].pointer(), Some("/destination_type"));

    let ids: Vec<_> = site
        .syncs
        .list()
        .await
        .unwrap()
        .iter()
        .map(|one| one.id.clone())
        .collect();
    assert_eq!(ids, [first.id.clone(), second.id.clone()]);
    let list = first.destination_id.clone().unwrap();
    site.syncs.delete(&first.id).await.unwrap();
    assert!(site.list(list.as_str()).is_some());
    assert!(site.syncs.get(&first.id).await.unwrap_err().is_not_found());
    let third = body(Destination::ZeroTrustList, Mode::Manual);
    let third = site.syncs.create(third).await.unwrap();
    site.syncs
        .delete(&third.id)
        .delete_destination(true)
        .await
        .unwrap();
    let list = third.destination_id.clone().unwrap();
    assert!(site.list(list.as_str()).is_none());
    assert!(
        site.syncs
            .refresh(NOWHERE)
            .await
            .unwrap_err()
            .is_not_found()
    );
    assert!(site.syncs.delete(NOWHERE).await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn every_prebuilt_policy_can_be_the_policy_of_a_sync() {
    let site = site();
    site.discover().await;
    let all = site.syncs.prebuilt_policies().await.unwrap();
    let lists = site
        .syncs
        .prebuilt_policies()
        .destination_type(Destination::ZeroTrustList);
    let lists = lists.await.unwrap();
    assert!(!lists.is_empty() && lists.len() < all.len());
    assert!(lists.iter().all(|one| {
        one.applicable_destinations
            .contains(&Destination::ZeroTrustList)
    }));
    for prebuilt in all.iter() {
        let destination = prebuilt.applicable_destinations[0].clone();
        let body = CreateCatalogSync::new(destination, &*prebuilt.policy_name, Mode::Manual);
        let body = body.policy(&*prebuilt.policy_string);
        let sync = site.syncs.create(body).await.unwrap();
        site.syncs.refresh(&sync.id).await.unwrap();
    }
}
