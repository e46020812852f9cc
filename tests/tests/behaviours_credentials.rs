//! Behaviours 1 to 14: where credentials are sent, and where not.

#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use cloudflare_magic::{Client, CloudType, CreateProvider, Error, ErrorKind, Method};
use tests::scripted::{Outcome, Scripted};
use tests::server::{Response, Server};

const ACCOUNT: &str = "023e105f4ecef8ad9ca31a8372d0c353";
const SENTINEL: &str = "hush-sentinel-0451";

/// A server that redirects every request to a second one, and that second server.
async fn redirecting(status: u16) -> (Server, Server) {
    let target = Server::start([Response::result("[]")]).await.unwrap();
    let location = format!(
        "{}/stolen?x=1",
        target.url().replace("127.0.0.1", "localhost")
    );
    let front = Server::start([Response::with(status, &[("location", &location)], "")])
        .await
        .unwrap();
    (front, target)
}

fn assert_refused(error: &Error, front: &Server, target: &Server) {
    assert_eq!(error.kind(), ErrorKind::Redirect, "{error}");
    let line = error.to_string();
    assert!(
        line.contains(&format!("localhost:{}", target.port())),
        "{line}"
    );
    assert!(!line.contains("stolen"), "{line}");
    assert_eq!((front.requests().len(), target.requests().len()), (1, 0));
}

async fn b01_redirect_to_another_host_is_an_error_with_a_key() {
    let (front, target) = redirecting(307).await;
    let client = front.trusted(Client::builder());
    let client = client.api_key("me@example.com", "key").build().unwrap();
    let error = client.account(ACCOUNT).pcaps().list().await.unwrap_err();
    assert_refused(&error, &front, &target);
    assert_eq!(front.requests()[0].header("x-auth-key"), Some("key"));
}

async fn b02_redirect_to_another_host_is_an_error_with_a_token() {
    for status in [301, 302, 303, 307, 308] {
        let (front, target) = redirecting(status).await;
        let client = front.client().build().unwrap();
        let error = client.account(ACCOUNT).pcaps().list().await.unwrap_err();
        assert_refused(&error, &front, &target);
        assert_eq!(error.status().unwrap(), status);
        assert_eq!(
            front.requests()[0].header("authorization"),
            Some("Bearer token")
        );
    }
}

async fn b03_a_redirected_post_is_never_replayed_as_get() {
    let server = Server::start([Response::with(302, &[("location", "/elsewhere")], "")])
        .await
        .unwrap();
    let providers = server
        .client()
        .build()
        .unwrap()
        .account(ACCOUNT)
        .magic_cloud()
        .providers();
    let error = providers
        .create(CreateProvider::new(CloudType::Aws, "prod"))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Redirect);
    assert!(!error.may_have_been_processed(), "{error}");
    let methods: Vec<_> = server
        .requests()
        .into_iter()
        .map(|request| request.method)
        .collect();
    assert_eq!(methods, ["POST"]);
}

#[test]
fn b04_a_base_url_that_would_leak_is_refused() {
    let bad = [
        "http://api.cloudflare.com/client/v4",
        "http://127.0.0.1.example.com",
        "https://user:hush@example.com",
        "https://example.com/?hush=1",
        "https://example.com/#hush",
        "ftp://example.com",
        "",
    ];
    for url in bad {
        let error = Client::builder()
            .api_token("token")
            .base_url(url)
            .build()
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config, "{url}");
        assert!(!error.to_string().contains("hush"), "{error}");
    }
    for url in [
        "http://127.0.0.1:1",
        "http://[::1]:1/client/v4/",
        "http://localhost:1",
    ] {
        assert!(
            Client::builder()
                .api_token("token")
                .base_url(url)
                .build()
                .is_ok(),
            "{url}"
        );
    }
    let plain = Client::builder()
        .api_token("token")
        .base_url("http://example.com");
    assert!(plain.allow_plain_http(true).build().is_ok());
}

