//! A connection that negotiated HTTP/1.1: the client was refused HTTP/2, and tries again.
//!
//! In: the body of every response, which is JSON. Out: the requests, in the log of the connection.

use std::io;

use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::{Received, Request};
use crate::socket::Socket;

/// Responds to requests until the client ends the connection.
pub(super) async fn serve(
    mut socket: Socket,
    json: &str,
    log: impl Fn(&dyn Fn(&mut Received)),
) -> io::Result<()> {
    let response = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{json}",
        json.len()
    );
    let mut buffer = Vec::new();
    while socket.read_buf(&mut buffer).await? > 0 {
        while let Some((head, length)) = head(&buffer) {
            if buffer.len() < head + length {
                break;
            }
            let body = buffer[head..head + length].to_vec();
            buffer.drain(..head + length);
            log(&|received| {
                received.requests.push(Request {
                    stream: 0,
                    body: body.clone(),
                    is_whole: true,
                });
            });
            socket.write_all(response.as_bytes()).await?;
            socket.flush().await?;
        }
    }
    Ok(())
}

/// The length of the head of a request, and that of its body.
fn head(buffer: &[u8]) -> Option<(usize, usize)> {
    let end = buffer.windows(4).position(|window| window == b"\r\n\r\n")? + 4;
    let head = String::from_utf8_lossy(&buffer[..end]).to_ascii_lowercase();
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length:"));
    let length = length.and_then(|length| length.trim().parse().ok());
    Some((end, length.unwrap_or(0)))
}
