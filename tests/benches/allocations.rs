//! How often a call allocates memory, and how much: by the SDK, and by hand with reqwest and serde.
//!
//! `cargo bench -p tests --bench allocations`. It counts the allocations of one thread, on which the call, its connection and both
//! ends of its channels run; the server has another thread. The counts do not depend on the machine's speed.

use std::error::Error;

use allocation_counter::{AllocationInfo, measure};
use tests::by_hand::{ACCOUNT, ByHand, Http2};
use tests::canned::{self, Address};
use tests::document;
use tests::protocol::Protocol;
use tokio::runtime::{Builder, Runtime};

const ID: &str = "f38b2ffc-80a4-4f5a-91c9-bc701e7ea419";
const CALLS: u64 = 1000;

type Outcome<T = ()> = Result<T, Box<dyn Error + Send + Sync>>;

fn main() -> Outcome {
    let (_, response) = document::operations()["providers-read"].success();
    let body = response["content"]["application/json"]["example"].to_string();
    println!(
        "{:<24}{:>10}{:>10}{:>8}",
        "per call", "sdk", "by hand", "ratio"
    );
    for protocol in [Protocol::Http1, Protocol::Http2] {
        print(protocol, &canned::json(protocol, body.clone())?)?;
    }
    Ok(())
}

fn print(protocol: Protocol, address: &Address) -> Outcome {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let client = address.client().build()?;
    let providers = client.account(ACCOUNT).magic_cloud().providers();
    let sdk = count(&runtime, async || {
        providers.get(ID).await?;
        Ok(())
    })?;
    let by_hand = ByHand::new(address, Http2::Default)?;
    let by_hand = count(&runtime, async || by_hand.provider(ID).await.map(drop))?;

    let line = |what, of: fn(&AllocationInfo) -> u64| {
        let [sdk, by_hand] = [&sdk, &by_hand].map(|info| of(info) as f64 / CALLS as f64);
        let ratio = sdk / by_hand;
        let what = format!("{protocol:?}, {what}");
        println!("{what:<24}{sdk:>10.1}{by_hand:>10.1}{ratio:>8.2}");
    };
    line("allocations", |info| info.count_total);
    line("bytes", |info| info.bytes_total);
    Ok(())
}

/// Counts the allocations of so many calls, after a first one has opened the connection.
fn count(runtime: &Runtime, call: impl AsyncFn() -> Outcome) -> Outcome<AllocationInfo> {
    runtime.block_on(call())?;
    let mut outcome = Ok(());
    let info = measure(|| {
        outcome = (0..CALLS).try_for_each(|_| runtime.block_on(call()));
    });
    outcome.map(|()| info)
}
