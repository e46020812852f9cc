//! Behaviours 24 to 41 and 44 to 49: how responses are read, good, bad and unusual ones.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a failed unwrap fails the test"
)]

mod bodies;
mod envelope;
mod failures;

use cloudflare_magic::api::{Account, PcapsGet};
use cloudflare_magic::{Call, Error, Pcap, Provider};
use tests::server::{Response, Server};

const ACCOUNT: &str = "023e105f4ecef8ad9ca31a8372d0c353";
const PROVIDER: &str = r#"{"id":"p1","cloud_type":"AWS","friendly_name":"prod","last_updated":"2024-01-01T00:00:00Z",
    "lifecycle_state":"ACTIVE","state":"UNSPECIFIED","state_v2":"UNSPECIFIED"}"#;

async fn account(response: Response) -> (Account, Server) {
    let server = Server::start([response]).await.unwrap();
    // Retries are tested elsewhere.
    let client = server.client().max_attempts(1).build().unwrap();
    (client.account(ACCOUNT), server)
}

async fn providers(response: Response) -> Result<Vec<Provider>, Error> {
    let (account, _server) = account(response).await;
    account.magic_cloud().providers().list().await
}

async fn provider(response: Response) -> Result<Provider, Error> {
    let (account, _server) = account(response).await;
    account.magic_cloud().providers().get("p1").await
}

async fn pcap(result: &str) -> Result<Pcap, Error> {
    let (account, _server) = account(Response::result(result)).await;
    account.pcaps().get("c1").await
}

/// The provider with one key replaced or added; a later key wins over an earlier one.
fn provider_with(more: &str) -> String {
    format!("{},{more}}}", PROVIDER.trim_end_matches('}'))
}

#[test]
fn calls_can_be_sent_between_threads() {
    fn is_send<T: Send + 'static>() {}
    is_send::<Call<PcapsGet>>();
    is_send::<<Call<PcapsGet> as IntoFuture>::IntoFuture>();
}
