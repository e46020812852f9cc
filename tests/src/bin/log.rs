//! Prints what a subscriber with default settings prints of some calls: the lines that the guide shows.
//!
//! The transport and the clock are those of the tests, so that the lines are the same on every run.

use std::io;

use cloudflare_magic::api::Account;
use tests::scripted::{Outcome, Scripted};

fn main() -> io::Result<()> {
    tracing_subscriber::fmt().init();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()?;
    runtime.block_on(run()).map_err(io::Error::other)
}

async fn run() -> Result<(), cloudflare_magic::Error> {
    let transport = Scripted::outcomes(outcomes());
    let client = transport.client().api_token("SENTINEL").build()?;
    let account = client.account("023e105f4ecef8ad9ca31a8372d0c353");
    calls(&account).await
}

/// One call that is sent again, one that is rejected by the rate limit and one that waits for it, a wait, and a call that fails.
async fn calls(account: &Account) -> Result<(), cloudflare_magic::Error> {
    let providers = account.magic_cloud().providers();
    providers.list().await?;
    let _ = providers.list().max_attempts(1).await;
    providers.list().await?;
    account.pcaps().wait_until_ready("c1").await?;
    let _ = account.pcaps().list().await;
    Ok(())
}

fn outcomes() -> [Outcome; 8] {
    let pcap = |status: &str| {
        let pcap = format!(r#"{{"id":"c1","type":"full","status":"{status}"}}"#);
        Outcome::result(&pcap)
    };
    let refused =
        r#"{"success":false,"errors":[{"code":1012,"message":"SENTINEL"}],"result":null}"#;
    [
        Outcome::response(503, &[("cf-ray", "8f2c0d1e2f3a4b5c-AMS")], "SENTINEL"),
        Outcome::empty_list(),
        Outcome::too_many("2"),
        Outcome::empty_list(),
        pcap("pending"),
        pcap("running"),
        pcap("success"),
        Outcome::response(403, &[("cf-ray", "8f2c0d1e2f3a4b5d-AMS")], refused),
    ]
}
