//! The canned response over HTTP/2.
//!
//! In: a connection. Out: the response, on each stream. A body that is sent at once needs no task; `h2` holds it until the client's
//! window allows it.

use std::future::poll_fn;
use std::io;
use std::sync::Arc;

use bytes::Bytes;
use h2::SendStream;
use http::HeaderMap;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderName, HeaderValue};

use super::{PIECE, RAY, Response};
use crate::socket::Socket;

/// Responds to every request of a connection.
pub(super) async fn serve(socket: Socket, response: Arc<Response>) -> io::Result<()> {
    let mut server = h2::server::handshake(socket)
        .await
        .map_err(io::Error::other)?;
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(response.media));
    headers.insert(CONTENT_LENGTH, response.length().into());
    headers.insert(
        HeaderName::from_static("cf-ray"),
        HeaderValue::from_static(RAY),
    );
    while let Some(accepted) = server.accept().await {
        let (_, mut respond) = accepted.map_err(io::Error::other)?;
        let mut head = http::Response::new(());
        *head.headers_mut() = headers.clone();
        let stream = respond.send_response(head, false);
        let mut stream = stream.map_err(io::Error::other)?;
        let is_whole = response.more == 0;
        let sent = stream.send_data(response.start.clone(), is_whole);
        sent.map_err(io::Error::other)?;
        if !is_whole {
            tokio::spawn(send(stream, response.more));
        }
    }
    Ok(())
}

/// Sends so many bytes as the client's windows allow.
async fn send(mut stream: SendStream<Bytes>, mut more: u64) -> Result<(), h2::Error> {
    while more > 0 {
        let length = more.min(PIECE.len() as u64) as usize;
        stream.reserve_capacity(length);
        let Some(capacity) = poll_fn(|cx| stream.poll_capacity(cx)).await else {
            return Ok(());
        };
        let piece = Bytes::from_static(&PIECE).slice(..capacity?.min(length));
        more -= piece.len() as u64;
        stream.send_data(piece, more == 0)?;
    }
    Ok(())
}
