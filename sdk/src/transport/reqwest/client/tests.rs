//! Tests of clients with real sockets.

#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket, TcpStream};

use super::super::dial;
use super::{Dials, Settings, Tls, builder};
use crate::transport::network::{Connections, TlsSettings};
use crate::transport::{Exchange, Origin};

/// An address at which nothing is received: its queue of connections is full, so that the system drops all further ones.
async fn dead(port: u16) -> (TcpListener, Vec<TcpStream>) {
    let socket = TcpSocket::new_v4().unwrap();
    let address = SocketAddr::from(([127, 0, 0, 9], port));
    socket.bind(address).unwrap();
    let listener = socket.listen(1).unwrap();
    let mut queued = Vec::new();
    let limit = Duration::from_millis(200);
    while let Ok(connected) = tokio::time::timeout(limit, TcpStream::connect(address)).await {
        queued.push(connected.unwrap());
    }
    (listener, queued)
}

#[tokio::test]
async fn b65_an_address_that_is_dead_leaves_time_for_the_next_one() {
    let live = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let live_at = live.local_addr().unwrap();
    let _dead = dead(live_at.port()).await;
    tokio::spawn(async move {
        let (mut stream, _) = live.accept().await.unwrap();
        let _ = stream.read(&mut [0; 1024]).await.unwrap();
        let response = b"HTTP/1.1 204 No Content\r\n\r\n";
        stream.write_all(response).await.unwrap();
    });
    let limit = Duration::from_secs(4);
    let url = format!("http://two.example:{}/", live_at.port());
    let settings = Settings {
        origin: Origin::parse(&url).unwrap(),
        connect_timeout: limit,
        proxy: None,
        max_headers: 1024,
        connections: Connections::default(),
        tls: Tls::new(&TlsSettings::default(), false).unwrap(),
    };
    let client = builder(&settings, Dials::default(), false).unwrap();
    let addresses = [SocketAddr::from(([127, 0, 0, 9], 0)), live_at];
    let client = client
        .resolve_to_addrs("two.example", &addresses)
        .build()
        .unwrap();
    let began = Instant::now();
    let request = client.get(url.as_str()).send();
    let response = dial::CURRENT.scope(Exchange::new(limit, false), request);
    assert_eq!(response.await.unwrap().status(), 204);
    assert!(began.elapsed() >= limit / 2);
}
