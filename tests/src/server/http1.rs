//! The server's HTTP/1.1.
//!
//! In: a connection. Out: its requests, in order, and the bytes of their responses. It parses no more of a request than a head,
//! a content length and chunks, since its purpose is to misbehave.

use std::io;

use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::response::{Response, Step};
use super::{Connection, Recorded};
use crate::socket::Socket;

/// How a response ends a connection.
pub(super) enum End {
    /// Not at all.
    None,
    Close,
    Reset,
}

/// Serves the connection until either side closes it.
pub(super) async fn serve(connection: &Connection, mut socket: Socket) -> io::Result<()> {
    let mut buffer = Vec::new();
    let end = requests(connection, &mut socket, &mut buffer).await?;
    end.apply(socket).await;
    Ok(())
}

impl End {
    /// Ends the connection.
    pub(super) async fn apply(self, socket: Socket) {
        match self {
            Self::None => {}
            Self::Close => socket.close().await,
            Self::Reset => socket.reset(),
        }
    }
}

async fn requests(
    connection: &Connection,
    socket: &mut Socket,
    buffer: &mut Vec<u8>,
) -> io::Result<End> {
    while let Some((mut request, end)) = head(connection, socket, buffer).await? {
        if let Some(response) = connection.service.begun(&request) {
            let end = play(socket, response).await?;
            if !matches!(end, End::None) {
                return Ok(end);
            }
        }
        if !body(socket, &mut request, end, buffer).await? {
            break;
        }
        let end = play(socket, connection.respond(&request)).await?;
        if !matches!(end, End::None) {
            return Ok(end);
        }
    }
    Ok(End::None)
}

/// Reads the head of a request. Returns it with its length, or `None` if the client has closed the connection.
async fn head(
    connection: &Connection,
    socket: &mut Socket,
    buffer: &mut Vec<u8>,
) -> io::Result<Option<(Recorded, usize)>> {
    let end = loop {
        if let Some(at) = buffer.windows(4).position(|window| window == b"\r\n\r\n") {
            break at + 4;
        }
        if socket.read_buf(buffer).await? == 0 {
            return Ok(None);
        }
    };
    let head = String::from_utf8_lossy(&buffer[..end]);
    Ok(Some((parse(&head, connection), end)))
}

/// Reads the body of a request; `end` is the length of its head. Returns false if the client closes the connection before the end.
async fn body(
    socket: &mut Socket,
    request: &mut Recorded,
    end: usize,
    buffer: &mut Vec<u8>,
) -> io::Result<bool> {
    if request.header("transfer-encoding") == Some("chunked") {
        buffer.drain(..end);
        return chunks(socket, request, buffer).await;
    }
    let length = request.header("content-length");
    let end_of_body = end + length.and_then(|length| length.parse().ok()).unwrap_or(0);
    while buffer.len() < end_of_body {
        if socket.read_buf(buffer).await? == 0 {
            return Ok(false);
        }
    }
    request.body = buffer[end..end_of_body].to_vec();
    buffer.drain(..end_of_body);
    Ok(true)
}

/// Reads a body in chunks, without trailers. Returns false if the client closes the connection before the last one.
async fn chunks(
    socket: &mut Socket,
    request: &mut Recorded,
    buffer: &mut Vec<u8>,
) -> io::Result<bool> {
    loop {
        let line = buffer.windows(2).position(|window| window == b"\r\n");
        let size = line.and_then(|at| {
            let size = usize::from_str_radix(std::str::from_utf8(&buffer[..at]).ok()?, 16);
            Some((at + 2, size.ok()?))
        });
        match size {
            Some((start, size)) if buffer.len() >= start + size + 2 => {
                request.body.extend(&buffer[start..start + size]);
                buffer.drain(..start + size + 2);
                if size == 0 {
                    return Ok(true);
                }
            }
            _ if socket.read_buf(buffer).await? == 0 => return Ok(false),
            _ => {}
        }
    }
}

fn parse(head: &str, connection: &Connection) -> Recorded {
    let mut lines = head.split("\r\n");
    let mut words = lines.next().unwrap_or_default().split(' ');
    let mut word = || words.next().unwrap_or_default().to_owned();
    let (method, target) = (word(), word());
    let headers = lines.filter_map(|line| line.split_once(':'));
    let headers = headers
        .map(|(name, value)| (name.to_owned(), value.trim().to_owned()))
        .collect();
    connection.record(method, target, headers)
}

/// Runs all steps of a response. Returns how it ends the connection.
pub(super) async fn play(socket: &mut Socket, response: Response) -> io::Result<End> {
    let mut unsent = Vec::new();
    for step in response.into_steps() {
        match step {
            Step::Head(status, headers) => unsent.extend(write_head(status, &headers)),
            Step::Data(bytes) | Step::Raw(bytes) => unsent.extend(bytes),
            Step::Wait(duration) => {
                send(socket, &mut unsent).await?;
                tokio::time::sleep(duration).await;
            }
            Step::Hang => {
                send(socket, &mut unsent).await?;
                // Waits until the client closes the connection.
                let mut ignored = [0; 1024];
                while socket.read(&mut ignored).await? > 0 {}
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            Step::Close | Step::Reset => {
                send(socket, &mut unsent).await?;
                let is_close = matches!(step, Step::Close);
                return Ok(if is_close { End::Close } else { End::Reset });
            }
            Step::ResetStream(reason) => unreachable!("HTTP/1.1 has no streams: {reason}"),
        }
    }
    send(socket, &mut unsent).await?;
    Ok(End::None)
}

/// Sends the bytes that were gathered, in one piece.
async fn send(socket: &mut Socket, unsent: &mut Vec<u8>) -> io::Result<()> {
    socket.write_all(&std::mem::take(unsent)).await?;
    socket.flush().await
}

fn write_head(status: u16, headers: &[(String, String)]) -> Vec<u8> {
    let mut head = format!("HTTP/1.1 {status} Scripted\r\n");
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("\r\n");
    head.into_bytes()
}
