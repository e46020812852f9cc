//! Full captures: their states, files, limits and failures.

use std::time::Duration;

use super::dissect::{File, file};
use super::{example, gcs, pcaps, prove, status};
use crate::testing::{FakeProcess, FakeService, ManualClock};
use crate::{ErrorKind, FullPcap, FullPcapRequest, Pcap, PcapFilter, PcapId, PcapStatus};

/// A fake whose time does not advance by itself, with a proved bucket.
async fn still() -> FakeService {
    let fake = FakeService::new();
    prove(&fake, &gcs()).await;
    let clock = ManualClock::new();
    FakeService::builder()
        .clock(clock)
        .state(&fake.snapshot())
        .build()
}

fn request() -> FullPcapRequest {
    FullPcapRequest::new("ord02", gcs(), 60)
}

async fn start(fake: &FakeService, request: FullPcapRequest) -> PcapId {
    let created = pcaps(fake).create(request).await.unwrap();
    assert_eq!(created.status(), Some(&PcapStatus::Pending));
    created.id().unwrap().clone()
}

async fn get(fake: &FakeService, id: &PcapId) -> FullPcap {
    match pcaps(fake).get(id).await.unwrap() {
        Pcap::Full(full) => full,
        other => panic!("{other:?}"),
    }
}

/// A capture that was run to its end, and its files.
async fn run(fake: &FakeService, request: FullPcapRequest) -> (FullPcap, Vec<(String, File)>) {
    let id = start(fake, request).await;
    pcaps(fake).wait_until_ready(&id).await.unwrap();
    let files = fake.objects(gcs()).into_iter();
    let files = files.filter(|uri| uri.ends_with(&format!("/pcap_{id}.pcap")));
    let files = files.map(|uri| (uri.clone(), file(&fake.object(&uri).unwrap())));
    let files = files.collect();
    (get(fake, &id).await, files)
}

#[tokio::test]
async fn it_goes_through_its_states() {
    let fake = still().await;
    let id = start(&fake, request()).await;
    for (seconds, wanted) in [
        (4, PcapStatus::Pending),
        (1, PcapStatus::Running),
        (59, PcapStatus::Running),
        (1, PcapStatus::ConversionPending),
        (2, PcapStatus::ConversionRunning),
        (7, PcapStatus::ConversionRunning),
        (1, PcapStatus::Success),
    ] {
        fake.advance(Duration::from_secs(seconds)).await;
        let full = get(&fake, &id).await;
        assert_eq!(full.status, Some(wanted.clone()));
        assert_eq!(
            full.packets_captured.is_none(),
            wanted == PcapStatus::Pending
        );
    }
    let full = get(&fake, &id).await;
    assert_eq!(full.colo_name.as_deref(), Some("ord02"));
    assert_eq!(full.destination_conf, Some(gcs().into()));
    assert!(full.packets_captured > Some(600));
    assert_eq!((full.stop_requested, full.error_message), (None, None));
    assert_eq!(status(&pcaps(&fake).download(&id).await.unwrap_err()), 422);
    assert_eq!(status(&pcaps(&fake).stop(&id).await.unwrap_err()), 409);
}

#[tokio::test]
async fn each_machine_writes_a_file_of_whole_packets() {
    let fake = FakeService::new();
    prove(&fake, &gcs()).await;
    for (colo, machines) in [("ord02", 2), ("ORD", 4)] {
        let (full, files) = run(&fake, FullPcapRequest::new(colo, gcs(), 60)).await;
        assert_eq!(files.len(), machines, "{colo}");
        let packets: usize = files.iter().map(|(_, file)| file.packets.len()).sum();
        assert_eq!(full.packets_captured, i64::try_from(packets).ok());
        for (uri, file) in &files {
            assert!(uri.starts_with("gs://captures/magic/ord0"), "{uri}");
            assert!(file.packets.iter().all(|packet| packet.kept == packet.len));
        }
    }
    // All packets of one flow come to one machine.
    let (_, files) = run(&fake, request().filter_v1(example())).await;
    assert_eq!(files.len(), 1);
}

