//! Behaviours 42, 43, 57 and 58: limits on time, futures that are dropped, clocks that jump.

#![allow(clippy::unwrap_used, reason = "a test ends where its expectation does")]

use std::future::IntoFuture;
use std::time::Duration;

use cloudflare_magic::api::{Account, PcapsList};
use cloudflare_magic::transport::{Fault, Sent};
use cloudflare_magic::{Call, ClientBuilder, CloudType, CreateProvider, Error, ErrorKind, Phase};
use tests::scripted::{Move, Scripted};
use tests::server::{Reply, Server};

const ACCOUNT: &str = "023e105f4ecef8ad9ca31a8372d0c353";
const SECOND: Duration = Duration::from_secs(1);
const MILLISECOND: Duration = Duration::from_millis(1);

/// A capture without packets: the header alone.
const CAPTURE: &[u8; 24] = b"\xd4\xc3\xb2\xa1\x02\0\x04\0\0\0\0\0\0\0\0\0\0\0\x04\0\x01\0\0\0";

fn account(builder: ClientBuilder) -> Account {
    builder.build().unwrap().account(ACCOUNT)
}

/// Expects that a limit of a second and no other ended the attempt, after a second.
fn assert_second(error: &Error, phase: Phase, elapsed: Duration) {
    assert_eq!(error.kind(), ErrorKind::Timeout { phase }, "{error}");
    let line = error.to_string();
    assert!(
        line.contains(&format!("timed out after 1s: {phase}")),
        "{line}"
    );
    assert!(
        elapsed >= SECOND && elapsed < SECOND + 20 * MILLISECOND,
        "{phase:?} {elapsed:?}"
    );
    assert!(error.elapsed() >= SECOND && error.elapsed() <= elapsed);
}

type OnClient = fn(ClientBuilder) -> ClientBuilder;
type OnCall = fn(Call<PcapsList>) -> Call<PcapsList>;

#[tokio::test(start_paused = true)]
async fn b42_b43_every_limit_is_set_on_client_and_call_and_named() {
    let trickle = || Move::answer(200, &[], " ").then_trickle(MILLISECOND * 100);
    let stalled = || Move::answer(200, &[], "{").then_silence();
    let cases: [(Phase, Move, OnClient, OnCall); 5] = [
        (
            Phase::Headers,
            Move::silence(),
            |client| client.headers_timeout(SECOND),
            |call| call.headers_timeout(SECOND),
        ),
        (
            Phase::Idle,
            stalled(),
            |client| client.idle_timeout(SECOND),
            |call| call.idle_timeout(SECOND),
        ),
        (
            Phase::Total,
            trickle(),
            |client| client.timeout(SECOND),
            |call| call.timeout(SECOND),
        ),
        (
            Phase::Total,
            Move::silence(),
            |client| client.timeout(SECOND),
            |call| call.timeout(SECOND),
        ),
        (
            Phase::Deadline,
            trickle(),
            |client| client.deadline(SECOND),
            |call| call.deadline(SECOND),
        ),
    ];
    for (phase, next, on_client, on_call) in cases {
        let transport = Scripted::moves([next.clone()]);
        let call = account(on_client(transport.client())).pcaps().list();
        let error = call.max_attempts(1).await.unwrap_err();
        assert_second(&error, phase, transport.clock().elapsed());
        assert_eq!(transport.open(), 0);

        // The call's own limit wins, whichever is longer.
        for client in [
            transport.client(),
            on_client(transport.client()).timeout(60 * SECOND),
        ] {
            let transport = Scripted::moves([next.clone()]);
            let client = client
                .transport(transport.clone())
                .clock(transport.clock().clone());
            let call = on_call(account(client).pcaps().list());
            let error = call.max_attempts(1).await.unwrap_err();
            assert_second(&error, phase, transport.clock().elapsed());
        }
    }
}

#[tokio::test(start_paused = true)]
async fn b42_a_deadline_of_a_second_is_a_second_with_all_attempts() {
    for next in [
        Move::silence(),
        Move::status(503),
        Move::status(503).after(300 * MILLISECOND),
        Move::too_many("1"),
        Move::answer(200, &[], " ").then_trickle(MILLISECOND),
    ] {
        let transport = Scripted::moves([next]);
        let list = account(transport.client()).pcaps().list();
        let error = list.deadline(SECOND).max_attempts(100).await.unwrap_err();
        let elapsed = transport.clock().elapsed();
        assert!(elapsed < SECOND + 20 * MILLISECOND, "{elapsed:?} {error}");
    }
}

