//! Lists the cloud integrations of an account: `cargo run --example list_providers`.
//!
//! In: the credentials and the account from the environment. Out: one line per integration, or one line that says what failed.

use cloudflare_magic::{Client, Error};

#[tokio::main]
async fn main() -> Result<(), Error> {
    let account = Client::from_env()?.account_from_env()?;
    for provider in account.magic_cloud().providers().list().await? {
        println!("{} {}", provider.cloud_type, provider.friendly_name);
    }
    Ok(())
}
