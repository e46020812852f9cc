//! Behaviours 15, 16, 42, 43, 51, 52, 146 and 148: what is sent, how often, and how long a call waits.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a failed unwrap fails the test"
)]

use std::time::{Duration, Instant};

use bytes::Bytes;
use cloudflare_magic::api::Account;
use cloudflare_magic::transport::{HttpTransport, Transport, TransportBody, TransportError};
use cloudflare_magic::{
    BoxFuture, ClientBuilder, CloudType, CreateProvider, ErrorKind, Method, Phase,
};
use http::{Request, Uri};
use tests::server::{Recorded, Response, Server};

const ACCOUNT: &str = "023e105f4ecef8ad9ca31a8372d0c353";
const PROVIDER: &str = r#"{"id":"p1","cloud_type":"AWS","friendly_name":"prod","last_updated":"2024-01-01T00:00:00Z",
    "lifecycle_state":"ACTIVE","state":"UNSPECIFIED","state_v2":"UNSPECIFIED"}"#;

fn account(builder: ClientBuilder) -> Account {
    builder.build().unwrap().account(ACCOUNT)
}

async fn b15_create_is_sent_once_on_500() {
    let server = Server::start([Response::json(
        500,
        r#"{"success":false,"errors":[{"code":1001,"message":"oops"}]}"#,
    )])
    .await
    .unwrap();
    let providers = account(server.client()).magic_cloud().providers();
    let error = providers
        .create(CreateProvider::new(CloudType::Aws, "prod"))
        .await
        .unwrap_err();
    assert!(error.may_have_been_processed());
    assert!(
        error.to_string().contains("may have been processed"),
        "{error}"
    );
    assert_eq!((error.attempts(), server.requests().len()), (1, 1));
}

async fn b16_create_is_sent_once_on_a_reset() {
    for response in [Response::default().reset(), Response::default().close()] {
        let server = Server::start([response]).await.unwrap();
        let providers = account(server.client()).magic_cloud().providers();
        let error = providers
            .create(CreateProvider::new(CloudType::Aws, "prod"))
            .await
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Io);
        assert!(error.may_have_been_processed(), "{error}");
        assert_eq!(server.requests().len(), 1);
    }
}

async fn b16_a_refusal_or_a_failed_connection_was_not_processed() {
    let server = Server::start([Response::json(
        409,
        r#"{"success":false,"errors":[{"code":1001,"message":"exists"}]}"#,
    )])
    .await
    .unwrap();
    let providers = account(server.client()).magic_cloud().providers();
    let error = providers
        .create(CreateProvider::new(CloudType::Aws, "prod"))
        .await
        .unwrap_err();
    assert!(!error.may_have_been_processed(), "{error}");

    let no_server = cloudflare_magic::Client::builder()
        .api_token("token")
        .base_url("http://127.0.0.1:1");
    let error = account(no_server)
        .magic_cloud()
        .providers()
        .create(CreateProvider::new(CloudType::Aws, "prod"))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connect);
    assert!(!error.may_have_been_processed(), "{error}");
    assert!(
        error
            .to_string()
            .contains("could not connect to 127.0.0.1: "),
        "{error}"
    );
}

async fn b42_one_second_is_one_second_also_when_the_body_trickles() {
    let mut trickle = Response::head(200, &[("content-length", "100")]);
    for _ in 0..60 {
        trickle = trickle.send(" ").wait(Duration::from_millis(50));
    }
    let server = Server::start([trickle]).await.unwrap();
    let pcaps = account(server.client()).pcaps();
    let started = Instant::now();
    let error = pcaps
        .list()
        .timeout(Duration::from_secs(1))
        .max_attempts(1)
        .await
        .unwrap_err();
    let elapsed = started.elapsed();
    assert_eq!(
        error.kind(),
        ErrorKind::Timeout {
            phase: Phase::Total
        }
    );
    assert!(
        elapsed >= Duration::from_secs(1) && elapsed < Duration::from_millis(1500),
        "{elapsed:?}"
    );
}

async fn b42_the_idle_limit_is_distinguished_from_the_timeout() {
    let stalled = Response::head(200, &[("content-length", "100")])
        .send("{")
        .hang();
    let server = Server::start([stalled]).await.unwrap();
    let error = account(
        server
            .client()
            .idle_timeout(Duration::from_millis(200))
            .max_attempts(1),
    )
    .pcaps()
    .list()
    .await
    .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout { phase: Phase::Idle });
    assert!(
        error.to_string().contains("timed out after 200ms"),
        "{error}"
    );
}

