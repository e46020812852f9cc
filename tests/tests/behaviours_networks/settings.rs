//! Behaviours 67 and 73: the settings of connections, as servers see them.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use cloudflare_magic::transport::TlsVersion;
use cloudflare_magic::{Client, ErrorKind};
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::version::TLS12;
use tests::authority::Authority;
use tests::frames::FrameServer;
use tests::server::{Protocol, Response, Server};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::sync::Barrier;
use tokio::task::JoinSet;

use super::{call, failure, secure_server};

const SHORT: Duration = Duration::from_millis(50);
const LONG: Duration = Duration::from_secs(60);
const EMPTY_LIST: &str = r#"{"success":true,"errors":[],"messages":[],"result":[]}"#;

#[tokio::test]
async fn b67_http1_only_never_negotiates_http2() {
    let identity = Authority::get().server_identity();
    let both = identity.server_config(&[b"h2", b"http/1.1"], None).unwrap();
    let server = secure_server(both).await;
    call(&server.client().build().unwrap()).await.unwrap();
    call(&server.client().http1_only().build().unwrap())
        .await
        .unwrap();
    let requests = server.requests();
    let protocols: Vec<_> = requests.iter().map(|request| request.protocol).collect();
    assert_eq!(protocols, [Protocol::Http2, Protocol::Http1Tls]);
}

#[tokio::test]
async fn b73_the_lowest_version_of_tls() {
    let identity = Authority::get().server_identity();
    let certificate = CertificateDer::from_pem_slice(identity.certificate.as_bytes()).unwrap();
    let key = PrivateKeyDer::from_pem_slice(identity.key.as_bytes()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let old = ServerConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&TLS12])
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap();
    let server = secure_server(Arc::new(old)).await;
    for accepted in [
        server.client(),
        server.client().min_tls_version(TlsVersion::Tls12),
    ] {
        call(&accepted.build().unwrap()).await.unwrap();
    }
    let refused = server.client().min_tls_version(TlsVersion::Tls13);
    let error = failure(refused.max_attempts(1)).await;
    assert_eq!(error.kind(), ErrorKind::Connect, "{error}");
    assert_eq!(server.requests().len(), 2);

    let new = Server::over(Protocol::Http2, |_: usize, _: &_| Response::result("[]"))
        .await
        .unwrap();
    let accepted = new.client().min_tls_version(TlsVersion::Tls13);
    call(&accepted.build().unwrap()).await.unwrap();
}

/// How many connections a server sees of a client that makes two calls at once, and then two more.
async fn connections_of_two_pairs(max_idle: Option<usize>) -> usize {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let mut builder = Client::builder().api_token("token").base_url(url);
    if let Some(max_idle) = max_idle {
        builder = builder.max_idle_connections(max_idle);
    }
    let client = builder.build().unwrap();
    let pairs = async {
        for _ in 0..2 {
            let (one, other) = tokio::join!(call(&client), call(&client));
            one.unwrap();
            other.unwrap();
            // The pool gets its connections back in the background.
            tokio::time::sleep(SHORT).await;
        }
    };
    let mut connections = JoinSet::new();
    tokio::select! {
        () = pairs => connections.len(),
        never = serve_pairs(&listener, &mut connections) => never,
    }
}

/// Responds to a request once another one is under way too, so that each of the two needs a connection.
async fn serve_pairs<T>(listener: &TcpListener, connections: &mut JoinSet<()>) -> T {
    let pair = Arc::new(Barrier::new(2));
    loop {
        let (mut stream, _) = listener.accept().await.unwrap();
        let pair = Arc::clone(&pair);
        connections.spawn(async move {
            while stream.read(&mut [0; 4096]).await.unwrap() > 0 {
                pair.wait().await;
                stream.write_all(&empty_list()).await.unwrap();
            }
        });
    }
}

/// A response of HTTP/1.1.
fn empty_list() -> Vec<u8> {
    let length = EMPTY_LIST.len();
    format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n{EMPTY_LIST}").into_bytes()
}

