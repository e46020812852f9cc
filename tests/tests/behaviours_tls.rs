//! Behaviour 60: TLS in a program with another TLS provider. It is a separate test binary, since it changes the process.

#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use std::time::Duration;

use cloudflare_magic::{Client, ErrorKind, Phase};
use rustls::crypto::{CryptoProvider, ring};
use tests::server::Server;

#[tokio::test]
async fn b60_a_process_wide_provider_is_neither_used_nor_set() {
    let built = Client::builder().api_token("token").build();
    assert!(
        CryptoProvider::get_default().is_none(),
        "the client set one"
    );

    // A provider without any cipher: every use of it fails.
    let useless = CryptoProvider {
        cipher_suites: Vec::new(),
        kx_groups: Vec::new(),
        ..ring::default_provider()
    };
    useless.install_default().unwrap();
    let server = Server::start([]).await.unwrap();
    let secure = server
        .client()
        .base_url(format!("https://127.0.0.1:{}", server.port()));
    let secure = secure.connect_timeout(Duration::from_millis(200));
    match secure.max_attempts(1).build() {
        Ok(client) => {
            assert!(built.is_ok());
            // The server does not speak TLS, so the handshake begins and never ends.
            let error = client.account("a1").pcaps().list().await.unwrap_err();
            assert_eq!(
                error.kind(),
                ErrorKind::Timeout {
                    phase: Phase::Connect
                },
                "{error}"
            );
            assert!(!error.may_have_been_processed() && server.requests().is_empty());
        }
        // On a machine without certificates there is another error.
        Err(error) => assert!(error.to_string().contains("root certificates"), "{error}"),
    }
}
