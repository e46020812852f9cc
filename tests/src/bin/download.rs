//! Downloads the capture `c1` to the path in `TARGET`, and replaces an existing file: behaviour 104 needs a process that can be killed.

use cloudflare_magic::{Client, Error};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let target = std::env::var_os("TARGET").unwrap_or_default();
    let account = Client::from_env()?.account_from_env()?;
    let download = account.pcaps().download("c1").await?;
    download.to_file(target).overwrite(true).await?;
    Ok(())
}
