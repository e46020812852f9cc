//! Time: it passes on the mock's clock, and no test waits for it.

use std::time::Duration;

use cloudflare_magic::clock::Clock;
use cloudflare_magic::testing::{ManualClock, MockTransport};
use cloudflare_magic::{ErrorKind, PcapStatus, Phase, api};

use crate::{account, capture, provider};

const SECOND: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_secs(60);

#[tokio::test]
async fn b56_a_wait_of_ninety_minutes_takes_no_real_time() {
    let mock = MockTransport::new();
    mock.expect::<api::PcapsGet>()
        .times(90 * 60 / 5)
        .returns(capture("c1", "running"));
    mock.expect::<api::PcapsGet>()
        .returns(capture("c1", "success"));
    let ready = account(&mock).pcaps().wait_until_ready("c1").await.unwrap();
    assert_eq!(ready.status(), Some(&PcapStatus::Success));
    assert_eq!(mock.clock().elapsed(), 90 * MINUTE);
    let moments = mock.requests();
    assert!(
        moments
            .windows(2)
            .all(|pair| pair[1].at() - pair[0].at() == 5 * SECOND)
    );
}

#[tokio::test]
async fn a_waiter_ends_at_its_limit() {
    let mock = MockTransport::new();
    mock.expect::<api::PcapsGet>()
        .times(..)
        .returns(capture("c1", "running"));
    let waiter = account(&mock)
        .pcaps()
        .wait_until_ready("c1")
        .limit(90 * MINUTE);
    assert_eq!(waiter.await.unwrap_err().kind(), ErrorKind::WaitTimeout);
    assert_eq!(mock.clock().elapsed(), 90 * MINUTE);
}

#[tokio::test]
async fn a_late_response_passes_a_time_limit_or_does_not() {
    let mock = MockTransport::new();
    mock.expect::<api::PcapsStop>()
        .after(29 * SECOND)
        .returns_nothing();
    mock.expect::<api::PcapsStop>()
        .after(31 * SECOND)
        .returns_nothing();
    let pcaps = account(&mock).pcaps();
    let response = pcaps.stop("c1").send().await.unwrap();
    assert_eq!(response.elapsed(), 29 * SECOND);
    let error = pcaps.stop("c1").max_attempts(1).await.unwrap_err();
    assert_eq!(
        error.kind(),
        ErrorKind::Timeout {
            phase: Phase::Headers
        }
    );
    assert_eq!(mock.clock().elapsed(), 59 * SECOND);
}

/// Concurrent calls share one clock, and end in the order of its time.
#[tokio::test]
async fn many_calls_share_the_clock() {
    let mock = MockTransport::new();
    for (id, seconds) in [("p1", 20), ("p2", 10), ("p3", 15)] {
        let get = mock.expect::<api::ProvidersGet>().path("provider_id", id);
        get.after(seconds * SECOND).returns(provider(id));
    }
    let providers = account(&mock).magic_cloud().providers();
    let calls = ["p1", "p2", "p3"].map(|id| {
        let (call, clock) = (providers.get(id), mock.clock().clone());
        tokio::spawn(async move { call.await.map(|_| clock.elapsed()) })
    });
    let mut ended = Vec::new();
    for call in calls {
        ended.push(call.await.unwrap().unwrap());
    }
    assert_eq!(ended, [20 * SECOND, 10 * SECOND, 15 * SECOND]);
}

/// A hundred tasks and one 429: one probe is sent first, and no deadline passes meanwhile.
#[tokio::test]
async fn b21_the_gate_holds_under_many_tasks() {
    let mock = MockTransport::new();
    mock.expect::<api::PcapsList>()
        .responds(429, &[("retry-after", "60")], "");
    mock.expect::<api::PcapsList>()
        .after(20 * SECOND)
        .returns([]);
    mock.expect::<api::PcapsList>().times(99).returns([]);
    let pcaps = account(&mock).pcaps();
    let calls: Vec<_> = (0..100)
        .map(|_| tokio::spawn(pcaps.list().into_future()))
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!(mock.clock().elapsed(), 80 * SECOND);
}

/// Random waits are the same on every run, and longer than zero.
#[tokio::test]
async fn random_waits_are_the_same_on_every_run() {
    let mut elapsed = Vec::new();
    for _ in 0..3 {
        let mock = MockTransport::new();
        mock.expect::<api::PcapsList>()
            .times(2)
            .fails(500, 1001, "busy");
        mock.expect::<api::PcapsList>().returns([]);
        account(&mock).pcaps().list().await.unwrap();
        elapsed.push(mock.clock().elapsed());
    }
    assert!(
        !elapsed[0].is_zero() && elapsed.iter().all(|time| *time == elapsed[0]),
        "{elapsed:?}"
    );
}

/// However many calls there are and however long they take: a concurrent sleep ends after the last of them.
#[tokio::test]
async fn the_clock_does_not_advance_while_calls_run() {
    const TASKS: usize = 300;
    const CALLS: usize = 20;
    let mock = MockTransport::new();
    mock.expect::<api::PcapsList>().times(..).returns([]);
    let pcaps = account(&mock).pcaps();
    for _ in 0..TASKS {
        let pcaps = pcaps.clone();
        tokio::spawn(async move {
            for _ in 0..CALLS {
                pcaps.list().await.unwrap();
                tokio::task::yield_now().await;
            }
        });
    }
    mock.clock().sleep(SECOND).await;
    assert_eq!(mock.requests().len(), TASKS * CALLS);
    assert!(mock.requests().iter().all(|request| request.at().is_zero()));
}

#[tokio::test]
async fn a_manual_clock_changes_only_when_advanced() {
    let mock = MockTransport::with_clock(ManualClock::new());
    mock.expect::<api::PcapsGet>()
        .times(12)
        .returns(capture("c1", "running"));
    mock.expect::<api::PcapsGet>()
        .returns(capture("c1", "success"));
    let waiter = account(&mock).pcaps().wait_until_ready("c1");
    let waiting = tokio::spawn(waiter.into_future());
    mock.clock().advance(4 * SECOND).await;
    assert_eq!(mock.requests().len(), 1);
    mock.clock().advance(SECOND).await;
    assert_eq!(mock.requests().len(), 2);
    mock.clock().advance(54 * SECOND).await;
    assert!(mock.requests().len() == 12 && !waiting.is_finished());
    mock.clock().advance(SECOND).await;
    assert!(waiting.await.unwrap().is_ok());
}

#[test]
fn it_needs_no_runtime() {
    let mock = MockTransport::new();
    mock.expect::<api::PcapsGet>().fails(500, 1001, "busy");
    mock.expect::<api::PcapsGet>()
        .returns(capture("c1", "success"));
    let mut call = Box::pin(account(&mock).pcaps().get("c1").into_future());
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let response = loop {
        if let std::task::Poll::Ready(response) = call.as_mut().poll(&mut context) {
            break response;
        }
    };
    assert!(response.is_ok() && !mock.clock().elapsed().is_zero());
}
