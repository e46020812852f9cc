//! Behaviours 69 to 73: proxies, certificates and the settings of connections, over real sockets.

#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

mod certificates;
mod environment;
mod foreign;
mod layers;
mod proxies;
mod settings;
#[cfg(feature = "socks")]
mod socks;

use std::sync::Arc;

use cloudflare_magic::{Client, ClientBuilder, Error};
use rustls::ServerConfig;
use tests::authority::Authority;
use tests::server::{Response, Server};

/// A host that no name server knows. A server of the tests has a certificate for it, and is reached only through a proxy.
const FAR: &str = "api.far.invalid";

/// A server with a certificate for [`FAR`] that speaks these protocols.
async fn far_server(alpn: &[&[u8]]) -> Server {
    let identity = Authority::get().issue_server(&[FAR]).unwrap();
    secure_server(identity.server_config(alpn, None).unwrap()).await
}

/// A server with these TLS settings, which responds to every request with an empty list.
async fn secure_server(tls: Arc<ServerConfig>) -> Server {
    Server::with_tls(Some(tls), |_: usize, _: &_| Response::result("[]"))
        .await
        .unwrap()
}

/// Settings for a client that calls [`FAR`], trusts its certificate and makes one attempt.
fn far_client() -> ClientBuilder {
    Client::builder()
        .api_token("token")
        .base_url(format!("https://{FAR}/v4"))
        .add_root_certificate(Authority::get().pem())
        .max_attempts(1)
}

/// Makes one call.
async fn call(client: &Client) -> Result<(), Error> {
    client.account("a1").pcaps().list().await.map(drop)
}

/// The error of one call.
async fn failure(builder: ClientBuilder) -> Error {
    call(&builder.build().unwrap()).await.unwrap_err()
}
