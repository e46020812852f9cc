//! Behaviours 140 to 143: bodies that are read while they are sent.

#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use cloudflare_magic::{Client, ErrorKind, FileUpload, Method, Phase};
use tests::server::{Response, Server};
use tokio::io::{AsyncWriteExt, DuplexStream, duplex};

const MILLISECOND: Duration = Duration::from_millis(1);
const LENGTH: usize = 300_000;

fn content() -> Vec<u8> {
    let bytes = (0..LENGTH).map(|at| (at % 251) as u8);
    bytes.collect()
}

/// A file on the disk with this content, of this name.
fn on_disk(name: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, content()).unwrap();
    path
}

fn client(server: &Server) -> Client {
    server.client().build().unwrap()
}

async fn put(client: &Client, file: FileUpload) -> Result<(), cloudflare_magic::Error> {
    client.request(Method::PUT, "/f").file(file).empty().await
}

/// A reader that another task writes to: this many bytes, then a pause, in turn.
fn slow(chunks: usize, pause: Duration) -> DuplexStream {
    let (mut writer, reader) = duplex(16);
    tokio::spawn(async move {
        for _ in 0..chunks {
            writer.write_all(b"abcd").await?;
            tokio::time::sleep(pause).await;
        }
        writer.shutdown().await
    });
    reader
}

async fn b140_files_arrive_whole_from_anywhere() {
    let server = Server::responding(|_, _| Response::status(204))
        .await
        .unwrap();
    let client = client(&server);
    let path = on_disk("b140");
    let (length, whole) = (LENGTH as u64, content());
    let reader = |content: Vec<u8>| FileUpload::reader(std::io::Cursor::new(content));
    for (file, is_known) in [
        (FileUpload::bytes(whole.clone()), true),
        (FileUpload::path(&path), true),
        (reader(whole.clone()), false),
        (reader(whole.clone()).length(length), true),
    ] {
        server.forget();
        put(&client, file.media_type("a/b")).await.unwrap();
        let requests = server.requests();
        assert_eq!(requests.len(), 1);
        assert_eq!(requests[0].header("content-type"), Some("a/b"));
        let stated = requests[0].header("content-length").map(str::to_owned);
        assert_eq!(stated, is_known.then(|| length.to_string()));
        assert!(requests[0].body == whole);
    }
    server.forget();
    put(&client, FileUpload::reader(&b""[..]).length(0))
        .await
        .unwrap();
    put(&client, FileUpload::reader(&b""[..])).await.unwrap();
    assert!(
        server
            .requests()
            .iter()
            .all(|request| request.body.is_empty())
    );
    assert_eq!(server.requests().len(), 2);
}

async fn b140_parts_with_files_arrive_whole() {
    let server = Server::responding(|_, _| Response::status(204))
        .await
        .unwrap();
    let path = on_disk("b140_parts");
    let files = BTreeMap::from([
        ("disk", FileUpload::path(&path)),
        ("read", FileUpload::reader(&b"content"[..])),
    ]);
    let call = client(&server)
        .request(Method::POST, "/f")
        .multipart(&files);
    assert!(!format!("{call:?}").contains("content\""));
    call.empty().await.unwrap();
    let request = &server.requests()[0];
    let media_type = request.header("content-type").unwrap();
    let boundary = media_type
        .strip_prefix("multipart/form-data; boundary=")
        .unwrap();
    let head = |name: &str, file: &str| {
        format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{file}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        )
    };
    let wanted = [
        head("disk", "b140_parts").into_bytes(),
        content(),
        format!("\r\n{}content\r\n--{boundary}--\r\n", head("read", "read")).into_bytes(),
    ];
    assert!(request.body == wanted.concat());
}

async fn b140_what_cannot_be_read_to_its_end_is_never_a_whole_request() {
    let server = Server::responding(|_, _| Response::status(204))
        .await
        .unwrap();
    let client = client(&server);
    for file in [
        FileUpload::reader(&b"abc"[..]).length(10),
        FileUpload::reader(&b"abcdefghijkl"[..]).length(10),
        FileUpload::reader(tokio_failing()),
    ] {
        let error = put(&client, file).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::File, "{error}");
        assert_eq!(error.attempts(), 1, "{error}");
        assert!(error.may_have_been_processed(), "{error}");
    }
    let missing = FileUpload::path("/no/such/file");
    let error = put(&client, missing).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::File, "{error}");
    assert!(!error.may_have_been_processed());
    assert!(!error.to_string().contains("/no/such"), "{error}");
    let whole = server.requests();
    assert!(
        whole.iter().all(|request| request.body.len() < 10),
        "{whole:?}"
    );
    put(&client, FileUpload::bytes("abc")).await.unwrap();
}

