//! One connection of the server that writes frames.
//!
//! In: the cues of a script. Out: frames, in the order of the cues, and the client's requests. Nothing checks the frames: a script
//! can write what RFC 9113 forbids. Reading goes on in the background until the connection ends.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::io::AsyncWriteExt;
use tokio::sync::Mutex;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::task::JoinHandle;

use super::wire::{self, Setting};
use super::{Log, Received, Request, locked, reader};
use crate::socket::{Lent, Socket};

/// One connection.
pub struct Connection {
    shared: Arc<Shared>,
    whole: UnboundedReceiver<Request>,
    reading: JoinHandle<io::Result<()>>,
}

/// What the script and the reader share.
pub(super) struct Shared {
    socket: Lent,
    output: Mutex<Lent>,
    /// Whether the reader writes nothing at all.
    is_silent: AtomicBool,
    pub(super) acknowledges_pings: AtomicBool,
    pub(super) opens_windows: AtomicBool,
    log: (Log, usize),
}

impl Shared {
    /// Writes bytes.
    pub(super) async fn write(&self, bytes: Vec<u8>) -> io::Result<()> {
        let mut output = self.output.lock().await;
        output.write_all(&bytes).await?;
        output.flush().await
    }

    /// Writes bytes for the reader, unless the connection is silent.
    pub(super) async fn acknowledge(&self, bytes: Vec<u8>) -> io::Result<()> {
        if self.is_silent.load(Ordering::Relaxed) {
            return Ok(());
        }
        self.write(bytes).await
    }

    /// Changes the log of this connection.
    pub(super) fn log<T>(&self, change: impl FnOnce(&mut Received) -> T) -> T {
        change(&mut locked(&self.log.0)[self.log.1])
    }
}

impl Connection {
    pub(super) fn begin(socket: Socket, log: (Log, usize)) -> Self {
        let socket = Lent::new(socket);
        let input = socket.clone();
        let shared = Arc::new(Shared {
            output: Mutex::new(socket.clone()),
            socket,
            is_silent: AtomicBool::new(false),
            acknowledges_pings: AtomicBool::new(true),
            opens_windows: AtomicBool::new(true),
            log,
        });
        let (send, whole) = unbounded_channel();
        let reading = tokio::spawn(reader::read(input, Arc::clone(&shared), send));
        Self {
            shared,
            whole,
            reading,
        }
    }

    pub(super) fn lent(&self) -> Lent {
        self.shared.socket.clone()
    }

    /// The number of the connection, from 0.
    pub fn number(&self) -> usize {
        self.shared.log.1
    }

    /// What the connection has received so far.
    pub fn received(&self) -> Received {
        self.shared.log(|received| received.clone())
    }

    /// The next request that is whole. Errors if the client has ended the connection.
    pub async fn next_request(&mut self) -> io::Result<Request> {
        let request = self.whole.recv().await;
        request.ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
    }

    /// Whether PINGs are acknowledged. They are, by default.
    pub fn acknowledge_pings(&self, acknowledges: bool) {
        let flag = &self.shared.acknowledges_pings;
        flag.store(acknowledges, Ordering::Relaxed);
    }

    /// Whether the window of a request's body is opened again as the body is received. It is, by default.
    pub fn open_windows(&self, opens: bool) {
        self.shared.opens_windows.store(opens, Ordering::Relaxed);
    }

    /// Sends SETTINGS. They must be the first frame.
    pub async fn settings(&self, settings: &[Setting]) -> io::Result<()> {
        self.frame(wire::SETTINGS, 0, 0, &wire::settings(settings))
            .await
    }

    /// Sends the head of a response. `end`: it has no body. A status of 1xx is an interim response.
    pub async fn head(
        &self,
        stream: u32,
        status: u16,
        headers: &[(&str, &str)],
        end: bool,
    ) -> io::Result<()> {
        self.shared
            .write(wire::headers(stream, status, headers, end))
            .await
    }

    /// Sends a piece of a body, in frames of at most 16 KiB, whatever the client's windows are. `end`: it is the last.
    pub async fn data(&self, stream: u32, piece: impl AsRef<[u8]>, end: bool) -> io::Result<()> {
        let mut frames = Vec::new();
        let piece = piece.as_ref();
        let last = piece.chunks(wire::MAX_FRAME).count().max(1) - 1;
        for number in 0..=last {
            let start = number * wire::MAX_FRAME;
            let part = &piece[start..piece.len().min(start + wire::MAX_FRAME)];
            let flags = if end && number == last {
                wire::END_STREAM
            } else {
                0
            };
            frames.extend(wire::frame(wire::DATA, flags, stream, part));
        }
        self.shared.write(frames).await
    }

    /// Sends a JSON response with its content length.
    pub async fn json(&self, stream: u32, status: u16, body: &str) -> io::Result<()> {
        let length = body.len().to_string();
        let headers = [
            ("content-type", "application/json"),
            ("content-length", &length),
        ];
        self.head(stream, status, &headers, false).await?;
        self.data(stream, body, true).await
    }

    /// Resets a stream.
    pub async fn reset_stream(&self, stream: u32, code: u32) -> io::Result<()> {
        self.frame(wire::RST_STREAM, 0, stream, &code.to_be_bytes())
            .await
    }

    /// Sends GOAWAY: streams above the last are not processed.
    pub async fn go_away(&self, last: u32, code: u32) -> io::Result<()> {
        self.shared.write(wire::go_away(last, code)).await
    }

    /// Opens the window of a stream, or of the connection (0).
    pub async fn window_update(&self, stream: u32, increment: u32) -> io::Result<()> {
        self.frame(wire::WINDOW_UPDATE, 0, stream, &increment.to_be_bytes())
            .await
    }

    /// Sends a PING.
    pub async fn ping(&self) -> io::Result<()> {
        self.frame(wire::PING, 0, 0, b"the ping").await
    }

    /// Sends any frame.
    pub async fn frame(&self, kind: u8, flags: u8, stream: u32, payload: &[u8]) -> io::Result<()> {
        self.shared
            .write(wire::frame(kind, flags, stream, payload))
            .await
    }

    /// Sends any bytes.
    pub async fn raw(&self, bytes: impl Into<Vec<u8>>) -> io::Result<()> {
        self.shared.write(bytes.into()).await
    }

    /// Writes nothing more, no acknowledgement either, and reads on until the client ends the connection.
    pub async fn silence(self) -> io::Result<()> {
        self.acknowledge_pings(false);
        self.shared.is_silent.store(true, Ordering::Relaxed);
        self.drain().await
    }

    /// Reads on until the client ends the connection.
    pub async fn drain(mut self) -> io::Result<()> {
        while self.whole.recv().await.is_some() {}
        Ok(())
    }

    /// Ends the connection in order, by TLS's own end.
    pub async fn close(self) -> io::Result<()> {
        if let Some(socket) = self.take() {
            socket.close().await;
        }
        Ok(())
    }

    /// Ends the TCP connection without TLS's own end.
    pub async fn cut(self) -> io::Result<()> {
        if let Some(socket) = self.take() {
            socket.cut().await;
        }
        Ok(())
    }

    /// Resets the TCP connection.
    pub fn reset(self) {
        if let Some(socket) = self.take() {
            socket.reset();
        }
    }

    fn take(&self) -> Option<Socket> {
        self.reading.abort();
        self.shared.socket.take()
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.reading.abort();
    }
}
