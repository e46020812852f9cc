//! Behaviours 79 to 81: which calls a refusal concerns, how long the gate stays closed, and who takes over from a slow probe.

#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use std::future::IntoFuture;
use std::task::{Context, Waker};
use std::time::Duration;

use cloudflare_magic::api::Pcaps;
use cloudflare_magic::{
    BoxFuture, Client, Error, ErrorKind, Method, Pcap, PcapRequest, SimplePcapRequest,
};
use tests::scripted::{Outcome, Scripted, SentRequest};
use tests::server::{Response, Server};
use tokio::task::JoinSet;

const SECOND: Duration = Duration::from_secs(1);
const MILLISECOND: Duration = Duration::from_millis(1);
const DAY: &str = "86400";

fn pcaps(client: &Client, account: &str) -> Pcaps {
    client.account(account).pcaps()
}

fn capture() -> PcapRequest {
    SimplePcapRequest::builder()
        .packet_limit(100)
        .time_limit(10)
        .build()
        .into()
}

async fn list(client: &Client, account: &str) -> Result<Vec<Pcap>, Error> {
    pcaps(client, account).list().await
}

async fn create(client: &Client, account: &str) -> Result<Pcap, Error> {
    let call = pcaps(client, account).create(capture());
    call.max_attempts(1).await
}

/// The scopes that are closed, each with the seconds until it opens.
fn closed(client: &Client) -> Vec<String> {
    let scopes = client.rate_limit().closed;
    let scopes = scopes.iter().map(|scope| {
        let part = |part: &Option<String>| part.clone().unwrap_or_else(|| "*".to_owned());
        let seconds = scope.opens_in.as_secs_f64().ceil();
        format!(
            "{} {} {seconds}",
            part(&scope.operation),
            part(&scope.account)
        )
    });
    scopes.collect()
}