/// A reader that fails after its first bytes.
fn tokio_failing() -> impl tokio::io::AsyncRead + Send + 'static {
    struct Failing(bool);
    impl tokio::io::AsyncRead for Failing {
        fn poll_read(
            mut self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
            buffer: &mut tokio::io::ReadBuf<'_>,
        ) -> std::task::Poll<std::io::Result<()>> {
            if std::mem::replace(&mut self.0, true) {
                return std::task::Poll::Ready(Err(std::io::Error::other("the tape broke")));
            }
            buffer.put_slice(b"abc");
            std::task::Poll::Ready(Ok(()))
        }
    }
    Failing(false)
}

async fn b141_what_can_be_opened_again_is_sent_again() {
    let server = Server::start([
        Response::status(503),
        Response::status(204),
        Response::status(503),
        Response::status(204),
    ]);
    let server = server.await.unwrap();
    let client = client(&server);
    let path = on_disk("b141");
    put(&client, FileUpload::path(&path)).await.unwrap();
    let parts = BTreeMap::from([("disk", FileUpload::path(&path))]);
    let call = client.request(Method::PUT, "/f").multipart(&parts);
    call.empty().await.unwrap();
    let requests = server.requests();
    assert!(requests[0].body == content() && requests[1].body == content());
    assert!(requests[2].body == requests[3].body && requests[2].body.len() > LENGTH);
}

async fn b141_a_stream_that_was_begun_is_not_sent_again() {
    let server = Server::start([Response::status(503), Response::status(204)]);
    let server = server.await.unwrap();
    let client = client(&server);
    let file = FileUpload::reader(&b"abc"[..]);
    let error = put(&client, file.clone()).await.unwrap_err();
    assert_eq!(error.attempts(), 1);
    assert!(
        error.to_string().contains("cannot be read again"),
        "{error}"
    );
    assert_eq!(server.requests().len(), 1);
    let error = put(&client, file).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::File, "{error}");
    assert_eq!(server.requests().len(), 1);
}

async fn b141_an_attempt_that_never_left_costs_no_stream() {
    let server = Server::responding(|_, _| Response::status(204))
        .await
        .unwrap();
    let file = FileUpload::reader(&b"abc"[..]);
    // Nothing listens there.
    let dead = Client::builder()
        .api_token("token")
        .base_url("http://127.0.0.1:9");
    let dead = dead.build().unwrap();
    let call = dead.request(Method::PUT, "/f").file(file.clone()).empty();
    let error = call.max_attempts(2).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connect, 2));
    put(&client(&server), file).await.unwrap();
    assert_eq!(server.requests()[0].text(), "abc");
}

async fn b142_a_create_with_a_streamed_body_is_sent_once() {
    let server = Server::responding(|_, _| Response::status(503))
        .await
        .unwrap();
    let client = client(&server);
    let path = on_disk("b142");
    for file in [FileUpload::path(&path), FileUpload::reader(&b"abc"[..])] {
        server.forget();
        let call = client.request(Method::POST, "/f").file(file).empty();
        let error = call.await.unwrap_err();
        assert_eq!((error.attempts(), server.requests().len()), (1, 1));
        assert!(error.may_have_been_processed(), "{error}");
    }
    let reader = slow(usize::MAX, 5 * MILLISECOND);
    let call = client
        .request(Method::POST, "/f")
        .file(FileUpload::reader(reader))
        .empty();
    let error = call.timeout(100 * MILLISECOND).await.unwrap_err();
    assert_eq!(
        error.kind(),
        ErrorKind::Timeout {
            phase: Phase::Total
        }
    );
    assert!(
        error.may_have_been_processed() && error.attempts() == 1,
        "{error}"
    );
}

async fn b143_the_limit_on_the_headers_is_one_on_progress() {
    let server = Server::responding(|_, _| Response::status(204))
        .await
        .unwrap();
    let limits = server.client().headers_timeout(300 * MILLISECOND);
    let client = limits.timeout(400 * MILLISECOND).build().unwrap();
    let reader = slow(12, 100 * MILLISECOND);
    put(&client, FileUpload::reader(reader)).await.unwrap();
    assert_eq!(server.requests()[0].body.len(), 48);
    let stalled = slow(2, Duration::from_secs(60));
    let call = client
        .request(Method::POST, "/f")
        .file(FileUpload::reader(stalled))
        .empty();
    let error = call.await.unwrap_err();
    assert_eq!(
        error.kind(),
        ErrorKind::Timeout {
            phase: Phase::Headers
        },
        "{error}"
    );
    assert!(error.may_have_been_processed(), "{error}");
}

tests::over_each_protocol! {
    b140_files_arrive_whole_from_anywhere,
    b140_parts_with_files_arrive_whole,
    b140_what_cannot_be_read_to_its_end_is_never_a_whole_request,
    b141_what_can_be_opened_again_is_sent_again,
    b141_a_stream_that_was_begun_is_not_sent_again,
    b141_an_attempt_that_never_left_costs_no_stream,
    b142_a_create_with_a_streamed_body_is_sent_once,
    b143_the_limit_on_the_headers_is_one_on_progress,
}
