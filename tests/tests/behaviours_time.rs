//! Behaviours 42, 43, 57 and 58: time limits, dropped futures, clocks that jump.

#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use std::future::IntoFuture;
use std::time::Duration;

use cloudflare_magic::api::{Account, PcapsList};
use cloudflare_magic::transport::{Fault, Sent};
use cloudflare_magic::{Call, ClientBuilder, CloudType, CreateProvider, Error, ErrorKind, Phase};
use tests::scripted::{Outcome, Scripted};
use tests::server::{Protocol, Response, Server};

const ACCOUNT: &str = "023e105f4ecef8ad9ca31a8372d0c353";
const SECOND: Duration = Duration::from_secs(1);
const MILLISECOND: Duration = Duration::from_millis(1);

/// A capture without packets: only the header.
const CAPTURE: &[u8; 24] = b"\xd4\xc3\xb2\xa1\x02\0\x04\0\0\0\0\0\0\0\0\0\0\0\x04\0\x01\0\0\0";

fn account(builder: ClientBuilder) -> Account {
    builder.build().unwrap().account(ACCOUNT)
}

/// Asserts that this limit of a second, and no other, ended the attempt after a second.
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
    let trickle = || Outcome::response(200, &[], " ").then_trickle(MILLISECOND * 100);
    let stalled = || Outcome::response(200, &[], "{").then_silence();
    let cases: [(Phase, Outcome, OnClient, OnCall); 5] = [
        (
            Phase::Headers,
            Outcome::silence(),
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
            Outcome::silence(),
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
        let transport = Scripted::outcomes([next.clone()]);
        let call = account(on_client(transport.client())).pcaps().list();
        let error = call.max_attempts(1).await.unwrap_err();
        assert_second(&error, phase, transport.clock().elapsed());
        assert_eq!(transport.open(), 0);

        // The call's limit is used, whichever is longer.
        for client in [
            transport.client(),
            on_client(transport.client()).timeout(60 * SECOND),
        ] {
            let transport = Scripted::outcomes([next.clone()]);
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
        Outcome::silence(),
        Outcome::status(503),
        Outcome::status(503).after(300 * MILLISECOND),
        Outcome::too_many("1"),
        Outcome::response(200, &[], " ").then_trickle(MILLISECOND),
    ] {
        let transport = Scripted::outcomes([next]);
        let list = account(transport.client()).pcaps().list();
        let error = list.deadline(SECOND).max_attempts(100).await.unwrap_err();
        let elapsed = transport.clock().elapsed();
        assert!(elapsed < SECOND + 20 * MILLISECOND, "{elapsed:?} {error}");
    }
}

/// A timeout limits one attempt. An operation that is sent once has one; an operation that is retried has one per attempt.
#[tokio::test(start_paused = true)]
async fn b42_a_timeout_of_a_second_is_a_second_for_each_attempt() {
    for next in [
        Outcome::silence(),
        Outcome::response(200, &[], " ").then_trickle(MILLISECOND * 100),
    ] {
        let transport = Scripted::outcomes([next.clone()]);
        let providers = account(transport.client()).magic_cloud().providers();
        let create = providers.create(CreateProvider::new(CloudType::Aws, "prod"));
        let error = create.timeout(SECOND).await.unwrap_err();
        assert_second(&error, Phase::Total, transport.clock().elapsed());
        assert_eq!(error.attempts(), 1);

        let transport = Scripted::outcomes([next]);
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
async fn b42_a_deadline_of_zero_sends_nothing() {
    let transport = Scripted::outcomes([Outcome::empty_list()]);
    let list = account(transport.client()).pcaps().list();
    let error = list.deadline(Duration::ZERO).await.unwrap_err();
    let phase = Phase::Deadline;
    assert_eq!(
        (error.kind(), error.attempts()),
        (ErrorKind::Timeout { phase }, 0)
    );
    assert!(transport.requests().is_empty());
}

#[tokio::test(start_paused = true)]
async fn b43_the_limit_on_connecting_reaches_the_transport() {
    let transport = Scripted::outcomes([Outcome::failure(Fault::ConnectTimeout, Sent::No)]);
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
    let requests = transport.requests();
    assert_eq!(
        (requests[0].connect_timeout, requests[1].connect_timeout),
        (Some(SECOND), Some(10 * SECOND))
    );
}

#[tokio::test]
async fn b43_the_limit_on_connecting_holds_for_one_call() {
    // The server accepts and sends nothing: the TLS handshake begins and never ends.
    let server = Server::start([]).await.unwrap();
    let secure = server
        .client()
        .base_url(format!("https://127.0.0.1:{}", server.port()));
    // On a machine without certificates this client cannot be built.
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
    let trickle = || Outcome::response(200, &[], &CAPTURE[..]).then_trickle(100 * MILLISECOND);
    // Neither the client's total nor its deadline is meant for files.
    let transport = Scripted::outcomes([Outcome::status(502), trickle()]);
    let builder = transport.client().timeout(SECOND).deadline(5 * SECOND);
    let pcaps = account(builder).pcaps();
    let mut download = pcaps.download("c1").await.unwrap();
    assert_eq!(transport.requests().len(), 2);
    for _ in 0..600 {
        assert!(download.chunk().await.unwrap().is_some());
    }
    // The bytes read to distinguish a file from an error do not count as the file.
    let page = Outcome::response(200, &[], "<html>").then_trickle(100 * MILLISECOND);
    let error_page = Scripted::outcomes([page]);
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
        (Outcome::silence(), 1),
        (Outcome::response(200, &[], "{").then_silence(), 1),
        (Outcome::too_many("60"), 1),
        (Outcome::failure(Fault::Io, Sent::Maybe), 1),
    ] {
        let transport = Scripted::outcomes([next.clone(), next]);
        let builder = transport.client().backoff(60 * SECOND, 60 * SECOND);
        let mut call = account(builder).pcaps().list().into_future();
        let polled = tokio::time::timeout(100 * MILLISECOND, &mut call).await;
        assert!(polled.is_err());
        drop(call);
        assert_eq!(transport.open(), 0);
        tokio::time::sleep(1000 * SECOND).await;
        assert_eq!(transport.requests().len(), sent);
    }
    let transport = Scripted::outcomes([Outcome::empty_list()]);
    drop(account(transport.client()).pcaps().list().into_future());
    assert!(transport.requests().is_empty());
}

async fn b57_a_dropped_future_ends_its_exchange() {
    let server = Server::responding(|number, _| match number {
        0 => Response::silence(),
        _ => Response::result("[]"),
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
    // Nothing was retried. A silent connection of HTTP/1.1 is not used again; over HTTP/2 only the stream is reset.
    let connections: Vec<_> = server
        .requests()
        .iter()
        .map(|request| request.connection)
        .collect();
    let second = usize::from(Protocol::current() == Protocol::Http1);
    assert_eq!(connections, [0, second]);
}

#[tokio::test(start_paused = true)]
async fn b58_a_clock_that_jumps_back_keeps_the_limits() {
    const DAY: Duration = Duration::from_secs(24 * 60 * 60);
    // During an attempt, a wait, and a window of the gate.
    for next in [
        Outcome::silence(),
        Outcome::status(503),
        Outcome::too_many("5"),
        Outcome::response(200, &[("ratelimit", r#""a";r=0;t=5"#)], "{").then_silence(),
    ] {
        let transport = Scripted::outcomes([next, Outcome::empty_list()]);
        let builder = transport
            .client()
            .headers_timeout(10 * SECOND)
            .idle_timeout(10 * SECOND);
        let call = tokio::spawn(account(builder).pcaps().list().into_future());
        tokio::time::sleep(MILLISECOND).await;
        transport.clock().jump_back(DAY);
        call.await.unwrap().unwrap();
        assert_eq!(transport.requests().len(), 2);
        let elapsed = transport.clock().elapsed();
        // The time between the jump and the next reading of the clock is unknown, so one wait may start again.
        assert!(elapsed < 16 * SECOND, "{elapsed:?}");
    }
    // While a body trickles: the limits on the whole still end it.
    let trickle = Outcome::response(200, &[], " ").then_trickle(100 * MILLISECOND);
    let transport = Scripted::outcomes([trickle]);
    let list = account(transport.client()).pcaps().list();
    let call = tokio::spawn(list.timeout(5 * SECOND).max_attempts(1).into_future());
    tokio::time::sleep(SECOND).await;
    transport.clock().jump_back(DAY);
    let error = call.await.unwrap().unwrap_err();
    let phase = Phase::Total;
    assert_eq!(error.kind(), ErrorKind::Timeout { phase });
    assert!(transport.clock().elapsed() < 6 * SECOND);

    // At every attempt: the deadline still passes, and no time counts as negative.
    let transport = Scripted::outcomes([Outcome::silence()]);
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
async fn b58_a_stopped_clock_keeps_the_limits() {
    for next in [
        Outcome::silence(),
        Outcome::status(503),
        Outcome::too_many("5"),
        Outcome::response(503, &[("ratelimit", r#""a";r=0;t=5"#)], ""),
    ] {
        let transport = Scripted::outcomes([next, Outcome::empty_list()]);
        transport.clock().stop();
        let builder = transport.client().headers_timeout(10 * SECOND);
        account(builder).pcaps().list().await.unwrap();
        assert!(transport.clock().elapsed() < 11 * SECOND);
    }
}

tests::over_each_protocol! {
    b57_a_dropped_future_ends_its_exchange,
}
