//! The runtime under load: 10,000 calls from 64 tasks through a service that resets, stalls, truncates, floods, lies about
//! lengths and limits its rate.
//!
//! What is done to which call follows from a seed: `LOAD_SEED=7 cargo test -p tests --test load -- --nocapture` gives the
//! same faults whenever it is run, and prints the counts. The machine's speed decides nothing but how long it takes.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test ends where its expectation does"
)]

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use cloudflare_magic::api::Account;
use tests::server::Server;
use tokio::runtime::{Builder, Runtime};

use crate::action::Action;
use crate::clock::QuickClock;
use crate::fault::Fault;
use crate::judge::Outcome;
use crate::plan::Plan;
use crate::service::{Book, Storm};

mod action;
mod answers;
mod calls;
mod clock;
mod fault;
mod judge;
mod plan;
mod random;
mod service;
mod table;

const CALLS: usize = 10_000;
const TASKS: usize = 64;

/// Longer than any machine takes. Whoever is not done by then hangs.
const PATIENCE: Duration = Duration::from_secs(300);

#[test]
fn calls_through_a_storm_end_well_or_say_how_they_ended() {
    let seed = seed();
    let runtime = Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    let folder = tempfile::tempdir().unwrap();
    let (storm, book) = Storm::new(seed, CALLS);
    let server = runtime.block_on(Server::serving(storm)).unwrap();

    let mut outcomes = run(&runtime, &server, &book, folder.path(), seed);
    runtime.block_on(server.drained());

    outcomes.sort_by_key(|outcome| outcome.call);
    let book = service::read(&book);
    println!("seed {seed}\n{}", table::table(&outcomes, &book));
    let judged = outcomes
        .iter()
        .map(|outcome| outcome.broken(&book[outcome.call]));
    let broken: Vec<_> = judged.flatten().collect();
    assert!(
        broken.is_empty(),
        "{} broken promises:\n{}",
        broken.len(),
        first(&broken)
    );
    assert_eq!(saved(&outcomes), files(folder.path()));
}

#[test]
fn the_same_seed_does_the_same_and_spares_nothing() {
    let plans = |seed| {
        (0..CALLS)
            .map(|call| Plan::new(seed, call))
            .collect::<Vec<_>>()
    };
    let (once, again, other) = (plans(1), plans(1), plans(2));
    assert!(once == again && once != other);
    for (action, _) in Action::ALL {
        assert!(once.iter().any(|plan| plan.action == *action), "{action:?}");
    }
    for (fault, _) in Fault::ALL {
        assert!(
            once.iter().any(|plan| plan.faults[0] == *fault),
            "{fault:?}"
        );
    }
}

/// The seed, which the environment may replace.
fn seed() -> u64 {
    const SEED: u64 = 3;
    let given = std::env::var("LOAD_SEED").ok();
    given.map_or(SEED, |seed| seed.parse().unwrap())
}

/// Makes all calls, and waits for their ends.
fn run(runtime: &Runtime, server: &Server, book: &Book, folder: &Path, seed: u64) -> Vec<Outcome> {
    let client = server.client().max_body_size(calls::MOST);
    let client = client.clock(QuickClock::new()).jitter_seed(seed);
    let account = client.build().unwrap().account("a1");
    let next = Arc::new(AtomicUsize::new(0));
    let (done, outcomes) = mpsc::channel();
    let tasks: Vec<_> = (0..TASKS)
        .map(|_| {
            let (account, next) = (account.clone(), Arc::clone(&next));
            runtime.spawn(work(account, next, folder.to_owned(), seed, done.clone()))
        })
        .collect();
    drop(done);
    let outcomes = gathered(&outcomes, book);
    for task in tasks {
        runtime.block_on(task).unwrap();
    }
    assert_eq!(outcomes.len(), CALLS);
    outcomes
}

/// One task: takes one call after the other, until there are no more.
async fn work(
    account: Account,
    next: Arc<AtomicUsize>,
    folder: std::path::PathBuf,
    seed: u64,
    done: Sender<Outcome>,
) {
    loop {
        let call = next.fetch_add(1, Ordering::Relaxed);
        if call >= CALLS {
            return;
        }
        let plan = Plan::new(seed, call);
        let given = calls::make(&account, plan.action, call, &folder).await;
        done.send(Outcome { call, plan, given }).unwrap();
    }
}

/// All outcomes. It waits on a thread of its own, which nothing that hangs in the runtime can hold up.
fn gathered(outcomes: &Receiver<Outcome>, book: &Book) -> Vec<Outcome> {
    let started = Instant::now();
    let mut ended = Vec::new();
    loop {
        match outcomes.recv_timeout(PATIENCE.saturating_sub(started.elapsed())) {
            Ok(outcome) => ended.push(outcome),
            Err(RecvTimeoutError::Disconnected) => return ended,
            Err(RecvTimeoutError::Timeout) => panic!("{}", hanging(&ended, book)),
        }
    }
}

/// The calls that began and do not end, with what the service did to them.
fn hanging(ended: &[Outcome], book: &Book) -> String {
    let ended: BTreeSet<_> = ended.iter().map(|outcome| outcome.call).collect();
    let book = service::read(book);
    let hang: Vec<_> = (0..CALLS)
        .filter(|call| !ended.contains(call) && !book[*call].is_empty())
        .map(|call| format!("call {call}: {:?}", book[call]))
        .collect();
    format!(
        "{} of {CALLS} calls ended; these hang:\n{}",
        ended.len(),
        first(&hang)
    )
}

/// Enough to see what is the matter.
fn first(lines: &[String]) -> String {
    lines
        .iter()
        .take(20)
        .cloned()
        .collect::<Vec<_>>()
        .join("\n")
}

/// The files of the calls that say that they saved one.
fn saved(outcomes: &[Outcome]) -> BTreeSet<String> {
    let saved = outcomes
        .iter()
        .filter(|outcome| outcome.plan.action == Action::SavePcap && outcome.given.is_ok());
    saved.map(|outcome| answers::id(outcome.call)).collect()
}

/// What is in the folder.
fn files(folder: &Path) -> BTreeSet<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.collect()
}
