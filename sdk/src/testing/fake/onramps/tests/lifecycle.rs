//! Plans, and what comes of them.

use std::time::Duration;

use super::site::{Site, actions, state};
use crate::testing::{FakeProcess, FakeService};
use crate::{OnrampLifecycleState as State, PlannedAction, UpdateOnramp};

const MINUTE: Duration = Duration::from_secs(60);

#[tokio::test]
async fn an_onramp_is_planned_applied_changed_and_destroyed() {
    let fake = FakeService::new();
    let site = Site::new(&fake, "AWS").await;
    let vpc = site.resource("aws_vpc", "production").await;
    let onramp = site.create(site.single(&vpc)).await;
    assert_eq!(state(&site.onramps, &onramp).await, State::NeedsApply);
    let error = site.onramps.apply(&onramp.id).await.unwrap_err();
    assert!(error.is_conflict(), "{error}");

    site.onramps.plan(&onramp.id).await.unwrap();
    assert!(
        site.onramps
            .plan(&onramp.id)
            .await
            .unwrap_err()
            .is_conflict()
    );
    let planned = site.onramps.wait_until_planned(&onramp.id).await.unwrap();
    let status = planned.status.clone().unwrap();
    assert_eq!(status.lifecycle_state, State::PendingApproval);
    assert_eq!(status.plan_progress.done, status.plan_progress.total);

    let read = site
        .onramps
        .get(&onramp.id)
        .planned_resources(true)
        .post_apply_resources(true);
    let read = read.await.unwrap();
    let sum = |of: fn(&crate::CostDiff) -> f64| {
        let all = read.planned_resources.iter();
        all.map(|one| of(&one.monthly_cost_estimate_diff))
            .sum::<f64>()
    };
    let cost = read.planned_monthly_cost_estimate.clone().unwrap();
    assert_eq!(
        (sum(|one| one.diff), cost.current_monthly_cost),
        (cost.diff, 0.0)
    );
    assert_eq!(cost.proposed_monthly_cost, 36.5);
    let later = read.post_apply_monthly_cost_estimate.clone().unwrap();
    assert_eq!(later.monthly_cost, cost.proposed_monthly_cost);
    assert_eq!(
        read.post_apply_resources.len(),
        read.planned_resources.len()
    );
    assert_eq!(
        actions(&read, &PlannedAction::Update),
        ["aws_route_table"; 2]
    );

    site.onramps.apply(&onramp.id).await.unwrap();
    let active = site.onramps.wait_until_active(&onramp.id).await.unwrap();
    let status = active.status.clone().unwrap();
    assert_eq!((status.tunnels.len(), status.routes.len()), (2, 2));
    assert_eq!(status.apply_progress.done, status.apply_progress.total);
    let gateways = site.all("aws_vpn_gateway").await;
    let mine: Vec<_> = gateways.iter().filter(|one| one.managed).collect();
    assert_eq!(mine.len(), 1);
    assert_eq!(mine[0].managed_by[0].id.as_str(), onramp.id.as_str());
    // The integration is in use, and a discovery keeps what was built.
    site.cloud
        .providers()
        .discover(&site.provider)
        .await
        .unwrap();
    fake.advance(MINUTE * 30).await;
    assert_eq!(site.all("aws_vpn_gateway").await.len(), gateways.len());
    let refused = site
        .cloud
        .providers()
        .delete(&site.provider)
        .await
        .unwrap_err();
    assert_eq!(refused.status().unwrap(), 400);

    let change = UpdateOnramp::new().install_routes_in_magic_wan(false);
    site.onramps.patch(&onramp.id, change).await.unwrap();
    assert_eq!(state(&site.onramps, &onramp).await, State::NeedsApply);
    site.plan(&onramp).await.unwrap();
    let read = site
        .onramps
        .get(&onramp.id)
        .planned_resources(true)
        .await
        .unwrap();
    assert_eq!(
        actions(&read, &PlannedAction::Destroy),
        ["cloudflare_static_route"; 2]
    );
    site.activate(&onramp).await;
    let read = site.onramps.get(&onramp.id).status(true).await.unwrap();
    assert!(read.status.clone().unwrap().routes.is_empty());

    site.onramps.delete(&onramp.id).destroy(true).await.unwrap();
    assert_eq!(state(&site.onramps, &onramp).await, State::PendingDestroy);
    site.onramps.wait_until_destroyed(&onramp.id).await.unwrap();
    assert!(
        site.onramps
            .get(&onramp.id)
            .await
            .unwrap_err()
            .is_not_found()
    );
    assert_eq!(site.all("aws_vpn_gateway").await.len(), gateways.len() - 1);
}

