//! Calls over loopback: one cloud integration, read repeatedly.

use std::time::{Duration, Instant};

use cloudflare_magic::api::Account;
use criterion::{Criterion, Throughput};
use tests::by_hand::{ACCOUNT, ByHand, Http2};
use tests::canned::{self, Address};
use tests::document;
use tests::protocol::Protocol;
use tokio::runtime::Runtime;
use tokio::task::JoinSet;

use crate::{Outcome, PROTOCOLS, sample};

const ID: &str = "f38b2ffc-80a4-4f5a-91c9-bc701e7ea419";

/// How many calls are in progress at a time.
pub(crate) const IN_FLIGHT: [usize; 2] = [1, 64];

/// Both sides, ready to call the same server.
pub(crate) struct Sides {
    runtime: Runtime,
    account: Account,
    by_hand: ByHand,
}

impl Sides {
    pub(crate) fn new(protocol: Protocol) -> Outcome<Self> {
        let (_, response) = document::operations()["providers-read"].success();
        let body = response["content"]["application/json"]["example"].to_string();
        let address = canned::json(protocol, body)?;
        Ok(Self {
            runtime: Runtime::new()?,
            account: account(&address)?,
            by_hand: ByHand::new(&address, Http2::Default)?,
        })
    }

    /// The time that the SDK takes for so many calls.
    pub(crate) fn sdk(&self, in_flight: usize, calls: u64) -> Outcome<Duration> {
        let account = self.account.clone();
        self.timed(in_flight, calls, move || {
            let call = account.magic_cloud().providers().get(ID);
            async move { Ok(call.await.map(drop)?) }
        })
    }

    /// The time that so many calls take by hand.
    pub(crate) fn by_hand(&self, in_flight: usize, calls: u64) -> Outcome<Duration> {
        let by_hand = self.by_hand.clone();
        self.timed(in_flight, calls, move || {
            let by_hand = by_hand.clone();
            async move { by_hand.provider(ID).await.map(drop) }
        })
    }

    fn timed<C, F>(&self, in_flight: usize, calls: u64, call: C) -> Outcome<Duration>
    where
        C: Fn() -> F + Clone + Send + 'static,
        F: Future<Output = Outcome> + Send,
    {
        let started = Instant::now();
        self.runtime.block_on(async {
            let mut tasks = JoinSet::new();
            for task in 0..in_flight as u64 {
                let call = call.clone();
                // The remainder of the division goes to the first tasks.
                let share = (calls + in_flight as u64 - 1 - task) / in_flight as u64;
                tasks.spawn(async move {
                    for _ in 0..share {
                        call().await?;
                    }
                    Outcome::Ok(())
                });
            }
            while let Some(ended) = tasks.join_next().await {
                ended??;
            }
            Ok(started.elapsed())
        })
    }
}

/// The account of the SDK's calls.
pub(crate) fn account(address: &Address) -> Outcome<Account> {
    Ok(address.client().build()?.account(ACCOUNT))
}

pub(crate) fn bench(criterion: &mut Criterion) -> Outcome {
    for protocol in PROTOCOLS {
        let sides = Sides::new(protocol)?;
        for in_flight in IN_FLIGHT {
            let name = format!("{protocol:?}, calls, {in_flight} in flight");
            let mut group = criterion.benchmark_group(name);
            group.throughput(Throughput::Elements(1));
            group.bench_function("sdk", |bencher| {
                sample(bencher, |calls| sides.sdk(in_flight, calls));
            });
            group.bench_function("by hand", |bencher| {
                sample(bencher, |calls| sides.by_hand(in_flight, calls));
            });
            group.finish();
        }
    }
    Ok(())
}
