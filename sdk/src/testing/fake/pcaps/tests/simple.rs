//! Simple captures: their states, limits and failures.

use std::time::Duration;

use super::{capture, example, pcaps, sampled, status};
use crate::testing::{FakeProcess, FakeService, ManualClock};
use crate::{ErrorKind, Pcap, PcapFilter, PcapStatus, SimplePcapRequest, api};

fn request() -> SimplePcapRequest {
    sampled(100, 60)
}

#[tokio::test]
async fn it_is_pending_for_two_seconds() {
    let fake = FakeService::builder().clock(ManualClock::new()).build();
    let pcaps = pcaps(&fake);
    let created = pcaps.create(request().filter_v1(example())).await.unwrap();
    assert_eq!(created.status(), Some(&PcapStatus::Pending));
    let id = created.id().unwrap();
    let error = pcaps.download(id).await.unwrap_err();
    assert_eq!(status(&error), 409);
    fake.advance(Duration::from_secs(2)).await;
    let Pcap::Simple(ready) = pcaps.get(id).await.unwrap() else {
        panic!("a simple capture");
    };
    assert_eq!(ready.status, Some(PcapStatus::Success));
    assert_eq!(ready.filter_v1, Some(example()));
    assert_eq!(
        (ready.time_limit, ready.offset_time),
        (Some(60), ready.submitted)
    );
    assert_eq!(status(&pcaps.get("other").await.unwrap_err()), 404);
    assert_eq!(status(&pcaps.stop(id).await.unwrap_err()), 422);
}

#[tokio::test]
async fn one_may_be_requested_a_minute() {
    let fake = FakeService::builder().clock(ManualClock::new()).build();
    let client = fake.install(crate::Client::builder().api_token("t"));
    let client = client.max_attempts(1).build().unwrap();
    let pcaps = client.account("a1").pcaps();
    pcaps.create(request()).await.unwrap();
    fake.advance(Duration::from_secs(20)).await;
    let error = pcaps.create(request()).await.unwrap_err();
    assert_eq!(status(&error), 429);
    assert_eq!(error.retry_after(), Some(Duration::from_secs(40)));
    fake.advance(Duration::from_secs(40)).await;
    pcaps.create(request()).await.unwrap();
    // Another account has a minute of its own.
    client
        .account("a2")
        .pcaps()
        .create(request())
        .await
        .unwrap();
}

#[tokio::test]
async fn the_clients_own_retry_waits_for_the_next_minute() {
    let fake = FakeService::new();
    let pcaps = pcaps(&fake);
    for _ in 0..3 {
        pcaps.create(request()).await.unwrap();
    }
    let elapsed = fake.clock().elapsed().as_secs();
    assert!((120..150).contains(&elapsed), "{elapsed}");
}

#[tokio::test]
async fn it_looks_back_within_a_day() {
    let fake = FakeService::new();
    // The fake's clock begins at this time of day.
    let pcaps = pcaps(&fake);
    let now = pcaps.create(request()).await.unwrap();
    let now = now.submitted().unwrap().as_str().to_owned();
    let day = now.split_once('T').unwrap().0.to_owned();
    for (offset, wanted) in [
        ("2020-01-01T00:00:00Z".to_owned(), Some(422)),
        ("2100-01-01T00:00:00Z".to_owned(), Some(422)),
        (format!("{day}T00:00:00Z"), None),
    ] {
        let result = pcaps.create(request().offset_time(offset.clone())).await;
        match (result, wanted) {
            (Ok(Pcap::Simple(capture)), None) => {
                assert_eq!(capture.offset_time.unwrap().as_str(), offset);
            }
            (result, wanted) => {
                assert_eq!(Some(status(&result.unwrap_err())), wanted, "{offset}");
            }
        }
    }
}

#[tokio::test]
async fn it_fails_if_nothing_matches() {
    let fake = FakeService::new();
    let no_host = PcapFilter::new().source_address("192.0.2.99");
    let error = capture(&fake, request().filter_v1(no_host))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::WaitFailed);
    fake.fail_next_process(FakeProcess::Capture, "the disk is full");
    let error = capture(&fake, request()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::WaitFailed);
    assert!(!capture(&fake, request()).await.unwrap().is_empty());
}

#[tokio::test]
async fn filters_have_addresses() {
    let pcaps = pcaps(&FakeService::new());
    for (address, wanted) in [("www.example.com", 400), ("192.0.2.0/24", 501)] {
        let filter = PcapFilter::new().destination_address(address);
        let error = pcaps.create(request().filter_v1(filter)).await.unwrap_err();
        assert_eq!(status(&error), wanted, "{address}");
    }
}

#[tokio::test]
async fn a_list_has_the_newest_fifty() {
    let fake = FakeService::new();
    let pcaps = pcaps(&fake);
    assert!(pcaps.list().await.unwrap().is_empty());
    let mut ids = Vec::new();
    for _ in 0..52 {
        let created = pcaps.create(request()).await.unwrap();
        ids.push(created.id().unwrap().clone());
        fake.advance(Duration::from_secs(60)).await;
    }
    let listed = pcaps.list().await.unwrap();
    let listed: Vec<_> = listed
        .iter()
        .map(|pcap| pcap.id().unwrap().clone())
        .collect();
    ids.reverse();
    assert_eq!(listed, ids[..50]);
    // The others can still be read.
    pcaps.get(&ids[51]).await.unwrap();
}

#[tokio::test]
async fn a_snapshot_goes_on() {
    let fake = FakeService::builder().clock(ManualClock::new()).build();
    let created = pcaps(&fake).create(request()).await.unwrap();
    let again = FakeService::builder().state(&fake.snapshot()).build();
    let id = created.id().unwrap();
    let ready = pcaps(&again).wait_until_ready(id).await.unwrap();
    assert_eq!(ready.status(), Some(&PcapStatus::Success));
    again.fail_next::<api::PcapsDownload>(404, 1003, "gone");
    assert!(pcaps(&again).download(id).await.unwrap_err().is_not_found());
}