#[tokio::test]
async fn limits_end_it_early() {
    let fake = FakeService::new();
    prove(&fake, &gcs()).await;
    let (full, _) = run(&fake, request().packet_limit(25)).await;
    assert_eq!(full.packets_captured, Some(25));
    let before = fake.clock().elapsed();
    let (full, files) = run(&fake, request().byte_limit(5_000)).await;
    assert!((fake.clock().elapsed() - before).as_secs() < 40);
    let packets = files.iter().flat_map(|(_, file)| &file.packets);
    let bytes: usize = packets.map(|packet| packet.len).sum();
    assert!((3_000..=5_000).contains(&bytes), "{bytes}");
    assert_eq!(full.byte_limit, Some(5_000));
    let (full, _) = run(&fake, FullPcapRequest::new("ord02", gcs(), 86_400)).await;
    assert_eq!(full.packets_captured, Some(10_000));
}

#[tokio::test]
async fn one_runs_at_a_time() {
    let fake = still().await;
    let id = start(&fake, request()).await;
    for _ in 0..2 {
        let error = pcaps(&fake).create(request()).await.unwrap_err();
        assert_eq!(status(&error), 409);
        fake.advance(Duration::from_secs(30)).await;
    }
    pcaps(&fake).stop(&id).await.unwrap();
    start(&fake, request()).await;
}

#[tokio::test]
async fn a_stop_ends_it_and_keeps_its_packets() {
    let fake = still().await;
    let id = start(&fake, request()).await;
    fake.advance(Duration::from_secs(25)).await;
    let running = get(&fake, &id).await.packets_captured;
    pcaps(&fake).stop(&id).await.unwrap();
    pcaps(&fake).stop(&id).await.unwrap();
    let stopped = get(&fake, &id).await;
    assert_eq!(stopped.status, Some(PcapStatus::ConversionPending));
    assert!(stopped.stop_requested.is_some());
    fake.advance(Duration::from_secs(100)).await;
    let ended = get(&fake, &id).await;
    assert_eq!(ended.status, Some(PcapStatus::Success));
    assert_eq!(
        (ended.packets_captured, ended.stop_requested),
        (running, stopped.stop_requested)
    );
}

#[tokio::test]
async fn stopped_before_it_starts_it_has_failed() {
    let fake = still().await;
    let id = start(&fake, request()).await;
    pcaps(&fake).stop(&id).await.unwrap();
    fake.advance(Duration::from_secs(100)).await;
    let full = get(&fake, &id).await;
    assert_eq!(
        (full.status, full.packets_captured),
        (Some(PcapStatus::Failed), Some(0))
    );
}

/// The reason of a capture that fails.
async fn reason(fake: &FakeService, id: PcapId) -> String {
    let error = pcaps(fake).wait_until_ready(&id).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::WaitFailed);
    let reason = get(fake, &id).await.error_message.unwrap();
    assert!(error.to_string().contains(&reason), "{error}");
    reason
}

#[tokio::test]
async fn it_fails_with_a_reason() {
    let fake = FakeService::new();
    prove(&fake, &gcs()).await;
    let unused = PcapFilter::new().destination_port(9);
    let id = start(&fake, request().filter_v1(unused)).await;
    assert!(reason(&fake, id).await.contains("matched"));

    fake.fail_next_process(FakeProcess::Capture, "the disk is full");
    let id = start(&fake, request()).await;
    assert_eq!(reason(&fake, id).await, "the disk is full");

    let id = start(&fake, request()).await;
    fake.deny_writes(gcs());
    assert!(reason(&fake, id).await.contains("bucket"));
    fake.allow_writes(gcs());

    let id = start(&fake, request()).await;
    let buckets = pcaps(&fake).ownership();
    let bucket = buckets.list().await.unwrap().into_iter().next().unwrap();
    buckets.delete(bucket.id).await.unwrap();
    assert!(reason(&fake, id).await.contains("bucket"));
    assert!(
        fake.objects(gcs())
            .iter()
            .all(|uri| !uri.ends_with(".pcap"))
    );
}

#[tokio::test]
async fn it_needs_a_proved_bucket() {
    let fake = FakeService::new();
    let create = async || pcaps(&fake).create(request()).await;
    assert_eq!(status(&create().await.unwrap_err()), 422);
    let added = crate::CreateOwnership::new(gcs());
    pcaps(&fake).ownership().create(added).await.unwrap();
    assert_eq!(status(&create().await.unwrap_err()), 422);
    prove(&fake, &gcs()).await;
    create().await.unwrap();
}
