//! A server on loopback that sends the same response to every request, as fast as it can: benchmarks must not measure the server.
//!
//! In: the response. Out: the address to call. It runs on its own thread until the process ends, and of a request it reads only
//! where the head ends.

use std::io;
use std::sync::Arc;
use std::thread;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// The repeated part of a large body, allocated once.
static PIECE: [u8; 64 << 10] = [7; 64 << 10];

/// A response: its first bytes, and how many more follow.
struct Response {
    bytes: Vec<u8>,
    more: u64,
}

/// Serves JSON with status 200, and returns the address.
pub fn json(body: &str) -> io::Result<String> {
    let length = body.len();
    let head = head("application/json", length as u64);
    serve(Response {
        bytes: [head.as_bytes(), body.as_bytes()].concat(),
        more: 0,
    })
}

/// Serves a capture of this many bytes, and returns the address.
pub fn capture(length: u64) -> io::Result<String> {
    const MAGIC: &[u8] = b"\xd4\xc3\xb2\xa1";
    let head = head("application/vnd.tcpdump.pcap", length);
    serve(Response {
        bytes: [head.as_bytes(), MAGIC].concat(),
        more: length.saturating_sub(MAGIC.len() as u64),
    })
}

fn head(media: &str, length: u64) -> String {
    format!(
        "HTTP/1.1 200 OK\r\ncontent-type: {media}\r\ncontent-length: {length}\r\ncf-ray: 8f2c0d5e4b6a7c91-AMS\r\n\r\n"
    )
}

fn serve(response: Response) -> io::Result<String> {
    let listener = std::net::TcpListener::bind("127.0.0.1:0")?;
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .build()?;
    thread::spawn(move || runtime.block_on(accept(listener, Arc::new(response))));
    Ok(format!("http://{address}"))
}

async fn accept(listener: std::net::TcpListener, response: Arc<Response>) -> io::Result<()> {
    let listener = TcpListener::from_std(listener)?;
    loop {
        let (stream, _) = listener.accept().await?;
        tokio::spawn(serve_connection(stream, Arc::clone(&response)));
    }
}

/// Responds to every request of a connection.
async fn serve_connection(mut stream: TcpStream, response: Arc<Response>) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut request = Vec::with_capacity(4096);
    while stream.read_buf(&mut request).await? > 0 {
        if !request.ends_with(b"\r\n\r\n") {
            continue;
        }
        request.clear();
        stream.write_all(&response.bytes).await?;
        let mut more = response.more;
        while more > 0 {
            let length = more.min(PIECE.len() as u64);
            stream.write_all(&PIECE[..length as usize]).await?;
            more -= length;
        }
    }
    Ok(())
}