async fn b43_headers_that_never_arrive_are_named() {
    let server = Server::start([Response::silence(), Response::silence()])
        .await
        .unwrap();
    let builder = || {
        let client = server.client().headers_timeout(Duration::from_millis(200));
        client.max_attempts(1)
    };
    let error = account(builder()).pcaps().list().await.unwrap_err();
    assert_eq!(
        error.kind(),
        ErrorKind::Timeout {
            phase: Phase::Headers
        }
    );
    assert!(
        error.to_string().contains("headers") && !error.may_have_been_processed(),
        "{error}"
    );
    let error = account(builder())
        .magic_cloud()
        .providers()
        .create(CreateProvider::new(CloudType::Aws, "x"))
        .await
        .unwrap_err();
    assert!(error.may_have_been_processed(), "{error}");
}

async fn b43_the_deadline_is_named() {
    let server = Server::start([Response::silence()]).await.unwrap();
    let error = account(server.client().deadline(Duration::from_millis(200)))
        .pcaps()
        .list()
        .await
        .unwrap_err();
    assert_eq!(
        error.kind(),
        ErrorKind::Timeout {
            phase: Phase::Deadline
        }
    );
}

async fn b51_query_arrays_repeat_their_key() {
    let page = r#"{"success":true,"result":[],"result_info":{"page":1,"per_page":5,"count":0,"total_count":0}}"#;
    let server = Server::start([Response::json(200, page), Response::json(200, page)])
        .await
        .unwrap();
    let resources = account(server.client()).magic_cloud().resources();
    resources
        .list()
        .search(["a&b", "c d", "é/+"])
        .order_by("region")
        .desc(true)
        .per_page(5)
        .await
        .unwrap();
    resources.list().search(Vec::<String>::new()).await.unwrap();
    let requests = server.requests();
    let query = requests[0].query().unwrap();
    assert_eq!(
        query,
        "search=a%26b&search=c%20d&search=%C3%A9%2F%2B&order_by=region&desc=true&per_page=5"
    );
    assert_eq!(requests[1].query(), None);
}

async fn b52_bodies_are_sent_as_they_are_set() {
    let server = Server::responding(|_, _| Response::result(PROVIDER))
        .await
        .unwrap();
    let account = account(server.client().user_agent_suffix("app/1"));
    let providers = account.magic_cloud().providers();
    providers
        .create(CreateProvider::new(CloudType::Aws, "prod").description("d"))
        .await
        .unwrap();
    providers
        .create(CreateProvider::new(CloudType::Aws, "prod"))
        .await
        .unwrap();
    account.pcaps().stop("c1").await.unwrap();
    providers.get("p1").await.unwrap();
    providers.discover("p1").await.unwrap();
    let [full, bare, stop, get, discover] = &server.requests()[..] else {
        panic!("five requests")
    };
    let body: serde_json::Value = serde_json::from_str(&full.text()).unwrap();
    assert_eq!(
        body,
        serde_json::json!({"cloud_type": "AWS", "friendly_name": "prod", "description": "d"})
    );
    let body: serde_json::Value = serde_json::from_str(&bare.text()).unwrap();
    assert_eq!(
        body,
        serde_json::json!({"cloud_type": "AWS", "friendly_name": "prod"})
    );
    assert_eq!(bare.headers_named("content-type"), ["application/json"]);
    assert_eq!(
        bare.headers_named("content-length"),
        [bare.body.len().to_string()]
    );

    assert_eq!(
        (stop.method.as_str(), stop.path()),
        ("PUT", format!("/accounts/{ACCOUNT}/pcaps/c1/stop").as_str())
    );
    assert_eq!(stop.headers_named("content-length"), ["0"]);
    assert_eq!(stop.header("content-type"), None);
    assert_eq!(discover.method, "POST");
    assert_eq!(discover.headers_named("content-length"), ["0"]);
    assert_eq!(
        (get.header("content-length"), get.header("accept")),
        (None, Some("application/json"))
    );
    assert_eq!(
        get.header("user-agent"),
        Some(concat!(
            "cloudflare-magic/",
            env!("CARGO_PKG_VERSION"),
            " app/1"
        ))
    );
}

