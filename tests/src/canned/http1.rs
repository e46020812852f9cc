//! The canned response over HTTP/1.1.
//!
//! In: a connection. Out: the response, once for each end of a head that is received.

use std::io;

use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::{PIECE, RAY, Response};
use crate::socket::Socket;

/// Responds to every request of a connection.
pub(super) async fn serve(mut socket: Socket, response: &Response) -> io::Result<()> {
    let (media, length) = (response.media, response.length());
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: {media}\r\ncontent-length: {length}\r\ncf-ray: {RAY}\r\n\r\n"
    );
    let start = [head.as_bytes(), &response.start].concat();
    let mut request = Vec::with_capacity(4096);
    while socket.read_buf(&mut request).await? > 0 {
        if !request.ends_with(b"\r\n\r\n") {
            continue;
        }
        request.clear();
        socket.write_all(&start).await?;
        let mut more = response.more;
        while more > 0 {
            let length = more.min(PIECE.len() as u64);
            socket.write_all(&PIECE[..length as usize]).await?;
            more -= length;
        }
        socket.flush().await?;
    }
    Ok(())
}
