//! Captures a sample of packets and downloads it: `cargo run --example capture -- sample.pcap`.
//!
//! In: the name of the file to write; credentials and account from the environment. Out: the packets in the pcap file format,
//! on the standard output if no file is named.

use std::error::Error;
use std::io::{self, Write};

use cloudflare_magic::{Client, PcapFilter, SimplePcapRequest};

#[tokio::main]
async fn main() {
    if let Err(error) = capture().await {
        eprintln!("{error}");
        std::process::exit(1);
    }
}

async fn capture() -> Result<(), Box<dyn Error>> {
    let pcaps = Client::from_env()?.account_from_env()?.pcaps();

    // At most 100 packets of the last minute, HTTPS over TCP only.
    let https = PcapFilter::new().protocol(6).destination_port(443);
    let request = SimplePcapRequest::builder()
        .packet_limit(100)
        .time_limit(60)
        .filter_v1(https)
        .build();
    let created = pcaps.create(request).await?;
    let id = created
        .id()
        .ok_or("the response has no id of the capture")?;
    eprintln!("capture {id} was requested");

    let mut waiter = pcaps.wait_until_ready(id);
    while let Some(polled) = waiter.next().await {
        if let Some(status) = polled?.status() {
            eprintln!("capture {id} is {status}");
        }
    }

    let mut download = pcaps.download(id).await?;
    if let Some(path) = std::env::args_os().nth(1) {
        download.to_file(path).await?;
        return Ok(());
    }
    let mut out = io::stdout();
    while let Some(chunk) = download.chunk().await? {
        out.write_all(&chunk)?;
    }
    out.flush()?;
    Ok(())
}
