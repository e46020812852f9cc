//! The servers of the tests: the same requests and responses over each protocol.

#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use cloudflare_magic::{CloudType, CreateProvider, ErrorKind};
use tests::frames::{Connection, FrameServer, Setting};
use tests::server::{Protocol, Reason, Recorded, Response, Server};

/// The request of a create, as the server records it.
async fn recorded(protocol: Protocol) -> Recorded {
    let conflict = r#"{"success":false,"errors":[{"code":1001,"message":"exists"}]}"#;
    let server = Server::over(protocol, move |_: usize, _: &Recorded| {
        Response::json(409, conflict)
    });
    let server = server.await.unwrap();
    let client = server.client().build().unwrap();
    let providers = client.account("a1").magic_cloud().providers();
    for _ in 0..2 {
        let body = CreateProvider::new(CloudType::Aws, "prod");
        let error = providers.create(body).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Api, "{error}");
    }
    let [first, second] = server.requests().try_into().unwrap();
    assert_eq!((first.protocol, first.connection), (protocol, 0));
    assert_eq!(first, second);
    first
}

#[tokio::test]
async fn requests_are_the_same_over_each_protocol() {
    let [plain, secure, two] = [
        recorded(Protocol::Http1).await,
        recorded(Protocol::Http1Tls).await,
        recorded(Protocol::Http2).await,
    ];
    for other in [secure, two] {
        assert_eq!(
            (&plain.method, &plain.target),
            (&other.method, &other.target)
        );
        assert_eq!(plain.body, other.body);
        let names = |request: &Recorded| {
            let mut names: Vec<_> = request
                .headers
                .iter()
                .map(|(name, _)| name.clone())
                .collect();
            names.sort();
            names
        };
        assert_eq!(names(&plain), names(&other));
    }
}

#[tokio::test]
async fn a_stream_is_reset_on_its_own() {
    let list = Response::result("[]");
    let responses = [
        list.clone(),
        Response::default().reset_stream(Reason::CANCEL),
        list,
    ];
    let server = Server::over(Protocol::Http2, move |number: usize, _: &Recorded| {
        responses[number].clone()
    });
    let server = server.await.unwrap();
    let client = server.client().max_attempts(1).build().unwrap();
    let pcaps = client.account("a1").pcaps();
    pcaps.list().await.unwrap();
    let error = pcaps.list().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Io, "{error}");
    pcaps.list().await.unwrap();
    let connections = server.requests();
    assert!(connections.iter().all(|request| request.connection == 0));
}

#[tokio::test]
async fn frames_are_written_on_cue() {
    let server = FrameServer::start(async |mut connection: Connection| {
        connection
            .settings(&[Setting::MaxConcurrentStreams(10)])
            .await?;
        loop {
            let request = connection.next_request().await?;
            connection
                .head(request.stream, 103, &[("link", "</a>")], false)
                .await?;
            let body = r#"{"success":true,"errors":[],"messages":[],"result":null}"#;
            connection.json(request.stream, 200, body).await?;
        }
    });
    let server = server.await.unwrap();
    let client = server.client().build().unwrap();
    let pcaps = client.account("a1").pcaps();
    for _ in 0..3 {
        pcaps.stop("c1").await.unwrap();
    }
    let [connection] = server.connections().try_into().unwrap();
    assert_eq!(connection.requests.len(), 3);
    assert!(connection.requests.iter().all(|request| request.is_whole));
    assert_eq!(connection.settings_acknowledged, 1);
}
