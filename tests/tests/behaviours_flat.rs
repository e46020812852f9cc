//! Behaviour 106: a program that makes calls for a long time needs no more memory, tasks and file descriptors at its end.
//!
//! Rounds of calls, of which some are dropped after a random number of polls. What the program holds after the last round is
//! compared with what it held after the second, when pools and buffers have their size.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use std::fs;
use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use cloudflare_magic::Client;
use tests::protocol::Protocol;
use tests::server::{Response, Server};
use tokio::runtime::{Builder, Handle};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};

/// Calls over each protocol. `FLAT_CALLS=100000` makes as many, which takes minutes without optimization.
const CALLS: usize = 10_000;
const ROUNDS: usize = 10;
const WORKERS: usize = 20;
/// Of a hundred calls, how many are dropped after a few polls. Some of them end before.
const DROPPED: u64 = 20;
/// Of a hundred calls, how many do not come to their end at least.
const CANCELLED: usize = 9;
/// How many different time limits the calls have.
const SETTINGS: u64 = 200;

/// What may be added between the second round and the last. Without leaks it is close to nothing.
const MORE_TASKS: usize = 16;
const MORE_FILES: usize = 16;
/// In KiB.
const MORE_MEMORY: usize = 4 << 10;

#[test]
fn b106_calls_leave_nothing_behind() {
    let calls = std::env::var("FLAT_CALLS").map_or(CALLS, |calls| calls.parse().unwrap());
    let runtime = Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build();
    let runtime = runtime.unwrap();
    // One after the other: memory and descriptors are those of the whole process.
    for protocol in [Protocol::Http1, Protocol::Http2] {
        runtime.block_on(protocol.run(run(calls)));
    }
}

async fn run(calls: usize) {
    let server = Server::responding(|_, _| Response::result("[]"))
        .await
        .unwrap();
    let client = server.client().build().unwrap();
    let mut early = Held::now();
    let mut cancelled = 0;
    for number in 0..ROUNDS {
        cancelled += round(&client, number, calls / ROUNDS / WORKERS).await;
        server.forget();
        if number == 1 {
            early = Held::now();
        }
    }
    assert!(
        cancelled >= calls * CANCELLED / 100,
        "{cancelled} calls were cancelled"
    );

    // Connections that were broken off by a dropped call end in a moment.
    let give_up = Instant::now() + Duration::from_secs(10);
    let mut late = Held::now();
    while !late.is_flat(&early) && Instant::now() < give_up {
        sleep(Duration::from_millis(20)).await;
        late = Held::now();
    }
    let protocol = Protocol::current();
    println!("{protocol:?}: {calls} calls, {cancelled} cancelled; {early:?}, later {late:?}");
    assert!(late.is_flat(&early), "{early:?}, later {late:?}");
}

/// Makes the calls of a round: so many by each worker. Returns how many were cancelled.
async fn round(client: &Client, round: usize, calls: usize) -> usize {
    let mut workers = JoinSet::new();
    for worker in 0..WORKERS {
        let client = client.clone();
        let mut random = Random((round * WORKERS + worker) as u64);
        workers.spawn(async move {
            let mut cancelled = 0;
            for _ in 0..calls {
                cancelled += usize::from(!call(&client, &mut random).await);
            }
            cancelled
        });
    }
    workers.join_all().await.into_iter().sum()
}

/// Makes one call. Returns whether it came to its end.
async fn call(client: &Client, random: &mut Random) -> bool {
    let setting = Duration::from_secs(30) + Duration::from_millis(random.below(SETTINGS));
    let call = client.account("a1").pcaps().list();
    let call = call
        .connect_timeout(setting)
        .timeout(setting)
        .idle_timeout(setting);
    let is_dropped = random.below(100) < DROPPED;
    let mut polls = if is_dropped {
        1 + random.below(2)
    } else {
        u64::MAX
    };
    let mut call = pin!(call.into_future());
    let called = poll_fn(|cx| {
        if polls == 0 {
            return Poll::Ready(None);
        }
        polls -= 1;
        call.as_mut().poll(cx).map(Some)
    });
    called.await.map(Result::unwrap).is_some()
}

/// What the process holds.
#[derive(Debug)]
struct Held {
    tasks: usize,
    files: usize,
    /// Resident memory, in KiB.
    memory: usize,
}

impl Held {
    fn now() -> Self {
        let status = fs::read_to_string("/proc/self/status").unwrap();
        let memory = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let memory = memory.unwrap().trim().split(' ').next().unwrap();
        Self {
            tasks: Handle::current().metrics().num_alive_tasks(),
            files: fs::read_dir("/proc/self/fd").unwrap().count(),
            memory: memory.parse().unwrap(),
        }
    }

    fn is_flat(&self, early: &Self) -> bool {
        self.tasks <= early.tasks + MORE_TASKS
            && self.files <= early.files + MORE_FILES
            && self.memory <= early.memory + MORE_MEMORY
    }
}

/// Numbers that are the same on every run (splitmix64).
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let bits = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (bits ^ (bits >> 31)) % end
    }
}
