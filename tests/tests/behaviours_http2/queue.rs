//! Behaviours 65 and 66: calls that wait for a connection or for a stream.

use cloudflare_magic::api::Account;
use cloudflare_magic::{CloudType, CreateProvider, Error, ErrorKind, Pcap, Phase};
use tests::frames::{Connection, FrameServer, Setting};
use tokio::task::{JoinHandle, JoinSet};

use crate::{MILLISECOND, SECOND, account, create, respond, serve};

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

/// A server whose first connection has one stream, and a call that holds it. Further connections respond to everything.
async fn with_its_stream_in_use() -> (FrameServer, Account, JoinHandle<Result<Vec<Pcap>, Error>>) {
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
    (server, account, held)
}

#[tokio::test]
async fn b65_a_create_that_waited_for_a_stream_is_sent_over_another_connection() {
    let (server, account, held) = with_its_stream_in_use().await;
    let body = CreateProvider::new(CloudType::Aws, "waiting");
    let create = account.magic_cloud().providers().create(body);
    let created = create.timeout(1000 * MILLISECOND).send().await.unwrap();
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

#[tokio::test]
async fn b66_calls_do_not_wait_for_each_other_while_no_connection_can_be_opened() {
    let builder = FrameServer::start(Connection::drain)
        .await
        .unwrap()
        .client();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    let account = account(builder.base_url(url).connect_timeout(5 * SECOND));
    let mut calls = JoinSet::new();
    for _ in 0..10 {
        calls.spawn(account.pcaps().list().max_attempts(1).into_future());
    }
    // The first connection fails. The others all fail when the last of them is made.
    drop(listener.accept().await.unwrap());
    let mut open = Vec::new();
    while open.len() < 9 {
        open.push(listener.accept().await.unwrap());
    }
    drop(open);
    for error in calls.join_all().await {
        assert_eq!(error.unwrap_err().kind(), ErrorKind::Connect);
    }
}

#[tokio::test]
async fn b65_a_call_that_waits_long_for_a_stream_goes_over_another_connection() {
    let (_server, account, held) = with_its_stream_in_use().await;
    let body = CreateProvider::new(CloudType::Aws, "waiting");
    let create = account.magic_cloud().providers().create(body);
    let created = create.max_attempts(2).send().await.unwrap();
    assert_eq!(created.attempts(), 2);
    held.abort();
}
