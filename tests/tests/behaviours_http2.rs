//! Behaviours 62, 63, 65, 66 and 67: what a call does over HTTP/2 when the server retires connections, refuses streams, or is silent.

#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use std::io;
use std::time::Duration;

use cloudflare_magic::api::Account;
use cloudflare_magic::{
    ClientBuilder, CloudType, CreateProvider, Error, ErrorKind, Phase, Provider,
};
use tests::frames::{Connection, FrameServer, Setting, code};
use tokio::task::JoinSet;

const MILLISECOND: Duration = Duration::from_millis(1);
const CREATED: &str = r#"{"success":true,"errors":[],"messages":[],"result":{"id":"p1","cloud_type":"AWS","friendly_name":"prod",
    "last_updated":"2024-01-01T00:00:00Z","lifecycle_state":"ACTIVE","state":"UNSPECIFIED","state_v2":"UNSPECIFIED"}}"#;
const NONE: &str = r#"{"success":true,"errors":[],"messages":[],"result":[]}"#;

fn account(builder: ClientBuilder) -> Account {
    let builder = builder.backoff(MILLISECOND, 10 * MILLISECOND);
    builder.build().unwrap().account("a1")
}

async fn create(account: &Account, name: &str) -> Result<Provider, Error> {
    let body = CreateProvider::new(CloudType::Aws, name);
    account.magic_cloud().providers().create(body).await
}

/// Responds to all further requests: to those with a body as to a create, to others as to a list.
async fn serve(connection: &mut Connection) -> io::Result<()> {
    loop {
        let request = connection.next_request().await?;
        respond(connection, request.stream, &request.body).await?;
    }
}

async fn respond(connection: &Connection, stream: u32, body: &[u8]) -> io::Result<()> {
    match body {
        [] => connection.json(stream, 200, NONE).await,
        _ => connection.json(stream, 201, CREATED).await,
    }
}

/// Creates 20 providers at once. Each has to succeed; returns how many attempts each took.
async fn create_twenty(account: &Account) -> Vec<u32> {
    let mut calls = JoinSet::new();
    for number in 0..20 {
        let account = account.clone();
        calls.spawn(async move {
            let body = CreateProvider::new(CloudType::Aws, format!("name-{number}-"));
            let providers = account.magic_cloud().providers();
            providers.create(body).send().await.unwrap().attempts()
        });
    }
    calls.join_all().await
}

#[tokio::test]
async fn b62_what_a_goaway_excludes_is_sent_again_creates_too() {
    // Every connection processes two requests, and is closed then.
    let server = FrameServer::start(async |mut connection: Connection| {
        let one = connection.next_request().await?;
        let other = connection.next_request().await?;
        connection.go_away(other.stream, code::NO_ERROR).await?;
        for request in [one, other] {
            PROCESSED.lock().unwrap().push(request.body.clone());
            respond(&connection, request.stream, &request.body).await?;
        }
        connection.drain().await
    })
    .await
    .unwrap();
    let attempts = create_twenty(&account(server.client())).await;
    assert!(
        attempts.iter().any(|attempts| *attempts > 1),
        "{attempts:?}"
    );
    let processed = PROCESSED.lock().unwrap();
    for number in 0..20 {
        let name = format!("name-{number}-");
        let named = processed
            .iter()
            .filter(|body| String::from_utf8_lossy(body).contains(&name));
        assert_eq!(named.count(), 1, "{name}");
    }
}

/// The bodies that the server of the test above has processed.
static PROCESSED: std::sync::Mutex<Vec<Vec<u8>>> = std::sync::Mutex::new(Vec::new());

#[tokio::test]
async fn b62_a_goaway_with_an_error_code_proves_as_much() {
    let server = FrameServer::start(async |mut connection: Connection| {
        if connection.number() == 0 {
            connection.next_request().await?;
            connection.go_away(0, code::ENHANCE_YOUR_CALM).await?;
            return connection.close().await;
        }
        serve(&mut connection).await
    })
    .await
    .unwrap();
    create(&account(server.client()), "prod").await.unwrap();
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn b62_a_refused_stream_is_sent_again_creates_too() {
    let server = FrameServer::start(async |mut connection: Connection| {
        for _ in 0..2 {
            let refused = connection.next_request().await?;
            connection
                .reset_stream(refused.stream, code::REFUSED_STREAM)
                .await?;
        }
        serve(&mut connection).await
    })
    .await
    .unwrap();
    create(&account(server.client()), "prod").await.unwrap();
    let connections = server.connections();
    assert_eq!((connections.len(), connections[0].requests.len()), (1, 3));
}

#[tokio::test]
async fn b62_what_is_always_refused_was_not_processed() {
    let refusing = FrameServer::start(async |mut connection: Connection| {
        loop {
            let refused = connection.next_request().await?;
            connection
                .reset_stream(refused.stream, code::REFUSED_STREAM)
                .await?;
        }
    })
    .await
    .unwrap();
    let error = create(&account(refusing.client()), "prod")
        .await
        .unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Io, 3));
    assert!(!error.may_have_been_processed(), "{error}");

    let retiring = FrameServer::start(async |mut connection: Connection| {
        connection.next_request().await?;
        connection.go_away(0, code::NO_ERROR).await?;
        connection.drain().await
    })
    .await
    .unwrap();
    let error = create(&account(retiring.client()), "prod")
        .await
        .unwrap_err();
    // Attempts that meet a GOAWAY do not count, but only ten of them.
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Io, 13));
    assert!(!error.may_have_been_processed(), "{error}");
    let once = account(retiring.client().max_attempts(1));
    assert_eq!(create(&once, "prod").await.unwrap_err().attempts(), 1);
}

