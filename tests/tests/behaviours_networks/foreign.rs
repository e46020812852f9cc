//! Behaviour 74: features of reqwest that another crate turns on change nothing on the wire. The feature `foreign` of this crate turns
//! them on; the tests are the same with it and without it.

use cloudflare_magic::{Client, Error};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

const EMPTY_LIST: &str = r#"{"success":true,"errors":[],"messages":[],"result":[]}"#;

/// The bytes of the requests of some calls, which are made one after the other. Each response sets a cookie.
async fn sent(encodings: &[&str]) -> Result<Vec<String>, Error> {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let builder = Client::builder().api_token("token").max_attempts(1);
    let client = builder.base_url(format!("http://{address}")).build()?;
    let calls = async {
        for encoding in encodings {
            let response = client.account("a1").pcaps().list().send().await?;
            assert_eq!(response.headers()["content-encoding"], encoding);
        }
        Ok(())
    };
    let server = async {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut requests = Vec::new();
        for encoding in encodings {
            let mut request = Vec::new();
            while !request.ends_with(b"\r\n\r\n") {
                request.push(stream.read_u8().await.unwrap());
            }
            requests.push(
                String::from_utf8(request)
                    .unwrap()
                    .replace(&address.to_string(), "HOST"),
            );
            let response = format!(
                "HTTP/1.1 200 OK\r\nset-cookie: a=b\r\ncontent-encoding: {encoding}\r\ncontent-length: {}\r\n\r\n{EMPTY_LIST}",
                EMPTY_LIST.len()
            );
            stream.write_all(response.as_bytes()).await.unwrap();
        }
        requests
    };
    let (called, requests) = tokio::join!(calls, server);
    called.map(|()| requests)
}

#[tokio::test]
async fn b74_requests_and_bodies_are_the_same_with_foreign_features() {
    // The bodies are not compressed: a client that decompresses them fails.
    let mut encodings = vec!["br", "zstd", "deflate", "identity"];
    let mut accepted = "";
    if cfg!(feature = "gzip") {
        accepted = "accept-encoding: gzip\r\n";
    } else {
        encodings.push("gzip");
    }
    let request = format!(
        "GET /accounts/a1/pcaps HTTP/1.1\r\nuser-agent: cloudflare-magic/{}\r\naccept: application/json\r\n\
         authorization: Bearer token\r\n{accepted}host: HOST\r\n\r\n",
        env!("CARGO_PKG_VERSION"),
    );
    let requests = sent(&encodings).await.unwrap();
    assert_eq!(requests, vec![request; encodings.len()]);
}
