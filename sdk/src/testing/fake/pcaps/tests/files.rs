//! The packets in the files of captures.

use std::collections::BTreeMap;
use std::time::Duration;

use super::super::capture::{Capture, Kind, Status};
use super::super::file::{WHOLE, pcap};
use super::super::filter::Filter;
use super::dissect::{File, Seen, file};
use super::{capture, example, sampled};
use crate::policy::clock::Clock;
use crate::testing::FakeService;
use crate::testing::fake::moment::Moment;
use crate::{PcapFilter, SimplePcapRequest};

async fn download(request: SimplePcapRequest) -> File {
    let bytes = capture(&FakeService::new(), request).await.unwrap();
    file(&bytes)
}

#[tokio::test]
async fn a_file_has_160_bytes_of_each_packet_of_the_window() {
    let fake = FakeService::new();
    let now = Moment::of(fake.clock().time_of_day());
    let offset = now.minus(Duration::from_secs(3600));
    let request = sampled(10_000, 30).offset_time(offset.text());
    let file = file(&capture(&fake, request).await.unwrap());
    assert_eq!(file.kept, 160);
    let end = offset.milliseconds() * 1000;
    let window = end - 30_000_000..end;
    assert!(file.packets.len() > 300 && file.packets.len() < 600);
    assert!(
        file.packets
            .iter()
            .all(|packet| window.contains(&packet.at))
    );
    assert!(
        file.packets
            .iter()
            .any(|packet| packet.len > 1400 && packet.kept == 160)
    );
    let mut protocols: Vec<u8> = file.packets.iter().map(|packet| packet.protocol).collect();
    protocols.sort_unstable();
    protocols.dedup();
    assert_eq!(protocols, [1, 6, 17, 58]);
}

#[tokio::test]
async fn filters_select_packets() {
    let everything = download(sampled(10_000, 60)).await.packets;
    type Wanted = fn(&Seen) -> bool;
    let cases: [(PcapFilter, Wanted); 7] = [
        (PcapFilter::new(), |_| true),
        (PcapFilter::new().protocol(17), |seen| seen.protocol == 17),
        (PcapFilter::new().protocol(58), |seen| seen.protocol == 58),
        (PcapFilter::new().destination_port(53), |seen| {
            seen.ports.is_some_and(|(_, to)| to == 53)
        }),
        (PcapFilter::new().source_port(443), |seen| {
            seen.ports.is_some_and(|(from, _)| from == 443)
        }),
        (PcapFilter::new().source_address("2001:db8:1::7"), |seen| {
            seen.from.to_string() == "2001:db8:1::7"
        }),
        (example(), |seen| {
            seen.ports == Some((50000, 443)) && seen.from.to_string() == "198.51.100.7"
        }),
    ];
    for (filter, wanted) in cases {
        let request = sampled(10_000, 60).filter_v1(filter.clone());
        let found = download(request).await.packets;
        let expected: Vec<Seen> = everything
            .iter()
            .filter(|seen| wanted(seen))
            .cloned()
            .collect();
        assert!(!expected.is_empty(), "{filter:?}");
        assert_eq!(found, expected, "{filter:?}");
    }
}

#[tokio::test]
async fn a_sample_is_spread_over_the_window() {
    let all = download(sampled(10_000, 60)).await.packets;
    for limit in [1, 7, 100] {
        let some = download(sampled(limit, 60)).await.packets;
        assert_eq!(some.len(), usize::try_from(limit).unwrap());
        assert!(some.iter().all(|packet| all.contains(packet)));
    }
    let some = download(sampled(100, 60)).await.packets;
    assert!(some.last().unwrap().at - some[0].at > 55_000_000);
}

/// A full capture that ran for a minute.
fn whole(filter: &Filter) -> Vec<Seen> {
    let start = Moment::parse("2026-01-01T00:00:07.500Z").unwrap();
    let capture = Capture {
        id: "c".to_owned(),
        status: Status::Running,
        submitted: start,
        filter: filter.clone(),
        time_limit: Duration::from_secs(60),
        packet_limit: None,
        kind: Kind::Full(super::super::capture::Full {
            byte_limit: None,
            colo_name: "ord02".to_owned(),
            destination: "gs://b".to_owned(),
            started: Some(start),
            ended: None,
            captured: None,
            stop_requested: None,
            error_message: None,
        }),
    };
    let (packets, _) = capture.packets(start.plus(Duration::from_secs(90)));
    file(&pcap(&packets, WHOLE)).packets
}

#[test]
fn whole_packets_have_right_checksums() {
    let packets = whole(&Filter::default());
    assert!(packets.len() > 600);
    assert!(packets.iter().all(|packet| packet.kept == packet.len));
}

#[test]
fn what_is_sent_is_read_by_its_protocol() {
    let packets = whole(&Filter::default());
    let text = |packet: &Seen| String::from_utf8_lossy(&packet.payload).into_owned();
    assert!(
        packets
            .iter()
            .any(|packet| text(packet).starts_with("GET /status"))
    );
    assert!(
        packets
            .iter()
            .any(|packet| text(packet).starts_with("SSH-2.0"))
    );
    // A query and its response have one id.
    let mut ids = BTreeMap::new();
    for packet in &packets {
        if packet
            .ports
            .is_some_and(|(from, to)| from == 53 || to == 53)
        {
            *ids.entry(packet.payload[..2].to_vec()).or_insert(0) += 1;
        }
    }
    // A conversation can begin before the window, or end after it.
    let whole = ids.values().filter(|count| **count == 2).count();
    assert!(whole >= ids.len() - 2 && whole > 40, "{ids:?}");
}
