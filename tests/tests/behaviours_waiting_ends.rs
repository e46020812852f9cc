//! Behaviours 85 to 87: what ends a wait, and what does not.

#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use std::time::{Duration, Instant};

use cloudflare_magic::api::{Onramps, Pcaps};
use cloudflare_magic::{Client, ErrorKind};
use serde_json::json;
use tests::scripted::{Outcome, Scripted};
use tests::server::{Response, Server};

const SECOND: Duration = Duration::from_secs(1);

/// What the service sends for a resource that is not there.
const NOT_FOUND: &str =
    r#"{"success":false,"errors":[{"code":1001,"message":"not found"}],"result":null}"#;

/// Responses of status 404 that do not say that the resource is gone.
const NOT_GONE: [(&str, &str); 9] = [
    ("text/html", "<html><title>404 Not Found</title></html>"),
    ("text/plain", ""),
    ("application/json", "not found"),
    ("application/json", r#"{"message":"no Route matched"}"#),
    ("application/json", r#"{"error":{"code":404}}"#),
    ("application/json", r#"{"success":false,"errors":[]}"#),
    (
        "application/json",
        r#"{"success":false,"errors":[{"code":7003,"message":"no route"}]}"#,
    ),
    (
        "application/json",
        r#"{"success":false,"errors":[{"code":1001,"message":"m","error_chain":[{"code":7000}]}]}"#,
    ),
    (
        "application/problem+json",
        r#"{"title":"Not Found","status":404}"#,
    ),
];

fn pcaps(client: &Client) -> Pcaps {
    client.account("a1").pcaps()
}

fn onramps(client: &Client) -> Onramps {
    client.account("a1").magic_cloud().onramps()
}

fn pcap(status: &str) -> Outcome {
    Outcome::result(&json!({"id": "c1", "type": "simple", "status": status}).to_string())
}

fn not_found() -> Outcome {
    Outcome::response(404, &[], NOT_FOUND)
}

async fn b85_only_the_services_own_404_means_destroyed() {
    let server = Server::start([Response::json(404, NOT_FOUND)])
        .await
        .unwrap();
    let client = server.client().build().unwrap();
    onramps(&client).wait_until_destroyed("o1").await.unwrap();
    assert_eq!(server.requests().len(), 1);

    for (media, body) in NOT_GONE {
        let response = Response::with(404, &[("content-type", media)], body);
        let server = Server::start([response]).await.unwrap();
        let client = server.client().build().unwrap();
        let waited = onramps(&client).wait_until_destroyed("o1").await;
        assert!(waited.is_err(), "{body}");
        let error = waited.unwrap_err();
        assert_eq!(error.status().unwrap().as_u16(), 404, "{body}");
        assert_eq!(server.requests().len(), 1, "{body}");
    }
}

#[tokio::test(start_paused = true)]
async fn b86_a_resource_may_be_missing_right_after_its_creation() {
    let outcomes = [
        not_found(),
        Outcome::status(404),
        pcap("pending"),
        pcap("success"),
    ];
    let transport = Scripted::outcomes(outcomes);
    let client = transport.client().build().unwrap();
    pcaps(&client)
        .wait_until_ready("c1")
        .tolerate(0)
        .await
        .unwrap();
    assert_eq!(transport.moments(), [0, 5, 10, 15].map(Duration::from_secs));

    // Once it was found, it is gone.
    let transport = Scripted::outcomes([not_found(), pcap("pending"), not_found()]);
    let client = transport.client().build().unwrap();
    let error = pcaps(&client).wait_until_ready("c1").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Api);
    assert_eq!(transport.requests().len(), 3);
}

#[tokio::test(start_paused = true)]
async fn b86_the_grace_time_ends_and_can_be_set() {
    for (grace, polls) in [(None, 7), (Some(12 * SECOND), 4), (Some(Duration::ZERO), 1)] {
        let transport = Scripted::outcomes([not_found()]);
        let client = transport.client().build().unwrap();
        let mut waiter = pcaps(&client).wait_until_ready("c1");
        if let Some(grace) = grace {
            waiter = waiter.grace(grace);
        }
        let error = waiter.await.unwrap_err();
        assert_eq!(error.status().unwrap().as_u16(), 404);
        assert_eq!(transport.requests().len(), polls, "{grace:?}");
    }
    // A path that the service does not know stays unknown.
    let transport = Scripted::outcomes([Outcome::response(404, &[], NOT_GONE[6].1)]);
    let client = transport.client().build().unwrap();
    let _ = pcaps(&client).wait_until_ready("c1").await.unwrap_err();
    assert_eq!(transport.requests().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn b86_an_item_may_be_missing_from_its_list() {
    let bucket = json!([{
        "id": "b1", "status": "success", "submitted": "", "validated": "", "filename": "f", "destination_conf": "gs://b",
    }]);
    let outcomes = [
        Outcome::empty_list(),
        Outcome::empty_list(),
        Outcome::result(&bucket.to_string()),
    ];
    let transport = Scripted::outcomes(outcomes);
    let client = transport.client().build().unwrap();
    let ownership = pcaps(&client).ownership();
    let waiter = ownership.wait_until_validated("b1").tolerate(0);
    assert_eq!(waiter.await.unwrap().id.as_str(), "b1");

    let transport = Scripted::outcomes([Outcome::empty_list()]);
    let client = transport.client().build().unwrap();
    let ownership = pcaps(&client).ownership();
    let waiter = ownership.wait_until_validated("b1").tolerate(0);
    let error = waiter.await.unwrap_err();
    assert!(error.to_string().contains("no item"), "{error}");
    assert_eq!(transport.moments(), [0, 15, 30].map(Duration::from_secs));
}

#[tokio::test(start_paused = true)]
async fn b87_the_limit_ends_a_poll_under_way() {
    // Without the limit the call would end after its own time limits only.
    let transport = Scripted::outcomes([pcap("running"), Outcome::silence()]);
    let client = transport.client().build().unwrap();
    let waiter = pcaps(&client).wait_until_ready("c1");
    let error = waiter.limit(7 * SECOND).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::WaitTimeout);
    assert_eq!(transport.clock().elapsed(), 7 * SECOND);
    assert_eq!(error.elapsed(), 7 * SECOND);
    assert_eq!(transport.open(), 0, "the poll is dropped");
    assert_eq!(
        error.to_string(),
        "pcaps.wait_until_ready: the state is still `running` after 7 s; the last poll failed: it did not end in time"
    );
    assert!(error.last_value::<cloudflare_magic::Pcap>().is_some());
}

#[tokio::test(start_paused = true)]
async fn b87_the_limit_ends_the_retries_of_a_poll() {
    let transport = Scripted::outcomes([Outcome::status(503).after(SECOND)]);
    let client = transport.client().max_attempts(100).build().unwrap();
    let waiter = pcaps(&client).wait_until_ready("c1");
    let error = waiter.limit(3 * SECOND).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::WaitTimeout);
    assert_eq!(transport.clock().elapsed(), 3 * SECOND);
}

#[tokio::test(start_paused = true)]
async fn b87_the_last_poll_begins_in_time_to_end_before_the_limit() {
    let slow = |status| pcap(status).after(SECOND);
    let transport = Scripted::new(move |_, request| match request.at {
        at if at < 7 * SECOND => slow("running"),
        _ => slow("success"),
    });
    let client = transport.client().build().unwrap();
    let waiter = pcaps(&client).wait_until_ready("c1");
    waiter.limit(10 * SECOND).await.unwrap();
    assert_eq!(
        transport.moments(),
        [0, 6000, 8500].map(Duration::from_millis)
    );
}

#[tokio::test(start_paused = true)]
async fn b87_a_waiter_without_a_limit_waits_on() {
    let transport = Scripted::outcomes([pcap("running").after(SECOND), pcap("success")]);
    let client = transport.client().build().unwrap();
    let waiter = pcaps(&client).wait_until_ready("c1");
    waiter.limit(Duration::MAX).await.unwrap();
}

async fn b87_the_limit_ends_a_poll_of_a_silent_server() {
    let server = Server::start([Response::silence()]).await.unwrap();
    let client = server.client().build().unwrap();
    let begun = Instant::now();
    let waiter = pcaps(&client).wait_until_ready("c1");
    let error = waiter.limit(Duration::from_millis(300)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::WaitTimeout);
    assert!(error.to_string().contains("no state was seen"), "{error}");
    // The call alone would wait for 30 seconds.
    assert!(begun.elapsed() < 10 * SECOND);
}

tests::over_each_protocol! {
    b85_only_the_services_own_404_means_destroyed,
    b87_the_limit_ends_a_poll_of_a_silent_server,
}
