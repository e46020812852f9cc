//! Behaviour 56: waiters.

#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use std::time::Duration;

use cloudflare_magic::api::Account;
use cloudflare_magic::transport::{Fault, Sent};
use cloudflare_magic::{
    BucketOwnership, Error, ErrorKind, FullPcap, Onramp, OnrampLifecycleState, Pcap, PcapStatus,
    Provider,
};
use serde_json::{Value, json};
use tests::scripted::{Outcome, Scripted};

const SECOND: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_secs(60);

fn account(transport: &Scripted) -> Account {
    let client = transport.client().max_attempts(1).build().unwrap();
    client.account("a1")
}

fn pcap(status: &str) -> Outcome {
    Outcome::result(&json!({"id": "c1", "type": "simple", "status": status}).to_string())
}

fn onramp(state: &str, errors: &Value) -> Outcome {
    let onramp = json!({
        "id": "o1", "name": "frankfurt", "cloud_type": "AWS", "type": "OnrampTypeSingle", "dynamic_routing": true,
        "install_routes_in_cloud": true, "install_routes_in_magic_wan": true, "updated_at": "2026-07-18T15:45:00Z",
        "status": {
            "apply_progress": {"done": 1, "total": 2}, "plan_progress": {"done": 2, "total": 2}, "routes": [], "tunnels": [],
            "lifecycle_state": state, "lifecycle_errors": errors,
        },
    });
    Outcome::result(&onramp.to_string())
}

fn provider(state: &str, second: &str, message: &str) -> Outcome {
    let provider = json!({
        "id": "p1", "cloud_type": "AWS", "friendly_name": "n", "last_updated": "", "lifecycle_state": "ACTIVE",
        "state": state, "state_v2": second,
        "status": {
            "discovery_message": message, "discovery_progress": {"done": 1, "total": 2, "unit": "regions"},
            "discovery_progress_v2": {"done": 0, "total": 0, "unit": "regions"}, "last_discovery_status": state,
            "last_discovery_status_v2": second, "regions": [],
        },
    });
    Outcome::result(&provider.to_string())
}

fn bucket(id: &str, status: &str) -> Value {
    json!({
        "id": id, "status": status, "submitted": "", "validated": "", "filename": "f", "destination_conf": "gs://b",
    })
}

#[tokio::test(start_paused = true)]
async fn b56_ready_returns_the_last_value() {
    for ready in ["success", "complete"] {
        let outcomes = ["pending", "running", "conversion_running", ready].map(pcap);
        let transport = Scripted::outcomes(outcomes);
        let waiter = account(&transport).pcaps().wait_until_ready("c1");
        let pcap: Pcap = waiter.await.unwrap();
        assert_eq!(pcap.status().unwrap().as_str(), ready);
        assert_eq!(
            transport.moments(),
            [0, 5, 10, 15].map(Duration::from_secs),
            "it polls at once, and then every five seconds"
        );
        assert_eq!(transport.requests()[0].path, "/accounts/a1/pcaps/c1");
    }
}

#[tokio::test(start_paused = true)]
async fn b56_as_a_stream_it_returns_every_value() {
    let transport = Scripted::outcomes(["pending", "running", "success"].map(pcap));
    let mut waiter = account(&transport).pcaps().wait_until_ready("c1");
    let mut seen = Vec::new();
    while let Some(pcap) = waiter.next().await {
        seen.push(pcap.unwrap().status().unwrap().clone());
    }
    assert_eq!(
        seen,
        [
            PcapStatus::Pending,
            PcapStatus::Running,
            PcapStatus::Success
        ]
    );
    assert_eq!(waiter.state(), Some("success"));
    assert!(waiter.next().await.is_none());
    // Another program, which knows only the id, can continue to wait.
    let again = account(&transport).pcaps().wait_until_ready("c1").await;
    assert!(again.is_ok());
    assert_eq!(transport.requests().len(), 4);
}

