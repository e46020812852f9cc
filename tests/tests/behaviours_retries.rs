//! Behaviours 15 to 20 and 24: what is sent again, when, and what is not.

#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use std::time::Duration;

use cloudflare_magic::api::Account;
use cloudflare_magic::transport::{Fault, Sent};
use cloudflare_magic::{
    ClientBuilder, CloudType, CreateProvider, Error, PolicyPreview, UpdateProvider,
    ValidateOwnership,
};
use tests::scripted::{Outcome, Scripted};
use tests::server::{Response, Server};

const ACCOUNT: &str = "023e105f4ecef8ad9ca31a8372d0c353";
const SECOND: Duration = Duration::from_secs(1);
const MILLISECOND: Duration = Duration::from_millis(1);

fn account(builder: ClientBuilder) -> Account {
    builder.build().unwrap().account(ACCOUNT)
}

fn creation() -> CreateProvider {
    CreateProvider::new(CloudType::Aws, "prod")
}

/// How often each operation is sent if every request has this outcome.
async fn counts(response: &Outcome) -> Vec<(&'static str, usize)> {
    let mut counts = Vec::new();
    let mut count = |transport: &Scripted, result: Result<(), Error>| {
        let error = result.unwrap_err();
        let sent = transport.requests().len();
        assert_eq!(error.attempts() as usize, sent, "{error}");
        counts.push((error.operation().unwrap(), sent));
    };
    macro_rules! send {
        ($($account:ident => $call:expr;)*) => {$(
            let transport = Scripted::outcomes([response.clone()]);
            let $account = account(transport.client());
            count(&transport, $call.await.map(drop));
        )*};
    }
    send! {
        a => a.pcaps().list();
        a => a.pcaps().download("c1");
        a => a.pcaps().stop("c1");
        a => a.magic_cloud().providers().update("p1", UpdateProvider::new());
        a => a.magic_cloud().providers().delete("p1");
        a => a.magic_cloud().providers().discover("p1");
        a => a.magic_cloud().providers().discover_all();
        a => a.magic_cloud().onramps().plan("o1");
        a => a.magic_cloud().onramps().export("o1");
        a => a.magic_cloud().catalog_syncs().refresh("s1");
        a => a.magic_cloud().resources().policy_preview(PolicyPreview::new("p"));
        a => a.pcaps().ownership().validate(ValidateOwnership::new("gs://b/d", "text"));
        a => a.magic_cloud().providers().create(creation());
        a => a.magic_cloud().providers().patch("p1", UpdateProvider::new());
        a => a.magic_cloud().onramps().apply("o1");
    }
    counts
}

