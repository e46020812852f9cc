//! The report of a mock: unexpected requests, and expectations that were not met.

use cloudflare_magic::testing::{MockTransport, json};
use cloudflare_magic::transport::{Fault, Sent};
use cloudflare_magic::{ErrorKind, FullPcapRequest, Method, SimplePcapRequest, api};

use crate::{account, capture, panic_of, provider, report};

#[tokio::test]
async fn an_unexpected_request_shows_how_it_differs() {
    let mock = MockTransport::new();
    mock.expect::<api::ProvidersList>().times(..).returns([]);
    mock.expect::<api::PcapsCreate>()
        .path("account_id", "a2")
        .body(
            SimplePcapRequest::builder()
                .packet_limit(100)
                .time_limit(300)
                .build(),
        )
        .returns(capture("c1", "pending"));
    let error = account(&mock)
        .pcaps()
        .create(
            SimplePcapRequest::builder()
                .packet_limit(100)
                .time_limit(60)
                .build(),
        )
        .await
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "pcaps.create: 400 Bad Request: POST /accounts/a1/pcaps is not expected; the nearest expectation is POST \
         /accounts/{account_id}/pcaps: path `account_id`: expected \"a2\", sent \"a1\", and more differences (cf-ray 0000000000000001-TST)"
    );
    let report = report(&mock);
    let location = report
        .split_once("(expected at ")
        .unwrap()
        .1
        .split_once(')')
        .unwrap()
        .0;
    assert!(location.contains("report.rs:"), "{location}");
    assert_eq!(
        report.replace(location, "HERE"),
        "the mock was not used as expected

request 1 is not expected:
  POST /accounts/a1/pcaps
  {
    \"packet_limit\": 100,
    \"system\": \"magic-transit\",
    \"time_limit\": 60,
    \"type\": \"simple\"
  }
it differs from POST /accounts/{account_id}/pcaps (expected at HERE)
  path `account_id`
    expected \"a2\"
    sent     \"a1\"
  body.time_limit
    expected 300
    sent     60

POST /accounts/{account_id}/pcaps (expected at HERE) is expected once, but was never sent
"
    );
}

#[tokio::test]
async fn an_unexpected_request_is_not_retried_and_ends_a_waiter() {
    let mock = MockTransport::new();
    let account = account(&mock);
    let error = account.pcaps().list().await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Api, 1));
    assert!(
        error
            .to_string()
            .contains("GET /accounts/a1/pcaps is not expected; there are no expectations"),
        "{error}"
    );
    let onramps = account.magic_cloud().onramps();
    let _ = onramps.wait_until_destroyed("o1").await.unwrap_err();
    assert_eq!(mock.requests().len(), 2);
    let report = report(&mock);
    assert!(report.contains("request 2 is not expected:\n  GET /accounts/a1/magic/cloud/onramps/o1?status=true\nthere are no expectations"), "{report}");
}

#[tokio::test]
async fn a_request_sent_too_often_is_reported_with_the_expected_number() {
    let mock = MockTransport::new();
    mock.expect::<api::PcapsGet>()
        .returns(capture("c1", "success"));
    mock.expect::<api::PcapsGet>()
        .path("pcap_id", "c2")
        .times(0)
        .returns(capture("c2", "success"));
    let pcaps = account(&mock).pcaps();
    pcaps.get("c1").await.unwrap();
    let error = pcaps.get("c1").await.unwrap_err();
    assert!(
        error
            .to_string()
            .contains("GET /accounts/a1/pcaps/c1 is expected once, not again"),
        "{error}"
    );
    let report = report(&mock);
    assert!(
        report.contains("it matches GET /accounts/{account_id}/pcaps/{pcap_id} (expected at "),
        "{report}"
    );
    assert!(
        report.contains("which is used up: it is expected once"),
        "{report}"
    );
}

/// Of two expectations of the same operation, the nearest is the one that is not used up.
#[tokio::test]
async fn a_used_up_expectation_is_not_the_nearest() {
    let mock = MockTransport::new();
    mock.expect::<api::PcapsGet>()
        .returns(capture("c1", "success"));
    mock.expect::<api::PcapsGet>()
        .path("pcap_id", "c2")
        .returns(capture("c2", "success"));
    let pcaps = account(&mock).pcaps();
    pcaps.get("c1").await.unwrap();
    let _ = pcaps.get("c1").await.unwrap_err();
    let report = report(&mock);
    assert!(
        report.contains("path `pcap_id`\n    expected \"c2\"\n    sent     \"c1\""),
        "{report}"
    );
}

