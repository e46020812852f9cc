//! Reads the client's frames in the background.
//!
//! In: the reading half of a connection. Out: its log, and the requests that are whole. It acknowledges SETTINGS; PINGs and bodies
//! only where the script wants it.

use std::io;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::sync::mpsc::UnboundedSender;

use super::connection::Shared;
use super::wire::{self, Head};
use super::{Received, Request};

/// Reads frames until the client ends the connection.
pub(super) async fn read(
    mut input: impl AsyncRead + Unpin,
    shared: Arc<Shared>,
    whole: UnboundedSender<Request>,
) -> io::Result<()> {
    let mut reader = Reader { shared, whole };
    let outcome = reader.frames(&mut input).await;
    reader.shared.log(|received| received.is_closed = true);
    outcome
}

struct Reader {
    shared: Arc<Shared>,
    whole: UnboundedSender<Request>,
}

impl Reader {
    async fn frames(&mut self, input: &mut (impl AsyncRead + Unpin)) -> io::Result<()> {
        let mut preface = [0; wire::PREFACE.len()];
        input.read_exact(&mut preface).await?;
        if preface != *wire::PREFACE {
            return Err(io::ErrorKind::InvalidData.into());
        }
        loop {
            let mut head = [0; wire::HEAD];
            input.read_exact(&mut head).await?;
            let head = Head::parse(head);
            let mut payload = vec![0; head.length];
            input.read_exact(&mut payload).await?;
            self.frame(head, &payload).await?;
        }
    }

    async fn frame(&mut self, head: Head, payload: &[u8]) -> io::Result<()> {
        match head.kind {
            wire::HEADERS => self.headers(head),
            wire::DATA => self.data(head, payload).await?,
            wire::SETTINGS if head.has(wire::ACK) => {
                self.shared
                    .log(|received| received.settings_acknowledged += 1);
            }
            wire::SETTINGS => {
                self.shared
                    .log(|received| received.settings.extend(settings(payload)));
                self.shared
                    .acknowledge(wire::frame(wire::SETTINGS, wire::ACK, 0, &[]))
                    .await?;
            }
            wire::PING if head.has(wire::ACK) => self.shared.log(|received| received.pongs += 1),
            wire::PING => self.ping(payload).await?,
            wire::RST_STREAM => {
                let reset = (head.stream, number(payload));
                self.shared.log(|received| received.resets.push(reset));
            }
            wire::GOAWAY => {
                let code = number(payload.get(4..).unwrap_or_default());
                self.shared.log(|received| received.go_away = Some(code));
            }
            wire::WINDOW_UPDATE => {
                let update = (head.stream, number(payload));
                self.shared
                    .log(|received| received.window_updates.push(update));
            }
            // PRIORITY, CONTINUATION and unknown frames.
            _ => {}
        }
        Ok(())
    }

    fn headers(&mut self, head: Head) {
        let request = Request {
            stream: head.stream,
            body: Vec::new(),
            is_whole: false,
        };
        self.shared.log(|received| received.requests.push(request));
        if head.has(wire::END_STREAM) {
            self.end(head.stream);
        }
    }

    async fn data(&mut self, head: Head, payload: &[u8]) -> io::Result<()> {
        let bytes = match payload.split_first() {
            Some((&padding, rest)) if head.has(wire::PADDED) => {
                &rest[..rest.len().saturating_sub(padding.into())]
            }
            _ => payload,
        };
        self.shared.log(|received| {
            if let Some(request) = find(received, head.stream) {
                request.body.extend_from_slice(bytes);
            }
        });
        if head.length > 0 && self.shared.opens_windows.load(Ordering::Relaxed) {
            let increment = u32::try_from(head.length).unwrap_or_default().to_be_bytes();
            for stream in [0, head.stream] {
                let update = wire::frame(wire::WINDOW_UPDATE, 0, stream, &increment);
                self.shared.acknowledge(update).await?;
            }
        }
        if head.has(wire::END_STREAM) {
            self.end(head.stream);
        }
        Ok(())
    }

    /// A request is whole.
    fn end(&mut self, stream: u32) {
        let request = self.shared.log(|received| {
            let request = find(received, stream)?;
            request.is_whole = true;
            Some(request.clone())
        });
        if let Some(request) = request {
            // It fails only if the script has ended.
            let _ = self.whole.send(request);
        }
    }

    async fn ping(&mut self, payload: &[u8]) -> io::Result<()> {
        let acknowledges = self.shared.acknowledges_pings.load(Ordering::Relaxed);
        self.shared.log(|received| {
            received.pings += 1;
            received.pings_acknowledged += usize::from(acknowledges);
        });
        if acknowledges {
            self.shared
                .acknowledge(wire::frame(wire::PING, wire::ACK, 0, payload))
                .await?;
        }
        Ok(())
    }
}

fn find(received: &mut Received, stream: u32) -> Option<&mut Request> {
    let requests = &mut received.requests;
    requests.iter_mut().find(|request| request.stream == stream)
}

/// The settings in a payload.
fn settings(payload: &[u8]) -> impl Iterator<Item = (u16, u32)> {
    payload.chunks_exact(6).map(|setting| {
        let name = u16::from_be_bytes([setting[0], setting[1]]);
        (name, number(&setting[2..]))
    })
}

/// The number of 4 bytes at the start.
fn number(payload: &[u8]) -> u32 {
    payload
        .first_chunk()
        .map_or(0, |bytes| u32::from_be_bytes(*bytes))
}
