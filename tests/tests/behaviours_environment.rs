//! Behaviours 10 to 12: credentials from the environment, each in a separate process.
//!
//! Over HTTP/1.1: the processes trust no authority of the tests.

#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use std::process::Command;
use std::sync::Arc;

use tests::server::{Recorded, Response, Server};

const ACCOUNT: &str = "023e105f4ecef8ad9ca31a8372d0c353";

/// The output of the program `environment` with these variables, and the requests that it sent.
async fn child_with(variables: &[(&str, &str)]) -> (String, Vec<Recorded>) {
    let server = Arc::new(Server::start([Response::result("[]")]).await.unwrap());
    let mut command = Command::new(env!("CARGO_BIN_EXE_environment"));
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
    let outcome = String::from_utf8_lossy(&output.stdout).trim().to_owned();
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
async fn b12_explicit_credentials_override_the_environment() {
    let (outcome, requests) = child_with(&[
        ("EXPLICIT_TOKEN", "1"),
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
