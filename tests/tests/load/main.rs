//! The runtime under load: 10,000 calls from 64 tasks to a service that resets, stalls, truncates, floods, sends wrong lengths
//! and limits its rate.
//!
//! The faults of each call follow from a seed: `LOAD_SEED=7 cargo test -p tests --test load -- --nocapture` has the same
//! faults on every run, and prints the counts. The machine's speed changes only how long it takes.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a failed unwrap fails the test"
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
use crate::outcome::Outcome;
use crate::plan::Plan;
use crate::service::{FaultyService, Log};

mod action;
mod calls;
mod clock;
mod fault;
mod outcome;
mod plan;
mod random;
mod responses;
mod service;
mod table;

const CALLS: usize = 10_000;
const TASKS: usize = 64;

/// Longer than any machine needs. A call that has not ended by then hangs.
const PATIENCE: Duration = Duration::from_secs(300);

#[test]
fn calls_to_a_faulty_service_succeed_or_fail_with_the_right_error() {
    let seed = seed();
    let runtime = Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    let folder = tempfile::tempdir().unwrap();
    let (faulty, log) = FaultyService::new(seed, CALLS);
    let server = runtime.block_on(Server::serving(faulty)).unwrap();

    let mut outcomes = run(&runtime, &server, &log, folder.path(), seed);
    runtime.block_on(server.drained());

    outcomes.sort_by_key(|outcome| outcome.call);
    let log = service::read(&log);
    println!("seed {seed}\n{}", table::table(&outcomes, &log));
    let checked = outcomes
        .iter()
        .map(|outcome| outcome.broken(&log[outcome.call]));
    let broken: Vec<_> = checked.flatten().collect();
    assert!(
        broken.is_empty(),
        "{} broken promises:\n{}",
        broken.len(),
        first(&broken)
    );
    assert_eq!(saved(&outcomes), files(folder.path()));
}

#[test]
fn the_same_seed_makes_the_same_plans_and_covers_everything() {
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

/// The seed, which the environment can set.
fn seed() -> u64 {
    const SEED: u64 = 3;
    let variable = std::env::var("LOAD_SEED").ok();
    variable.map_or(SEED, |seed| seed.parse().unwrap())
}

/// Makes all calls, and waits for their ends.
fn run(runtime: &Runtime, server: &Server, log: &Log, folder: &Path, seed: u64) -> Vec<Outcome> {
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
    let outcomes = gathered(&outcomes, log);
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
        let result = calls::make(&account, plan.action, call, &folder).await;
        done.send(Outcome { call, plan, result }).unwrap();
    }
}

/// All outcomes. It waits on a thread outside of the runtime, so that a task that hangs cannot block it.
fn gathered(outcomes: &Receiver<Outcome>, log: &Log) -> Vec<Outcome> {
    let started = Instant::now();
    let mut ended = Vec::new();
    loop {
        match outcomes.recv_timeout(PATIENCE.saturating_sub(started.elapsed())) {
            Ok(outcome) => ended.push(outcome),
            Err(RecvTimeoutError::Disconnected) => return ended,
            Err(RecvTimeoutError::Timeout) => panic!("{}", hanging(&ended, log)),
        }
    }
}

/// The calls that have begun and do not end, with their faults.
fn hanging(ended: &[Outcome], log: &Log) -> String {
    let ended: BTreeSet<_> = ended.iter().map(|outcome| outcome.call).collect();
    let log = service::read(log);
    let hang: Vec<_> = (0..CALLS)
        .filter(|call| !ended.contains(call) && !log[*call].is_empty())
        .map(|call| format!("call {call}: {:?}", log[call]))
        .collect();
    format!(
        "{} of {CALLS} calls ended; these hang:\n{}",
        ended.len(),
        first(&hang)
    )
}

/// The first lines, which are enough to find the reason.
fn first(lines: &[String]) -> String {
    lines
        .iter()
        .take(20)
        .cloned()
        .collect::<Vec<_>>()
        .join("\n")
}

/// The files of the calls that report that they saved one.
fn saved(outcomes: &[Outcome]) -> BTreeSet<String> {
    let saved = outcomes
        .iter()
        .filter(|outcome| outcome.plan.action == Action::SavePcap && outcome.result.is_ok());
    saved.map(|outcome| responses::id(outcome.call)).collect()
}

/// What is in the folder.
fn files(folder: &Path) -> BTreeSet<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.collect()
}
