//! Buckets: added, proved, not proved, removed.

use std::time::Duration;

use super::{gcs, pcaps, prove, status};
use crate::testing::{FakeProcess, FakeService, ManualClock};
use crate::{
    BucketDestination, CreateOwnership, ErrorKind, FullPcapRequest, Method, OwnershipStatus,
    SecretText, ValidateOwnership,
};

fn still() -> FakeService {
    FakeService::builder().clock(ManualClock::new()).build()
}

#[tokio::test]
async fn a_bucket_is_proved_in_five_minutes() {
    let fake = still();
    let buckets = pcaps(&fake).ownership();
    let added = buckets.create(CreateOwnership::new(gcs())).await.unwrap();
    assert_eq!(
        (added.status.as_str(), added.validated.is_none()),
        ("pending", true)
    );
    assert_eq!(added.filename.len(), "ownership-challenge-.txt".len() + 32);
    assert!(!added.filename.contains(added.id.as_str()));
    let uri = format!("gs://captures/magic/{}", added.filename);
    assert_eq!(fake.objects(gcs()), [uri.as_str()]);
    let contents = String::from_utf8(fake.object(&uri).unwrap().to_vec()).unwrap();
    assert_eq!(Some(&contents), fake.challenge(gcs()).as_ref());
    assert!(!contents.contains(added.id.as_str()) && contents.split('.').count() == 3);

    let proof = ValidateOwnership::new(gcs(), format!("{contents}\n"));
    let checked = buckets.validate(proof.clone()).await.unwrap();
    assert_eq!(
        (checked.id, checked.status),
        (added.id, OwnershipStatus::Pending)
    );
    fake.advance(Duration::from_secs(299)).await;
    assert_eq!(
        buckets.list().await.unwrap()[0].status,
        OwnershipStatus::Pending
    );
    fake.advance(Duration::from_secs(1)).await;
    let proved = buckets.list().await.unwrap().into_iter().next().unwrap();
    assert_eq!(proved.status, OwnershipStatus::Success);
    assert!(proved.validated.is_some());
    assert_eq!(buckets.validate(proof).await.unwrap(), proved);
}

#[tokio::test]
async fn the_name_of_the_file_proves_nothing() {
    let fake = FakeService::new();
    let buckets = pcaps(&fake).ownership();
    let name = async |challenge: crate::BucketOwnership| Ok::<_, String>(challenge.filename);
    let error = buckets.prove(&gcs(), name).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::WaitFailed);
    // The contents still do.
    let proof = ValidateOwnership::new(gcs(), fake.challenge(gcs()).unwrap());
    let again = buckets.validate(proof).await.unwrap();
    let proved = buckets.wait_until_validated(again.id).await.unwrap();
    assert_eq!(proved.status, OwnershipStatus::Success);
}

#[tokio::test]
async fn of_two_checks_the_later_counts() {
    let fake = still();
    let buckets = pcaps(&fake).ownership();
    buckets.create(CreateOwnership::new(gcs())).await.unwrap();
    let right = fake.challenge(gcs()).unwrap();
    for text in ["wrong", &right] {
        buckets
            .validate(ValidateOwnership::new(gcs(), text))
            .await
            .unwrap();
        fake.advance(Duration::from_secs(200)).await;
    }
    assert_eq!(
        buckets.list().await.unwrap()[0].status,
        OwnershipStatus::Pending
    );
    fake.advance(Duration::from_secs(100)).await;
    assert_eq!(
        buckets.list().await.unwrap()[0].status,
        OwnershipStatus::Success
    );
}

#[tokio::test]
async fn a_check_can_be_made_to_fail() {
    let fake = FakeService::new();
    fake.fail_next_process(FakeProcess::BucketValidation, "bad luck");
    let fetch = async |_| fake.challenge(gcs()).ok_or("not added");
    let error = pcaps(&fake)
        .ownership()
        .prove(&gcs(), fetch)
        .await
        .unwrap_err();
    assert_eq!(
        error.operation(),
        Some("pcaps.ownership.wait_until_validated")
    );
    prove(&fake, &gcs()).await;
}

