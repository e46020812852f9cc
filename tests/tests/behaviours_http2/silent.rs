//! Behaviour 63: connections that are silent.

use cloudflare_magic::{ErrorKind, Phase};
use tests::frames::{Connection, FrameServer};
use tokio::task::JoinSet;

use crate::{MILLISECOND, account, create, respond, serve};

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
async fn b63_a_silent_connection_is_found_by_a_ping() {
    let server = FrameServer::start(
        async |mut connection: Connection| match connection.number() {
            0 => connection.silence().await,
            _ => serve(&mut connection).await,
        },
    )
    .await
    .unwrap();
    let builder = server.client();
    let account = account(builder.http2_keep_alive(100 * MILLISECOND, 100 * MILLISECOND));
    let error = create(&account, "prod").await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Io, 1));
    assert!(error.may_have_been_processed(), "{error}");
    assert_eq!(server.connections()[0].pings, 1);
    create(&account, "prod").await.unwrap();
}
