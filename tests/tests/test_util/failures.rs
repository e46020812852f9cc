//! Failures: errors of the service and of gateways, broken connections, no response.

use std::io;
use std::time::Duration;

use cloudflare_magic::testing::{ErrorBuilder, Fault, MockTransport, Sent};
use cloudflare_magic::{
    CloudType, CreateProvider, ErrorCode, ErrorKind, Phase, SimplePcapRequest, api,
};

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

/// What a program can ask an error, in one text.
fn facts(error: &cloudflare_magic::Error) -> String {
    let codes = error.errors().iter().map(|error| error.code().cloned());
    format!(
        "{error}: {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?}",
        error.kind(),
        error.operation(),
        error.status(),
        codes.collect::<Vec<_>>(),
        error.attempts(),
        error.may_have_been_processed(),
        error.hint(),
        (error.is_auth(), error.is_not_found(), error.is_conflict()),
        (
            error.is_rate_limited(),
            error.is_timeout(),
            error.retry_after()
        ),
    )
}

#[tokio::test]
async fn an_error_that_a_test_makes_is_like_that_of_a_call() {
    for (status, code) in [
        (401, 10_000),
        (403, 1012),
        (404, 7003),
        (409, 1001),
        (500, 1002),
    ] {
        let mock = MockTransport::new();
        mock.expect::<api::PcapsCreate>().fails(status, code, "no");
        let request = SimplePcapRequest::builder().packet_limit(1).time_limit(1);
        let pcaps = account(&mock).pcaps();
        let called = pcaps.create(request.build()).await.unwrap_err();
        let made = ErrorBuilder::new(ErrorKind::Api)
            .endpoint::<api::PcapsCreate>()
            .status(status)
            .reports(code, "no")
            .ray_id(called.ray_id().unwrap())
            .may_have_been_processed(called.may_have_been_processed());
        assert_eq!(facts(&made.build()), facts(&called));
        assert_eq!(facts(&called.clone()), facts(&called));
    }
}

#[test]
fn an_error_that_a_test_makes_has_what_the_test_sets() {
    let phase = Phase::Total;
    let error = ErrorBuilder::new(ErrorKind::Timeout { phase })
        .message("too slow")
        .attempts(3)
        .elapsed(Duration::from_secs(9))
        .retry_after(Duration::from_secs(2))
        .source(io::Error::other("disk"))
        .build_with_last_value(7_u8);
    assert!(
        error.is_timeout() && error.to_string().starts_with("too slow ("),
        "{error}"
    );
    assert_eq!((error.attempts(), error.elapsed().as_secs()), (3, 9));
    assert_eq!(error.retry_after(), Some(Duration::from_secs(2)));
    let copy = error.clone();
    let inner = copy.get_ref().expect("the error behind it");
    assert!(inner.is::<io::Error>());
    assert_eq!(copy.last_value::<u8>(), Some(&7));
}