#[tokio::test(start_paused = true)]
async fn b56_failure_carries_the_services_reason() {
    let failed = json!({"id": "c1", "type": "full", "status": "failed", "error_message": "the bucket is full"});
    let transport = Scripted::outcomes([pcap("running"), Outcome::result(&failed.to_string())]);
    let error = account(&transport)
        .pcaps()
        .wait_until_ready("c1")
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::WaitFailed);
    assert_eq!(error.operation(), Some("pcaps.wait_until_ready"));
    assert_eq!(
        error.to_string(),
        "pcaps.wait_until_ready: it ended in the state `failed`: the bucket is full"
    );
    assert_eq!(error.errors()[0].message(), "the bucket is full");
    let Some(Pcap::Full(FullPcap { error_message, .. })) = error.last_value::<Pcap>() else {
        panic!("the last value is kept");
    };
    assert_eq!(error_message.as_deref(), Some("the bucket is full"));
    assert!(
        !format!("{error:?}").contains("c1"),
        "values are no part of the text"
    );
    assert_eq!(transport.clock().elapsed(), 5 * SECOND);
}

#[tokio::test(start_paused = true)]
async fn b56_an_onramps_reasons_have_codes_and_trace_ids() {
    let why = json!({"k1": {"code": 103_001, "message": "the cloud refused", "meta": {"trace_id": "t-1"}}});
    let transport = Scripted::outcomes([
        onramp("OnrampApplying", &json!({})),
        onramp("OnrampApplyFailed", &why),
    ]);
    let onramps = account(&transport).magic_cloud().onramps();
    let error = onramps.wait_until_active("o1").await.unwrap_err();
    let reason = &error.errors()[0];
    assert_eq!(reason.code().unwrap().code(), 103_001);
    assert_eq!(reason.trace_id(), Some("t-1"));
    assert!(
        error
            .to_string()
            .contains("`OnrampApplyFailed`: [103001] the cloud refused (trace id t-1)"),
        "{error}"
    );
    assert_eq!(
        transport.requests()[0].path,
        "/accounts/a1/magic/cloud/onramps/o1?status=true"
    );
}

#[tokio::test(start_paused = true)]
async fn b56_a_wait_of_ninety_minutes_takes_no_real_time() {
    let begun = std::time::Instant::now();
    let transport = Scripted::new(|_, requests| match requests.at {
        at if at < 89 * MINUTE => onramp("OnrampApplying", &json!({})),
        _ => onramp("OnrampActive", &json!({})),
    });
    let onramps = account(&transport).magic_cloud().onramps();
    let onramp: Onramp = onramps.wait_until_active("o1").await.unwrap();
    let state = onramp.status.unwrap().lifecycle_state;
    assert_eq!(state, OnrampLifecycleState::Active);
    assert_eq!(transport.clock().elapsed(), 89 * MINUTE);
    assert_eq!(transport.requests().len(), 89 * 3 + 1);
    assert!(begun.elapsed() < 10 * SECOND);
}

#[tokio::test(start_paused = true)]
async fn b56_the_limit_carries_the_last_value_and_the_unknown_state() {
    let transport = Scripted::outcomes(["running", "parked", "shelved", "running"].map(pcap));
    let waiter = account(&transport).pcaps().wait_until_ready("c1");
    let error = waiter
        .interval(30 * SECOND)
        .limit(100 * SECOND)
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::WaitTimeout);
    assert_eq!(
        error.to_string(),
        "pcaps.wait_until_ready: the state is still `running` after 100 s; \
         this version does not know `parked`, `shelved`"
    );
    assert_eq!(error.elapsed(), 100 * SECOND);
    let last = error.last_value::<Pcap>().unwrap();
    assert_eq!(last.status(), Some(&PcapStatus::Running));
    // The last poll is at the limit itself.
    assert_eq!(
        transport.moments(),
        [0, 30, 60, 90, 100].map(Duration::from_secs)
    );
}

