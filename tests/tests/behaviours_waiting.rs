//! Behaviour 56: waiting until something has come about.

#![allow(clippy::unwrap_used, reason = "a test ends where its expectation does")]

use std::time::Duration;

use cloudflare_magic::api::Account;
use cloudflare_magic::transport::{Fault, Sent};
use cloudflare_magic::{
    BucketOwnership, Error, ErrorKind, FullPcap, Onramp, OnrampLifecycleState, Pcap, PcapStatus,
    Provider,
};
use serde_json::{Value, json};
use tests::scripted::{Move, Scripted};

const SECOND: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_secs(60);

fn account(transport: &Scripted) -> Account {
    let client = transport.client().max_attempts(1).build().unwrap();
    client.account("a1")
}

fn pcap(status: &str) -> Move {
    Move::result(&json!({"id": "c1", "type": "simple", "status": status}).to_string())
}

fn onramp(state: &str, errors: &Value) -> Move {
    let onramp = json!({
        "id": "o1", "name": "frankfurt", "cloud_type": "AWS", "type": "OnrampTypeSingle", "dynamic_routing": true,
        "install_routes_in_cloud": true, "install_routes_in_magic_wan": true, "updated_at": "2026-07-18T15:45:00Z",
        "status": {
            "apply_progress": {"done": 1, "total": 2}, "plan_progress": {"done": 2, "total": 2}, "routes": [], "tunnels": [],
            "lifecycle_state": state, "lifecycle_errors": errors,
        },
    });
    Move::result(&onramp.to_string())
}

fn provider(state: &str, second: &str, message: &str) -> Move {
    let provider = json!({
        "id": "p1", "cloud_type": "AWS", "friendly_name": "n", "last_updated": "", "lifecycle_state": "ACTIVE",
        "state": state, "state_v2": second,
        "status": {
            "discovery_message": message, "discovery_progress": {"done": 1, "total": 2, "unit": "regions"},
            "discovery_progress_v2": {"done": 0, "total": 0, "unit": "regions"}, "last_discovery_status": state,
            "last_discovery_status_v2": second, "regions": [],
        },
    });
    Move::result(&provider.to_string())
}

fn bucket(id: &str, status: &str) -> Value {
    json!({
        "id": id, "status": status, "submitted": "", "validated": "", "filename": "f", "destination_conf": "gs://b",
    })
}

#[tokio::test(start_paused = true)]
async fn b56_ready_gives_the_last_value() {
    for ready in ["success", "complete"] {
        let moves = ["pending", "running", "conversion_running", ready].map(pcap);
        let transport = Scripted::moves(moves);
        let waiter = account(&transport).pcaps().wait_until_ready("c1");
        let pcap: Pcap = waiter.await.unwrap();
        assert_eq!(pcap.status().unwrap().as_str(), ready);
        assert_eq!(
            transport.moments(),
            [0, 5, 10, 15].map(Duration::from_secs),
            "it looks at once, and then every five seconds"
        );
        assert_eq!(transport.asked()[0].path, "/accounts/a1/pcaps/c1");
    }
}

#[tokio::test(start_paused = true)]
async fn b56_as_a_stream_it_gives_every_value() {
    let transport = Scripted::moves(["pending", "running", "success"].map(pcap));
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
    // Somebody else, who knows no more than the id, waits on from there.
    let again = account(&transport).pcaps().wait_until_ready("c1").await;
    assert!(again.is_ok());
    assert_eq!(transport.asked().len(), 4);
}