async fn connections_are_kept_and_a_closed_one_is_replaced() {
    let closing = Response::json(200, r#"{"success":true,"result":[]}"#);
    let server = Server::start([
        closing.clone(),
        closing.clone(),
        closing.clone().close(),
        closing,
    ])
    .await
    .unwrap();
    let pcaps = account(server.client()).pcaps();
    for _ in 0..4 {
        pcaps.list().await.unwrap();
        // Leaves the client time to notice that a connection was closed.
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let connections: Vec<_> = server
        .requests()
        .iter()
        .map(|request| request.connection)
        .collect();
    assert_eq!(connections, [0, 0, 0, 1]);
}

// Requests to a proxy by their whole address are HTTP/1.1.
#[tokio::test]
async fn a_proxy_is_used_for_other_hosts_and_never_for_loopback() {
    let proxy = Server::responding(|_, _| Response::result("[]"))
        .await
        .unwrap();
    let direct = Server::responding(|_, _| Response::result("[]"))
        .await
        .unwrap();
    account(direct.client().proxy(proxy.url()))
        .pcaps()
        .list()
        .await
        .unwrap();
    assert_eq!((proxy.requests().len(), direct.requests().len()), (0, 1));

    let far = direct
        .client()
        .base_url("http://far.invalid/v4")
        .allow_plain_http(true)
        .proxy(proxy.url());
    account(far).pcaps().list().await.unwrap();
    assert_eq!(
        proxy.requests()[0].target,
        format!("http://far.invalid/v4/accounts/{ACCOUNT}/pcaps")
    );
}

/// A layer that sends requests to the path of their header `x-path`: no operation of the SDK has such paths.
#[derive(Debug)]
struct Readdressed(HttpTransport);

impl Transport for Readdressed {
    fn exchange(
        &self,
        mut request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<TransportBody>, TransportError>> {
        let path = request.headers()["x-path"].to_str().unwrap();
        let mut parts = request.uri().clone().into_parts();
        parts.path_and_query = Some(path.parse().unwrap());
        *request.uri_mut() = Uri::from_parts(parts).unwrap();
        self.0.exchange(request)
    }
}

async fn b146_a_path_reaches_the_server_as_it_is_written() {
    let server = Server::responding(|_, _| Response::result("[]"))
        .await
        .unwrap();
    let client = server.client().layer(Readdressed).build().unwrap();
    let paths = [
        "/lamps/",
        "/lamps/l1/",
        "/lamps/?room=a%2Fb",
        "/lamps/a%2Fb.json/",
        "/",
    ];
    for path in paths {
        let providers = client.account(ACCOUNT).magic_cloud().providers();
        providers.list().header("x-path", path).await.unwrap();
    }
    let targets: Vec<_> = server.requests().into_iter().map(|it| it.target).collect();
    assert_eq!(targets, paths);
}

async fn b146_a_custom_path_that_ends_with_a_slash_is_refused() {
    // It may be that of an item whose id is missing: then it is the path of all items.
    let server = Server::responding(|_, _| Response::result("[]"))
        .await
        .unwrap();
    let client = server.client().build().unwrap();
    for path in ["/lamps/", "/", "/lamps//parts"] {
        let request = client.request(Method::DELETE, path);
        let error = request.empty().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput, "{path}");
    }
    assert!(server.requests().is_empty());
}

async fn b148_whole_numbers_are_sent_without_a_fraction() {
    let server = Server::responding(|_, _| Response::result(PROVIDER)).await;
    let server = server.unwrap();
    let client = server.client().build().unwrap();
    let body = serde_json::json!({"ttl": 60.0, "ages": [-1.0, 0.5]});
    let request = client.request(Method::POST, "/lamps").json(&body);
    request.empty().await.unwrap();
    let stop = client.account(ACCOUNT).pcaps().stop("c1");
    stop.body_field("port", 8080.0).await.unwrap();
    let texts: Vec<_> = server.requests().iter().map(Recorded::text).collect();
    assert_eq!(texts, [r#"{"ages":[-1,0.5],"ttl":60}"#, r#"{"port":8080}"#]);
}

tests::over_each_protocol! {
    b148_whole_numbers_are_sent_without_a_fraction,
    b146_a_path_reaches_the_server_as_it_is_written,
    b146_a_custom_path_that_ends_with_a_slash_is_refused,
    b15_create_is_sent_once_on_500,
    b16_create_is_sent_once_on_a_reset,
    b16_a_refusal_or_a_failed_connection_was_not_processed,
    b42_one_second_is_one_second_also_when_the_body_trickles,
    b42_the_idle_limit_is_distinguished_from_the_timeout,
    b43_headers_that_never_arrive_are_named,
    b43_the_deadline_is_named,
    b51_query_arrays_repeat_their_key,
    b52_bodies_are_sent_as_they_are_set,
    connections_are_kept_and_a_closed_one_is_replaced,
}
