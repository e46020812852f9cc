//! The server's end of a connection, with or without TLS.
//!
//! In: an accepted TCP connection, and the protocol. Out: a stream of bytes that can be ended in the ways that a client has to
//! distinguish: an orderly end, a cut without TLS's own end, and a TCP reset.

use std::io;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use rustls::ServerConfig;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadBuf};
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use crate::protocol::Protocol;

/// The server's end of a connection.
pub(crate) enum Socket {
    Plain(TcpStream),
    Tls(Box<TlsStream<TcpStream>>),
}

impl Socket {
    /// Makes the TLS handshake, if there is a configuration for it. If it fails, waits until the client has read why.
    pub(crate) async fn secured(self, tls: Option<Arc<ServerConfig>>) -> io::Result<Self> {
        match (self, tls) {
            (Self::Plain(stream), Some(config)) => {
                stream.set_nodelay(true)?;
                let accepting = TlsAcceptor::from(config).accept(stream);
                match accepting.into_fallible().await {
                    Ok(stream) => Ok(Self::Tls(Box::new(stream))),
                    Err((error, stream)) => {
                        Self::Plain(stream).linger().await;
                        Err(error)
                    }
                }
            }
            (socket, _) => Ok(socket),
        }
    }

    /// What ALPN has selected.
    pub(crate) fn protocol(&self) -> Protocol {
        match self {
            Self::Plain(_) => Protocol::Http1,
            Self::Tls(stream) if stream.get_ref().1.alpn_protocol() == Some(b"h2") => {
                Protocol::Http2
            }
            Self::Tls(_) => Protocol::Http1Tls,
        }
    }

    /// Ends the connection in order. Over TLS it waits for the client's end, so that nothing that was sent is lost.
    pub(crate) async fn close(mut self) {
        if let Self::Tls(stream) = &mut self {
            // The client can be gone already.
            let _ = stream.shutdown().await;
            self.linger().await;
        }
    }

    /// Ends the connection without TLS's own end.
    pub(crate) async fn cut(mut self) {
        let _ = self.flush().await;
        let tcp = match &mut self {
            Self::Plain(stream) => stream,
            Self::Tls(stream) => stream.get_mut().0,
        };
        let _ = tcp.shutdown().await;
        self.linger().await;
    }

    /// Resets the connection.
    pub(crate) fn reset(self) {
        let tcp = match &self {
            Self::Plain(stream) => stream,
            Self::Tls(stream) => stream.get_ref().0,
        };
        // It fails only if the connection is gone already.
        let _ = tcp.set_zero_linger();
    }

    /// Reads until the client closes the connection, within a limit.
    async fn linger(&mut self) {
        const LIMIT: Duration = Duration::from_secs(1);
        let mut ignored = [0; 4096];
        let ended = async { while self.read(&mut ignored).await.is_ok_and(|length| length > 0) {} };
        let _ = tokio::time::timeout(LIMIT, ended).await;
    }
}

impl AsyncRead for Socket {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(stream) => Pin::new(stream).poll_read(cx, buffer),
            Self::Tls(stream) => Pin::new(stream).poll_read(cx, buffer),
        }
    }
}

impl AsyncWrite for Socket {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        match self.get_mut() {
            Self::Plain(stream) => Pin::new(stream).poll_write(cx, bytes),
            Self::Tls(stream) => Pin::new(stream).poll_write(cx, bytes),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(stream) => Pin::new(stream).poll_flush(cx),
            Self::Tls(stream) => Pin::new(stream).poll_flush(cx),
        }
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(stream) => Pin::new(stream).poll_shutdown(cx),
            Self::Tls(stream) => Pin::new(stream).poll_shutdown(cx),
        }
    }
}

/// A socket that a library owns, and that can be taken back from it to end the connection.
#[derive(Clone)]
pub(crate) struct Lent {
    socket: Arc<Mutex<Option<Socket>>>,
    /// Whether the last bytes are still to be written, since the client does not read.
    blocked: Arc<AtomicBool>,
}

impl Lent {
    pub(crate) fn new(socket: Socket) -> Self {
        Self {
            socket: Arc::new(Mutex::new(Some(socket))),
            blocked: Arc::default(),
        }
    }

    pub(crate) fn is_blocked(&self) -> bool {
        self.blocked.load(Ordering::Relaxed)
    }

    /// Takes the socket. The library then sees a closed connection.
    pub(crate) fn take(&self) -> Option<Socket> {
        self.lock().take()
    }

    fn lock(&self) -> MutexGuard<'_, Option<Socket>> {
        self.socket.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Polls the socket.
    fn poll<T>(
        &self,
        poll: impl FnOnce(Pin<&mut Socket>) -> Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        match self.lock().as_mut() {
            Some(socket) => poll(Pin::new(socket)),
            None => Poll::Ready(Err(io::ErrorKind::BrokenPipe.into())),
        }
    }

    fn poll_writing<T>(
        &self,
        poll: impl FnOnce(Pin<&mut Socket>) -> Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        let polled = self.poll(poll);
        self.blocked.store(polled.is_pending(), Ordering::Relaxed);
        polled
    }
}

impl AsyncRead for Lent {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.poll(|socket| socket.poll_read(cx, buffer))
    }
}

impl AsyncWrite for Lent {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.poll_writing(|socket| socket.poll_write(cx, bytes))
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.poll_writing(|socket| socket.poll_flush(cx))
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.poll_writing(|socket| socket.poll_shutdown(cx))
    }
}
