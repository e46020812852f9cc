//! Behaviours 62 and 67: what the server proves that it did not process is sent again, and a server that refuses HTTP/2 is called over HTTP/1.1.

use cloudflare_magic::api::Account;
use cloudflare_magic::{CloudType, CreateProvider, ErrorKind};
use tests::frames::{Connection, FrameServer, code};
use tokio::task::JoinSet;

use crate::{CREATED, NONE, account, create, respond, serve};

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
    // Ten of the attempts do not count.
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Io, 13));
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
async fn b67_a_server_that_refuses_http2_is_met_with_http1() {
    let server = FrameServer::start_with_http1(NONE, async |mut connection: Connection| {
        loop {
            let stream = connection.next_request().await?.stream;
            connection
                .reset_stream(stream, code::HTTP_1_1_REQUIRED)
                .await?;
        }
    })
    .await
    .unwrap();
    let account = account(server.client());
    let list = account.pcaps().list().send().await.unwrap();
    assert_eq!(list.attempts(), 2);
    for _ in 0..3 {
        let list = account.pcaps().list().send().await.unwrap();
        assert_eq!(list.attempts(), 1);
    }
    // One connection over HTTP/2 with one request, and one over HTTP/1.1 with all others.
    let requests = server
        .connections()
        .into_iter()
        .map(|one| one.requests.len());
    assert_eq!(requests.collect::<Vec<_>>(), [1, 4]);
}

#[tokio::test]
async fn b67_a_create_is_not_repeated_by_a_reset_that_proves_nothing() {
    // RFC 9113 names HTTP_1_1_REQUIRED no proof: the reset ends the create, and the next one goes over HTTP/1.1.
    let server = FrameServer::start_with_http1(CREATED, async |mut connection: Connection| {
        let stream = connection.next_request().await?.stream;
        connection
            .reset_stream(stream, code::HTTP_1_1_REQUIRED)
            .await?;
        connection.drain().await
    })
    .await
    .unwrap();
    let account = account(server.client());
    let error = create(&account, "prod").await.unwrap_err();
    assert!(error.may_have_been_processed(), "{error}");
    create(&account, "prod").await.unwrap();
    // A GOAWAY that excludes the stream is a proof, whatever its code.
    let server = FrameServer::start_with_http1(CREATED, async |mut connection: Connection| {
        connection.next_request().await?;
        connection.go_away(0, code::HTTP_1_1_REQUIRED).await?;
        connection.drain().await
    })
    .await
    .unwrap();
    let account = self::account(server.client());
    create(&account, "prod").await.unwrap();
}
