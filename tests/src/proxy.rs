//! A proxy on loopback that opens tunnels to a server of the test, or fails in the way that a test sets.
//!
//! In: the kind of proxy, and its [`Manner`]. Out: its address, and the [`Tunnel`]s that were requested. Whatever host a client
//! requests, the tunnel leads to the port that the test sets: so hosts need no name resolution.

use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

use crate::authority::Authority;
use crate::protocol::Protocol;
use crate::socket::Socket;

/// A tunnel that a client has requested.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tunnel {
    /// Host and port, as the client wrote them.
    pub target: String,
    /// The value of `Proxy-Authorization`, or user name and password of SOCKS with a colon between them.
    pub credentials: Option<String>,
}

/// What a proxy does with a request for a tunnel.
#[derive(Clone, Copy, Debug)]
pub enum Manner {
    /// It opens a tunnel to this port.
    Open(u16),
    /// It refuses with this status, or code of SOCKS.
    Refuse(u16),
    /// It sends nothing.
    Silence,
}

/// How a proxy and its clients talk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Http,
    Https,
    Socks5,
}

/// A running proxy. It stops when dropped.
pub struct ProxyServer {
    port: u16,
    kind: Kind,
    tunnels: Arc<Mutex<Vec<Tunnel>>>,
    task: JoinHandle<()>,
}

impl ProxyServer {
    /// A proxy that is asked by HTTP's `CONNECT`.
    pub async fn http(manner: Manner) -> io::Result<Self> {
        Self::start(Kind::Http, manner).await
    }

    /// The same over TLS, with a certificate of the tests' authority.
    pub async fn https(manner: Manner) -> io::Result<Self> {
        Self::start(Kind::Https, manner).await
    }

    /// A SOCKS5 proxy. It asks for user name and password if the client offers them.
    pub async fn socks5(manner: Manner) -> io::Result<Self> {
        Self::start(Kind::Socks5, manner).await
    }

    async fn start(kind: Kind, manner: Manner) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let port = listener.local_addr()?.port();
        let tunnels = Arc::default();
        let task = tokio::spawn(accept(listener, kind, manner, Arc::clone(&tunnels)));
        Ok(Self {
            port,
            kind,
            tunnels,
            task,
        })
    }

    /// Its address, without scheme.
    pub fn address(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// Its URL. Of a SOCKS proxy it is `socks5h`: the proxy resolves names.
    pub fn url(&self) -> String {
        let scheme = match self.kind {
            Kind::Http => "http",
            Kind::Https => "https",
            Kind::Socks5 => "socks5h",
        };
        format!("{scheme}://{}", self.address())
    }

    /// The tunnels that were requested so far.
    pub fn tunnels(&self) -> Vec<Tunnel> {
        locked(&self.tunnels).clone()
    }
}

impl Drop for ProxyServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn locked(tunnels: &Mutex<Vec<Tunnel>>) -> MutexGuard<'_, Vec<Tunnel>> {
    tunnels.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn accept(
    listener: TcpListener,
    kind: Kind,
    manner: Manner,
    tunnels: Arc<Mutex<Vec<Tunnel>>>,
) {
    let mut connections = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        let tunnels = Arc::clone(&tunnels);
        connections.spawn(async move {
            let tls = match kind {
                Kind::Https => Some(Authority::get().server_config(Protocol::Http1Tls)?),
                Kind::Http | Kind::Socks5 => None,
            };
            let mut socket = Socket::Plain(stream).secured(tls).await?;
            let tunnel = match kind {
                Kind::Http | Kind::Https => http_request(&mut socket).await?,
                Kind::Socks5 => socks_request(&mut socket).await?,
            };
            locked(&tunnels).push(tunnel);
            respond(&mut socket, kind, manner).await
        });
    }
}

/// Reads a `CONNECT`.
async fn http_request(socket: &mut Socket) -> io::Result<Tunnel> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(socket.read_u8().await?);
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let mut lines = head.lines();
    let target = lines.next().and_then(|line| line.strip_prefix("CONNECT "));
    let target = target.and_then(|line| line.strip_suffix(" HTTP/1.1"));
    let credentials = lines.find_map(|line| {
        let (name, value) = line.split_once(": ")?;
        let is_credentials = name.eq_ignore_ascii_case("proxy-authorization");
        is_credentials.then(|| value.to_owned())
    });
    Ok(Tunnel {
        target: target.unwrap_or(&head).to_owned(),
        credentials,
    })
}

/// Makes the handshake of SOCKS5 (RFC 1928, RFC 1929) up to the request.
async fn socks_request(socket: &mut Socket) -> io::Result<Tunnel> {
    const PASSWORD: u8 = 2;
    let _version = socket.read_u8().await?;
    let methods = counted(socket).await?;
    let credentials = if methods.contains(&PASSWORD) {
        socket.write_all(&[5, PASSWORD]).await?;
        let _version = socket.read_u8().await?;
        let name = text(&counted(socket).await?);
        let password = text(&counted(socket).await?);
        socket.write_all(&[1, 0]).await?;
        Some(format!("{name}:{password}"))
    } else {
        socket.write_all(&[5, 0]).await?;
        None
    };
    let mut head = [0; 4];
    socket.read_exact(&mut head).await?;
    let host = match head[3] {
        1 => {
            let mut address = [0; 4];
            socket.read_exact(&mut address).await?;
            std::net::Ipv4Addr::from(address).to_string()
        }
        4 => {
            let mut address = [0; 16];
            socket.read_exact(&mut address).await?;
            std::net::Ipv6Addr::from(address).to_string()
        }
        _ => text(&counted(socket).await?),
    };
    let port = socket.read_u16().await?;
    Ok(Tunnel {
        target: format!("{host}:{port}"),
        credentials,
    })
}

/// Reads a number of bytes that the first byte states.
async fn counted(socket: &mut Socket) -> io::Result<Vec<u8>> {
    let length = socket.read_u8().await?;
    let mut bytes = vec![0; length.into()];
    socket.read_exact(&mut bytes).await?;
    Ok(bytes)
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Responds to a request, and carries the bytes of the tunnel until either end closes it.
async fn respond(socket: &mut Socket, kind: Kind, manner: Manner) -> io::Result<()> {
    let code = match (manner, kind) {
        (Manner::Silence, _) => {
            // Until the client ends the connection.
            let mut ignored = [0; 64];
            while socket.read(&mut ignored).await? > 0 {}
            return Ok(());
        }
        (Manner::Open(_), Kind::Socks5) => 0,
        (Manner::Open(_), Kind::Http | Kind::Https) => 200,
        (Manner::Refuse(code), _) => code,
    };
    let response = match kind {
        Kind::Http | Kind::Https => {
            format!("HTTP/1.1 {code} Proxy\r\ncontent-length: 0\r\n\r\n").into_bytes()
        }
        Kind::Socks5 => vec![5, u8::try_from(code).unwrap_or(1), 0, 1, 0, 0, 0, 0, 0, 0],
    };
    // Without a tunnel, TLS's end is not needed: the response has a length.
    if let Manner::Open(port) = manner {
        let mut server = TcpStream::connect(("127.0.0.1", port)).await?;
        socket.write_all(&response).await?;
        socket.flush().await?;
        copy_bidirectional(socket, &mut server).await?;
        return Ok(());
    }
    socket.write_all(&response).await?;
    socket.flush().await
}