#[tokio::test(start_paused = true)]
async fn b15_what_is_sent_again_after_an_unknown_outcome_is_a_fact_of_the_operation() {
    let once = [
        "magic_cloud.providers.create",
        "magic_cloud.providers.patch",
        "magic_cloud.onramps.apply",
    ];
    for response in [
        Outcome::status(500),
        Outcome::response(
            520,
            &[],
            "<html><title>Web server is returning an unknown error",
        ),
        Outcome::failure(Fault::Io, Sent::Maybe),
        Outcome::silence(),
        Outcome::status(200).then_failure(Fault::Truncated),
        Outcome::status(200).then_silence(),
    ] {
        for (operation, sent) in counts(&response).await {
            let expected = if once.contains(&operation) { 1 } else { 3 };
            assert_eq!(sent, expected, "{operation} after {response:?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn b16_a_request_not_sent_or_not_processed_is_always_sent_again() {
    for response in [
        Outcome::failure(Fault::Connect, Sent::No),
        Outcome::failure(Fault::ConnectTimeout, Sent::No),
        Outcome::failure(Fault::Io, Sent::No),
        Outcome::status(429),
    ] {
        for (operation, sent) in counts(&response).await {
            assert_eq!(sent, 3, "{operation} after {response:?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn b15_what_would_fail_again_is_never_sent_again() {
    for response in [
        Outcome::status(400),
        Outcome::status(404),
        Outcome::status(409),
        Outcome::response(307, &[("location", "https://elsewhere.example")], ""),
        Outcome::response(
            200,
            &[],
            r#"{"success":false,"errors":[{"code":1001,"message":"no"}]}"#,
        ),
        Outcome::response(200, &[], "<html><title>Maintenance</title>"),
    ] {
        for (operation, sent) in counts(&response).await {
            assert_eq!(sent, 1, "{operation} after {response:?}");
        }
    }
}

async fn b16_reads_survive_a_broken_connection() {
    let cut = Response::head(200, &[("content-length", "100")])
        .send("{")
        .close();
    let responses = [Response::default().reset(), cut, Response::result("[]")];
    let server = Server::start(responses).await.unwrap();
    let pcaps = account(server.client().backoff(MILLISECOND, MILLISECOND)).pcaps();
    let response = pcaps.list().send().await.unwrap();
    assert_eq!((response.attempts(), server.requests().len()), (3, 3));
}

async fn b17_a_closed_idle_connection_neither_loses_nor_repeats_a_request() {
    let server = Server::responding(|_, _| Response::json(500, "{}").close())
        .await
        .unwrap();
    let providers = account(server.client()).magic_cloud().providers();
    for number in 0..40 {
        let name = format!("number-{number}-");
        let error = providers
            .create(CreateProvider::new(CloudType::Aws, &name))
            .await
            .unwrap_err();
        // Whether the client notices in time that its connection was closed is a race. If not, it must return an error.
        assert!(error.may_have_been_processed(), "{error}");
        let sent = server.requests();
        let sent = sent
            .iter()
            .filter(|request| request.mentions(&name))
            .count();
        assert_eq!(sent, usize::from(error.status().is_some()), "{error}");
    }
}

async fn b17_a_connection_that_is_known_to_be_closed_is_replaced_for_a_create_too() {
    let created = r#"{"id":"p1","cloud_type":"AWS","friendly_name":"prod","last_updated":"","lifecycle_state":"A","state":"B","state_v2":"C"}"#;
    let server = Server::responding(move |_, _| Response::result(created).close())
        .await
        .unwrap();
    let providers = account(server.client()).magic_cloud().providers();
    for _ in 0..3 {
        let response = providers.create(creation()).send().await.unwrap();
        assert_eq!(response.attempts(), 1);
        // Leaves the client time to notice that the connection was closed.
        tokio::time::sleep(50 * MILLISECOND).await;
    }
    let requests = server.requests();
    let connections = requests.iter().map(|request| request.connection);
    assert_eq!(connections.collect::<Vec<_>>(), [0, 1, 2]);
}

#[tokio::test(start_paused = true)]
async fn b18_retry_after_is_a_floor_for_every_operation() {
    let created = r#"{"id":"p1","cloud_type":"AWS","friendly_name":"prod","last_updated":"","lifecycle_state":"A","state":"B","state_v2":"C"}"#;
    for (retry_after, seconds) in [
        ("2", 2),
        ("7", 7),
        ("Sun, 06 Nov 1994 08:49:40 GMT", 3),
        ("Sunday, 06-Nov-94 08:49:41 GMT", 4),
        ("Sun Nov  6 08:49:42 1994", 5),
    ] {
        let transport =
            Scripted::outcomes([Outcome::too_many(retry_after), Outcome::result(created)]);
        let providers = account(transport.client()).magic_cloud().providers();
        let response = providers.create(creation()).send().await.unwrap();
        assert_eq!(response.attempts(), 2);
        let waited = transport.moments()[1];
        let floor = Duration::from_secs(seconds);
        assert!(
            waited >= floor && waited < floor + 20 * MILLISECOND,
            "{waited:?}"
        );
        assert!(response.elapsed() >= floor);
    }
    // It is a floor without the gate too, and for other statuses.
    let outcomes = |status| {
        [
            Outcome::response(status, &[("retry-after", "3")], ""),
            Outcome::empty_list(),
        ]
    };
    for (status, gate) in [(429, false), (503, true)] {
        let transport = Scripted::outcomes(outcomes(status));
        let builder = transport.client().rate_gate(gate);
        account(builder).pcaps().list().await.unwrap();
        assert!(transport.moments()[1] >= 3 * SECOND);
    }
}

#[tokio::test(start_paused = true)]
async fn b19_a_long_retry_after_is_waited_for_if_the_deadline_allows_it() {
    for (seconds, deadline, kept) in [
        (119, 120, true),
        (120, 120, false),
        (120, 121, true),
        (300, 1000, true),
        (301, 1000, false),
    ] {
        let transport = Scripted::outcomes([
            Outcome::too_many(&seconds.to_string()),
            Outcome::empty_list(),
        ]);
        let pcaps = account(transport.client()).pcaps();
        let call = pcaps.list().deadline(Duration::from_secs(deadline));
        match (call.await, kept) {
            (Ok(_), true) => assert!(transport.moments()[1] >= Duration::from_secs(seconds)),
            (Err(error), false) => {
                assert_eq!(error.retry_after(), Some(Duration::from_secs(seconds)));
                assert!(error.is_rate_limited() && error.attempts() == 1, "{error}");
                assert!(transport.clock().elapsed() < SECOND, "it fails at once");
            }
            (outcome, _) => assert!(outcome.is_ok() == kept, "{seconds} {deadline} {outcome:?}"),
        }
    }
}

#[tokio::test(start_paused = true)]
async fn b20_a_malformed_retry_after_means_jittered_backoff() {
    for nonsense in [
        "-5",
        "soon",
        "NaN",
        "inf",
        "1e12",
        "1000000000000",
        "",
        "Sun, 06 Nov 1994 08:00:00 GMT",
    ] {
        for status in [429, 503] {
            let response = Outcome::response(status, &[("retry-after", nonsense)], "");
            let transport = Scripted::outcomes([response.clone(), response, Outcome::empty_list()]);
            account(transport.client()).pcaps().list().await.unwrap();
            let moments = transport.moments();
            let (first, second) = (moments[1], moments[2] - moments[1]);
            assert!(
                first > MILLISECOND && first <= SECOND / 2 + MILLISECOND,
                "{first:?}"
            );
            assert!(
                second > MILLISECOND && second <= SECOND + MILLISECOND,
                "{second:?}"
            );
        }
    }
}

#[tokio::test(start_paused = true)]
async fn b20_waits_are_spread_over_the_whole_range() {
    let mut waits = Vec::new();
    for seed in 0..200 {
        let transport = Scripted::outcomes([Outcome::status(503), Outcome::empty_list()]);
        let builder = transport.client().jitter_seed(seed);
        account(builder).pcaps().list().await.unwrap();
        waits.push(transport.moments()[1]);
    }
    let below = |limit: u32| {
        waits
            .iter()
            .filter(|wait| **wait < limit * MILLISECOND)
            .count()
    };
    assert!((20..=80).contains(&below(125)), "{}", below(125));
    assert!((70..=130).contains(&below(250)), "{}", below(250));
    assert_eq!(below(502), 200);
}

async fn b24_a_gateways_page_is_retried_and_reported_in_one_line() {
    let page = Response::with(
        502,
        &[("content-type", "text/html"), ("cf-ray", "8f2c-AMS")],
        "<html><head><title>api.cloudflare.com | 502: Bad gateway</title></head></html>",
    );
    let builder = |server: &Server| server.client().backoff(MILLISECOND, MILLISECOND);
    let server = Server::start([
        page.clone(),
        Response::html(520, "?"),
        Response::result("[]"),
    ])
    .await
    .unwrap();
    account(builder(&server)).pcaps().list().await.unwrap();
    let server = Server::start([page.clone(), page.clone(), page])
        .await
        .unwrap();
    let error = account(builder(&server)).pcaps().list().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "pcaps.list: 502 Bad Gateway: api.cloudflare.com | 502: Bad gateway (3 attempts, cf-ray 8f2c-AMS)"
    );
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test(start_paused = true)]
async fn a_repeated_delete_that_finds_nothing_may_have_deleted() {
    for unknown in [
        Outcome::status(502),
        Outcome::failure(Fault::Io, Sent::Maybe),
        Outcome::silence(),
    ] {
        let transport = Scripted::outcomes([unknown, Outcome::status(404)]);
        let providers = account(transport.client()).magic_cloud().providers();
        let error = providers.delete("p1").await.unwrap_err();
        assert_eq!(
            (error.status().unwrap().as_u16(), error.attempts()),
            (404, 2)
        );
        assert!(error.may_have_been_processed(), "{error}");
    }
    let transport = Scripted::outcomes([
        Outcome::failure(Fault::Connect, Sent::No),
        Outcome::too_many("1"),
        Outcome::status(404),
    ]);
    let providers = account(transport.client()).magic_cloud().providers();
    let error = providers.delete("p1").await.unwrap_err();
    assert!(
        !error.may_have_been_processed() && error.attempts() == 3,
        "{error}"
    );
}

tests::over_each_protocol! {
    b16_reads_survive_a_broken_connection,
    b17_a_closed_idle_connection_neither_loses_nor_repeats_a_request,
    b17_a_connection_that_is_known_to_be_closed_is_replaced_for_a_create_too,
    b24_a_gateways_page_is_retried_and_reported_in_one_line,
}
