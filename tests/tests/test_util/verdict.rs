//! What a mock says at the end: requests that nothing expects, and expectations that nothing met.

use cloudflare_magic::testing::{MockTransport, json};
use cloudflare_magic::transport::{Fault, Sent};
use cloudflare_magic::{ErrorKind, FullPcapRequest, Method, SimplePcapRequest, api};

use crate::{account, capture, panic_of, provider, verdict};

#[tokio::test]
async fn an_unexpected_request_shows_how_it_differs() {
    let mock = MockTransport::new();
    mock.expect::<api::ProvidersList>().times(..).returns([]);
    mock.expect::<api::PcapsCreate>()
        .path("account_id", "a2")
        .body(SimplePcapRequest::new(100, 300))
        .returns(capture("c1", "pending"));
    let error = account(&mock)
        .pcaps()
        .create(SimplePcapRequest::new(100, 60))
        .await
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "pcaps.create: 421 Misdirected Request: POST /accounts/a1/pcaps is not expected; nearest is POST \
         /accounts/{account_id}/pcaps: path `account_id`: expected \"a2\", sent \"a1\", and more (cf-ray 0000000000000001-TST)"
    );
    let verdict = verdict(&mock);
    let place = verdict
        .split_once("(expected at ")
        .unwrap()
        .1
        .split_once(')')
        .unwrap()
        .0;
    assert!(place.contains("verdict.rs:"), "{place}");
    assert_eq!(
        verdict.replace(place, "HERE"),
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
async fn it_is_not_tried_again_and_no_news_to_a_waiter() {
    let mock = MockTransport::new();
    let account = account(&mock);
    let error = account.pcaps().list().await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Api, 1));
    assert!(
        error
            .to_string()
            .contains("nothing is expected, but GET /accounts/a1/pcaps was sent"),
        "{error}"
    );
    let onramps = account.magic_cloud().onramps();
    let _ = onramps.wait_until_destroyed("o1").await.unwrap_err();
    assert_eq!(mock.requests().len(), 2);
    let verdict = verdict(&mock);
    assert!(verdict.contains("request 2 is not expected:\n  GET /accounts/a1/magic/cloud/onramps/o1?status=true\nnothing is expected at all"), "{verdict}");
}

#[tokio::test]
async fn one_that_was_expected_less_often_says_so() {
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
    let verdict = verdict(&mock);
    assert!(
        verdict.contains("it fits GET /accounts/{account_id}/pcaps/{pcap_id} (expected at "),
        "{verdict}"
    );
    assert!(
        verdict.contains("which is used up: it is expected once"),
        "{verdict}"
    );
}

/// Of two to the same operation, the one that is still to come was meant.
#[tokio::test]
async fn one_that_is_used_up_is_not_the_nearest() {
    let mock = MockTransport::new();
    mock.expect::<api::PcapsGet>()
        .returns(capture("c1", "success"));
    mock.expect::<api::PcapsGet>()
        .path("pcap_id", "c2")
        .returns(capture("c2", "success"));
    let pcaps = account(&mock).pcaps();
    pcaps.get("c1").await.unwrap();
    let _ = pcaps.get("c1").await.unwrap_err();
    let verdict = verdict(&mock);
    assert!(
        verdict.contains("path `pcap_id`\n    expected \"c2\"\n    sent     \"c1\""),
        "{verdict}"
    );
}

#[tokio::test]
async fn the_nearest_is_the_one_with_the_least_differences() {
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
    // Of another operation, although the path is nearly the same.
    mock.expect::<api::PcapsDownload>()
        .times(..)
        .returns_bytes("");
    let pcaps = account(&mock).pcaps();
    let _ = pcaps.get("c1").await.unwrap_err();
    let _ = pcaps.list().await.unwrap_err();
    let verdict = verdict(&mock);
    assert!(
        verdict.contains("expected \"c3\"") && !verdict.contains("\"c2\""),
        "{verdict}"
    );
    // Of other operations the one whose path is most alike.
    assert!(
        verdict.contains("operation\n    expected GET /accounts/{account_id}/pcaps/{pcap_id}\n    sent     GET /accounts/a1/pcaps"),
        "{verdict}"
    );
}

#[tokio::test]
async fn what_is_not_met_is_told_with_how_often_it_was() {
    let mock = MockTransport::new();
    mock.expect::<api::PcapsList>().times(2).returns([]);
    mock.expect::<api::ProvidersList>().times(3..).returns([]);
    mock.expect::<api::PcapsStop>().times(..).returns_nothing();
    let account = account(&mock);
    account.pcaps().list().await.unwrap();
    for _ in 0..2 {
        account.magic_cloud().providers().list().await.unwrap();
    }
    let verdict = verdict(&mock);
    assert!(
        verdict.contains("is expected 2 times, but was sent once"),
        "{verdict}"
    );
    assert!(
        verdict.contains("is expected at least 3 times, but was sent 2 times"),
        "{verdict}"
    );
    assert!(!verdict.contains("/stop"), "{verdict}");
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
    let verdict = verdict(&mock);
    for text in [
        error.to_string(),
        other.to_string(),
        verdict.clone(),
        format!("{mock:?} {:?}", mock.requests()),
    ] {
        assert!(
            !text.contains("HUSH") && !text.contains("test-token"),
            "{text}"
        );
    }
    assert!(verdict.contains("body.destination_conf\n    expected \"***\"\n    sent     \"***\", another one: secrets are not shown"), "{verdict}");
    assert!(
        verdict.contains("r2://bucket?access-key-id=***"),
        "{verdict}"
    );
    // What the test itself looks at is all there.
    let sent: serde_json::Value = mock.requests()[0].json();
    assert_eq!(sent["destination_conf"], bucket("HUSH4"));
}

#[tokio::test]
async fn dropping_it_is_the_last_word() {
    let mock = MockTransport::new();
    let client = mock.client();
    mock.expect::<api::ProvidersGet>().returns(provider("p1"));
    let said = panic_of(move || drop(mock));
    assert!(
        said.contains("is expected once, but was never sent"),
        "{said}"
    );
    // The client lives on, and is answered as before.
    client
        .account("a1")
        .magic_cloud()
        .providers()
        .get("p1")
        .await
        .unwrap();
}

#[test]
fn it_is_said_once() {
    let mock = MockTransport::new();
    mock.expect::<api::PcapsStop>().returns_nothing();
    assert!(verdict(&mock).contains("never sent"));
    mock.verify();
    drop(mock);
}

#[test]
fn a_test_that_fails_already_is_left_alone() {
    let said = panic_of(|| {
        let mock = MockTransport::new();
        mock.expect::<api::PcapsStop>().returns_nothing();
        let reason = String::from("the test's own reason");
        std::panic::panic_any(reason);
    });
    assert_eq!(said, "the test's own reason");
}

/// An expectation without an answer is none: the compiler warns of it.
#[test]
fn only_what_is_answered_is_expected() {
    let mock = MockTransport::default();
    let _unanswered = mock.expect::<api::PcapsStop>();
    mock.verify();
}