#[tokio::test]
async fn a_plan_without_changes_leaves_it_active() {
    let fake = FakeService::new();
    let site = Site::new(&fake, "AWS").await;
    let vpc = site.resource("aws_vpc", "production").await;
    let onramp = site.create(site.single(&vpc)).await;
    site.activate(&onramp).await;
    // A description changes nothing in the cloud.
    let change = UpdateOnramp::new().description("the first one");
    site.onramps.patch(&onramp.id, change).await.unwrap();
    assert_eq!(state(&site.onramps, &onramp).await, State::Active);
    site.plan(&onramp).await.unwrap();
    assert_eq!(state(&site.onramps, &onramp).await, State::Active);
    let read = site
        .onramps
        .get(&onramp.id)
        .planned_resources(true)
        .await
        .unwrap();
    assert_eq!(
        actions(&read, &PlannedAction::NoOp).len(),
        read.planned_resources.len()
    );
    assert!(
        site.onramps
            .apply(&onramp.id)
            .await
            .unwrap_err()
            .is_conflict()
    );
}

#[tokio::test]
async fn processes_take_their_time_and_report_progress() {
    let fake = FakeService::new();
    let site = Site::new(&fake, "AWS").await;
    let vpc = site.resource("aws_vpc", "production").await;
    let onramp = site.create(site.single(&vpc)).await;
    let status = || async {
        let read = site.onramps.get(&onramp.id).status(true).await.unwrap();
        read.status.clone().unwrap()
    };
    site.onramps.plan(&onramp.id).await.unwrap();
    let mut seen = vec![status().await.lifecycle_state];
    fake.advance(MINUTE / 2).await;
    let half = status().await;
    seen.push(half.lifecycle_state);
    assert!(half.plan_progress.done > 0 && half.plan_progress.done < half.plan_progress.total);
    fake.advance(MINUTE / 2).await;
    seen.push(status().await.lifecycle_state);
    site.onramps.apply(&onramp.id).await.unwrap();
    seen.push(status().await.lifecycle_state);
    fake.advance(MINUTE * 10).await;
    let half = status().await;
    seen.push(half.lifecycle_state);
    assert!(half.apply_progress.done > 0 && half.apply_progress.done < half.apply_progress.total);
    // What goes on cannot be changed or deleted.
    let change = UpdateOnramp::new().name("other");
    assert!(
        site.onramps
            .patch(&onramp.id, change)
            .await
            .unwrap_err()
            .is_conflict()
    );
    assert!(
        site.onramps
            .delete(&onramp.id)
            .await
            .unwrap_err()
            .is_conflict()
    );
    fake.advance(MINUTE * 11).await;
    seen.push(status().await.lifecycle_state);
    let wanted = [
        State::PendingPlan,
        State::Planning,
        State::PendingApproval,
        State::PendingApply,
        State::Applying,
        State::Active,
    ];
    assert_eq!(seen, wanted);
}