#[tokio::test]
async fn b62_any_other_end_of_a_stream_may_have_been_processed() {
    const RESETS: [u32; 4] = [
        code::NO_ERROR,
        code::INTERNAL_ERROR,
        code::CANCEL,
        code::ENHANCE_YOUR_CALM,
    ];
    for fault in 0..RESETS.len() + 3 {
        let server = FrameServer::start(move |mut connection: Connection| async move {
            loop {
                let stream = connection.next_request().await?.stream;
                if let Some(code) = RESETS.get(fault) {
                    connection.reset_stream(stream, *code).await?;
                    continue;
                }
                match fault - RESETS.len() {
                    // The GOAWAY includes the stream: it may be processed. Then the connection ends.
                    0 => {
                        connection.go_away(stream, code::NO_ERROR).await?;
                        return connection.close().await;
                    }
                    1 => return connection.cut().await,
                    _ => {
                        connection.reset();
                        return Ok(());
                    }
                }
            }
        })
        .await
        .unwrap();
        let account = account(server.client());
        let error = create(&account, "prod").await.unwrap_err();
        assert_eq!(
            (error.kind(), error.attempts()),
            (ErrorKind::Io, 1),
            "{fault}"
        );
        assert!(error.may_have_been_processed(), "{fault}: {error}");
        assert_eq!(server.requests().len(), 1, "{fault}");
        // A read is repeatable.
        let error = account.pcaps().list().await.unwrap_err();
        assert_eq!(
            (error.kind(), error.attempts()),
            (ErrorKind::Io, 3),
            "{fault}"
        );
    }
}

#[tokio::test]
async fn b63_a_connection_that_is_silent_gets_no_further_call() {
    let server = FrameServer::start(async |mut connection: Connection| {
        match connection.number() {
            // Acknowledges everything, and responds to nothing.
            0 => connection.drain().await,
            _ => serve(&mut connection).await,
        }
    })
    .await
    .unwrap();
    let account = account(server.client().headers_timeout(300 * MILLISECOND));
    let list = account.pcaps().list();
    let first = list.clone().max_attempts(1).await.unwrap_err();
    let phase = Phase::Headers;
    assert_eq!(first.kind(), ErrorKind::Timeout { phase });
    for _ in 0..16 {
        list.clone().max_attempts(1).await.unwrap();
    }
    let connections = server.connections();
    assert_eq!((connections.len(), connections[0].requests.len()), (2, 1));
}

#[tokio::test]
async fn b63_the_next_attempt_goes_over_another_connection() {
    let server = FrameServer::start(
        async |mut connection: Connection| match connection.number() {
            0 => connection.silence().await,
            _ => serve(&mut connection).await,
        },
    )
    .await
    .unwrap();
    let account = account(server.client().timeout(300 * MILLISECOND));
    let mut calls = JoinSet::new();
    for _ in 0..16 {
        let list = account.pcaps().list();
        calls.spawn(async move { list.await.unwrap() });
    }
    calls.join_all().await;
    // All of them time out together, and retire the pool once.
    assert_eq!(server.connections().len(), 2);
}

#[tokio::test]
async fn b63_calls_under_way_end_on_their_connection() {
    let server = FrameServer::start(async |mut connection: Connection| {
        if connection.number() > 0 {
            return serve(&mut connection).await;
        }
        let slow = connection.next_request().await?;
        connection.next_request().await?;
        // The second request times out, and retires the pool. The first one goes on.
        while connection.received().resets.is_empty() {
            tokio::time::sleep(MILLISECOND).await;
        }
        respond(&connection, slow.stream, &slow.body).await?;
        connection.drain().await
    })
    .await
    .unwrap();
    let account = account(server.client());
    let slow = tokio::spawn(account.pcaps().list().max_attempts(1).into_future());
    while server.requests().is_empty() {
        tokio::time::sleep(MILLISECOND).await;
    }
    let list = account.pcaps().list().timeout(100 * MILLISECOND);
    list.await.unwrap();
    slow.await.unwrap().unwrap();
}