#[tokio::test(start_paused = true)]
async fn b56_failure_carries_the_services_reason() {
    let failed = json!({"id": "c1", "type": "full", "status": "failed", "error_message": "the bucket is full"});
    let transport = Scripted::moves([pcap("running"), Move::result(&failed.to_string())]);
    let error = account(&transport)
        .pcaps()
        .wait_until_ready("c1")
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::WaitFailed);
    assert_eq!(error.operation(), Some("pcaps.wait_until_ready"));
    assert_eq!(
        error.to_string(),
        "pcaps.wait_until_ready: 200 OK: it ended in the state `failed`: the bucket is full"
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
    let transport = Scripted::moves([
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
        transport.asked()[0].path,
        "/accounts/a1/magic/cloud/onramps/o1?status=true"
    );
}

#[tokio::test(start_paused = true)]
async fn b56_a_wait_of_ninety_minutes_takes_none() {
    let begun = std::time::Instant::now();
    let transport = Scripted::new(|_, asked| match asked.at {
        at if at < 89 * MINUTE => onramp("OnrampApplying", &json!({})),
        _ => onramp("OnrampActive", &json!({})),
    });
    let onramps = account(&transport).magic_cloud().onramps();
    let onramp: Onramp = onramps.wait_until_active("o1").await.unwrap();
    let state = onramp.status.unwrap().lifecycle_state;
    assert_eq!(state, OnrampLifecycleState::Active);
    assert_eq!(transport.clock().elapsed(), 89 * MINUTE);
    assert_eq!(transport.asked().len(), 89 * 3 + 1);
    assert!(begun.elapsed() < 10 * SECOND);
}

#[tokio::test(start_paused = true)]
async fn b56_the_limit_carries_the_last_value_and_the_unknown_state() {
    let transport = Scripted::moves(["running", "parked", "shelved", "running"].map(pcap));
    let waiter = account(&transport).pcaps().wait_until_ready("c1");
    let error = waiter
        .interval(30 * SECOND)
        .limit(100 * SECOND)
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::WaitTimeout);
    assert_eq!(
        error.to_string(),
        "pcaps.wait_until_ready: 200 OK: the state is still `running` after 100 s; \
         this version does not know `parked`, `shelved`"
    );
    assert_eq!(error.elapsed(), 100 * SECOND);
    let last = error.last_value::<Pcap>().unwrap();
    assert_eq!(last.status(), Some(&PcapStatus::Running));
    // The last look is at the limit itself.
    assert_eq!(
        transport.moments(),
        [0, 30, 60, 90, 100].map(Duration::from_secs)
    );
}

#[tokio::test(start_paused = true)]
async fn b56_what_is_ready_at_the_limit_is_ready() {
    let transport = Scripted::new(|_, asked| match asked.at {
        at if at < 7 * SECOND => pcap("running"),
        _ => pcap("success"),
    });
    let waiter = account(&transport).pcaps().wait_until_ready("c1");
    assert!(waiter.limit(7 * SECOND).await.is_ok());
    assert_eq!(transport.moments(), [0, 5, 7].map(Duration::from_secs));
}

#[tokio::test(start_paused = true)]
async fn b56_looks_that_fail_in_passing_are_tolerated_a_few_times_in_a_row() {
    let broken = || {
        [
            Move::failure(Fault::Connect, Sent::No),
            Move::status(502),
            Move::answer(200, &[], "<html>one moment"),
            Move::failure(Fault::Io, Sent::Maybe),
            Move::silence(),
        ]
    };
    let moves = broken()
        .into_iter()
        .chain([pcap("running")])
        .chain(broken())
        .chain([pcap("success")]);
    let transport = Scripted::moves(moves);
    let mut waiter = account(&transport).pcaps().wait_until_ready("c1");
    let mut values = 0;
    while let Some(value) = waiter.next().await {
        assert!(value.is_ok(), "a look that fails in passing is no item");
        values += 1;
    }
    assert_eq!(values, 2);

    let transport = Scripted::moves([pcap("running"), Move::status(503)]);
    let waiter = account(&transport).pcaps().wait_until_ready("c1");
    let error = waiter.tolerate(2).await.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 503);
    assert_eq!(transport.asked().len(), 4);
}

#[tokio::test(start_paused = true)]
async fn b56_a_look_that_is_refused_ends_the_waiting() {
    for status in [401, 403, 404] {
        let transport = Scripted::moves([pcap("running"), Move::status(status)]);
        let waiter = account(&transport).pcaps().wait_until_ready("c1");
        let error = waiter.await.unwrap_err();
        assert_eq!(error.status().unwrap().as_u16(), status);
        assert_eq!(transport.asked().len(), 2);
    }
    let transport = Scripted::moves([]);
    let waiter = account(&transport).pcaps().wait_until_ready("ownership");
    assert_eq!(waiter.await.unwrap_err().kind(), ErrorKind::InvalidInput);
    assert!(transport.asked().is_empty());
}

