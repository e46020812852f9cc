//! Limits on bodies, their depth and headers, each tested at its boundary (behaviours 44, 45, 47 and 84).

#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use cloudflare_magic::api::PcapsList;
use cloudflare_magic::{Call, ClientBuilder, Error, ErrorKind, Method, PcapStatus};
use serde_json::Value;
use tests::scripted::{Outcome, Scripted};

const EMPTY: &str = r#"{"success":true,"result":[]}"#;

fn list(builder: ClientBuilder) -> Call<PcapsList> {
    builder.build().unwrap().account("a1").pcaps().list()
}

/// The outcome of a call with this response, for a client with these settings.
async fn listed(
    response: &Outcome,
    set: impl FnOnce(ClientBuilder) -> ClientBuilder,
) -> Result<(), Error> {
    let transport = Scripted::outcomes([response.clone()]);
    let outcome = list(set(transport.client())).await;
    assert_eq!(transport.requests().len(), 1, "it is not retried");
    outcome.map(drop)
}

fn kind(outcome: Result<(), Error>) -> ErrorKind {
    outcome.unwrap_err().kind()
}

#[tokio::test(start_paused = true)]
async fn b44_a_body_of_the_limit_itself_is_read() {
    let length = EMPTY.len().to_string();
    let announced = Outcome::response(200, &[("content-length", &length)], EMPTY);
    for response in [Outcome::response(200, &[], EMPTY), announced] {
        let limited = async |limit| listed(&response, |client| client.max_body_size(limit)).await;
        limited(EMPTY.len()).await.unwrap();
        let error = limited(EMPTY.len() - 1).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::BodyTooLarge);
        assert!(
            error.to_string().contains("larger than 27 bytes"),
            "{error}"
        );
        assert_eq!(kind(limited(0).await), ErrorKind::BodyTooLarge);
    }
}

#[tokio::test(start_paused = true)]
async fn b44_a_call_can_set_its_own_limit() {
    let transport = Scripted::outcomes([Outcome::response(200, &[], EMPTY)]);
    for (client, call, fits) in [(1, EMPTY.len(), true), (1 << 20, 27, false)] {
        let call = list(transport.client().max_body_size(client)).max_body_size(call);
        assert_eq!(call.await.is_ok(), fits);
    }
}

#[tokio::test(start_paused = true)]
async fn b44_by_default_it_is_32_mebibytes() {
    for (size, fits) in [(32 << 20, true), ((32 << 20) + 1, false)] {
        let mut body = EMPTY.as_bytes().to_vec();
        body.resize(size, b' ');
        let outcome = listed(&Outcome::response(200, &[], body), |client| client).await;
        assert_eq!(outcome.is_ok(), fits, "{size}");
    }
}

#[tokio::test(start_paused = true)]
async fn b44_the_body_of_a_failure_is_limited_too() {
    let page = format!("<title>Down</title>{}", " ".repeat(100));
    let response = Outcome::response(404, &[], page);
    let error = listed(&response, |client| client.max_body_size(50)).await;
    let error = error.unwrap_err();
    // The error is that of the status, not of the size.
    assert_eq!(error.kind(), ErrorKind::Http, "{error}");
    assert_eq!(error.status().unwrap(), 404);
}

#[tokio::test(start_paused = true)]
async fn b45_depth_is_limited_as_the_client_sets() {
    // The envelope is the first level, the list the second, an item the third.
    let response = Outcome::result(r#"[{"type":"simple","status":"[[["}]"#);
    let limited = async |limit| listed(&response, |client| client.max_body_depth(limit)).await;
    for limit in [3, 4, 127, 128] {
        limited(limit).await.unwrap();
    }
    for limit in [1, 2] {
        let error = limited(limit).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode);
        let expected = format!("nested deeper than {limit} levels");
        assert!(error.to_string().contains(&expected), "{error}");
    }
    // The body of a failure is then not read as JSON, but the call still fails.
    let refusal = r#"{"success":false,"errors":[{"code":1001,"message":"no"}]}"#;
    let response = Outcome::response(400, &[], refusal);
    let limited = async |limit| listed(&response, |client| client.max_body_depth(limit)).await;
    assert_eq!(kind(limited(3).await), ErrorKind::Api);
    assert_eq!(kind(limited(2).await), ErrorKind::Http);
}

#[test]
fn b45_a_depth_out_of_bounds_is_an_error_of_the_builder() {
    let built = |limit| {
        let builder = cloudflare_magic::Client::builder().api_token("token");
        builder.max_body_depth(limit).build()
    };
    for limit in [1, 128] {
        assert!(built(limit).is_ok());
    }
    for limit in [0, 129, usize::MAX] {
        let error = built(limit).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config);
        assert!(error.to_string().contains("not 1 to 128"), "{error}");
    }
}

#[tokio::test(start_paused = true)]
async fn b45_by_default_it_is_128_levels() {
    for (levels, fits) in [(127, true), (128, false)] {
        let deep = format!("{}1{}", "[".repeat(levels), "]".repeat(levels));
        let transport = Scripted::outcomes([Outcome::result(&deep)]);
        let client = transport.client().build().unwrap();
        let response = client.request(Method::GET, "/x").result::<Value>().await;
        match response {
            Ok(_) => assert!(fits, "{levels}"),
            Err(error) => {
                let line = error.to_string();
                assert!(!fits && line.contains("deeper than 128 levels"), "{line}");
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn b84_a_waiter_sees_the_state_beside_what_nothing_reads() {
    let deep = format!("{}{}", "[".repeat(130), "]".repeat(130));
    for unknown in [&deep, "1e400", r#""\ud800""#, r#"{"\ud800": 1}"#] {
        let body = |status: &str| {
            let known = format!(r#""id": "c1", "type": "simple", "status": "{status}""#);
            Outcome::result(&format!(r#"{{{known}, "unknown": {unknown}}}"#))
        };
        let transport = Scripted::outcomes(["running", "success"].map(body));
        let account = transport.client().build().unwrap().account("a1");
        let pcap = account.pcaps().wait_until_ready("c1").await.unwrap();
        assert_eq!(pcap.status(), Some(&PcapStatus::Success), "{unknown}");
        assert_eq!(transport.requests().len(), 2, "{unknown}");
    }
}

#[tokio::test(start_paused = true)]
async fn b47_headers_of_the_limit_itself_are_read() {
    // Names and values: 3 + 7 and 3 + 0 bytes.
    let headers = [("x-a", "1234567"), ("x-b", "")];
    for status in [200, 404, 307] {
        let response = Outcome::response(status, &headers, EMPTY);
        let limited =
            async |limit| listed(&response, |client| client.max_headers_size(limit)).await;
        let fits = limited(13).await.map_err(|error| error.kind());
        assert_ne!(fits, Err(ErrorKind::HeadersTooLarge), "{status}");
        let error = limited(12).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::HeadersTooLarge);
        assert!(
            error.to_string().contains("larger than 12 bytes"),
            "{error}"
        );
    }
}