#[tokio::test]
async fn b65_a_limit_that_passes_while_a_connection_is_made() {
    // The port accepts, and the TLS handshake never ends.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let builder = FrameServer::start(Connection::drain)
        .await
        .unwrap()
        .client();
    let account = account(builder.base_url(format!("https://127.0.0.1:{port}")));
    let providers = account.magic_cloud().providers();
    let body = || CreateProvider::new(CloudType::Aws, "prod");
    let phase = Phase::Connect;
    let timeout = providers.create(body()).timeout(100 * MILLISECOND);
    let error = timeout.await.unwrap_err();
    assert_eq!(
        (error.kind(), error.attempts()),
        (ErrorKind::Timeout { phase }, 3)
    );
    assert!(!error.may_have_been_processed(), "{error}");
    let deadline = providers.create(body()).deadline(100 * MILLISECOND);
    let error = deadline.await.unwrap_err();
    assert_eq!(
        (error.kind(), error.attempts()),
        (ErrorKind::Timeout { phase }, 1)
    );
    assert!(!error.may_have_been_processed(), "{error}");
}

#[tokio::test]
async fn b65_a_create_that_waits_for_a_stream_was_not_processed() {
    let server = FrameServer::start(async |mut connection: Connection| {
        if connection.number() > 0 {
            return serve(&mut connection).await;
        }
        connection
            .settings(&[Setting::MaxConcurrentStreams(1)])
            .await?;
        let first = connection.next_request().await?;
        respond(&connection, first.stream, &first.body).await?;
        // Holds the only stream until the test says so.
        let held = connection.next_request().await?;
        while !RELEASED.load(std::sync::atomic::Ordering::Acquire) {
            tokio::time::sleep(MILLISECOND).await;
        }
        respond(&connection, held.stream, &held.body).await?;
        serve(&mut connection).await
    })
    .await
    .unwrap();
    let account = account(server.client());
    account.pcaps().list().await.unwrap();
    let held = tokio::spawn(account.pcaps().list().into_future());
    while server.requests().len() < 2 {
        tokio::time::sleep(MILLISECOND).await;
    }
    let mut waiting = JoinSet::new();
    for number in 0..3 {
        let body = CreateProvider::new(CloudType::Aws, format!("waiting-{number}"));
        let create = account.magic_cloud().providers().create(body);
        let create = create.timeout(200 * MILLISECOND).max_attempts(1);
        waiting.spawn(create.into_future());
    }
    for error in waiting.join_all().await {
        let error = error.unwrap_err();
        let phase = Phase::Queue;
        assert_eq!(error.kind(), ErrorKind::Timeout { phase }, "{error}");
        assert!(!error.may_have_been_processed(), "{error}");
    }
    // The stream is free now. What was given up is not sent after all.
    RELEASED.store(true, std::sync::atomic::Ordering::Release);
    held.await.unwrap().unwrap();
    create(&account, "another").await.unwrap();
    tokio::time::sleep(100 * MILLISECOND).await;
    let bodies = server
        .requests()
        .into_iter()
        .filter(|request| request.mentions("waiting"));
    assert_eq!(bodies.count(), 0);
}

/// Whether the server of the test above may respond to the request that holds the stream.
static RELEASED: std::sync::atomic::AtomicBool = std::sync::atomic::AtomicBool::new(false);

#[tokio::test]
async fn b65_a_create_that_waited_for_a_stream_is_sent_over_another_connection() {
    let server = FrameServer::start(async |mut connection: Connection| {
        if connection.number() > 0 {
            return serve(&mut connection).await;
        }
        connection
            .settings(&[Setting::MaxConcurrentStreams(1)])
            .await?;
        let first = connection.next_request().await?;
        respond(&connection, first.stream, &first.body).await?;
        connection.drain().await
    })
    .await
    .unwrap();
    let account = account(server.client());
    account.pcaps().list().await.unwrap();
    let held = tokio::spawn(account.pcaps().list().into_future());
    while server.requests().len() < 2 {
        tokio::time::sleep(MILLISECOND).await;
    }
    let body = CreateProvider::new(CloudType::Aws, "waiting");
    let create = account.magic_cloud().providers().create(body);
    let created = create.timeout(200 * MILLISECOND).send().await.unwrap();
    assert_eq!(created.attempts(), 2);
    let requests = server.requests();
    let sent = requests
        .iter()
        .filter(|request| request.mentions("waiting"));
    assert_eq!(sent.count(), 1);
    held.abort();
}

#[tokio::test]
async fn b66_sixty_four_first_calls_open_one_connection() {
    let server =
        FrameServer::start(async |mut connection: Connection| serve(&mut connection).await)
            .await
            .unwrap();
    let account = account(server.client());
    let mut calls = JoinSet::new();
    for _ in 0..64 {
        let list = account.pcaps().list();
        calls.spawn(async move { list.await.unwrap() });
    }
    calls.join_all().await;
    assert_eq!(server.connections().len(), 1);
}
