//! Behaviours 24 to 41 and 44 to 49: what becomes of answers, good, bad and odd.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test ends where its expectation does"
)]

mod bodies;
mod envelope;

use cloudflare_magic::api::{Account, PcapsGet};
use cloudflare_magic::{Call, Error, Pcap, Provider};
use tests::server::{Reply, Server};

const ACCOUNT: &str = "023e105f4ecef8ad9ca31a8372d0c353";
const PROVIDER: &str = r#"{"id":"p1","cloud_type":"AWS","friendly_name":"prod","last_updated":"2024-01-01T00:00:00Z",
    "lifecycle_state":"ACTIVE","state":"UNSPECIFIED","state_v2":"UNSPECIFIED"}"#;

async fn account(reply: Reply) -> (Account, Server) {
    let server = Server::start([reply]).await.unwrap();
    // What is repeated, and when, is told elsewhere.
    let client = server.client().max_attempts(1).build().unwrap();
    (client.account(ACCOUNT), server)
}

async fn providers(reply: Reply) -> Result<Vec<Provider>, Error> {
    let (account, _server) = account(reply).await;
    account.magic_cloud().providers().list().await
}

async fn provider(reply: Reply) -> Result<Provider, Error> {
    let (account, _server) = account(reply).await;
    account.magic_cloud().providers().get("p1").await
}

async fn pcap(result: &str) -> Result<Pcap, Error> {
    let (account, _server) = account(Reply::result(result)).await;
    account.pcaps().get("c1").await
}

/// The provider with one key replaced or added; a later key wins over an earlier one.
fn provider_with(more: &str) -> String {
    format!("{},{more}}}", PROVIDER.trim_end_matches('}'))
}

#[test]
fn calls_travel_between_threads() {
    fn travels<T: Send + 'static>() {}
    travels::<Call<PcapsGet>>();
    travels::<<Call<PcapsGet> as IntoFuture>::IntoFuture>();
}
