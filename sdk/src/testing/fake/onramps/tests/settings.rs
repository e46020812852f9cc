//! What an on-ramp can be set to, and how on-ramps are listed.

use super::site::Site;
use crate::testing::{FakeService, json};
use crate::{Error, OnrampCloudType, OnrampSortKey, OnrampType, UpdateOnramp};

const NOWHERE: &str = "00000000-0000-4000-8000-000000000000";

fn pointers(error: &Error) -> Vec<&str> {
    let errors = error.errors().iter();
    errors.filter_map(|one| one.pointer()).collect()
}

async fn refused(site: &Site, body: impl Into<crate::CreateOnramp>) -> Error {
    let error = site.onramps.create(body).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 422, "{error}");
    error
}

#[tokio::test]
async fn a_single_vpc_has_to_fit() {
    let fake = FakeService::new();
    let site = Site::new(&fake, "AWS").await;
    let vpc = site.resource("aws_vpc", "production").await;
    let subnet = site.all("aws_subnet").await.remove(0);
    let body = || site.body(OnrampType::Single, OnrampCloudType::Aws);
    for body in [
        body(),
        body().vpc(NOWHERE),
        body().vpc(subnet.id.clone()),
        site.body(OnrampType::Single, OnrampCloudType::Azure)
            .vpc(vpc.id.clone()),
    ] {
        assert_eq!(pointers(&refused(&site, body).await), ["/vpc"]);
    }
    let mut routing = site.single(&vpc);
    routing.dynamic_routing = true;
    let error = refused(&site, routing).await;
    assert_eq!(
        pointers(&error),
        ["/install_routes_in_cloud", "/install_routes_in_magic_wan"]
    );
    let error = refused(
        &site,
        site.single(&vpc)
            .adopted_hub_id(NOWHERE)
            .region("us-east-1"),
    )
    .await;
    assert_eq!(pointers(&error), ["/adopted_hub_id", "/region"]);
    let created = site.create(site.single(&vpc)).await;
    assert_eq!(
        (created.vpc, created.region),
        (Some(vpc.id), Some(vpc.region))
    );
}

#[tokio::test]
async fn a_hub_has_to_fit() {
    let fake = FakeService::new();
    let site = Site::new(&fake, "AWS").await;
    let hub = site.all("aws_ec2_transit_gateway").await.remove(0);
    let there = site.resource("aws_vpc", "staging").await;
    let body = || site.body(OnrampType::Hub, OnrampCloudType::Aws);
    let adopted = || body().adopted_hub_id(hub.id.clone());
    for (body, wanted) in [
        (body(), vec!["/hub_provider_id", "/region"]),
        (
            body().hub_provider_id(NOWHERE).region("us-east-1"),
            vec!["/hub_provider_id"],
        ),
        (
            adopted().hub_provider_id(site.provider.clone()),
            vec!["/hub_provider_id"],
        ),
        (
            body().adopted_hub_id(there.id.clone()),
            vec!["/adopted_hub_id"],
        ),
        (adopted().vpc(there.id.clone()), vec!["/vpc"]),
        (
            adopted().attached_hubs([NOWHERE]),
            vec!["/attached_hubs", "/attached_hubs/0"],
        ),
        (
            adopted()
                .manage_hub_to_hub_attachments(true)
                .attached_hubs([hub.id.clone()]),
            vec!["/attached_hubs/0"],
        ),
        (
            adopted()
                .manage_vpc_to_hub_attachments(true)
                .attached_vpcs([there.id.clone()]),
            vec!["/attached_vpcs/0"],
        ),
    ] {
        assert_eq!(pointers(&refused(&site, body).await), wanted);
    }
    let azure = site.body(OnrampType::Hub, OnrampCloudType::Azure);
    let error = site.onramps.create(azure).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 501);
}

#[tokio::test]
async fn some_fields_cannot_be_changed() {
    let fake = FakeService::new();
    let site = Site::new(&fake, "AWS").await;
    let vpc = site.resource("aws_vpc", "production").await;
    let onramp = site.create(site.single(&vpc).description("first")).await;
    let path = format!("/accounts/a1/magic/cloud/onramps/{}", onramp.id.as_str());
    let body = json!({"region": "us-east-1", "type": "OnrampTypeHub", "cloud_type": "AWS"});
    let client = fake.client();
    let request = client
        .request(crate::Method::PUT, path.as_str())
        .json(&body);
    let error = request.empty().await.unwrap_err();
    assert_eq!(pointers(&error), ["/type", "/region"]);
    // Some clients send these where there is no value.
    let body = json!({"cloud_asn": 0, "adopted_hub_id": "", "region": onramp.region});
    let request = client.request(crate::Method::PATCH, path).json(&body);
    request.empty().await.unwrap();
    // PUT clears the description, PATCH does not.
    let patched = site
        .onramps
        .patch(&onramp.id, UpdateOnramp::new().name("b"))
        .await
        .unwrap();
    assert_eq!(
        (patched.name.as_str(), patched.description.as_deref()),
        ("b", Some("first"))
    );
    let put = site
        .onramps
        .update(&onramp.id, UpdateOnramp::new().name("c"))
        .await
        .unwrap();
    assert_eq!(
        (put.name.as_str(), put.description.as_deref()),
        ("c", Some(""))
    );
    let change = UpdateOnramp::new().vpc(NOWHERE);
    let error = site.onramps.patch(&onramp.id, change).await.unwrap_err();
    assert_eq!(pointers(&error), ["/vpc"]);
}

#[tokio::test]
async fn lists_are_in_order_and_shorter() {
    let fake = FakeService::new();
    let site = Site::new(&fake, "AWS").await;
    let vpc = site.resource("aws_vpc", "production").await;
    for name in ["c", "a", "b"] {
        let mut body = site.single(&vpc);
        body.name = name.to_owned();
        site.create(body).await;
    }
    let names =
        |list: &[crate::Onramp]| list.iter().map(|one| one.name.clone()).collect::<Vec<_>>();
    let list = site.onramps.list().await.unwrap();
    assert_eq!(names(&list), ["c", "a", "b"]);
    let bare =
        |one: &crate::Onramp| one.vpc.is_none() && one.region.is_none() && one.status.is_none();
    assert!(list.iter().all(bare));
    let list = site
        .onramps
        .list()
        .order_by(OnrampSortKey::Name)
        .status(true)
        .vpcs(true);
    let list = list.await.unwrap();
    assert_eq!(names(&list), ["a", "b", "c"]);
    assert!(
        list.iter()
            .all(|one| one.status.is_some() && one.vpcs_by_id.len() == 1)
    );
    let list = site
        .onramps
        .list()
        .order_by(OnrampSortKey::Name)
        .desc(true)
        .await
        .unwrap();
    assert_eq!(names(&list), ["c", "b", "a"]);
}

#[tokio::test]
async fn unknown_onramps_are_not_found() {
    let fake = FakeService::new();
    let onramps = fake.client().account("a1").magic_cloud().onramps();
    assert!(onramps.get(NOWHERE).await.unwrap_err().is_not_found());
    assert!(onramps.plan(NOWHERE).await.unwrap_err().is_not_found());
    assert!(onramps.apply(NOWHERE).await.unwrap_err().is_not_found());
    assert!(onramps.export(NOWHERE).await.unwrap_err().is_not_found());
    assert!(
        onramps
            .delete(NOWHERE)
            .force(true)
            .await
            .unwrap_err()
            .is_not_found()
    );
    assert!(
        onramps
            .patch(NOWHERE, UpdateOnramp::new())
            .await
            .unwrap_err()
            .is_not_found()
    );
}
