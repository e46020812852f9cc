//! Random walks: a thousand sequences of requests, with time passing and processes failing between them.
//!
//! Every response must be one that the document lists, and no item may enter a state that does not follow its last one. The same walk
//! sends the same bytes again, also from a snapshot in its middle.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::thread;
use std::time::Duration;

use cloudflare_magic::testing::{FakeProcess, FakeService};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use serde_json::{Value, json};
use tokio::runtime::Builder;

use crate::door::{Reply, Request};
use crate::fits;
use crate::inputs::{self, Known, operation};
use crate::lifecycle::Seen;
use crate::values::{BUCKETS, Dice};

const PROCESSES: [FakeProcess; 8] = [
    FakeProcess::Capture,
    FakeProcess::BucketValidation,
    FakeProcess::CredentialCheck,
    FakeProcess::Discovery,
    FakeProcess::Plan,
    FakeProcess::Apply,
    FakeProcess::Destroy,
    FakeProcess::CatalogSync,
];

/// The lists that show all states, with the names of the ids in them.
const LISTS: [(&str, &str); 4] = [
    ("providers-list", "provider_id"),
    ("onramps-list", "onramp_id"),
    (
        "magic-pcap-collection-list-packet-capture-requests",
        "pcap_id",
    ),
    (
        "magic-pcap-collection-list-pca-ps-bucket-ownership",
        "ownership_id",
    ),
];

/// One walk.
struct Walk {
    fake: FakeService,
    known: Known,
    seen: Seen,
    requests: usize,
    /// What came back, in order.
    replies: Vec<Reply>,
    faults: Vec<String>,
}

impl Walk {
    fn new(fake: FakeService) -> Self {
        Self {
            fake,
            known: Known::default(),
            seen: Seen::default(),
            requests: 0,
            replies: Vec::new(),
            faults: Vec::new(),
        }
    }

    async fn all(&mut self, steps: &[u64]) {
        self.begin(steps[0]).await;
        for step in steps {
            self.step(*step).await;
        }
    }

    /// Most walks begin with something to walk with.
    async fn begin(&mut self, seed: u64) {
        let mut dice = Dice(seed);
        match dice.below(10) {
            0..=5 => self.begin_cloud(&mut dice).await,
            6..=7 => self.begin_bucket(&mut dice).await,
            _ => {}
        }
    }

    /// An integration whose networks are known, and an on-ramp.
    async fn begin_cloud(&mut self, dice: &mut Dice) {
        let clouds = [
            ("AWS", "aws_vpc"),
            ("AZURE", "azurerm_virtual_network"),
            ("GOOGLE", "google_compute_network"),
        ];
        let (cloud, networks) = dice.pick(&clouds).unwrap();
        let create = json!({"cloud_type": cloud, "friendly_name": "first"});
        self.ask("providers-create", "", Some(create)).await;
        let id = self.known.id(dice, "provider_id");
        self.ask("providers-update", &id, inputs::identity(cloud))
            .await;
        self.fake.advance(Duration::from_secs(3600)).await;
        let list = Request::new(operation("resources-catalog-list"), "");
        self.send(&list.query("resource_type", networks)).await;
        let onramp = inputs::onramp(dice, &self.known);
        self.ask("onramps-create", "", onramp).await;
        let id = self.known.id(dice, "onramp_id");
        for next in ["onramps-plan", "onramps-apply"] {
            if dice.chance(70) {
                self.ask(next, &id, None).await;
                self.fake.advance(Duration::from_secs(3600)).await;
            }
        }
    }

    /// A bucket that can be written to, and a full capture.
    async fn begin_bucket(&mut self, dice: &mut Dice) {
        let bucket = dice.pick(&BUCKETS).unwrap();
        let bucket = json!({"destination_conf": bucket});
        self.ask(
            "magic-pcap-collection-add-buckets-for-full-packet-captures",
            "",
            Some(bucket),
        )
        .await;
        let validate = self.known.challenges.pop().map(|(bucket, challenge)| {
            json!({"destination_conf": bucket, "ownership_challenge": challenge})
        });
        let full = validate.as_ref().map(|validate| {
            json!({
                "type": "full", "system": "magic-transit", "time_limit": 300, "colo_name": "ams02",
                "destination_conf": validate["destination_conf"],
            })
        });
        self.ask(
            "magic-pcap-collection-validate-buckets-for-full-packet-captures",
            "",
            validate,
        )
        .await;
        self.fake.advance(Duration::from_secs(600)).await;
        self.ask("magic-pcap-collection-create-pcap-request", "", full)
            .await;
    }

    async fn ask(&mut self, id: &str, about: &str, body: Option<Value>) {
        let mut request = Request::new(operation(id), about);
        request.body = body;
        self.requests += 1;
        self.send(&request).await;
    }

    /// A request, a failure of a process to come, or time.
    async fn step(&mut self, seed: u64) {
        let mut dice = Dice(seed);
        match dice.below(100) {
            0..=5 => {
                let process = dice.pick(&PROCESSES).unwrap();
                self.fake.fail_next_process(process, "the test says so");
            }
            6..=22 => {
                let seconds = [1, 20, 90, 600, 3600, 6 * 3600];
                let seconds = dice.pick(&seconds).unwrap();
                self.fake.advance(Duration::from_secs(seconds)).await;
                for (id, name) in LISTS {
                    if !self.known.has(name) {
                        continue;
                    }
                    let mut list = Request::new(operation(id), "");
                    if !id.starts_with("magic") {
                        list = list.query("status", "true");
                    }
                    self.send(&list).await;
                }
            }
            _ => {
                let request = inputs::request(&mut dice, &self.known);
                self.requests += 1;
                self.send(&request).await;
            }
        }
    }

