//! Behaviours 64 and 68: downloads that are not read, and interim responses without an end, hold up nothing else.

#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use cloudflare_magic::api::Account;
use cloudflare_magic::{ClientBuilder, ErrorKind, Phase};
use tests::frames::{Connection, FrameServer};
use tests::protocol::Protocol;
use tests::server::{Recorded, Response, Server};
use tokio::runtime::{Builder, Runtime};

const MILLISECOND: Duration = Duration::from_millis(1);
const SECOND: Duration = Duration::from_secs(1);
const MEBIBYTE: usize = 1 << 20;
/// The stream window that is documented.
const WINDOW: usize = 2 * MEBIBYTE;
const NONE: &str = r#"{"success":true,"errors":[],"messages":[],"result":[]}"#;

fn account(builder: ClientBuilder) -> Account {
    builder.build().unwrap().account("a1")
}

/// A capture of this many bytes.
fn capture(length: usize) -> Vec<u8> {
    let mut capture = vec![7; length];
    capture[..4].copy_from_slice(b"\xd4\xc3\xb2\xa1");
    capture
}

#[tokio::test]
async fn b64_downloads_that_are_not_read_stop_no_other_call() {
    const LENGTH: usize = 1_760_000;
    let file = Response::with(
        200,
        &[("content-type", "application/vnd.tcpdump.pcap")],
        capture(LENGTH),
    );
    let server = Server::over(
        Protocol::Http2,
        move |_: usize, request: &Recorded| match request.path().ends_with("/download") {
            true => file.clone(),
            false => Response::result("[]"),
        },
    )
    .await
    .unwrap();
    let account = account(server.client().timeout(20 * SECOND));
    let mut begun = Vec::new();
    for _ in 0..20 {
        begun.push(account.pcaps().download("c1").await.unwrap());
    }
    for _ in 0..10 {
        account.pcaps().list().max_attempts(1).await.unwrap();
    }
    // The latest is read first.
    while let Some(download) = begun.pop() {
        assert_eq!(download.bytes(WINDOW).await.unwrap().len(), LENGTH);
    }
}

#[tokio::test]
async fn b64_more_unread_downloads_than_streams_stop_no_call_that_is_no_download() {
    // The first connection has as many streams as there are downloads.
    let server = FrameServer::start(async |mut connection: Connection| {
        use tests::frames::Setting::MaxConcurrentStreams;
        connection.settings(&[MaxConcurrentStreams(2)]).await?;
        loop {
            let request = connection.next_request().await?;
            match connection.number() {
                0 => begin_file(&connection, request.stream).await?,
                _ => connection.json(request.stream, 200, NONE).await?,
            }
        }
    })
    .await
    .unwrap();
    let account = account(server.client());
    let begun = [
        account.pcaps().download("c1").await.unwrap(),
        account.pcaps().download("c2").await.unwrap(),
    ];
    for _ in 0..10 {
        account.pcaps().list().max_attempts(1).await.unwrap();
    }
    drop(begun);
}

async fn begin_file(connection: &Connection, stream: u32) -> io::Result<()> {
    let headers = [("content-type", "application/vnd.tcpdump.pcap")];
    connection.head(stream, 200, &headers, false).await?;
    connection.data(stream, capture(MEBIBYTE), false).await
}

#[tokio::test]
async fn b64_a_download_that_is_not_read_holds_no_more_than_its_window() {
    let server = FrameServer::start(async |mut connection: Connection| {
        let request = connection.next_request().await?;
        begin_file(&connection, request.stream).await?;
        connection.drain().await
    })
    .await
    .unwrap();
    let account = account(server.client());
    let mut download = account.pcaps().download("c1").await.unwrap();
    let updates = || {
        let connection = server.connections().remove(0);
        let of_stream = connection
            .window_updates
            .into_iter()
            .filter(|(stream, _)| *stream > 0);
        (connection.settings, of_stream.count())
    };
    tokio::time::sleep(100 * MILLISECOND).await;
    let (settings, unread) = updates();
    // SETTINGS_INITIAL_WINDOW_SIZE is number 4.
    assert!(
        settings.contains(&(4, u32::try_from(WINDOW).unwrap())),
        "{settings:?}"
    );
    assert_eq!(unread, 0);
    // What is read may be sent again.
    let mut read = 0;
    while read < MEBIBYTE {
        read += download.chunk().await.unwrap().unwrap().len();
    }
    while updates().1 == 0 {
        tokio::time::sleep(MILLISECOND).await;
    }
}

/// Calls a server that sends interim responses without an end, in a runtime with one thread. The call has to end by its limit, and
/// another task has to run in the meantime.
async fn assert_flood_ends(builder: ClientBuilder) {
    let turns = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&turns);
    let counting = tokio::spawn(async move {
        loop {
            tokio::time::sleep(MILLISECOND).await;
            counted.fetch_add(1, Ordering::Relaxed);
        }
    });
    let list = account(builder).pcaps().list();
    let list = list.headers_timeout(500 * MILLISECOND).max_attempts(1);
    let error = list.await.unwrap_err();
    let phase = Phase::Headers;
    assert_eq!(error.kind(), ErrorKind::Timeout { phase }, "{error}");
    let turns = turns.load(Ordering::Relaxed);
    assert!(turns >= 10, "{turns}");
    counting.abort();
}

#[test]
fn b68_a_flood_of_interim_responses_over_http1_ends_by_the_limit() {
    // The server has threads of its own: the flood must not slow down because the client's thread is busy.
    let serving = Runtime::new().unwrap();
    let flood = "HTTP/1.1 102 Processing\r\n\r\n".repeat(50_000);
    let flood = (0..200).fold(Response::default(), |response, _| {
        response.send_raw(flood.as_bytes())
    });
    let respond = move |_: usize, _: &Recorded| flood.clone();
    let server = serving.block_on(Server::over(Protocol::Http1Tls, respond));
    let server = server.unwrap();
    let calling = Builder::new_current_thread().enable_all().build().unwrap();
    calling.block_on(async {
        assert_flood_ends(server.client()).await;
        // The client closes the connection, so the flood ends.
        server.drained().await;
    });
}

#[tokio::test]
async fn b68_a_flood_of_interim_responses_over_http2_ends_by_the_limit() {
    let server = FrameServer::start(async |mut connection: Connection| {
        let request = connection.next_request().await?;
        while connection.received().resets.is_empty() {
            connection.head(request.stream, 103, &[], false).await?;
        }
        connection.drain().await
    })
    .await
    .unwrap();
    assert_flood_ends(server.client()).await;
}
