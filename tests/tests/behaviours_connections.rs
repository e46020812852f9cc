//! Behaviour 59: connections that close under many calls.

#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use std::time::Duration;

use cloudflare_magic::{CloudType, CreateProvider, ErrorKind};
use tests::server::{Protocol, Response, Server};
use tokio::task::JoinSet;

const MILLISECOND: Duration = Duration::from_millis(1);
const PROVIDER: &str = r#"{"id":"p1","cloud_type":"AWS","friendly_name":"prod","last_updated":"2024-01-01T00:00:00Z",
    "lifecycle_state":"ACTIVE","state":"UNSPECIFIED","state_v2":"UNSPECIFIED"}"#;

async fn b59_connections_that_close_under_64_calls_repeat_no_create() {
    // Every third request is processed, and its connection closed or reset before the response. Over HTTP/2 the end
    // of a connection fails all calls, so that it ends for fewer requests.
    let scale = match Protocol::current() {
        Protocol::Http2 => 32,
        _ => 1,
    };
    let server = Server::responding(move |number, request| {
        let response = match request.method.as_str() {
            "POST" => Response::json(201, format!(r#"{{"success":true,"result":{PROVIDER}}}"#)),
            _ => Response::result("[]"),
        };
        if number % scale > 0 {
            return response;
        }
        match number / scale % 6 {
            2 => Response::default().close(),
            5 => Response::default().reset(),
            4 => response.close(),
            _ => response,
        }
    })
    .await
    .unwrap();
    let builder = server.client().backoff(MILLISECOND, MILLISECOND);
    let client = builder.max_attempts(20).build().unwrap();
    let account = client.account("a1");
    let mut calls = JoinSet::new();
    for number in 0..64 {
        let account = account.clone();
        calls.spawn(async move {
            let mut creates = Vec::new();
            for turn in 0..4 {
                account.pcaps().list().await.unwrap();
                let name = format!("name-{number}-{turn}-");
                let body = CreateProvider::new(CloudType::Aws, &name);
                let created = account.magic_cloud().providers().create(body).await;
                creates.push((name, created.map(drop)));
            }
            creates
        });
    }
    let creates = calls.join_all().await;
    let requests = server.requests();
    for (name, created) in creates.iter().flatten() {
        let sent = requests
            .iter()
            .filter(|request| request.mentions(name))
            .count();
        match created {
            Ok(()) => assert_eq!(sent, 1, "{name}"),
            Err(error) => {
                assert!(error.may_have_been_processed(), "{error}");
                assert_eq!(error.attempts(), 1, "{error}");
                // The end of an HTTP/2 connection also meets responses of which only the header has arrived.
                let truncated = Protocol::current() == Protocol::Http2;
                let truncated = truncated && error.kind() == ErrorKind::Truncated;
                assert!(truncated || error.kind() == ErrorKind::Io, "{error}");
                assert!(sent <= 1, "{name} {error}");
            }
        }
    }
}

tests::over_each_protocol! {
    in #[tokio::test(flavor = "multi_thread", worker_threads = 2)]:
    b59_connections_that_close_under_64_calls_repeat_no_create,
}
