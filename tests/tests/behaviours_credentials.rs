//! Behaviours 1 to 14: where credentials go, and where they do not.

#![allow(clippy::unwrap_used, reason = "a test ends where its expectation does")]

use std::process::Command;
use std::sync::Arc;

use cloudflare_magic::{Client, CloudType, CreateProvider, Error, ErrorKind};
use tests::server::{Recorded, Reply, Server};

const ACCOUNT: &str = "023e105f4ecef8ad9ca31a8372d0c353";
const SENTINEL: &str = "hush-sentinel-0451";

/// A server that answers every request with a redirect to another one, and that other one.
async fn redirecting(status: u16) -> (Server, Server) {
    let target = Server::start([Reply::result("[]")]).await.unwrap();
    let location = format!(
        "{}/stolen?x=1",
        target.url().replace("127.0.0.1", "localhost")
    );
    let front = Server::start([Reply::with(status, &[("location", &location)], "")])
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

#[tokio::test]
async fn b01_redirect_to_another_host_is_an_error_with_a_key() {
    let (front, target) = redirecting(307).await;
    let client = Client::builder()
        .api_key("me@example.com", "key")
        .base_url(front.url())
        .build()
        .unwrap();
    let error = client.account(ACCOUNT).pcaps().list().await.unwrap_err();
    assert_refused(&error, &front, &target);
    assert_eq!(front.requests()[0].header("x-auth-key"), Some("key"));
}

#[tokio::test]
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

#[tokio::test]
async fn b03_a_redirected_post_is_never_replayed_as_get() {
    let server = Server::start([Reply::with(302, &[("location", "/elsewhere")], "")])
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

#[tokio::test]
async fn b05_to_b09_ids_that_leave_their_place_are_never_sent() {
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

#[tokio::test]
async fn b13_headers_of_the_client_cannot_be_replaced() {
    let server = Server::start([Reply::result("[]")]).await.unwrap();
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

#[tokio::test]
async fn b14_nothing_that_prints_holds_a_secret() {
    let echo = format!(
        r#"{{"success":false,"errors":[{{"code":1001,"message":"bad r2://b?access-key-id={SENTINEL}&secret-access-key={SENTINEL}"}}]}}"#
    );
    let page = format!("<title>r2://b?secret-access-key={SENTINEL}</title>");
    let odd = format!(
        r#"{{"success":true,"result":[{{"id":"{SENTINEL}","type":"full","byte_limit":"{SENTINEL}"}}]}}"#
    );
    let fine =
        format!(r#"[{{"type":"full","destination_conf":"r2://b?secret-access-key={SENTINEL}"}}]"#);
    let replies = [
        Reply::json(400, &echo),
        Reply::html(502, &page),
        Reply::json(200, &echo),
        Reply::html(200, &page),
        Reply::json(200, &odd),
        Reply::with(
            307,
            &[(
                "location",
                &format!("http://{SENTINEL}@127.0.0.1/{SENTINEL}"),
            )],
            "",
        ),
        Reply::silence().reset(),
        Reply::result(&fine),
    ];
    let server = Server::start(replies.map(|reply| reply.clone().close()))
        .await
        .unwrap();
    let builder = Client::builder()
        .api_key("me@example.com", SENTINEL)
        .base_url(server.url());
    let mut printed = vec![format!("{builder:?}")];
    let client = builder
        .idle_timeout(std::time::Duration::from_millis(200))
        .headers_timeout(std::time::Duration::from_millis(200))
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

/// Calls with what the environment says, in a process of its own, and reports how it went.
///
/// The parent is one of the tests below; alone it has nothing to do.
#[tokio::test]
#[ignore = "run by its parents"]
async fn child() {
    let explicit = std::env::var_os("CHILD_TOKEN").is_some();
    let built = if explicit {
        Client::builder()
            .api_token("explicit")
            .use_environment()
            .build()
    } else {
        Client::from_env()
    };
    let outcome = match built {
        Ok(client) => match client.account_from_env() {
            Ok(account) => account.pcaps().list().await.map(|_| String::from("called")),
            Err(error) => Err(error),
        },
        Err(error) => Err(error),
    };
    println!(
        "OUTCOME {}",
        outcome.unwrap_or_else(|error| format!("{:?}: {error}", error.kind()))
    );
}

/// What the child says with these variables, and what it sent.
async fn child_with(variables: &[(&str, &str)]) -> (String, Vec<Recorded>) {
    let server = Arc::new(Server::start([Reply::result("[]")]).await.unwrap());
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "child", "--ignored", "--nocapture"]);
    let names = ["TOKEN", "KEY"].map(|end| format!("CLOUDFLARE_API_{end}"));
    for name in names
        .iter()
        .map(String::as_str)
        .chain(["CLOUDFLARE_EMAIL", "CLOUDFLARE_ACCOUNT_ID"])
    {
        command.env_remove(name);
    }
    command
        .env("CLOUDFLARE_BASE_URL", server.url())
        .env("CLOUDFLARE_ACCOUNT_ID", ACCOUNT)
        .env("HTTP_PROXY", "http://127.0.0.1:9");
    command.envs(variables.iter().copied());
    let output = tokio::task::spawn_blocking(move || command.output().unwrap())
        .await
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let outcome = text
        .split("OUTCOME ")
        .nth(1)
        .unwrap_or(&text)
        .lines()
        .next()
        .unwrap_or_default()
        .to_owned();
    (outcome, server.requests())
}

const TOKEN: &str = "CLOUDFLARE_API_TOKEN";
const EMAIL: &str = "CLOUDFLARE_EMAIL";
const KEY: &str = "CLOUDFLARE_API_KEY";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn b10_a_token_with_line_breaks_is_trimmed_or_refused() {
    let (outcome, requests) = child_with(&[(TOKEN, " token\r\n")]).await;
    assert_eq!(outcome, "called");
    assert_eq!(requests[0].header("authorization"), Some("Bearer token"));
    assert_eq!(requests[0].path(), format!("/accounts/{ACCOUNT}/pcaps"));

    let (outcome, requests) = child_with(&[(TOKEN, "hush\nhush")]).await;
    assert!(
        outcome.starts_with("Config: CLOUDFLARE_API_TOKEN ") && !outcome.contains("hush"),
        "{outcome}"
    );
    assert_eq!(requests, []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn b11_an_empty_token_is_an_error_and_never_an_unauthenticated_call() {
    for variables in [
        &[(TOKEN, "")][..],
        &[(TOKEN, " \n")],
        &[(TOKEN, ""), (EMAIL, "e@example.com"), (KEY, "k")],
        &[],
    ] {
        let (outcome, requests) = child_with(variables).await;
        assert!(
            outcome.starts_with("Config: ") && outcome.contains(TOKEN),
            "{outcome}"
        );
        assert_eq!(requests, []);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn b12_exactly_one_style_is_sent() {
    let pair = [(EMAIL, "e@example.com"), (KEY, "k")];
    let all = [pair[0], pair[1], (TOKEN, "token")];

    let (outcome, requests) = child_with(&pair).await;
    assert_eq!(outcome, "called");
    assert_eq!(
        (
            requests[0].header("x-auth-email"),
            requests[0].header("x-auth-key")
        ),
        (Some("e@example.com"), Some("k"))
    );
    assert_eq!(requests[0].header("authorization"), None);

    let (outcome, requests) = child_with(&all).await;
    assert_eq!(outcome, "called");
    assert_eq!(requests[0].headers_named("authorization"), ["Bearer token"]);
    assert!(
        requests[0].header("x-auth-key").is_none() && requests[0].header("x-auth-email").is_none()
    );

    for half in pair {
        let (outcome, requests) = child_with(&[half]).await;
        assert!(
            outcome.starts_with("Config: ") && outcome.contains(EMAIL) && outcome.contains(KEY),
            "{outcome}"
        );
        assert_eq!(requests, []);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn b12_explicit_credentials_put_the_environment_out_of_play() {
    let (outcome, requests) = child_with(&[
        ("CHILD_TOKEN", "1"),
        (TOKEN, "broken\ntoken"),
        (EMAIL, "half"),
    ])
    .await;
    assert_eq!(outcome, "called");
    assert_eq!(
        requests[0].headers_named("authorization"),
        ["Bearer explicit"]
    );
    assert_eq!(requests[0].header("x-auth-email"), None);
}