async fn b05_to_b09_ids_that_leave_their_segment_are_never_sent() {
    let server = Server::start([]).await.unwrap();
    let client = server.client().build().unwrap();
    let long = "a".repeat(10_240);
    for id in [
        ".",
        "..",
        "a/b?x=1#y",
        "",
        "%2e%2e",
        "a\0b",
        &long,
        "é",
        "a b",
        "a\r\nb",
        "ownership",
    ] {
        let error = client.account(ACCOUNT).pcaps().get(id).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput, "{id:?}");
        assert!(
            error.to_string().starts_with("pcaps.get: pcap_id "),
            "{error}"
        );
        assert_eq!(error.attempts(), 0);
    }
    let error = client
        .account(ACCOUNT)
        .magic_cloud()
        .providers()
        .get("discover")
        .await
        .unwrap_err();
    assert!(error.to_string().contains("provider_id"), "{error}");
    let error = client.account("..").pcaps().list().await.unwrap_err();
    assert!(error.to_string().contains("account_id"), "{error}");
    assert_eq!(server.requests(), []);
}

async fn b13_headers_of_the_client_cannot_be_replaced() {
    let server = Server::start([Response::result("[]")]).await.unwrap();
    let pcaps = server.client().build().unwrap().account(ACCOUNT).pcaps();
    for name in [
        "Authorization",
        "host",
        "Content-Length",
        "X-Auth-Key",
        "x-auth-email",
        "Transfer-Encoding",
    ] {
        let error = pcaps.list().header(name, SENTINEL).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
        let line = error.to_string();
        assert!(
            line.contains(&name.to_ascii_lowercase()) && !line.contains(SENTINEL),
            "{line}"
        );
    }
    assert_eq!(server.requests(), []);
    pcaps.list().header("X-Mine", "yes").await.unwrap();
    assert_eq!(server.requests()[0].header("x-mine"), Some("yes"));
}

async fn b14_no_printed_text_contains_a_secret() {
    let echo = format!(
        r#"{{"success":false,"errors":[{{"code":1001,"message":"bad r2://b?access-key-id={SENTINEL}&secret-access-key={SENTINEL}"}}]}}"#
    );
    let page = format!("<title>r2://b?secret-access-key={SENTINEL}</title>");
    let odd = format!(
        r#"{{"success":true,"result":[{{"id":"{SENTINEL}","type":"full","byte_limit":"{SENTINEL}"}}]}}"#
    );
    let fine =
        format!(r#"[{{"type":"full","destination_conf":"r2://b?secret-access-key={SENTINEL}"}}]"#);
    let responses = [
        Response::json(400, &echo),
        Response::html(502, &page),
        Response::json(200, &echo),
        Response::html(200, &page),
        Response::json(200, &odd),
        Response::with(
            307,
            &[(
                "location",
                &format!("http://{SENTINEL}@127.0.0.1/{SENTINEL}"),
            )],
            "",
        ),
        Response::silence().reset(),
        Response::result(&fine),
    ];
    let server = Server::start(responses.map(|response| response.clone().close()))
        .await
        .unwrap();
    let builder = server.trusted(Client::builder());
    let builder = builder.api_key("me@example.com", SENTINEL);
    let mut printed = vec![format!("{builder:?}")];
    let client = builder
        .idle_timeout(std::time::Duration::from_millis(200))
        .headers_timeout(std::time::Duration::from_millis(200))
        .max_attempts(1)
        .build()
        .unwrap();
    let pcaps = client.account(ACCOUNT).pcaps();
    let call = pcaps.list().header("x-mine", SENTINEL);
    printed.push(format!("{client:?} {client:#?} {call:?} {pcaps:?}"));
    for _ in 0..7 {
        let error = pcaps.list().await.unwrap_err();
        let mut causes = format!("{error} {error:?} {error:#?}");
        let mut source = std::error::Error::source(&error);
        while let Some(cause) = source {
            causes.push_str(&format!("{cause} {cause:?}"));
            source = cause.source();
        }
        printed.push(causes);
    }
    let response = pcaps.list().send().await.unwrap();
    printed.push(format!("{response:?} {:?}", response.value()));
    assert!(
        server.requests()[0].mentions(SENTINEL),
        "the key must reach the server"
    );
    for text in printed {
        assert!(!text.contains(SENTINEL), "{text}");
    }
}

/// The text of an error and its causes.
fn causes(error: &Error) -> String {
    let mut text = format!("{error} {error:?} {error:#?}");
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        text.push_str(&format!(" {cause} {cause:?} {cause:#?}"));
        source = cause.source();
    }
    text
}