#[tokio::test]
async fn processes_fail_with_their_reasons() {
    let fake = FakeService::new();
    let site = Site::new(&fake, "AWS").await;
    let vpc = site.resource("aws_vpc", "production").await;
    let onramp = site.create(site.single(&vpc)).await;
    fake.fail_next_process(FakeProcess::Plan, "the cloud did not respond");
    let error = site.plan(&onramp).await.unwrap_err().to_string();
    assert!(error.contains("the cloud did not respond"), "{error}");

    site.plan(&onramp).await.unwrap();
    fake.fail_next_process(FakeProcess::Apply, "the quota is used up");
    site.onramps.apply(&onramp.id).await.unwrap();
    let error = site
        .onramps
        .wait_until_active(&onramp.id)
        .await
        .unwrap_err()
        .to_string();
    assert!(error.contains("the quota is used up"), "{error}");
    let read = site.onramps.get(&onramp.id).status(true).await.unwrap();
    let status = read.status.clone().unwrap();
    assert_eq!(status.lifecycle_state, State::ApplyFailed);
    let progress = status.apply_progress;
    assert!(
        progress.done > 0 && progress.done < progress.total,
        "{progress:?}"
    );

    // The next plan has what is left.
    site.plan(&onramp).await.unwrap();
    let read = site
        .onramps
        .get(&onramp.id)
        .planned_resources(true)
        .await
        .unwrap();
    let left = read.planned_resources.len() - actions(&read, &PlannedAction::NoOp).len();
    assert_eq!(left as i64, progress.total - progress.done);
    site.onramps.apply(&onramp.id).await.unwrap();
    site.onramps.wait_until_active(&onramp.id).await.unwrap();

    fake.fail_next_process(FakeProcess::Destroy, "the gateway is in use");
    site.onramps.delete(&onramp.id).destroy(true).await.unwrap();
    let error = site
        .onramps
        .wait_until_destroyed(&onramp.id)
        .await
        .unwrap_err()
        .to_string();
    assert!(error.contains("the gateway is in use"), "{error}");
    assert!(
        site.onramps
            .plan(&onramp.id)
            .await
            .unwrap_err()
            .is_conflict()
    );
    let change = UpdateOnramp::new().name("other");
    let error = site.onramps.patch(&onramp.id, change).await.unwrap_err();
    assert!(error.is_conflict(), "{error}");
    site.onramps.delete(&onramp.id).destroy(true).await.unwrap();
    site.onramps.wait_until_destroyed(&onramp.id).await.unwrap();
}

#[tokio::test]
async fn what_is_detached_stays_built() {
    let fake = FakeService::new();
    let site = Site::new(&fake, "AWS").await;
    let vpc = site.resource("aws_vpc", "production").await;
    let onramp = site.create(site.single(&vpc)).await;
    site.activate(&onramp).await;
    let gateways = site.all("aws_vpn_gateway").await.len();
    site.onramps.delete(&onramp.id).await.unwrap();
    assert!(
        site.onramps
            .get(&onramp.id)
            .await
            .unwrap_err()
            .is_not_found()
    );
    let left = site.all("aws_vpn_gateway").await;
    assert!(left.len() == gateways && left.iter().all(|one| !one.managed));
    // So the VPC has a virtual private gateway now.
    let next = site.create(site.single(&vpc)).await;
    let error = site.plan(&next).await.unwrap_err().to_string();
    assert!(error.contains("virtual private gateway"), "{error}");
}

#[tokio::test]
async fn force_deletes_in_the_middle_of_a_process() {
    let fake = FakeService::new();
    let site = Site::new(&fake, "AWS").await;
    let vpc = site.resource("aws_vpc", "production").await;
    let onramp = site.create(site.single(&vpc)).await;
    site.onramps.plan(&onramp.id).await.unwrap();
    assert!(
        site.onramps
            .delete(&onramp.id)
            .await
            .unwrap_err()
            .is_conflict()
    );
    site.onramps.delete(&onramp.id).force(true).await.unwrap();
    fake.advance(MINUTE * 2).await;
    assert!(site.onramps.list().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_state_that_is_read_back_goes_on() {
    let fake = FakeService::new();
    let site = Site::new(&fake, "AWS").await;
    let vpc = site.resource("aws_vpc", "production").await;
    let onramp = site.create(site.single(&vpc)).await;
    site.plan(&onramp).await.unwrap();
    site.onramps.apply(&onramp.id).await.unwrap();
    let other = FakeService::builder().state(&fake.snapshot()).build();
    let onramps = other.client().account("a1").magic_cloud().onramps();
    onramps.wait_until_active(&onramp.id).await.unwrap();
}