/// A timeout is of one attempt. For what is sent once that is the call; what is repeated has one for each attempt.
#[tokio::test(start_paused = true)]
async fn b42_a_timeout_of_a_second_is_a_second_for_each_attempt() {
    for next in [
        Move::silence(),
        Move::answer(200, &[], " ").then_trickle(MILLISECOND * 100),
    ] {
        let transport = Scripted::moves([next.clone()]);
        let providers = account(transport.client()).magic_cloud().providers();
        let create = providers.create(CreateProvider::new(CloudType::Aws, "prod"));
        let error = create.timeout(SECOND).await.unwrap_err();
        assert_second(&error, Phase::Total, transport.clock().elapsed());
        assert_eq!(error.attempts(), 1);

        let transport = Scripted::moves([next]);
        let builder = transport.client().backoff(Duration::ZERO, Duration::ZERO);
        let list = account(builder).pcaps().list();
        let error = list.timeout(SECOND).await.unwrap_err();
        let phase = Phase::Total;
        assert_eq!(
            (error.kind(), error.attempts()),
            (ErrorKind::Timeout { phase }, 3)
        );
        let elapsed = transport.clock().elapsed();
        assert!(
            elapsed >= 3 * SECOND && elapsed < 3 * SECOND + 20 * MILLISECOND,
            "{elapsed:?}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn b42_a_deadline_of_nothing_sends_nothing() {
    let transport = Scripted::moves([Move::empty_list()]);
    let list = account(transport.client()).pcaps().list();
    let error = list.deadline(Duration::ZERO).await.unwrap_err();
    let phase = Phase::Deadline;
    assert_eq!(
        (error.kind(), error.attempts()),
        (ErrorKind::Timeout { phase }, 0)
    );
    assert!(transport.asked().is_empty());
}

#[tokio::test(start_paused = true)]
async fn b43_the_limit_on_connecting_reaches_the_transport() {
    let transport = Scripted::moves([Move::failure(Fault::ConnectTimeout, Sent::No)]);
    let pcaps = account(transport.client()).pcaps();
    let list = pcaps.list().max_attempts(1);
    let error = list.clone().connect_timeout(SECOND).await.unwrap_err();
    assert!(
        error
            .to_string()
            .contains("timed out after 1s: connecting to api.example"),
        "{error}"
    );
    let error = list.await.unwrap_err();
    let phase = Phase::Connect;
    assert_eq!(error.kind(), ErrorKind::Timeout { phase });
    assert!(error.to_string().contains("timed out after 10s"), "{error}");
    let asked = transport.asked();
    assert_eq!(
        (asked[0].connect_timeout, asked[1].connect_timeout),
        (Some(SECOND), None)
    );
}

#[tokio::test]
async fn b43_the_limit_on_connecting_holds_for_one_call() {
    // It accepts and says nothing: a TLS handshake begins there and never ends.
    let server = Server::start([]).await.unwrap();
    let secure = server
        .client()
        .base_url(format!("https://127.0.0.1:{}", server.port()));
    // A machine without certificates cannot make this client.
    let Ok(client) = secure.build() else { return };
    let list = client.account(ACCOUNT).pcaps().list().max_attempts(2);
    let started = std::time::Instant::now();
    let call = list.connect_timeout(50 * MILLISECOND);
    let error = call.await.unwrap_err();
    let phase = Phase::Connect;
    assert_eq!(
        (error.kind(), error.attempts()),
        (ErrorKind::Timeout { phase }, 2)
    );
    assert!(
        error.to_string().contains("timed out after 50ms"),
        "{error}"
    );
    assert!(started.elapsed() < 5 * SECOND);
}

#[tokio::test(start_paused = true)]
async fn b42_downloads_keep_the_limits_of_their_call() {
    let trickle = || Move::answer(200, &[], &CAPTURE[..]).then_trickle(100 * MILLISECOND);
    // Neither the client's total nor its deadline is meant for files.
    let transport = Scripted::moves([Move::status(502), trickle()]);
    let builder = transport.client().timeout(SECOND).deadline(5 * SECOND);
    let pcaps = account(builder).pcaps();
    let mut download = pcaps.download("c1").await.unwrap();
    assert_eq!(transport.asked().len(), 2);
    for _ in 0..600 {
        assert!(download.chunk().await.unwrap().is_some());
    }
    // What is read to tell a file from an error is not the file yet.
    let page = Move::answer(200, &[], "<html>").then_trickle(100 * MILLISECOND);
    let error_page = Scripted::moves([page]);
    let builder = error_page.client().deadline(5 * SECOND);
    let error = account(builder).pcaps().download("c1").await.unwrap_err();
    assert!(error_page.clock().elapsed() < 6 * SECOND, "{error}");
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Decode, 1));

    let call = pcaps.download("c1");
    for (call, phase) in [
        (call.clone().timeout(SECOND), Phase::Total),
        (call.deadline(SECOND), Phase::Deadline),
    ] {
        let started = transport.clock().elapsed();
        let error = call.await.unwrap().bytes(1 << 20).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout { phase });
        let elapsed = transport.clock().elapsed() - started;
        assert!(
            elapsed >= SECOND && elapsed < SECOND + 20 * MILLISECOND,
            "{elapsed:?}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn b57_a_dropped_future_stops_everything() {
    for (next, sent) in [
        (Move::silence(), 1),
        (Move::answer(200, &[], "{").then_silence(), 1),
        (Move::too_many("60"), 1),
        (Move::failure(Fault::Io, Sent::Maybe), 1),
    ] {
        let transport = Scripted::moves([next.clone(), next]);
        let builder = transport.client().backoff(60 * SECOND, 60 * SECOND);
        let mut call = account(builder).pcaps().list().into_future();
        let polled = tokio::time::timeout(100 * MILLISECOND, &mut call).await;
        assert!(polled.is_err());
        drop(call);
        assert_eq!(transport.open(), 0);
        tokio::time::sleep(1000 * SECOND).await;
        assert_eq!(transport.asked().len(), sent);
    }
    let transport = Scripted::moves([Move::empty_list()]);
    drop(account(transport.client()).pcaps().list().into_future());
    assert!(transport.asked().is_empty());
}

#[tokio::test]
async fn b57_a_dropped_future_closes_its_connection() {
    let server = Server::answering(|number, _| match number {
        0 => Reply::silence(),
        _ => Reply::result("[]"),
    })
    .await
    .unwrap();
    let pcaps = account(server.client()).pcaps();
    let dropped = tokio::spawn(pcaps.list().into_future());
    while server.requests().is_empty() {
        tokio::time::sleep(MILLISECOND).await;
    }
    dropped.abort();
    assert!(dropped.await.unwrap_err().is_cancelled());
    pcaps.list().await.unwrap();
    // Nothing was repeated, and the silent connection is not used again.
    let connections: Vec<_> = server
        .requests()
        .iter()
        .map(|request| request.connection)
        .collect();
    assert_eq!(connections, [0, 1]);
}

#[tokio::test(start_paused = true)]
async fn b58_a_clock_that_jumps_back_does_no_harm() {
    const DAY: Duration = Duration::from_secs(24 * 60 * 60);
    // In the middle of an attempt, of a wait, and of a window of the gate.
    for next in [
        Move::silence(),
        Move::status(503),
        Move::too_many("5"),
        Move::answer(200, &[("ratelimit", r#""a";r=0;t=5"#)], "{").then_silence(),
    ] {
        let transport = Scripted::moves([next, Move::empty_list()]);
        let builder = transport
            .client()
            .headers_timeout(10 * SECOND)
            .idle_timeout(10 * SECOND);
        let call = tokio::spawn(account(builder).pcaps().list().into_future());
        tokio::time::sleep(MILLISECOND).await;
        transport.clock().jump_back(DAY);
        call.await.unwrap().unwrap();
        assert_eq!(transport.asked().len(), 2);
        let elapsed = transport.clock().elapsed();
        // What passed between the jump and the next look at the clock is not known, so one wait may begin anew.
        assert!(elapsed < 16 * SECOND, "{elapsed:?}");
    }
    // While a body trickles: no limit on the whole is lost.
    let trickle = Move::answer(200, &[], " ").then_trickle(100 * MILLISECOND);
    let transport = Scripted::moves([trickle]);
    let list = account(transport.client()).pcaps().list();
    let call = tokio::spawn(list.timeout(5 * SECOND).max_attempts(1).into_future());
    tokio::time::sleep(SECOND).await;
    transport.clock().jump_back(DAY);
    let error = call.await.unwrap().unwrap_err();
    let phase = Phase::Total;
    assert_eq!(error.kind(), ErrorKind::Timeout { phase });
    assert!(transport.clock().elapsed() < 6 * SECOND);

    // At every attempt: the deadline still comes, and no time counts as negative.
    let transport = Scripted::moves([Move::silence()]);
    let call = account(transport.client()).pcaps().list();
    let call = tokio::spawn(call.deadline(100 * SECOND).max_attempts(50).into_future());
    for _ in 0..20 {
        tokio::time::sleep(7 * SECOND).await;
        transport.clock().jump_back(SECOND);
    }
    let error = call.await.unwrap().unwrap_err();
    assert!(error.elapsed() <= transport.clock().elapsed());
    assert!(transport.clock().elapsed() < 160 * SECOND);
}

#[tokio::test(start_paused = true)]
async fn b58_a_clock_that_stands_still_does_no_harm() {
    for next in [
        Move::silence(),
        Move::status(503),
        Move::too_many("5"),
        Move::answer(503, &[("ratelimit", r#""a";r=0;t=5"#)], ""),
    ] {
        let transport = Scripted::moves([next, Move::empty_list()]);
        transport.clock().stop();
        let builder = transport.client().headers_timeout(10 * SECOND);
        account(builder).pcaps().list().await.unwrap();
        assert!(transport.clock().elapsed() < 11 * SECOND);
    }
}
