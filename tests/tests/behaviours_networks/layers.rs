//! Behaviour 73: a layer around the built-in transport, and a public surface without types of reqwest.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use cloudflare_magic::transport::{
    Exchange, Fault, HttpTransport, Sent, Transport, TransportBody, TransportError,
};
use cloudflare_magic::{BoxFuture, ErrorKind};
use http::{Request, Response};
use tests::sdk_copy::files_below;
use tests::server::{self, Protocol, Server};

use super::call;

/// A layer that counts attempts, and refuses those beyond a limit.
#[derive(Debug)]
struct Limited {
    transport: HttpTransport,
    attempts: Arc<AtomicUsize>,
    limit: usize,
}

impl Transport for Limited {
    fn exchange(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<TransportBody>, TransportError>> {
        assert!(request.extensions().get::<Exchange>().is_some());
        assert!(request.headers()["authorization"].is_sensitive());
        if self.attempts.fetch_add(1, Ordering::Relaxed) >= self.limit {
            let error = TransportError::new(Fault::Connect, Sent::No, "the limit is reached");
            return Box::pin(async { Err(error) });
        }
        self.transport.exchange(request)
    }
}

#[tokio::test]
async fn b73_a_layer_around_the_built_in_transport() {
    let server = Server::over(Protocol::Http2, |number: usize, _: &_| match number {
        0 => server::Response::status(503),
        _ => server::Response::result("[]"),
    })
    .await
    .unwrap();
    let attempts = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&attempts);
    // The layer is around a transport with the builder's settings, whether they are set before it or after.
    let builder = server.client().layer(|transport| Limited {
        transport,
        attempts: counter,
        limit: 2,
    });
    assert!(format!("{builder:?}").contains("Layered"));
    let client = builder.http1_only().max_attempts(2).build();
    let client = client.unwrap();

    let server_speaks_http2_only = call(&client).await.unwrap_err();
    assert_eq!(server_speaks_http2_only.attempts(), 2);
    assert_eq!(attempts.load(Ordering::Relaxed), 2);
    let refused = call(&client).await.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::Connect);
    assert!(
        refused.to_string().contains("the limit is reached"),
        "{refused}"
    );
    assert_eq!(server.requests(), []);

    let attempts = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&attempts);
    let builder = server.client().layer(|transport| Limited {
        transport,
        attempts: counter,
        limit: 2,
    });
    call(&builder.build().unwrap()).await.unwrap();
    // The first response was a 503: each attempt passes through the layer.
    assert_eq!(attempts.load(Ordering::Relaxed), 2);
    assert_eq!(server.requests().len(), 2);
}

/// In `transport/reqwest`, only the transport itself is public; elsewhere nothing names reqwest but a private module.
#[test]
fn b73_no_type_of_reqwest_is_public() {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("../sdk/src");
    let mut seen = false;
    for file in files_below(&sources) {
        let path = file
            .strip_prefix(&sources)
            .unwrap()
            .to_string_lossy()
            .replace('\\', "/");
        let text = fs::read_to_string(&file).unwrap();
        let lines = text.lines().map(str::trim);
        let code = lines.filter(|line| !line.starts_with("//"));
        for line in code.filter(|line| !line.starts_with("#[")) {
            if path.starts_with("transport/reqwest") {
                seen = true;
                let is_public = line.starts_with("pub ") && line != "pub struct HttpTransport {";
                assert!(!is_public, "{path}: {line}");
                let converts = line.starts_with("impl") && line.contains("reqwest::");
                assert!(!converts, "{path}: {line}");
            } else {
                let names = line.replace("self::reqwest::", "").contains("reqwest::");
                assert!(!names, "{path}: {line}");
            }
        }
    }
    assert!(seen);
}