#[tokio::test]
async fn b73_how_many_unused_connections_are_kept() {
    assert_eq!(connections_of_two_pairs(None).await, 2);
    assert_eq!(connections_of_two_pairs(Some(2)).await, 2);
    assert_eq!(connections_of_two_pairs(Some(1)).await, 3);
    assert_eq!(connections_of_two_pairs(Some(0)).await, 4);
}

#[tokio::test]
async fn b73_how_long_an_unused_connection_is_kept() {
    let server = Server::responding(|_, _| Response::result("[]"))
        .await
        .unwrap();
    for (timeout, connection) in [(LONG, 0), (SHORT, 2)] {
        let builder = server.client().idle_connection_timeout(timeout);
        let client = builder.build().unwrap();
        call(&client).await.unwrap();
        tokio::time::sleep(SHORT * 3).await;
        call(&client).await.unwrap();
        assert_eq!(server.requests().last().unwrap().connection, connection);
    }
}

#[tokio::test]
async fn b73_pings_are_sent_while_a_request_is_under_way() {
    let server = FrameServer::start(|mut connection| async move {
        connection.settings(&[]).await?;
        let request = connection.next_request().await?;
        while connection.received().pings_acknowledged < 2 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        connection.json(request.stream, 200, EMPTY_LIST).await?;
        connection.drain().await
    })
    .await
    .unwrap();
    let client = server
        .client()
        .http2_keep_alive(SHORT, LONG)
        .build()
        .unwrap();
    call(&client).await.unwrap();
}

#[tokio::test]
async fn b73_pings_can_be_switched_off() {
    let server = FrameServer::start(|mut connection| async move {
        connection.settings(&[]).await?;
        let request = connection.next_request().await?;
        tokio::time::sleep(SHORT * 4).await;
        connection.json(request.stream, 200, EMPTY_LIST).await?;
        connection.drain().await
    })
    .await
    .unwrap();
    let builder = server.client().http2_keep_alive(SHORT, LONG);
    call(&builder.no_http2_keep_alive().build().unwrap())
        .await
        .unwrap();
    assert_eq!(server.connections()[0].pings, 0);

    for times in [(Duration::ZERO, SHORT), (SHORT, Duration::ZERO)] {
        let builder = server.client().http2_keep_alive(times.0, times.1);
        let error = builder.build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config);
        assert!(error.to_string().contains("no_http2_keep_alive"), "{error}");
    }
}

#[tokio::test]
async fn b73_a_connection_that_acknowledges_no_ping_is_closed() {
    let server = FrameServer::start(|mut connection| async move {
        connection.settings(&[]).await?;
        connection.next_request().await?;
        connection.silence().await
    })
    .await
    .unwrap();
    let builder = server.client().http2_keep_alive(SHORT, SHORT);
    let limits = builder.headers_timeout(LONG).timeout(LONG).deadline(LONG);
    let error = failure(limits.max_attempts(1)).await;
    assert_eq!(error.kind(), ErrorKind::Io, "{error}");
}

/// Only on Linux every address of 127.0.0.0/8 is there without being set up.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn b73_the_local_address_of_connections() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let mine: IpAddr = "127.0.0.2".parse().unwrap();
    let builder = || Client::builder().api_token("token").base_url(&*url);
    let client = builder().local_address(mine).build().unwrap();
    let server = async {
        let (mut stream, peer) = listener.accept().await.unwrap();
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(stream.read_u8().await.unwrap());
        }
        stream.write_all(&empty_list()).await.unwrap();
        peer.ip()
    };
    let (called, peer) = tokio::join!(call(&client), server);
    called.unwrap();
    assert_eq!(peer, mine);

    let foreign = "192.0.2.1".parse().unwrap();
    let error = failure(builder().local_address(foreign).max_attempts(1)).await;
    assert_eq!(error.kind(), ErrorKind::Connect, "{error}");
}
