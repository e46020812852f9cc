//! Behaviours 61 and 62: the same errors over HTTP/1.1 and HTTP/2, and a connection that is retired under many calls.
//!
//! The other suites run over both protocols too; here are the ways in which only HTTP/2 ends a body or a head.

#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use cloudflare_magic::{ClientBuilder, Error, ErrorKind};
use tests::frames::{Connection, FrameServer, code};
use tests::server::{Protocol, Response, Server};
use tokio::task::JoinSet;

const PCAP: &str = "application/vnd.tcpdump.pcap";
/// A capture without packets: only the header.
const EMPTY: &[u8; 24] = b"\xd4\xc3\xb2\xa1\x02\0\x04\0\0\0\0\0\0\0\0\0\0\0\x04\0\x01\0\0\0";

/// The error of a list, with one attempt.
async fn list(client: ClientBuilder) -> Error {
    let client = client.max_attempts(1).build().unwrap();
    client.account("a1").pcaps().list().await.unwrap_err()
}

/// The error of a download, whose head and first bytes are read.
async fn download(client: ClientBuilder) -> Error {
    let client = client.max_attempts(1).build().unwrap();
    let pcaps = client.account("a1").pcaps();
    let mut download = pcaps.download("c1").await.unwrap();
    assert_eq!(download.chunk().await.unwrap().unwrap(), &EMPTY[..]);
    let error = download.chunk().await.unwrap_err();
    assert!(download.chunk().await.unwrap().is_none());
    error
}

async fn b61_a_body_that_ends_early_is_truncated() {
    for length in [25, 100, 1 << 20] {
        let head = Response::head(200, &[("content-length", &length.to_string())]);
        let cut = head.send(EMPTY.to_vec()).close();
        let server = Server::start([cut.clone(), cut]).await.unwrap();
        for error in [list(server.client()).await, download(server.client()).await] {
            assert_eq!(error.kind(), ErrorKind::Truncated, "{error}");
            let expected = format!("24 of {length} bytes");
            assert!(error.to_string().contains(&expected), "{error}");
        }
    }
}

async fn b61_headers_above_the_limit_are_too_large_and_sent_for_once() {
    for size in [66_000, 100_000, 300_000] {
        let one = "x".repeat(size);
        let names: Vec<_> = (0..60).map(|number| format!("x-large-{number}")).collect();
        let part = "y".repeat(size / names.len());
        let many: Vec<_> = names
            .iter()
            .map(|name| (name.as_str(), part.as_str()))
            .collect();
        for headers in [&[("x-large", one.as_str())][..], &many] {
            let server = Server::responding({
                let response = Response::with(200, headers, r#"{"success":true,"result":[]}"#);
                move |_, _| response.clone()
            });
            let server = server.await.unwrap();
            let client = server.client().build().unwrap();
            let error = client.account("a1").pcaps().list().await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::HeadersTooLarge, "{size}: {error}");
            assert_eq!(
                (error.attempts(), server.requests().len()),
                (1, 1),
                "{error}"
            );
        }
    }
}

async fn b61_headers_below_the_limit_are_read() {
    let large = "x".repeat(60_000);
    let response = Response::with(
        200,
        &[("x-large", &large)],
        r#"{"success":true,"result":[]}"#,
    );
    let server = Server::start([response]).await.unwrap();
    let client = server.client().build().unwrap();
    let response = client.account("a1").pcaps().list().send().await.unwrap();
    assert_eq!(response.headers()["x-large"], large.as_str());
}

tests::over_each_protocol! {
    b61_a_body_that_ends_early_is_truncated,
    b61_headers_above_the_limit_are_too_large_and_sent_for_once,
    b61_headers_below_the_limit_are_read,
}

/// How HTTP/2 ends a stream or its connection in the middle of a body.
#[derive(Clone, Copy, Debug)]
enum End {
    /// The stream ends in order.
    Stream,
    ResetStream(u32),
    Close,
    Cut,
    GoAwayAndClose(u32),
}

const ENDS: [End; 9] = [
    End::Stream,
    End::ResetStream(code::NO_ERROR),
    End::ResetStream(code::INTERNAL_ERROR),
    End::ResetStream(code::CANCEL),
    End::ResetStream(code::REFUSED_STREAM),
    End::Close,
    End::Cut,
    End::GoAwayAndClose(code::NO_ERROR),
    End::GoAwayAndClose(code::INTERNAL_ERROR),
];