    async fn send(&mut self, request: &Request) {
        let reply = request.send(&self.fake).await.unwrap();
        let operation = request.operation;
        self.faults.extend(fits::faults(&operation, &reply));
        if (200..300).contains(&reply.status) {
            let result = &reply.json()["result"];
            self.known.learn(&operation, result);
            let wrong = self.seen.look(operation.id, result, self.requests);
            self.faults.extend(wrong);
            if operation.id.contains("add-buckets") {
                self.known.challenges = challenges(&self.fake);
            }
        }
        self.replies.push(reply);
    }
}

/// The buckets with their challenges, as their owner reads them.
fn challenges(fake: &FakeService) -> Vec<(String, String)> {
    let known = BUCKETS.iter().filter_map(|bucket| {
        let challenge = fake.challenge(*bucket)?;
        Some(((*bucket).to_owned(), challenge))
    });
    known.collect()
}

fn fake() -> FakeService {
    FakeService::builder().no_rate_limit().build()
}

/// Runs this with the steps of walks.
fn walk(cases: u32, test: impl Fn(&[u64]) -> Result<(), TestCaseError>) {
    let config = Config {
        failure_persistence: None,
        cases,
        max_shrink_iters: 500,
        ..Config::default()
    };
    let steps = vec(any::<u64>(), 20..40);
    if let Err(failure) = TestRunner::new(config).run(&steps, |steps| test(&steps)) {
        panic!("{failure}");
    }
}

fn block_on<T>(work: impl Future<Output = T>) -> T {
    Builder::new_current_thread()
        .build()
        .unwrap()
        .block_on(work)
}

/// How often each state and each status was met.
#[derive(Default)]
struct Met {
    states: BTreeMap<(&'static str, String), usize>,
    statuses: BTreeMap<u16, usize>,
}

/// Walks so many times.
fn stay_within(walks: u32) -> Met {
    let met = RefCell::new(Met::default());
    walk(walks, |steps| {
        let mut walk = Walk::new(fake());
        block_on(walk.all(steps));
        let met = &mut *met.borrow_mut();
        for (state, count) in walk.seen.met {
            *met.states.entry(state).or_default() += count;
        }
        for reply in &walk.replies {
            *met.statuses.entry(reply.status).or_default() += 1;
        }
        prop_assert!(walk.faults.is_empty(), "\n{}\n", walk.faults.join("\n"));
        Ok(())
    });
    met.into_inner()
}

#[test]
fn a_thousand_walks_stay_within_the_document() {
    let threads = [(); 4].map(|()| thread::spawn(|| stay_within(250)));
    let mut met = Met::default();
    for thread in threads {
        let one = thread.join().unwrap();
        for (state, count) in one.states {
            *met.states.entry(state).or_default() += count;
        }
        for (status, count) in one.statuses {
            *met.statuses.entry(status).or_default() += count;
        }
    }
    println!("{:?}\n{:#?}", met.statuses, met.states);
    // Walks that lead nowhere would prove nothing.
    for (kind, states) in [
        ("bucket", &["pending", "success"][..]),
        ("capture", &["pending", "running", "success", "failed"]),
        (
            "discovery",
            &["PENDING", "DISCOVERING", "SUCCEEDED", "FAILED"],
        ),
        ("integration", &["PENDING_SETUP", "ACTIVE"]),
        (
            "on-ramp",
            &[
                "OnrampNeedsApply",
                "OnrampPlanning",
                "OnrampPlanFailed",
                "OnrampPendingApproval",
                "OnrampApplying",
                "OnrampActive",
            ],
        ),
    ] {
        for state in states {
            let count = met.states.get(&(kind, (*state).to_owned()));
            assert!(count.is_some(), "no {kind} was {state}");
        }
    }
    for status in [200, 201, 202, 204, 400, 404, 409, 422, 429, 501] {
        assert!(met.statuses.contains_key(&status), "no status {status}");
    }
}

#[test]
fn the_same_walk_is_the_same_bytes() {
    walk(50, |steps| {
        let run = || {
            let mut walk = Walk::new(fake());
            block_on(walk.all(steps));
            (walk.replies, walk.fake.snapshot())
        };
        prop_assert_eq!(run(), run());
        Ok(())
    });
}

#[test]
fn a_snapshot_in_the_middle_changes_nothing() {
    walk(50, |steps| {
        let run = |stops: bool| {
            let mut walk = Walk::new(fake());
            block_on(async {
                walk.begin(steps[0]).await;
                for (number, step) in steps.iter().enumerate() {
                    if stops && number == steps.len() / 2 {
                        let state = walk.fake.snapshot();
                        walk.fake = FakeService::builder().state(&state).build();
                    }
                    walk.step(*step).await;
                }
            });
            (walk.replies, walk.fake.snapshot())
        };
        prop_assert_eq!(run(false), run(true));
        Ok(())
    });
}