#[tokio::test(start_paused = true)]
async fn b56_what_is_ready_at_the_limit_is_ready() {
    let transport = Scripted::new(|_, requests| match requests.at {
        at if at < 7 * SECOND => pcap("running"),
        _ => pcap("success"),
    });
    let waiter = account(&transport).pcaps().wait_until_ready("c1");
    assert!(waiter.limit(7 * SECOND).await.is_ok());
    assert_eq!(transport.moments(), [0, 5, 7].map(Duration::from_secs));
}

#[tokio::test(start_paused = true)]
async fn b56_transient_failures_of_polls_are_tolerated_a_few_times_in_a_row() {
    let broken = || {
        [
            Outcome::failure(Fault::Connect, Sent::No),
            Outcome::status(502),
            Outcome::response(200, &[], "<html>one moment"),
            Outcome::failure(Fault::Io, Sent::Maybe),
            Outcome::silence(),
        ]
    };
    let outcomes = broken()
        .into_iter()
        .chain([pcap("running")])
        .chain(broken())
        .chain([pcap("success")]);
    let transport = Scripted::outcomes(outcomes);
    let mut waiter = account(&transport).pcaps().wait_until_ready("c1");
    let mut values = 0;
    while let Some(value) = waiter.next().await {
        assert!(value.is_ok(), "a tolerated failure is not an item");
        values += 1;
    }
    assert_eq!(values, 2);

    let transport = Scripted::outcomes([pcap("running"), Outcome::status(503)]);
    let waiter = account(&transport).pcaps().wait_until_ready("c1");
    let error = waiter.tolerate(2).await.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 503);
    assert_eq!(transport.requests().len(), 4);
}

#[tokio::test(start_paused = true)]
async fn b56_a_rejected_poll_ends_the_waiting() {
    for status in [401, 403, 404] {
        let transport = Scripted::outcomes([pcap("running"), Outcome::status(status)]);
        let waiter = account(&transport).pcaps().wait_until_ready("c1");
        let error = waiter.await.unwrap_err();
        assert_eq!(error.status().unwrap().as_u16(), status);
        assert_eq!(transport.requests().len(), 2);
    }
    let transport = Scripted::outcomes([]);
    let waiter = account(&transport).pcaps().wait_until_ready("ownership");
    assert_eq!(waiter.await.unwrap_err().kind(), ErrorKind::InvalidInput);
    assert!(transport.requests().is_empty());
}

#[tokio::test(start_paused = true)]
async fn b56_retry_after_delays_the_next_poll() {
    let busy = Outcome::response(503, &[("retry-after", "90")], "");
    for pause in [Outcome::too_many("90"), busy] {
        let transport = Scripted::outcomes([pause, pcap("success")]);
        let waiter = account(&transport).pcaps().wait_until_ready("c1");
        assert!(waiter.await.is_ok());
        assert!(transport.moments()[1] >= 90 * SECOND);
    }
}

#[tokio::test(start_paused = true)]
async fn b56_an_item_of_a_list_is_found_by_its_id() {
    let list = |status| {
        json!([
            bucket("b0", "failed"),
            bucket("b1", status),
            bucket("b2", "success")
        ])
    };
    let without = json!([bucket("b0", "failed")]);
    let outcomes =
        [without, list("pending"), list("success")].map(|list| Outcome::result(&list.to_string()));
    let transport = Scripted::outcomes(outcomes);
    let ownership = account(&transport).pcaps().ownership();
    let bucket: BucketOwnership = ownership.wait_until_validated("b1").await.unwrap();
    assert_eq!(bucket.id.as_str(), "b1");
    assert_eq!(transport.requests().len(), 3);

    let transport = Scripted::outcomes([Outcome::empty_list()]);
    let ownership = account(&transport).pcaps().ownership();
    let error = ownership.wait_until_validated("b1").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::WaitFailed);
    assert!(
        error.to_string().contains("no item whose `id` is `b1`"),
        "{error}"
    );
}