/// A server that sends half of a body, and then this end.
async fn half(headers: &'static [(&'static str, &'static str)], end: End) -> FrameServer {
    let script = move |mut connection: Connection| async move {
        connection.settings(&[]).await?;
        let stream = connection.next_request().await?.stream;
        connection.head(stream, 200, headers, false).await?;
        connection.data(stream, EMPTY, false).await?;
        match end {
            End::Stream => connection.data(stream, "", true).await?,
            End::ResetStream(code) => connection.reset_stream(stream, code).await?,
            End::Close => return connection.close().await,
            End::Cut => return connection.cut().await,
            End::GoAwayAndClose(code) => {
                connection.go_away(stream, code).await?;
                return connection.close().await;
            }
        }
        connection.drain().await
    };
    FrameServer::start(script).await.unwrap()
}

#[tokio::test]
async fn b61_every_end_in_the_middle_of_a_body_is_truncated() {
    for end in ENDS {
        let headers = &[("content-type", PCAP), ("content-length", "100")];
        let server = half(headers, end).await;
        let error = list(server.client()).await;
        assert_eq!(error.kind(), ErrorKind::Truncated, "{end:?}: {error}");
        assert_eq!(server.requests().len(), 1);
        let server = half(headers, end).await;
        let error = download(server.client()).await;
        assert_eq!(error.kind(), ErrorKind::Truncated, "{end:?}: {error}");
    }
}

#[tokio::test]
async fn b61_a_body_without_a_length_ends_with_its_stream_only() {
    // A reset without an error is an end in order (RFC 9113, section 8.1): only a length contradicts it.
    let in_order = |end: &End| matches!(end, End::Stream | End::ResetStream(code::NO_ERROR));
    for end in ENDS.iter().filter(|end| !in_order(end)) {
        let server = half(&[("content-type", PCAP)], *end).await;
        let error = download(server.client()).await;
        assert_eq!(error.kind(), ErrorKind::Truncated, "{end:?}: {error}");
    }
    let server = half(&[("content-type", PCAP)], End::Stream).await;
    let client = server.client().build().unwrap();
    let download = client.account("a1").pcaps().download("c1").await.unwrap();
    assert_eq!(download.bytes(100).await.unwrap(), &EMPTY[..]);
}

/// A body that is longer than declared is malformed (RFC 9113, section 8.1.1). Over HTTP/1.1 the rest is no part of it.
#[tokio::test]
async fn b61_a_body_beyond_its_length_is_never_read_as_whole() {
    let response = Response::head(200, &[("content-length", "24")]).send([7; 48]);
    let server = Server::over(Protocol::Http2, move |_: usize, _: &_| response.clone());
    let server = server.await.unwrap();
    let error = list(server.client()).await;
    assert_eq!(error.kind(), ErrorKind::Truncated, "{error}");
}

/// More calls than the retry budget pays for: the end of a connection in order is no failure of the service.
#[tokio::test]
async fn b62_a_connection_that_is_retired_under_150_calls_fails_none() {
    const CALLS: usize = 150;
    let server = FrameServer::start(|mut connection: Connection| async move {
        connection.settings(&[]).await?;
        let body = r#"{"success":true,"errors":[],"messages":[],"result":null}"#;
        let first = connection.next_request().await?.stream;
        connection.json(first, 200, body).await?;
        let mut streams = Vec::new();
        loop {
            streams.push(connection.next_request().await?.stream);
            if connection.number() > 0 {
                connection
                    .json(streams[streams.len() - 1], 200, body)
                    .await?;
            } else if streams.len() == CALLS {
                connection.go_away(first, code::NO_ERROR).await?;
            }
        }
    });
    let server = server.await.unwrap();
    // Without the gate, which sends the first calls of a new client in turns.
    let client = server.client().rate_gate(false).build().unwrap();
    let account = client.account("a1");
    account.pcaps().stop("c1").await.unwrap();
    let mut calls = JoinSet::new();
    for number in 0..CALLS {
        let apply = account.magic_cloud().onramps().apply(number.to_string());
        calls.spawn(apply.into_future());
    }
    for applied in calls.join_all().await {
        applied.unwrap();
    }
    let connections = server.connections();
    let requests = connections
        .iter()
        .map(|connection| connection.requests.len());
    assert_eq!(requests.collect::<Vec<_>>(), [CALLS + 1, CALLS]);
}
