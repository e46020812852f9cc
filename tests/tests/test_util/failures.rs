//! Failures: errors of the service and of gateways, broken connections, no response.

use cloudflare_magic::testing::MockTransport;
use cloudflare_magic::transport::{Fault, Sent};
use cloudflare_magic::{CloudType, CreateProvider, ErrorCode, ErrorKind, Phase, api};

use crate::{account, capture, panic_of, provider};

#[tokio::test]
async fn an_error_of_the_service_is_in_an_envelope() {
    let mock = MockTransport::new();
    mock.expect::<api::PcapsStop>()
        .fails(403, 1012, "feature not enabled");
    mock.expect::<api::PcapsStop>()
        .fails(200, ErrorCode::from(1001), "not really");
    let pcaps = account(&mock).pcaps();
    let error = pcaps.stop("c1").await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "pcaps.stop: 403 Forbidden: [1012] feature not enabled (Cloudflare may have to enable the feature for the account, cf-ray 0000000000000001-TST)"
    );
    let error = pcaps.stop("c1").await.unwrap_err();
    assert_eq!(
        (error.kind(), error.errors()[0].message()),
        (ErrorKind::Api, "not really")
    );
}

#[tokio::test]
async fn a_read_is_retried_and_a_create_is_not() {
    let mock = MockTransport::new();
    mock.expect::<api::ProvidersList>().fails(500, 1001, "busy");
    mock.expect::<api::ProvidersList>()
        .returns([provider("p1")]);
    mock.expect::<api::ProvidersCreate>()
        .fails(500, 1001, "busy");
    let providers = account(&mock).magic_cloud().providers();
    let response = providers.list().send().await.unwrap();
    assert_eq!((response.attempts(), response.value().len()), (2, 1));
    let create = CreateProvider::new(CloudType::Aws, "n");
    let error = providers.create(create).await.unwrap_err();
    assert!(error.attempts() == 1 && error.may_have_been_processed());
}

#[tokio::test]
async fn a_broken_connection_says_whether_the_request_was_sent() {
    let mock = MockTransport::new();
    mock.expect::<api::ProvidersCreate>()
        .breaks(Fault::Connect, Sent::No);
    mock.expect::<api::ProvidersCreate>()
        .breaks(Fault::Io, Sent::Maybe);
    let providers = account(&mock).magic_cloud().providers();
    let create = CreateProvider::new(CloudType::Aws, "n");
    let error = providers.create(create).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Io, 2));
    assert!(error.may_have_been_processed());
}

#[tokio::test]
async fn any_response_can_be_set() {
    let mock = MockTransport::new();
    let page = [("content-type", "text/html"), ("CF-Ray", "mine-AMS")];
    mock.expect::<api::PcapsStop>()
        .responds(403, &page, "<title>Go away</title>");
    mock.expect::<api::PcapsGet>()
        .times(2)
        .responds(429, &[("retry-after", "7")], "");
    mock.expect::<api::PcapsGet>()
        .returns(capture("c1", "success"));
    let pcaps = account(&mock).pcaps();
    let error = pcaps.stop("c1").await.unwrap_err();
    assert_eq!(
        (error.kind(), error.ray_id()),
        (ErrorKind::Http, Some("mine-AMS"))
    );
    assert!(error.to_string().contains("Go away"), "{error}");

    let response = pcaps.get("c1").send().await.unwrap();
    assert_eq!(response.attempts(), 3);
    assert!(mock.clock().elapsed().as_secs() >= 14);
}

#[tokio::test]
async fn a_missing_response_ends_with_a_time_limit() {
    let mock = MockTransport::new();
    mock.expect::<api::PcapsList>().stalls();
    let error = account(&mock)
        .pcaps()
        .list()
        .max_attempts(1)
        .await
        .unwrap_err();
    let phase = Phase::Headers;
    assert_eq!(error.kind(), ErrorKind::Timeout { phase });
    assert_eq!(mock.clock().elapsed().as_secs(), 30);
}

#[test]
fn an_invalid_response_panics_at_once() {
    let mock = MockTransport::new();
    let stop = || mock.expect::<api::PcapsStop>();
    assert_eq!(
        panic_of(|| stop().fails(7, 1001, "")),
        "7 is not an HTTP status"
    );
    assert_eq!(
        panic_of(|| stop().responds(1000, &[], "")),
        "1000 is not an HTTP status"
    );
    assert_eq!(
        panic_of(|| stop().responds(200, &[("a b", "c")], "")),
        "`a b: c` is not a valid header"
    );
    let export = mock.expect::<api::ResourcesExport>();
    assert!(panic_of(|| export.returns_file("a\nb", "")).contains("is not a valid header"));
    mock.verify();
}
