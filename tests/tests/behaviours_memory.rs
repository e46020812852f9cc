//! Behaviour 55: a gigabyte streams in constant memory.
//!
//! The transport counts each of its chunks until it is dropped: the count is the memory that the runtime holds.

#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

use bytes::Bytes;
use cloudflare_magic::transport::{Transport, TransportBody, TransportError};
use cloudflare_magic::{BoxFuture, Client, Download};
use futures_core::Stream;
use http::{Request, Response};

const CHUNK: usize = 64 << 10;

/// The bytes that are held now, and the most that were held at any time.
#[derive(Default)]
struct Held {
    now: AtomicUsize,
    most: AtomicUsize,
}

/// A chunk that is counted until it is dropped.
struct Counted(Vec<u8>, Arc<Held>);

impl Counted {
    fn bytes(first: bool, held: &Arc<Held>) -> Bytes {
        let mut chunk = vec![0; CHUNK];
        if first {
            chunk[..4].copy_from_slice(b"\xd4\xc3\xb2\xa1");
        }
        let now = held.now.fetch_add(CHUNK, Ordering::SeqCst) + CHUNK;
        held.most.fetch_max(now, Ordering::SeqCst);
        Bytes::from_owner(Self(chunk, Arc::clone(held)))
    }
}

impl AsRef<[u8]> for Counted {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.1.now.fetch_sub(CHUNK, Ordering::SeqCst);
    }
}

/// A server that always has the next chunk ready.
struct Flood {
    chunks: usize,
    held: Arc<Held>,
}

impl fmt::Debug for Flood {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Flood")
    }
}

impl Transport for Flood {
    fn exchange(
        &self,
        _: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<TransportBody>, TransportError>> {
        let body = Chunks {
            left: self.chunks,
            first: true,
            held: Arc::clone(&self.held),
        };
        let response = Response::builder().header("content-length", self.chunks * CHUNK);
        Box::pin(async { Ok(response.body(TransportBody::new(body)).unwrap()) })
    }
}

struct Chunks {
    left: usize,
    first: bool,
    held: Arc<Held>,
}

impl Stream for Chunks {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some(left) = self.left.checked_sub(1) else {
            return Poll::Ready(None);
        };
        self.left = left;
        let first = std::mem::replace(&mut self.first, false);
        Poll::Ready(Some(Ok(Counted::bytes(first, &self.held))))
    }
}

async fn download(length: usize) -> (Download, Arc<Held>) {
    let held = Arc::<Held>::default();
    let transport = Flood {
        chunks: length / CHUNK,
        held: Arc::clone(&held),
    };
    let client = Client::builder()
        .api_token("token")
        .transport(transport)
        .build()
        .unwrap();
    let call = client.account("a1").pcaps().download("c1");
    (call.await.unwrap(), held)
}

#[tokio::test]
async fn b55_a_gigabyte_streams_chunk_by_chunk() {
    let (mut download, held) = download(1 << 30).await;
    let mut length = 0;
    while let Some(chunk) = download.chunk().await.unwrap() {
        length += chunk.len();
    }
    assert_eq!(length, 1 << 30);
    let most = held.most.load(Ordering::SeqCst);
    assert!(most <= 2 * CHUNK, "{most} bytes were held");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn b55_a_file_is_written_in_constant_memory() {
    let folder = tempfile::tempdir().unwrap();
    let (download, held) = download(256 << 20).await;
    let length = download
        .to_file(folder.path().join("c1.pcap"))
        .await
        .unwrap();
    assert_eq!(length, 256 << 20);
    let most = held.most.load(Ordering::SeqCst);
    assert!(most <= 2 << 20, "{most} bytes were held");
    assert_eq!(held.now.load(Ordering::SeqCst), 0);
}