#[tokio::test(start_paused = true)]
async fn b56_a_service_that_asks_for_a_pause_gets_it() {
    let busy = Move::answer(503, &[("retry-after", "90")], "");
    for pause in [Move::too_many("90"), busy] {
        let transport = Scripted::moves([pause, pcap("success")]);
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
    let moves =
        [without, list("pending"), list("success")].map(|list| Move::result(&list.to_string()));
    let transport = Scripted::moves(moves);
    let ownership = account(&transport).pcaps().ownership();
    let bucket: BucketOwnership = ownership.wait_until_validated("b1").await.unwrap();
    assert_eq!(bucket.id.as_str(), "b1");
    assert_eq!(transport.asked().len(), 3);

    let transport = Scripted::moves([Move::empty_list()]);
    let ownership = account(&transport).pcaps().ownership();
    let error = ownership.wait_until_validated("b1").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::WaitFailed);
    assert!(
        error.to_string().contains("no item whose `id` is `b1`"),
        "{error}"
    );
}

#[tokio::test(start_paused = true)]
async fn b56_discovery_is_waited_for_in_its_own_version() {
    let moves = || {
        Scripted::moves([
            provider("DISCOVERING", "UNSPECIFIED", ""),
            provider("SUCCEEDED", "DISCOVERING", ""),
            provider("SUCCEEDED", "FAILED", "the role is gone"),
        ])
    };
    let transport = moves();
    let providers = account(&transport).magic_cloud().providers();
    let provider: Provider = providers.wait_until_discovered("p1").await.unwrap();
    assert_eq!(provider.state_v2.as_str(), "DISCOVERING");

    let transport = moves();
    let providers = account(&transport).magic_cloud().providers();
    let error = providers.wait_until_discovered_v2("p1").await.unwrap_err();
    assert!(error.to_string().contains("`FAILED`"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn b56_how_an_earlier_run_ended_is_not_taken_for_this_one() {
    // Discovery was started again; the first look still shows the end of the one before.
    for stale in ["SUCCEEDED", "FAILED"] {
        let transport = Scripted::moves([
            provider(stale, "UNSPECIFIED", ""),
            provider("DISCOVERING", "UNSPECIFIED", ""),
            provider("SUCCEEDED", "UNSPECIFIED", ""),
        ]);
        let providers = account(&transport).magic_cloud().providers();
        assert!(providers.wait_until_discovered("p1").await.is_ok());
        assert_eq!(transport.asked().len(), 3);
    }
    // What has ended stays so.
    let transport = Scripted::moves([provider("SUCCEEDED", "UNSPECIFIED", "")]);
    let providers = account(&transport).magic_cloud().providers();
    assert!(providers.wait_until_discovered("p1").await.is_ok());
    assert_eq!(transport.asked().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn b56_what_is_destroyed_is_gone() {
    let gone = Move::answer(
        404,
        &[],
        r#"{"success":false,"errors":[{"code":102000,"message":"no such on-ramp"}]}"#,
    );
    let transport = Scripted::moves([
        onramp("OnrampDestroying", &json!({})),
        onramp("OnrampDestroying", &json!({})),
        gone.clone(),
    ]);
    let onramps = account(&transport).magic_cloud().onramps();
    let mut waiter = onramps.wait_until_destroyed("o1");
    let first: Onramp = waiter.next().await.unwrap().unwrap();
    assert_eq!(first.id.as_str(), "o1");
    let () = waiter.await.unwrap();
    assert_eq!(transport.asked().len(), 3);

    // Gone at the first look is gone as well.
    let transport = Scripted::moves([gone]);
    let onramps = account(&transport).magic_cloud().onramps();
    assert!(onramps.wait_until_destroyed("o1").await.is_ok());

    let failed = onramp(
        "OnrampDestroyFailed",
        &json!({"k": {"code": 103_002, "message": "in use"}}),
    );
    let transport = Scripted::moves([onramp("OnrampDestroying", &json!({})), failed]);
    let onramps = account(&transport).magic_cloud().onramps();
    let error = onramps.wait_until_destroyed("o1").await.unwrap_err();
    assert!(error.to_string().contains("in use"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn b58_a_clock_that_jumps_back_does_not_lengthen_the_wait() {
    let transport = Scripted::moves([pcap("running")]);
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
async fn b57_a_dropped_waiter_asks_no_more() {
    let transport = Scripted::moves([pcap("running")]);
    let waiter = account(&transport).pcaps().wait_until_ready("c1");
    let _ = tokio::time::timeout(12 * SECOND, waiter.into_future()).await;
    tokio::time::sleep(10 * MINUTE).await;
    assert_eq!(transport.asked().len(), 3);
    assert_eq!(transport.open(), 0);
}
