//! Behaviours 21 to 23: the gate that keeps to the service's rate limits.

#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use std::future::IntoFuture;
use std::time::Duration;

use cloudflare_magic::transport::{Fault, Sent};
use cloudflare_magic::{Client, Error, ErrorKind, Pcap, Phase};
use tests::scripted::{Outcome, Scripted, SentRequest};
use tests::server::{Response, Server};
use tokio::task::JoinSet;

const ACCOUNT: &str = "023e105f4ecef8ad9ca31a8372d0c353";
const SECOND: Duration = Duration::from_secs(1);
const MILLISECOND: Duration = Duration::from_millis(1);
const EXHAUSTED: (&str, &str) = ("ratelimit", r#""default";r=0;t=7"#);

fn client(transport: &Scripted) -> Client {
    transport.client().build().unwrap()
}

async fn list(client: &Client) -> Result<Vec<Pcap>, Error> {
    client.account(ACCOUNT).pcaps().list().await
}

/// Starts so many calls at once, each from its own clone of the client.
fn crowd(client: &Client, size: usize) -> JoinSet<Result<Vec<Pcap>, Error>> {
    let mut crowd = JoinSet::new();
    for _ in 0..size {
        let client = client.clone();
        crowd.spawn(async move { list(&client).await });
    }
    crowd
}

fn list_response(headers: &[(&str, &str)]) -> Outcome {
    Outcome::response(200, headers, r#"{"success":true,"result":[]}"#)
}

#[tokio::test(start_paused = true)]
async fn b21_five_hundred_tasks_send_one_probe_per_window() {
    // Three windows of two seconds each; the probes are slow, so that other calls could overtake them.
    let transport = Scripted::new(|number, requests: &SentRequest| match number {
        0 => Outcome::too_many("2"),
        _ if requests.at < 6 * SECOND => Outcome::too_many("2").after(100 * MILLISECOND),
        _ => Outcome::empty_list().after(100 * MILLISECOND),
    });
    let client = client(&transport);
    let first = client.account(ACCOUNT).pcaps().list().max_attempts(9);
    let first = tokio::spawn(first.into_future());
    tokio::time::sleep(MILLISECOND).await;
    let outcomes = crowd(&client, 500).join_all().await;
    assert!(outcomes.iter().all(Result::is_ok));
    first.await.unwrap().unwrap();

    let moments = transport.moments();
    let opened = moments.iter().position(|at| *at >= 6 * SECOND).unwrap();
    let probes = &moments[..=opened];
    assert_eq!(probes.len(), 4, "{probes:?}");
    for pair in probes.windows(2) {
        assert!(pair[1] - pair[0] >= 2 * SECOND, "{probes:?}");
    }
    // The others are sent only after the probe has its response.
    let others = &moments[opened + 1..];
    assert_eq!(others.len(), 500);
    assert!(others.iter().all(|at| *at >= probes[3] + 100 * MILLISECOND));
}

/// Of a new client at most ten calls are in flight before the first response.
#[tokio::test(start_paused = true)]
async fn b21_calls_that_are_all_rejected_wait_for_one_probe() {
    let transport = Scripted::new(|number, _| match number {
        ..10 => Outcome::too_many("soon").after(10 * MILLISECOND),
        _ => Outcome::empty_list().after(100 * MILLISECOND),
    });
    let outcomes = crowd(&client(&transport), 500).join_all().await;
    assert!(outcomes.iter().all(Result::is_ok));
    let moments = transport.moments();
    assert_eq!(moments.len(), 510);
    // All ten are sent before the first response. They count as one refusal, not ten: the window is that of the first.
    let (last, probe, next) = (moments[9], moments[10], moments[11]);
    assert!(last < 10 * MILLISECOND && next >= probe + 100 * MILLISECOND);
    assert!(
        probe >= SECOND / 4 && probe < SECOND / 2 + 20 * MILLISECOND,
        "{probe:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn b21_only_the_probe_opens_the_gate_and_only_it_closes_it_again() {
    let transport = Scripted::new(|number, _| match number {
        0 => Outcome::empty_list().after(SECOND),
        1 => Outcome::too_many("100").after(5 * SECOND + SECOND / 4),
        2 => Outcome::too_many("5"),
        _ => Outcome::empty_list().after(SECOND / 2),
    });
    let client = client(&transport);
    let list = client.account(ACCOUNT).pcaps().list().max_attempts(1);
    // The first two were sent before the gate closed, and their responses arrive after those that decided.
    let early = [list.clone(), list.clone()].map(|call| tokio::spawn(call.into_future()));
    tokio::time::sleep(MILLISECOND).await;
    assert!(list.clone().await.is_err());
    tokio::time::sleep(2 * SECOND).await;
    assert!(crowd(&client, 3).join_all().await.iter().all(Result::is_ok));
    let moments = transport.moments();
    let tenths: Vec<_> = moments.iter().map(|at| at.as_millis() / 100).collect();
    assert_eq!(tenths, [0, 0, 0, 50, 55, 55]);
    for call in early {
        call.await.unwrap().ok();
    }
}

#[tokio::test(start_paused = true)]
async fn b21_after_a_dropped_or_broken_probe_the_next_call_is_the_probe() {
    let transport = Scripted::outcomes([
        Outcome::too_many("2"),
        Outcome::silence(),
        Outcome::failure(Fault::Io, Sent::Maybe).after(SECOND / 2),
        Outcome::empty_list().after(SECOND / 2),
    ]);
    let client = client(&transport);
    let account = client.account(ACCOUNT);
    assert!(account.pcaps().list().max_attempts(1).await.is_err());

    // The first to wait becomes the probe, and is then dropped.
    let dropped = tokio::spawn(account.pcaps().list().into_future());
    tokio::time::sleep(MILLISECOND).await;
    let broken = tokio::spawn(account.pcaps().list().max_attempts(1).into_future());
    tokio::time::sleep(MILLISECOND).await;
    let crowd = crowd(&client, 20);
    tokio::time::sleep(2 * SECOND + SECOND / 2).await;
    assert_eq!(transport.requests().len(), 2, "all wait for the probe");
    dropped.abort();

    assert_eq!(broken.await.unwrap().unwrap_err().kind(), ErrorKind::Io);
    assert!(crowd.join_all().await.iter().all(Result::is_ok));
    let moments = transport.moments();
    let tenths: Vec<_> = moments[1..5]
        .iter()
        .map(|at| at.as_millis() / 100)
        .collect();
    assert_eq!(tenths, [20, 25, 30, 35]);
    assert_eq!(moments.len(), 3 + 20);
}

#[tokio::test(start_paused = true)]
async fn b21_waiting_at_the_gate_ends_with_the_deadline() {
    let transport = Scripted::outcomes([Outcome::too_many("100"), Outcome::silence()]);
    let client = client(&transport);
    let account = client.account(ACCOUNT);
    assert!(account.pcaps().list().max_attempts(1).await.is_err());

    // A wait that is too long does not begin.
    let error = account
        .pcaps()
        .list()
        .deadline(60 * SECOND)
        .await
        .unwrap_err();
    assert_eq!(
        (error.kind(), error.attempts()),
        (ErrorKind::RateLimited, 0)
    );
    assert!(error.is_rate_limited() && !error.may_have_been_processed());
    assert!(error.retry_after().unwrap() > 99 * SECOND, "{error}");
    assert!(
        error
            .to_string()
            .starts_with("pcaps.list: the service accepts no calls"),
        "{error}"
    );
    assert!(transport.clock().elapsed() < SECOND);

    // A call that waits for the probe of another call does not wait beyond its deadline.
    let probe = tokio::spawn(
        account
            .pcaps()
            .list()
            .headers_timeout(500 * SECOND)
            .into_future(),
    );
    tokio::time::sleep(100 * SECOND + SECOND / 4).await;
    let error = account
        .pcaps()
        .list()
        .deadline(SECOND / 2)
        .await
        .unwrap_err();
    let phase = Phase::Deadline;
    assert_eq!(
        (error.kind(), error.attempts()),
        (ErrorKind::Timeout { phase }, 0)
    );
    assert!(error.elapsed() < SECOND, "{error:?}");
    assert_eq!(transport.requests().len(), 2);
    probe.abort();
}

#[tokio::test(start_paused = true)]
async fn b22_a_success_with_no_calls_left_makes_the_next_call_wait() {
    for status in [200, 404] {
        let transport = Scripted::new(move |number, _| match number {
            0 => Outcome::response(status, &[EXHAUSTED], r#"{"success":true,"result":[]}"#),
            _ => Outcome::empty_list(),
        });
        let client = client(&transport);
        let _ = list(&client).await;
        list(&client.clone()).await.unwrap();
        let waited = transport.moments()[1];
        assert!(
            waited >= 7 * SECOND && waited < 7 * SECOND + 20 * MILLISECOND,
            "{waited:?}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn b22_a_success_closes_the_gate_for_300_seconds_at_most() {
    let day = ("ratelimit", r#""default";r=0;t=86400"#);
    let transport = Scripted::outcomes([list_response(&[day]), Outcome::empty_list()]);
    let client = client(&transport);
    list(&client).await.unwrap();
    let pcaps = client.account(ACCOUNT).pcaps();
    pcaps.list().deadline(400 * SECOND).await.unwrap();
    assert_eq!(transport.moments()[1].as_secs(), 300);
}

/// If a status of 429 has no `Retry-After`, the reset of the limit that it names is used instead.
#[tokio::test(start_paused = true)]
async fn b22_a_refusal_without_retry_after_is_waited_out_until_the_reset() {
    let refused = |headers: &[(&str, &str)]| Outcome::response(429, headers, "");
    for gate in [true, false] {
        let transport = Scripted::outcomes([refused(&[EXHAUSTED]), Outcome::empty_list()]);
        let client = transport.client().rate_gate(gate).build().unwrap();
        list(&client).await.unwrap();
        let waited = transport.moments()[1];
        assert!(
            waited >= 7 * SECOND && waited < 7 * SECOND + 20 * MILLISECOND,
            "{waited:?}"
        );
    }
    // The error has `Retry-After` if it can be read, else the reset, and neither if the limit is not used up.
    let left = ("ratelimit", r#""default";r=1;t=7"#);
    for (headers, seconds) in [
        (&[EXHAUSTED][..], Some(7)),
        (&[EXHAUSTED, ("retry-after", "9")], Some(9)),
        (&[EXHAUSTED, ("retry-after", "soon")], Some(7)),
        (&[left], None),
        (&[("ratelimit", r#""default";r=0;t=600"#)], Some(600)),
    ] {
        let transport = Scripted::outcomes([refused(headers)]);
        let client = transport.client().max_attempts(1).build().unwrap();
        let error = list(&client).await.unwrap_err();
        let retry_after = error.retry_after().map(|wait| wait.as_secs());
        assert_eq!(retry_after, seconds, "{headers:?}");
    }
    // There is no wait of more than 300 seconds, and the error has its length.
    let transport = Scripted::outcomes([refused(&[("ratelimit", r#""default";r=0;t=301"#)])]);
    let call = client(&transport).account(ACCOUNT).pcaps().list();
    let error = call.deadline(1000 * SECOND).await.unwrap_err();
    assert_eq!(error.retry_after(), Some(301 * SECOND));
    assert_eq!(
        (error.attempts(), transport.clock().elapsed()),
        (1, Duration::ZERO)
    );
    // Of another status the limit only closes the gate.
    let transport = Scripted::outcomes([Outcome::response(503, &[EXHAUSTED], "")]);
    let builder = transport.client().max_attempts(1);
    let error = list(&builder.build().unwrap()).await.unwrap_err();
    assert_eq!(error.retry_after(), None);
}

#[tokio::test(start_paused = true)]
async fn b22_a_probe_that_uses_the_last_call_closes_the_gate_again() {
    let exhausted = |number: usize| {
        if number < 2 {
            vec![EXHAUSTED]
        } else {
            Vec::new()
        }
    };
    let transport = Scripted::new(move |number, _| list_response(&exhausted(number)));
    let client = client(&transport);
    list(&client).await.unwrap();
    assert!(
        crowd(&client, 10)
            .join_all()
            .await
            .iter()
            .all(Result::is_ok)
    );
    let moments = transport.moments();
    assert!(
        moments[1] >= 7 * SECOND && moments[2] >= 14 * SECOND,
        "{moments:?}"
    );
}

async fn b23_a_malformed_header_is_ignored() {
    let odd = [
        r#""default";r=0;t=soon"#,
        r#""default";r=0"#,
        r#""default";r=-0;t=7"#,
        ";;;=,,,\"",
        "0",
        r#""default";r=0;t=99999999999999999999"#,
    ];
    let server = Server::responding(move |number, _| {
        let headers = [
            ("ratelimit", odd[number % odd.len()]),
            ("ratelimit-policy", "\""),
        ];
        Response::with(200, &headers, r#"{"success":true,"result":[]}"#)
    })
    .await
    .unwrap();
    let client = server.client().deadline(SECOND).build().unwrap();
    for _ in 0..2 * odd.len() {
        list(&client).await.unwrap();
    }
    assert_eq!(client.rate_limit().latest, None);
}

#[tokio::test(start_paused = true)]
async fn the_rate_limit_is_returned_until_its_reset() {
    let headers = [
        ("Ratelimit", r#""default";r=50;t=30"#),
        ("Ratelimit-Policy", r#""burst";q=100;w=60"#),
    ];
    let transport = Scripted::outcomes([list_response(&headers), Outcome::empty_list()]);
    let client = client(&transport);
    assert_eq!(client.rate_limit().latest, None);
    list(&client.clone()).await.unwrap();
    let limit = client.rate_limit().latest.unwrap();
    assert_eq!((limit.name.as_str(), limit.remaining), ("default", 50));
    assert_eq!(limit.reset_in, 30 * SECOND);
    let policy = limit.policy.unwrap();
    assert_eq!((policy.name.as_str(), policy.quota), ("burst", 100));
    assert_eq!(policy.window, Some(60 * SECOND));

    // A response without the header changes nothing.
    tokio::time::sleep(10 * SECOND).await;
    list(&client).await.unwrap();
    assert_eq!(client.rate_limit().latest.unwrap().reset_in, 20 * SECOND);
    tokio::time::sleep(20 * SECOND).await;
    assert_eq!(client.rate_limit().latest, None);
}

#[tokio::test(start_paused = true)]
async fn without_the_gate_each_call_is_on_its_own() {
    let transport = Scripted::outcomes([Outcome::response(
        429,
        &[("retry-after", "60"), EXHAUSTED],
        "",
    )]);
    let builder = transport.client().rate_gate(false).max_attempts(1);
    let client = builder.build().unwrap();
    for _ in 0..5 {
        let error = list(&client).await.unwrap_err();
        assert_eq!(error.retry_after(), Some(60 * SECOND));
    }
    assert_eq!(transport.requests().len(), 5);
    assert!(transport.clock().elapsed() < SECOND);
    assert_eq!(client.rate_limit().latest.unwrap().remaining, 0);
}

tests::over_each_protocol! {
    b23_a_malformed_header_is_ignored,
}
