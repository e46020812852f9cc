//! The calls of packet captures and of the buckets that they are written to.

use cloudflare_magic::{
    CreateOwnership, Exposed, FullPcapRequest, PcapFilter, SimplePcapRequest, ValidateOwnership,
};
use serde_json::json;

use crate::case::{Case, case, text};

/// One case for each operation, and one more for the second kind of capture.
pub(crate) fn cases() -> Vec<Case> {
    vec![
        case(
            "magic-pcap-collection-list-packet-capture-requests",
            |account, _| async move { Ok(json!(Exposed(account.pcaps().list().await?))) },
        ),
        simple(),
        full(),
        case(
            "magic-pcap-collection-get-pcap-request",
            |account, id| async move { Ok(json!(Exposed(account.pcaps().get(id).await?))) },
        ),
        case(
            "magic-pcap-collection-download-simple-pcap",
            |account, id| async move { text(account.pcaps().download(id).await?).await },
        ),
        case(
            "magic-pcap-collection-stop-full-pcap",
            |account, id| async move { Ok(json!(Exposed(account.pcaps().stop(id).await?))) },
        ),
        case(
            "magic-pcap-collection-list-pca-ps-bucket-ownership",
            |account, _| async move { Ok(json!(Exposed(account.pcaps().ownership().list().await?))) },
        ),
        case(
            "magic-pcap-collection-add-buckets-for-full-packet-captures",
            |account, _| async move {
                let bucket = CreateOwnership::new("s3://captures/magic?region=eu-central-1");
                Ok(json!(Exposed(
                    account.pcaps().ownership().create(bucket).await?
                )))
            },
        )
        .body(json!({"destination_conf": "s3://captures/magic?region=eu-central-1"})),
        case(
            "magic-pcap-collection-validate-buckets-for-full-packet-captures",
            |account, _| async move {
                let proof = ValidateOwnership::new("gs://captures", "contents of the file");
                Ok(json!(Exposed(
                    account.pcaps().ownership().validate(proof).await?
                )))
            },
        )
        .body(json!({
            "destination_conf": "gs://captures",
            "ownership_challenge": "contents of the file",
        })),
        case(
            "magic-pcap-collection-delete-buckets-for-full-packet-captures",
            |account, id| async move {
                Ok(json!(Exposed(
                    account.pcaps().ownership().delete(id).await?
                )))
            },
        ),
    ]
}

fn simple() -> Case {
    case(
        "magic-pcap-collection-create-pcap-request",
        |account, _| async move {
            let filter = PcapFilter::new()
                .destination_address("192.0.2.10")
                .destination_port(443)
                .protocol(6)
                .source_address("198.51.100.7")
                .source_port(50_000);
            let capture = SimplePcapRequest::builder()
                .packet_limit(10_000)
                .time_limit(300)
                .filter_v1(filter)
                .offset_time("2026-07-20T08:00:00Z")
                .build();
            Ok(json!(Exposed(account.pcaps().create(capture).await?)))
        },
    )
    .body(json!({
        "filter_v1": {
            "destination_address": "192.0.2.10",
            "destination_port": 443,
            "protocol": 6,
            "source_address": "198.51.100.7",
            "source_port": 50_000,
        },
        "offset_time": "2026-07-20T08:00:00Z",
        "packet_limit": 10_000,
        "system": "magic-transit",
        "time_limit": 300,
        "type": "simple",
    }))
}

fn full() -> Case {
    case(
        "magic-pcap-collection-create-pcap-request",
        |account, _| async move {
            let capture = FullPcapRequest::new("ams01", "gs://captures", 86_400)
                .byte_limit(500_000_000)
                .filter_v1(PcapFilter::new().protocol(17))
                .packet_limit(9_999);
            Ok(json!(Exposed(account.pcaps().create(capture).await?)))
        },
    )
    .body(json!({
        "byte_limit": 500_000_000,
        "colo_name": "ams01",
        "destination_conf": "gs://captures",
        "filter_v1": {"protocol": 17},
        "packet_limit": 9_999,
        "system": "magic-transit",
        "time_limit": 86_400,
        "type": "full",
    }))
}
