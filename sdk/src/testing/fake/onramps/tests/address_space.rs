//! The address space, and what on-ramps make of it.

use super::site::{Site, actions};
use crate::testing::FakeService;
use crate::{PlannedAction, UpdateMagicWanAddressSpace};

#[tokio::test]
async fn own_prefixes_replace_the_default() {
    let fake = FakeService::new();
    let spaces = fake
        .client()
        .account("a1")
        .magic_cloud()
        .onramps()
        .magic_wan_address_space();
    let first = spaces.get().await.unwrap();
    let wanted = [
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "100.64.0.0/10",
    ];
    assert_eq!(first.prefixes, wanted);
    for prefixes in [vec!["0.0.0.0/0"], vec!["192.0.2.0/24", "198.51.100.0/24"]] {
        let changed = spaces
            .patch(UpdateMagicWanAddressSpace::new(prefixes.clone()))
            .await
            .unwrap();
        assert_eq!(changed.prefixes, prefixes);
        let changed = spaces
            .update(UpdateMagicWanAddressSpace::new(prefixes.clone()))
            .await
            .unwrap();
        assert_eq!(changed.prefixes, prefixes);
        assert_eq!(spaces.get().await.unwrap().prefixes, prefixes);
    }
    let wrong = ["10.0.0.0/8", "10.0.0.0/33", "all"];
    let error = spaces
        .update(UpdateMagicWanAddressSpace::new(wrong))
        .await
        .unwrap_err();
    let pointers: Vec<_> = error
        .errors()
        .iter()
        .map(crate::ApiError::pointer)
        .collect();
    assert_eq!(pointers, [Some("/prefixes/1"), Some("/prefixes/2")]);
}

#[tokio::test]
async fn the_next_plan_has_the_new_prefixes() {
    let fake = FakeService::new();
    let site = Site::new(&fake, "AWS").await;
    let vpc = site.resource("aws_vpc", "production").await;
    let onramp = site.create(site.single(&vpc)).await;
    site.activate(&onramp).await;
    let spaces = site.onramps.magic_wan_address_space();
    spaces
        .update(UpdateMagicWanAddressSpace::new(["192.0.2.0/24"]))
        .await
        .unwrap();
    site.plan(&onramp).await.unwrap();
    let read = site
        .onramps
        .get(&onramp.id)
        .planned_resources(true)
        .await
        .unwrap();
    assert_eq!(
        actions(&read, &PlannedAction::Update),
        ["aws_ec2_managed_prefix_list"]
    );
    assert_eq!(
        actions(&read, &PlannedAction::Replace),
        ["aws_vpn_connection_route"]
    );
    let gone = actions(&read, &PlannedAction::Destroy);
    assert_eq!(gone, ["aws_vpn_connection_route"; 3]);
    for change in &read.planned_resources {
        let is_same = change.planned_action == PlannedAction::NoOp;
        assert_eq!(change.diff.diff.is_empty(), is_same, "{change:?}");
    }
}