// Requests to a proxy by their whole address are HTTP/1.1.
#[tokio::test]
async fn b14_a_proxys_password_is_not_printed() {
    let refusing = Server::start([Response::status(407), Response::default().close()])
        .await
        .unwrap();
    let far = |proxy: String| {
        let builder = Client::builder().api_token(SENTINEL).proxy(proxy);
        let builder = builder.base_url("http://far.invalid/v4").max_attempts(1);
        builder.allow_plain_http(true)
    };
    let with_password = |port| format!("http://me:{SENTINEL}@127.0.0.1:{port}");
    for port in [refusing.port(), refusing.port(), 1] {
        let builder = far(with_password(port));
        let mut printed = format!("{builder:?}");
        let client = builder.build().unwrap();
        let error = client.account(ACCOUNT).pcaps().list().await.unwrap_err();
        printed.push_str(&format!("{client:?} {}", causes(&error)));
        assert!(!printed.contains(SENTINEL), "{printed}");
    }
    let error = far(format!("http://{SENTINEL}@[")).build().unwrap_err();
    assert!(!causes(&error).contains(SENTINEL), "{error:?}");
}

#[tokio::test(start_paused = true)]
async fn b14_streams_and_waiters_print_no_secret() {
    let secret = format!("r2://b?access-key-id={SENTINEL}&secret-access-key={SENTINEL}");
    let capture = format!(r#"{{"id":"c1","type":"full","destination_conf":"{secret}"}}"#);
    let failed = capture.replace(
        "full\"",
        &format!("full\",\"status\":\"failed\",\"error_message\":\"{secret}\""),
    );
    let file = Outcome::response(
        200,
        &[("content-disposition", "attachment")],
        &b"\xd4\xc3\xb2\xa1"[..],
    );
    let transport = Scripted::outcomes([Outcome::result(&failed), file]);
    let client = transport.client().api_token(SENTINEL).build().unwrap();
    let account = client.account(ACCOUNT);
    let mut waiter = account.pcaps().wait_until_ready("c1");
    let mut printed = format!("{waiter:?}");
    while let Some(seen) = waiter.next().await {
        printed.push_str(&format!("{waiter:?}"));
        printed.push_str(&seen.err().map(|error| causes(&error)).unwrap_or_default());
    }
    let download = account.pcaps().download("c1").await.unwrap();
    printed.push_str(&format!("{download:?}"));
    printed.push_str(&format!("{:?}", download.to_file("x")));
    let resources = account.magic_cloud().resources();
    let list = resources.list().header("x-mine", SENTINEL);
    let (items, pages) = (list.clone().items(), list.clone().pages());
    printed.push_str(&format!("{list:?} {items:?} {pages:?}"));
    printed.push_str(&format!("{:?}", list.raw()));
    let body = serde_json::json!({"destination_conf": secret});
    let request = client.request(Method::POST, "/x").json(&body);
    printed.push_str(&format!("{request:?}"));
    printed.push_str(&format!("{:?}", request.raw()));
    assert!(
        printed.contains("failed") && !printed.contains(SENTINEL),
        "{printed}"
    );
    assert_eq!(transport.requests().len(), 2);
}

tests::over_each_protocol! {
    b01_redirect_to_another_host_is_an_error_with_a_key,
    b02_redirect_to_another_host_is_an_error_with_a_token,
    b03_a_redirected_post_is_never_replayed_as_get,
    b05_to_b09_ids_that_leave_their_segment_are_never_sent,
    b13_headers_of_the_client_cannot_be_replaced,
    b14_no_printed_text_contains_a_secret,
}
