//! Calls to a service with a rate limit, in real time: how many succeed, how many are refused, and how long they take.
//!
//! The ideal time is that of all calls at the rate that the service accepts: calls divided by the calls of a window, times its length.
//! The first window's calls are accepted at once, so that less than that is possible.

use std::sync::Arc;
use std::time::{Duration, Instant};

use cloudflare_magic::api::Account;
use tests::by_hand::ACCOUNT;
use tests::protocol::Protocol;
use tests::quota::{Announced, Quota};
use tests::server::{Recorded, Response, Server};
use tokio::runtime::Runtime;
use tokio::task::JoinSet;

use crate::{Outcome, Size};

/// Workers that make calls one after the other, and what the service accepts.
#[derive(Clone, Copy)]
struct Load {
    workers: u64,
    calls: u64,
    per_window: u64,
    window: Duration,
}

impl Load {
    const fn new(workers: u64, calls: u64, per_window: u64, seconds: u64) -> Self {
        Self {
            workers,
            calls,
            per_window,
            window: Duration::from_secs(seconds),
        }
    }
}

const LOADS: &[Load] = &[
    Load::new(200, 1, 20, 1),
    Load::new(64, 6, 30, 2),
    Load::new(16, 50, 100, 2),
];
const SMALL: &[Load] = &[Load::new(25, 1, 20, 1)];

/// Measures and prints.
pub(crate) fn print(size: Size) -> Outcome {
    let loads = if size.rounds > 1 { LOADS } else { SMALL };
    let runtime = Runtime::new()?;
    println!(
        "{:<44}{:>10}{:>10}{:>10}{:>8}",
        "", "succeed", "429", "seconds", "ratio"
    );
    for protocol in [Protocol::Http1, Protocol::Http2] {
        for load in loads {
            runtime.block_on(measure(protocol, *load))?;
        }
    }
    Ok(())
}

async fn measure(protocol: Protocol, load: Load) -> Outcome {
    let Load {
        workers,
        calls,
        per_window,
        window,
    } = load;
    let quota = Arc::new(Quota::new(per_window, window, Announced::Up));
    let (theirs, started) = (Arc::clone(&quota), Instant::now());
    let service = move |_: usize, _: &Recorded| {
        let ruling = theirs.call(started.elapsed());
        Response::with(ruling.status, &ruling.headers(), ruling.body())
    };
    let server = Server::over(protocol, service).await?;
    let account = server.client().build()?.account(ACCOUNT);
    let began = Instant::now();
    let succeeded = work(&account, workers, calls).await;
    let seconds = began.elapsed().as_secs_f64();
    let ideal = (workers * calls) as f64 / per_window as f64 * window.as_secs_f64();
    let what = format!(
        "{protocol:?}, {workers} workers, {per_window} in {} s",
        window.as_secs()
    );
    let refused: u64 = quota.refused().iter().sum();
    let all = workers * calls;
    println!(
        "{what:<44}{:>10}{refused:>10}{seconds:>10.2}{:>8.2}",
        format!("{succeeded}/{all}"),
        seconds / ideal
    );
    Ok(())
}

/// Makes the calls. Returns how many succeed.
async fn work(account: &Account, workers: u64, calls: u64) -> usize {
    let mut running = JoinSet::new();
    for _ in 0..workers {
        let pcaps = account.pcaps();
        running.spawn(async move {
            let mut succeeded = 0;
            for _ in 0..calls {
                succeeded += usize::from(pcaps.list().await.is_ok());
            }
            succeeded
        });
    }
    running.join_all().await.into_iter().sum()
}
