//! Behaviours 62, 63 and 65 to 67: what a call does over HTTP/2 when the server retires connections, refuses streams, or is silent.

#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use std::io;
use std::time::Duration;

use cloudflare_magic::api::Account;
use cloudflare_magic::{ClientBuilder, CloudType, CreateProvider, Error, Provider};
use tests::frames::Connection;

mod queue;
mod silent;
mod unprocessed;

const MILLISECOND: Duration = Duration::from_millis(1);
const SECOND: Duration = Duration::from_secs(1);
const CREATED: &str = r#"{"success":true,"errors":[],"messages":[],"result":{"id":"p1","cloud_type":"AWS","friendly_name":"prod",
    "last_updated":"2024-01-01T00:00:00Z","lifecycle_state":"ACTIVE","state":"UNSPECIFIED","state_v2":"UNSPECIFIED"}}"#;
const NONE: &str = r#"{"success":true,"errors":[],"messages":[],"result":[]}"#;

fn account(builder: ClientBuilder) -> Account {
    let builder = builder.backoff(MILLISECOND, 10 * MILLISECOND);
    builder.build().unwrap().account("a1")
}

async fn create(account: &Account, name: &str) -> Result<Provider, Error> {
    let body = CreateProvider::new(CloudType::Aws, name);
    account.magic_cloud().providers().create(body).await
}

/// Responds to all further requests: to those with a body as to a create, to others as to a list.
async fn serve(connection: &mut Connection) -> io::Result<()> {
    loop {
        let request = connection.next_request().await?;
        respond(connection, request.stream, &request.body).await?;
    }
}

async fn respond(connection: &Connection, stream: u32, body: &[u8]) -> io::Result<()> {
    match body {
        [] => connection.json(stream, 200, NONE).await,
        _ => connection.json(stream, 201, CREATED).await,
    }
}
