//! A server on loopback that says the same to everybody, as fast as it can: what benchmarks measure must not be the server.
//!
//! In: the answer. Out: the address to call. It has a thread of its own, knows of a request only where its head ends, and
//! stays until the process ends.

use std::io;
use std::sync::Arc;
use std::thread;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What a body goes on with: written again and again, never made anew.
static PIECE: [u8; 64 << 10] = [7; 64 << 10];

/// An answer: its bytes, and how many more follow them.
struct Answer {
    bytes: Vec<u8>,
    more: u64,
}

/// Serves JSON with status 200, and gives the address.
pub fn json(body: &str) -> io::Result<String> {
    let length = body.len();
    let head = head("application/json", length as u64);
    serve(Answer {
        bytes: [head.as_bytes(), body.as_bytes()].concat(),
        more: 0,
    })
}

/// Serves a capture of this many bytes, and gives the address.
pub fn capture(length: u64) -> io::Result<String> {
    const MAGIC: &[u8] = b"\xd4\xc3\xb2\xa1";
    let head = head("application/vnd.tcpdump.pcap", length);
    serve(Answer {
        bytes: [head.as_bytes(), MAGIC].concat(),
        more: length.saturating_sub(MAGIC.len() as u64),
    })
}

fn head(media: &str, length: u64) -> String {
    format!(
        "HTTP/1.1 200 OK\r\ncontent-type: {media}\r\ncontent-length: {length}\r\ncf-ray: 8f2c0d5e4b6a7c91-AMS\r\n\r\n"
    )
}

fn serve(answer: Answer) -> io::Result<String> {
    let listener = std::net::TcpListener::bind("127.0.0.1:0")?;
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .build()?;
    thread::spawn(move || runtime.block_on(accept(listener, Arc::new(answer))));
    Ok(format!("http://{address}"))
}

async fn accept(listener: std::net::TcpListener, answer: Arc<Answer>) -> io::Result<()> {
    let listener = TcpListener::from_std(listener)?;
    loop {
        let (stream, _) = listener.accept().await?;
        tokio::spawn(converse(stream, Arc::clone(&answer)));
    }
}

/// Answers every request of a connection.
async fn converse(mut stream: TcpStream, answer: Arc<Answer>) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut request = Vec::with_capacity(4096);
    while stream.read_buf(&mut request).await? > 0 {
        if !request.ends_with(b"\r\n\r\n") {
            continue;
        }
        request.clear();
        stream.write_all(&answer.bytes).await?;
        let mut more = answer.more;
        while more > 0 {
            let length = more.min(PIECE.len() as u64);
            stream.write_all(&PIECE[..length as usize]).await?;
            more -= length;
        }
    }
    Ok(())
}
