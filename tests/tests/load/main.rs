//! The runtime under load: 10,000 calls from 64 tasks to a service that resets, stalls, truncates, floods, sends wrong lengths
//! and limits its rate, over HTTP/1.1 and over HTTP/2.
//!
//! The faults of each call follow from a seed: `LOAD_SEED=7 cargo test -p tests --test load -- --nocapture` has the same
//! faults on every run, and prints the counts. The machine's speed changes only how long it takes.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a failed unwrap fails the test"
)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use cloudflare_magic::api::Account;
use tests::server::Server;
use tokio::runtime::{Builder, Runtime};

use crate::action::Action;
use crate::clock::QuickClock;
use crate::outcome::Outcome;
use crate::plan::Plan;
use crate::scenario::Scenario;
use crate::service::{FaultyService, Log};

mod action;
mod calls;
mod clock;
mod fault;
mod outcome;
mod plan;
mod random;
mod responses;
mod scenario;
mod service;
mod table;

const TASKS: usize = 64;

/// Longer than any machine needs. A call that has not ended by then hangs.
const PATIENCE: Duration = Duration::from_secs(300);

#[test]
fn calls_over_http1_to_a_faulty_service_succeed_or_fail_with_the_right_error() {
    check(Scenario::HTTP1);
}

#[test]
fn calls_over_http2_to_a_faulty_service_succeed_or_fail_with_the_right_error() {
    check(Scenario::HTTP2);
}

#[test]
fn b107_creates_over_http2_are_done_once_and_what_is_not_processed_is_known() {
    check(Scenario::CREATES);
}

/// Makes all calls of a scenario, and checks each outcome.
fn check(scenario: Scenario) {
    let seed = seed();
    let runtime = Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    let folder = tempfile::tempdir().unwrap();
    let (faulty, log) = FaultyService::new(scenario, seed);
    let server = Server::over(scenario.protocol, faulty);
    let server = runtime.block_on(server).unwrap();

    let load = Load {
        scenario,
        seed,
        log,
        folder: folder.path().to_owned(),
    };
    let mut outcomes = load.run(&runtime, &server);
    runtime.block_on(server.drained());

    outcomes.sort_by_key(|outcome| outcome.call);
    let log = service::read(&load.log);
    println!(
        "{:?}, seed {seed}\n{}",
        scenario.protocol,
        table::table(&outcomes, &log)
    );
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
    for scenario in [Scenario::HTTP1, Scenario::HTTP2, Scenario::CREATES] {
        let plans = |seed| -> Vec<_> {
            let calls = 0..scenario.calls;
            calls.map(|call| Plan::new(scenario, seed, call)).collect()
        };
        let (once, again, other) = (plans(1), plans(1), plans(2));
        assert!(once == again && once != other);
        for (action, _) in scenario.actions {
            assert!(once.iter().any(|plan| plan.action == *action), "{action:?}");
        }
        for (fault, _) in scenario.faults {
            let all = once.iter().flat_map(|plan| plan.faults);
            assert!(
                all.into_iter().any(|planned| planned == *fault),
                "{fault:?}"
            );
        }
    }
}

/// The seed, which the environment can set.
fn seed() -> u64 {
    const SEED: u64 = 3;
    let variable = std::env::var("LOAD_SEED").ok();
    variable.map_or(SEED, |seed| seed.parse().unwrap())
}

/// A load on a server.
struct Load {
    scenario: Scenario,
    seed: u64,
    log: Log,
    folder: PathBuf,
}

impl Load {
    /// Makes all calls, and waits for their ends.
    fn run(&self, runtime: &Runtime, server: &Server) -> Vec<Outcome> {
        let client = server.client().max_body_size(calls::MOST);
        let client = client.clock(QuickClock::new()).jitter_seed(self.seed);
        let account = client.build().unwrap().account("a1");
        let next = Arc::new(AtomicUsize::new(0));
        let (done, outcomes) = mpsc::channel();
        let tasks: Vec<_> = (0..TASKS)
            .map(|_| {
                let worker = Worker {
                    scenario: self.scenario,
                    seed: self.seed,
                    account: account.clone(),
                    next: Arc::clone(&next),
                    folder: self.folder.clone(),
                };
                runtime.spawn(worker.work(done.clone()))
            })
            .collect();
        drop((done, account));
        let outcomes = self.gathered(&outcomes);
        for task in tasks {
            runtime.block_on(task).unwrap();
        }
        assert_eq!(outcomes.len(), self.scenario.calls);
        outcomes
    }

    /// All outcomes. It waits on a thread outside of the runtime, so that a task that hangs cannot block it.
    fn gathered(&self, outcomes: &Receiver<Outcome>) -> Vec<Outcome> {
        let started = Instant::now();
        let mut ended = Vec::new();
        loop {
            match outcomes.recv_timeout(PATIENCE.saturating_sub(started.elapsed())) {
                Ok(outcome) => ended.push(outcome),
                Err(RecvTimeoutError::Disconnected) => return ended,
                Err(RecvTimeoutError::Timeout) => panic!("{}", self.hanging(&ended)),
            }
        }
    }

    /// The calls that have begun and do not end, with their faults.
    fn hanging(&self, ended: &[Outcome]) -> String {
        let ended: BTreeSet<_> = ended.iter().map(|outcome| outcome.call).collect();
        let log = service::read(&self.log);
        let calls = self.scenario.calls;
        let hang: Vec<_> = (0..calls)
            .filter(|call| !ended.contains(call) && !log[*call].is_empty())
            .map(|call| format!("call {call}: {:?}", log[call]))
            .collect();
        let lines = first(&hang);
        format!(
            "{} of {calls} calls ended; these hang:\n{lines}",
            ended.len()
        )
    }
}

/// One task.
struct Worker {
    scenario: Scenario,
    seed: u64,
    account: Account,
    next: Arc<AtomicUsize>,
    folder: PathBuf,
}

impl Worker {
    /// Makes one call after the other, until there are no more.
    async fn work(self, done: Sender<Outcome>) {
        loop {
            let call = self.next.fetch_add(1, Ordering::Relaxed);
            if call >= self.scenario.calls {
                return;
            }
            let plan = Plan::new(self.scenario, self.seed, call);
            let started = Instant::now();
            let result = calls::make(&self.account, plan.action, call, &self.folder).await;
            let outcome = Outcome {
                call,
                plan,
                result,
                is_slow: started.elapsed() >= clock::SMALLEST_LIMIT,
            };
            done.send(outcome).unwrap();
        }
    }
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