#[tokio::test]
async fn the_nearest_is_the_one_with_the_fewest_differences() {
    let mock = MockTransport::new();
    let get = || mock.expect::<api::PcapsGet>().times(..);
    get()
        .path("pcap_id", "c2")
        .header("x-a", "1")
        .header("x-b", "1")
        .returns(capture("c", "failed"));
    get()
        .path("pcap_id", "c3")
        .header("x-b", "1")
        .returns(capture("c", "failed"));
    // Another operation, although the path is nearly the same.
    mock.expect::<api::PcapsDownload>()
        .times(..)
        .returns_bytes("");
    let pcaps = account(&mock).pcaps();
    let _ = pcaps.get("c1").await.unwrap_err();
    let _ = pcaps.list().await.unwrap_err();
    let report = report(&mock);
    assert!(
        report.contains("expected \"c3\"") && !report.contains("\"c2\""),
        "{report}"
    );
    // Of other operations, the one with the most similar path.
    assert!(
        report.contains("operation\n    expected GET /accounts/{account_id}/pcaps/{pcap_id}\n    sent     GET /accounts/a1/pcaps"),
        "{report}"
    );
}

#[tokio::test]
async fn an_unmet_expectation_is_reported_with_how_often_it_was_sent() {
    let mock = MockTransport::new();
    mock.expect::<api::PcapsList>().times(2).returns([]);
    mock.expect::<api::ProvidersList>().times(3..).returns([]);
    mock.expect::<api::PcapsStop>().times(..).returns_nothing();
    let account = account(&mock);
    account.pcaps().list().await.unwrap();
    for _ in 0..2 {
        account.magic_cloud().providers().list().await.unwrap();
    }
    let report = report(&mock);
    assert!(
        report.contains("is expected 2 times, but was sent once"),
        "{report}"
    );
    assert!(
        report.contains("is expected at least 3 times, but was sent 2 times"),
        "{report}"
    );
    assert!(!report.contains("/stop"), "{report}");
}

#[tokio::test]
async fn b14_no_secret_is_printed() {
    let mock = MockTransport::new();
    let bucket =
        |secret: &str| format!("r2://bucket?access-key-id=HUSH&secret-access-key={secret}");
    let full = |conf: String| FullPcapRequest::new("ams", conf, 300);
    mock.expect::<api::PcapsCreate>()
        .body(full(bucket("HUSH1")))
        .returns(capture("c1", "pending"));
    mock.expect_request::<cloudflare_magic::endpoint::Raw>(Method::PUT, "/notes")
        .query("to", bucket("HUSH2"))
        .body(json!({"text": bucket("HUSH3")}))
        .breaks(Fault::Io, Sent::Maybe);
    let error = account(&mock)
        .pcaps()
        .create(full(bucket("HUSH4")))
        .await
        .unwrap_err();
    let note = mock
        .client()
        .request(Method::PUT, "/notes")
        .query("to", bucket("HUSH5"));
    let other = note
        .json(&json!({"text": bucket("HUSH6")}))
        .raw()
        .await
        .unwrap_err();
    let report = report(&mock);
    for text in [
        error.to_string(),
        other.to_string(),
        report.clone(),
        format!("{mock:?} {:?}", mock.requests()),
    ] {
        assert!(
            !text.contains("HUSH") && !text.contains("test-token"),
            "{text}"
        );
    }
    assert!(report.contains("body.destination_conf\n    expected \"***\"\n    sent     \"***\", a different value: secrets are not shown"), "{report}");
    assert!(report.contains("r2://bucket?access-key-id=***"), "{report}");
    // The test itself can read the whole request.
    let sent: serde_json::Value = mock.requests()[0].json();
    assert_eq!(sent["destination_conf"], bucket("HUSH4"));
}

#[tokio::test]
async fn dropping_the_mock_reports_unmet_expectations() {
    let mock = MockTransport::new();
    let client = mock.client();
    mock.expect::<api::ProvidersGet>().returns(provider("p1"));
    let message = panic_of(move || drop(mock));
    assert!(
        message.contains("is expected once, but was never sent"),
        "{message}"
    );
    // The client lives longer, and gets responses as before.
    client
        .account("a1")
        .magic_cloud()
        .providers()
        .get("p1")
        .await
        .unwrap();
}

#[test]
fn the_report_is_printed_once() {
    let mock = MockTransport::new();
    mock.expect::<api::PcapsStop>().returns_nothing();
    assert!(report(&mock).contains("never sent"));
    mock.verify();
    drop(mock);
}

#[test]
fn a_test_that_already_panics_keeps_its_message() {
    let message = panic_of(|| {
        let mock = MockTransport::new();
        mock.expect::<api::PcapsStop>().returns_nothing();
        let reason = String::from("the message of the test");
        std::panic::panic_any(reason);
    });
    assert_eq!(message, "the message of the test");
}

/// An expectation without a response has no effect: the compiler warns about it.
#[test]
fn an_expectation_without_a_response_has_no_effect() {
    let mock = MockTransport::default();
    let _incomplete = mock.expect::<api::PcapsStop>();
    mock.verify();
}