#[tokio::test(start_paused = true)]
async fn b56_each_version_of_discovery_is_waited_for_separately() {
    let outcomes = || {
        Scripted::outcomes([
            provider("DISCOVERING", "UNSPECIFIED", ""),
            provider("SUCCEEDED", "DISCOVERING", ""),
            provider("SUCCEEDED", "FAILED", "the role is gone"),
        ])
    };
    let transport = outcomes();
    let providers = account(&transport).magic_cloud().providers();
    let provider: Provider = providers.wait_until_discovered("p1").await.unwrap();
    assert_eq!(provider.state_v2.as_str(), "DISCOVERING");

    let transport = outcomes();
    let providers = account(&transport).magic_cloud().providers();
    let error = providers.wait_until_discovered_v2("p1").await.unwrap_err();
    assert!(error.to_string().contains("`FAILED`"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn b56_the_end_of_an_earlier_run_is_not_mistaken_for_this_one() {
    // Discovery was started again; the first poll still shows the end of the one before.
    for stale in ["SUCCEEDED", "FAILED"] {
        let transport = Scripted::outcomes([
            provider(stale, "UNSPECIFIED", ""),
            provider("DISCOVERING", "UNSPECIFIED", ""),
            provider("SUCCEEDED", "UNSPECIFIED", ""),
        ]);
        let providers = account(&transport).magic_cloud().providers();
        assert!(providers.wait_until_discovered("p1").await.is_ok());
        assert_eq!(transport.requests().len(), 3);
    }
    // A run that has ended stays ended.
    let transport = Scripted::outcomes([provider("SUCCEEDED", "UNSPECIFIED", "")]);
    let providers = account(&transport).magic_cloud().providers();
    assert!(providers.wait_until_discovered("p1").await.is_ok());
    assert_eq!(transport.requests().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn b56_a_destroyed_on_ramp_is_not_found() {
    let gone = Outcome::response(
        404,
        &[],
        r#"{"success":false,"errors":[{"code":102000,"message":"no such on-ramp"}]}"#,
    );
    let transport = Scripted::outcomes([
        onramp("OnrampDestroying", &json!({})),
        onramp("OnrampDestroying", &json!({})),
        gone.clone(),
    ]);
    let onramps = account(&transport).magic_cloud().onramps();
    let mut waiter = onramps.wait_until_destroyed("o1");
    let first: Onramp = waiter.next().await.unwrap().unwrap();
    assert_eq!(first.id.as_str(), "o1");
    let () = waiter.await.unwrap();
    assert_eq!(transport.requests().len(), 3);

    // Not found at the first poll counts as destroyed too.
    let transport = Scripted::outcomes([gone]);
    let onramps = account(&transport).magic_cloud().onramps();
    assert!(onramps.wait_until_destroyed("o1").await.is_ok());

    let failed = onramp(
        "OnrampDestroyFailed",
        &json!({"k": {"code": 103_002, "message": "in use"}}),
    );
    let transport = Scripted::outcomes([onramp("OnrampDestroying", &json!({})), failed]);
    let onramps = account(&transport).magic_cloud().onramps();
    let error = onramps.wait_until_destroyed("o1").await.unwrap_err();
    assert!(error.to_string().contains("in use"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn b58_a_clock_that_jumps_back_does_not_lengthen_the_wait() {
    let transport = Scripted::outcomes([pcap("running")]);
    let clock = transport.clock().clone();
    let mut waiter = account(&transport)
        .pcaps()
        .wait_until_ready("c1")
        .limit(MINUTE);
    let mut error: Option<Error> = None;
    while let Some(seen) = waiter.next().await {
        error = seen.err();
        clock.jump_back(30 * SECOND);
    }
    assert_eq!(error.unwrap().kind(), ErrorKind::WaitTimeout);
    assert_eq!(transport.clock().elapsed(), MINUTE);
}

#[tokio::test(start_paused = true)]
async fn b57_a_dropped_waiter_sends_no_more_requests() {
    let transport = Scripted::outcomes([pcap("running")]);
    let waiter = account(&transport).pcaps().wait_until_ready("c1");
    let _ = tokio::time::timeout(12 * SECOND, waiter.into_future()).await;
    tokio::time::sleep(10 * MINUTE).await;
    assert_eq!(transport.requests().len(), 3);
    assert_eq!(transport.open(), 0);
}