#[tokio::test]
async fn an_r2_bucket_is_proved_by_its_keys_which_are_not_kept() {
    let fake = FakeService::new();
    let buckets = pcaps(&fake).ownership();
    let r2 = BucketDestination::r2("captures", "account", "HUSHID", "HUSHKEY").unwrap();
    let r2 = r2.directory("magic").unwrap();
    let added = buckets.create(CreateOwnership::new(&r2)).await.unwrap();
    assert_eq!(added.status, OwnershipStatus::Success);
    let without = SecretText::from(r2.clone().without_keys());
    assert_eq!(added.destination_conf, without);
    let validated = buckets
        .validate(ValidateOwnership::new(without, "any"))
        .await;
    assert_eq!(validated.unwrap().id, added.id);
    for bucket in [r2.clone(), r2.clone().without_keys()] {
        let request = FullPcapRequest::new("ord02", bucket, 10);
        let capture = pcaps(&fake).create(request).await.unwrap();
        pcaps(&fake)
            .wait_until_ready(capture.id().unwrap())
            .await
            .unwrap();
    }
    assert!(!fake.snapshot().to_string().contains("HUSH"));
    let bare = CreateOwnership::new(r2.without_keys());
    assert_eq!(status(&buckets.create(bare).await.unwrap_err()), 422);
}

#[tokio::test]
async fn buckets_that_are_not_there() {
    let fake = FakeService::new();
    let buckets = pcaps(&fake).ownership();
    for uri in ["captures", "https://captures", "s3://captures", "gs://"] {
        let error = buckets.create(CreateOwnership::new(uri)).await.unwrap_err();
        assert_eq!(status(&error), 422, "{uri}");
    }
    let proof = ValidateOwnership::new(gcs(), "text");
    assert_eq!(status(&buckets.validate(proof).await.unwrap_err()), 404);
    assert_eq!(status(&buckets.delete("none").await.unwrap_err()), 404);
    assert_eq!(
        (fake.challenge(gcs()), fake.objects(gcs())),
        (None, Vec::new())
    );
    fake.deny_writes(gcs());
    let error = buckets
        .create(CreateOwnership::new(gcs()))
        .await
        .unwrap_err();
    assert_eq!(status(&error), 422);
    fake.allow_writes(gcs());
    let added = buckets.create(CreateOwnership::new(gcs())).await.unwrap();
    buckets.delete(added.id).await.unwrap();
    assert!(buckets.list().await.unwrap().is_empty());
    assert_eq!(fake.objects(gcs()).len(), 1);
}

#[tokio::test]
async fn the_old_spelling_is_read() {
    for (old, key) in [(true, "destinaton_conf"), (false, "destination_conf")] {
        let fake = FakeService::builder().old_spelling(old).build();
        let buckets = pcaps(&fake).ownership();
        let added = buckets.create(CreateOwnership::new(gcs())).await.unwrap();
        assert_eq!(added.destination_conf, SecretText::from(gcs()));
        let client = fake.client();
        let raw = client.request(Method::GET, "/accounts/a1/pcaps/ownership");
        let raw = raw.list::<serde_json::Value>().await.unwrap();
        assert_eq!(raw[0][key], "gs://captures/magic");
    }
}

#[tokio::test]
async fn a_bucket_that_was_added_twice_is_proved_by_either_text() {
    let fake = still();
    let buckets = pcaps(&fake).ownership();
    let mut texts = Vec::new();
    for _ in 0..2 {
        buckets.create(CreateOwnership::new(gcs())).await.unwrap();
        texts.push(fake.challenge(gcs()).unwrap());
    }
    assert_ne!(texts[0], texts[1]);
    let first = ValidateOwnership::new(gcs(), texts[0].as_str());
    buckets.validate(first).await.unwrap();
    fake.advance(Duration::from_secs(300)).await;
    let states: Vec<_> = buckets
        .list()
        .await
        .unwrap()
        .into_iter()
        .map(|one| one.status)
        .collect();
    assert_eq!(states, [OwnershipStatus::Success, OwnershipStatus::Pending]);
}

#[tokio::test]
async fn objects_are_read_by_requests() {
    let fake = FakeService::new();
    let buckets = pcaps(&fake).ownership();
    let added = buckets.create(CreateOwnership::new(gcs())).await.unwrap();
    let client = fake.client();
    let read = async |uri: &str| {
        let request = client.request(Method::GET, "/fake/objects");
        request.query("uri", uri).raw().await
    };
    let uri = format!("gs://captures/magic/{}", added.filename);
    let contents = read(&uri).await.unwrap().to_vec();
    assert_eq!(String::from_utf8(contents).ok(), fake.challenge(gcs()));
    let list = read("gs://captures").await.unwrap().to_vec();
    assert!(String::from_utf8(list).unwrap().contains(&uri));
    let missing = read("gs://captures/other").await.unwrap_err();
    assert_eq!(status(&missing), 404);
    assert_eq!(status(&read("captures").await.unwrap_err()), 400);
}
