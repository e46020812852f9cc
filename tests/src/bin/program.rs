//! A program that a test can kill: `download PATH` saves the capture `c1`, and replaces an existing file; `wait` waits for it, and prints
//! each state.

use std::env::args;
use std::time::Duration;

use cloudflare_magic::api::Pcaps;
use cloudflare_magic::{Client, Error};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let pcaps = Client::from_env()?.account_from_env()?.pcaps();
    match args().nth(2) {
        Some(path) => download(&pcaps, path).await,
        None => wait(&pcaps).await,
    }
}

async fn download(pcaps: &Pcaps, path: String) -> Result<(), Error> {
    let download = pcaps.download("c1").await?;
    download.to_file(path).overwrite(true).await?;
    Ok(())
}

async fn wait(pcaps: &Pcaps) -> Result<(), Error> {
    let mut waiter = pcaps
        .wait_until_ready("c1")
        .interval(Duration::from_millis(5));
    while let Some(polled) = waiter.next().await {
        polled?;
        println!("{}", waiter.state().unwrap_or_default());
    }
    Ok(())
}
