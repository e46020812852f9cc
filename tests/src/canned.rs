//! A server on loopback that sends the same response to every request, as fast as it can: benchmarks must not measure the server.
//!
//! In: the response, and the protocol. Out: the address to call. It runs on its own thread until the process ends, and reads no
//! more of a request than where it ends.

use std::io;
use std::sync::Arc;
use std::thread;

use bytes::Bytes;
use cloudflare_magic::{Client, ClientBuilder};
use rustls::ServerConfig;
use serde::{Deserialize, Serialize};
use tokio::net::{TcpListener, TcpStream};

use crate::authority::Authority;
use crate::protocol::Protocol;
use crate::socket::Socket;

mod http1;
mod http2;

/// The repeated part of a large body.
static PIECE: [u8; 64 << 10] = [7; 64 << 10];

const RAY: &str = "8f2c0d5e4b6a7c91-AMS";

/// Where a server can be called, also from another process.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// The base URL.
    pub url: String,
    /// The certificate of the server's authority, PEM. `None` without TLS.
    pub root: Option<String>,
}

impl Address {
    /// Settings for a client that calls the server with the token `token`.
    pub fn client(&self) -> ClientBuilder {
        let client = Client::builder().base_url(&*self.url).api_token("token");
        match &self.root {
            Some(root) => client.add_root_certificate(root.as_str()),
            None => client,
        }
    }
}

/// A response: its media type, the first bytes of its body, and how many more follow.
struct Response {
    media: &'static str,
    start: Bytes,
    more: u64,
}

impl Response {
    /// The length of its body.
    fn length(&self) -> u64 {
        self.start.len() as u64 + self.more
    }
}

/// Serves JSON with status 200, and returns the address.
pub fn json(protocol: Protocol, body: String) -> io::Result<Address> {
    serve(
        protocol,
        Response {
            media: "application/json",
            start: body.into(),
            more: 0,
        },
    )
}

/// Serves a capture of this many bytes, and returns the address.
pub fn capture(protocol: Protocol, length: u64) -> io::Result<Address> {
    const MAGIC: &[u8] = b"\xd4\xc3\xb2\xa1";
    serve(
        protocol,
        Response {
            media: "application/vnd.tcpdump.pcap",
            start: Bytes::from_static(MAGIC),
            more: length.saturating_sub(MAGIC.len() as u64),
        },
    )
}

fn serve(protocol: Protocol, response: Response) -> io::Result<Address> {
    let listener = std::net::TcpListener::bind("127.0.0.1:0")?;
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?;
    let authority = protocol.is_secure().then(Authority::get);
    let tls = authority.map(|authority| authority.server_config(protocol));
    let tls = tls.transpose()?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    thread::spawn(move || runtime.block_on(accept(listener, tls, Arc::new(response))));
    let scheme = if authority.is_some() { "https" } else { "http" };
    Ok(Address {
        url: format!("{scheme}://{address}"),
        root: authority.map(Authority::pem),
    })
}

async fn accept(
    listener: std::net::TcpListener,
    tls: Option<Arc<ServerConfig>>,
    response: Arc<Response>,
) -> io::Result<()> {
    let listener = TcpListener::from_std(listener)?;
    loop {
        let (stream, _) = listener.accept().await?;
        tokio::spawn(serve_connection(stream, tls.clone(), Arc::clone(&response)));
    }
}

/// Responds to every request of a connection.
async fn serve_connection(
    stream: TcpStream,
    tls: Option<Arc<ServerConfig>>,
    response: Arc<Response>,
) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let socket = Socket::Plain(stream).secured(tls).await?;
    match socket.protocol() {
        Protocol::Http1 | Protocol::Http1Tls => http1::serve(socket, &response).await,
        Protocol::Http2 => http2::serve(socket, response).await,
    }
}