/// Refuses these calls for a minute, and accepts all others.
fn refusing(refuses: impl Fn(&SentRequest) -> bool + Send + Sync + 'static) -> Scripted {
    Scripted::new(move |_, request| {
        if refuses(request) {
            Outcome::too_many("60")
        } else if request.method == Method::POST {
            Outcome::result(r#"{"id":"c1","type":"simple"}"#)
        } else {
            Outcome::empty_list()
        }
    })
}

async fn b79_a_refused_capture_stops_no_other_operation_and_no_other_account() {
    let server = Server::responding(|_, request| {
        match (request.method.as_str(), request.path().contains("/a/")) {
            ("POST", true) => Response::with(429, &[("retry-after", "60")], ""),
            ("POST", false) => Response::result(r#"{"id":"c1","type":"simple"}"#),
            _ => Response::result("[]"),
        }
    });
    let server = server.await.unwrap();
    let client = server.client().deadline(10 * SECOND).build().unwrap();
    assert!(create(&client, "a").await.unwrap_err().status().is_some());
    for _ in 0..20 {
        list(&client, "a").await.unwrap();
        list(&client, "b").await.unwrap();
        create(&client, "b").await.unwrap();
        let other = client.request(Method::GET, "/accounts/a/cfd_tunnel");
        other.list::<serde_json::Value>().await.unwrap();
    }
    let sent = server.requests().len();
    let error = create(&client, "a").await.unwrap_err();
    assert_eq!(
        (error.kind(), error.attempts()),
        (ErrorKind::RateLimited, 0)
    );
    assert_eq!(server.requests().len(), sent);
    assert_eq!(closed(&client), ["pcaps.create a 60"]);
}

#[tokio::test(start_paused = true)]
async fn b79_a_second_refused_operation_closes_the_client() {
    let transport = refusing(|request| request.at < 60 * SECOND && !request.path.contains("/b/"));
    let client = transport.client().build().unwrap();
    let call = |account: &str| pcaps(&client, account).list().max_attempts(1);
    // The same operation of another account is no second operation.
    assert!(create(&client, "a").await.is_err());
    assert!(create(&client, "c").await.is_err());
    call("b").await.unwrap();
    assert_eq!(closed(&client), ["pcaps.create a 60", "pcaps.create c 60"]);

    assert!(call("a").await.is_err());
    assert_eq!(closed(&client).first().unwrap(), "* * 60");
    let sent = transport.requests().len();
    let calls: Vec<_> = ["a", "b", "c", "d"]
        .map(|account| tokio::spawn(call(account).into_future()))
        .into();
    tokio::time::sleep(59 * SECOND).await;
    assert_eq!(transport.requests().len(), sent);
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!(closed(&client), [""; 0]);
    let later = &transport.moments()[sent..];
    assert!(later.iter().all(|at| *at >= 60 * SECOND), "{later:?}");
}

/// An operation that is refused again while the client is half-open closes it again, and the next probe is another operation.
#[tokio::test(start_paused = true)]
async fn b79_an_operation_that_stays_refused_does_not_keep_the_others_waiting() {
    let transport = refusing(|request| {
        request.method == Method::POST || request.at < 60 * SECOND && request.path.contains("/a/")
    });
    let client = transport.client().build().unwrap();
    assert!(create(&client, "a").await.is_err());
    let listed = pcaps(&client, "a").list().max_attempts(1).await;
    assert!(listed.is_err());
    let mut creates = JoinSet::new();
    for _ in 0..5 {
        let call = pcaps(&client, "a").create(capture());
        creates.spawn(call.deadline(1000 * SECOND).into_future());
    }
    tokio::time::sleep(MILLISECOND).await;
    let listed = tokio::spawn(
        pcaps(&client, "b")
            .list()
            .deadline(200 * SECOND)
            .into_future(),
    );
    listed.await.unwrap().unwrap();
    assert!(transport.clock().elapsed() < 121 * SECOND);
    let errors = creates.join_all().await;
    // Nothing of that operation is accepted, so each refusal counts.
    for error in errors {
        let error = error.unwrap_err();
        assert!(error.is_rate_limited() && error.attempts() == 3, "{error}");
    }
}

#[tokio::test(start_paused = true)]
async fn b79_the_name_of_the_limit_decides_whether_it_is_shared() {
    for (name, all) in [("default", true), ("captures", false)] {
        for status in [200, 429] {
            let header = format!(r#""{name}";r=0;t=30, "other";r=7;t=30"#);
            let transport = Scripted::new(move |number, _| match number {
                0 => Outcome::response(
                    status,
                    &[("ratelimit", &header)],
                    r#"{"success":true,"result":[]}"#,
                ),
                _ => Outcome::empty_list(),
            });
            let client = transport.client().build().unwrap();
            let first = pcaps(&client, "a").list().max_attempts(1).await;
            assert_eq!(first.is_ok(), status == 200);
            let expected = if all { "* * 30" } else { "pcaps.list a 30" };
            assert_eq!(closed(&client), [expected]);
            list(&client, "b").await.unwrap();
            list(&client, "a").await.unwrap();
            let waited = transport.moments();
            let seconds = |call: usize| waited[call].as_secs();
            assert_eq!((seconds(1), seconds(2)), (if all { 30 } else { 0 }, 30));
        }
    }
}

#[tokio::test(start_paused = true)]
async fn b80_a_day_is_waited_for_300_seconds_by_others() {
    let transport = Scripted::new(|number, _| match number {
        0 => Outcome::too_many(DAY),
        _ => Outcome::empty_list(),
    });
    let client = transport.client().build().unwrap();
    let error = list(&client, "a").await.unwrap_err();
    assert_eq!(error.retry_after(), Some(86_400 * SECOND));
    assert_eq!(closed(&client), ["pcaps.list a 300"]);
    tokio::time::sleep(100 * SECOND).await;
    assert_eq!(closed(&client), ["pcaps.list a 200"]);
    let error = list(&client, "a").await.unwrap_err();
    assert!(error.is_rate_limited() && error.attempts() == 0, "{error}");
    assert!(error.retry_after().unwrap() <= 200 * SECOND);

    let call = pcaps(&client, "a").list().deadline(250 * SECOND);
    call.await.unwrap();
    assert_eq!(transport.moments()[1].as_secs(), 300);
    assert_eq!(closed(&client), [""; 0]);
}

#[tokio::test(start_paused = true)]
async fn b80_a_reset_opens_all_scopes_and_sends_what_waits() {
    let shared = ("ratelimit", r#""default";r=0;t=300"#);
    for refusal in [
        Outcome::too_many(DAY),
        Outcome::response(429, &[shared], ""),
    ] {
        let transport = Scripted::new(move |number, _| match number {
            0 => refusal.clone(),
            _ => Outcome::empty_list(),
        });
        let client = transport.client().deadline(400 * SECOND).build().unwrap();
        let call = pcaps(&client, "a").list();
        assert!(call.clone().max_attempts(1).await.is_err());
        assert_eq!(client.rate_limit().closed.len(), 1);
        let mut waiting = JoinSet::new();
        for _ in 0..20 {
            waiting.spawn(call.clone().into_future());
        }
        tokio::time::sleep(5 * SECOND).await;
        assert_eq!(transport.requests().len(), 1);
        client.clone().reset_rate_limit();
        let limits = client.rate_limit();
        assert!(
            limits.closed.is_empty() && limits.latest.is_none(),
            "{limits:?}"
        );
        assert!(waiting.join_all().await.iter().all(Result::is_ok));
        assert!(transport.clock().elapsed() < 6 * SECOND);
    }
}

/// Of 2,000 scopes that are closed, and 2,000 that are open, few are kept.
#[tokio::test(start_paused = true)]
async fn b80_few_scopes_are_kept() {
    let transport = refusing(|request| request.path.contains("closed"));
    let client = transport.client().max_attempts(1).build().unwrap();
    for number in 0..2_000 {
        assert!(list(&client, &format!("closed{number}")).await.is_err());
        list(&client, &format!("open{number}")).await.unwrap();
    }
    let kept = client.rate_limit().closed.len();
    assert!((100..=512).contains(&kept), "{kept}");
}

#[tokio::test(start_paused = true)]
async fn b81_others_take_over_from_a_slow_probe_after_a_second() {
    let transport = Scripted::new(|number, _| match number {
        0 => Outcome::too_many("2"),
        1 => Outcome::empty_list().after(25 * SECOND),
        _ => Outcome::empty_list().after(10 * MILLISECOND),
    });
    let client = transport.client().build().unwrap();
    let call = pcaps(&client, "a").list();
    assert!(call.clone().max_attempts(1).await.is_err());
    let slow = tokio::spawn(call.clone().into_future());
    tokio::time::sleep(MILLISECOND).await;
    let mut others = JoinSet::new();
    for _ in 0..50 {
        others.spawn(call.clone().into_future());
    }
    assert!(others.join_all().await.iter().all(Result::is_ok));
    let moments = transport.moments();
    assert!(moments[2] >= 3 * SECOND && moments[2] < 3 * SECOND + 20 * MILLISECOND);
    assert!(transport.clock().elapsed() < 4 * SECOND);
    slow.await.unwrap().unwrap();
}

/// A program holds futures, of which one is the probe, and does not poll them.
#[tokio::test(start_paused = true)]
async fn b81_others_take_over_from_a_probe_that_is_held() {
    for held in [1, 10] {
        let transport = Scripted::outcomes([
            Outcome::too_many("2"),
            Outcome::empty_list().after(MILLISECOND),
        ]);
        let client = transport.client().build().unwrap();
        let call = pcaps(&client, "a").list();
        assert!(call.clone().max_attempts(1).await.is_err());
        let mut held: Vec<_> = (0..held).map(|_| call.clone().into_future()).collect();
        // They begin to wait, and one becomes the probe.
        poll_once(&mut held);
        tokio::time::sleep(2 * SECOND).await;
        poll_once(&mut held[..1]);
        let mut others = JoinSet::new();
        for _ in 0..20 {
            others.spawn(call.clone().into_future());
        }
        assert!(others.join_all().await.iter().all(Result::is_ok));
        let elapsed = transport.clock().elapsed();
        assert!(elapsed < 4 * SECOND, "{elapsed:?}");
    }
}

fn poll_once<T>(calls: &mut [BoxFuture<'static, T>]) {
    for call in calls {
        let mut context = Context::from_waker(Waker::noop());
        assert!(call.as_mut().poll(&mut context).is_pending());
    }
}

tests::over_each_protocol! {
    b79_a_refused_capture_stops_no_other_operation_and_no_other_account,
}
