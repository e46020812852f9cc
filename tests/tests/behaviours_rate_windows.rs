//! Behaviour 78: the gate sends what the service accepts in each window of its rate limit, and no more.

#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use std::future::IntoFuture;
use std::sync::Arc;
use std::time::{Duration, Instant};

use cloudflare_magic::clock::Clock;
use cloudflare_magic::{BoxFuture, Client};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use tests::quota::{Announced, Quota};
use tests::scripted::{Outcome, Scripted};
use tests::server::{Response, Server};
use tokio::task::JoinSet;

const ACCOUNT: &str = "023e105f4ecef8ad9ca31a8372d0c353";
const SECOND: Duration = Duration::from_secs(1);
const MILLISECOND: Duration = Duration::from_millis(1);

/// How much faster time passes for client and server than on the wall.
const SPEED: u32 = 4;

/// A clock that runs faster than real time.
#[derive(Clone, Debug)]
struct QuickClock(Instant);

impl QuickClock {
    fn elapsed(&self) -> Duration {
        self.0.elapsed() * SPEED
    }
}

impl Clock for QuickClock {
    fn now(&self) -> Instant {
        self.0 + self.elapsed()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        Box::pin(tokio::time::sleep(duration / SPEED))
    }
}

/// So many workers that make so many calls each, one after the other. Returns the errors.
async fn work(client: &Client, workers: usize, calls: usize) -> Vec<String> {
    work_in(client, workers, calls, |_| ACCOUNT.to_owned()).await
}

/// The same, each worker in an account.
async fn work_in(
    client: &Client,
    workers: usize,
    calls: usize,
    account: impl Fn(usize) -> String,
) -> Vec<String> {
    let mut running = JoinSet::new();
    for worker in 0..workers {
        let pcaps = client.account(account(worker)).pcaps();
        running.spawn(async move {
            let mut errors = Vec::new();
            for _ in 0..calls {
                errors.extend(pcaps.list().await.err().map(|error| error.to_string()));
            }
            errors
        });
    }
    running.join_all().await.concat()
}

/// Workers, calls of each, and the quota: calls in a window of so many seconds.
const LOADS: [(usize, usize, u64, u32); 3] = [(200, 1, 20, 1), (64, 3, 30, 2), (16, 25, 100, 2)];

/// Over real sockets.
async fn over_sockets((workers, calls, per_window, seconds): (usize, usize, u64, u32)) {
    let clock = QuickClock(Instant::now());
    let quota = Arc::new(Quota::new(per_window, seconds * SECOND, Announced::Up));
    let (theirs, time) = (Arc::clone(&quota), clock.clone());
    let server = Server::responding(move |_, _| {
        let ruling = theirs.call(time.elapsed());
        Response::with(ruling.status, &ruling.headers(), ruling.body())
    });
    let server = server.await.unwrap();
    let client = server.client().clock(clock).build().unwrap();
    assert_eq!(work(&client, workers, calls).await, [""; 0]);
    let all = (workers * calls) as u64;
    assert_eq!(quota.accepted(), all);
    // One a window on average: on a busy machine, what is sent in one window can be received in the next.
    let refused: u64 = quota.refused().iter().sum();
    assert!(refused <= all.div_ceil(per_window), "{quota:?}");
}

async fn b78_two_hundred_calls_at_twenty_a_second_all_succeed() {
    over_sockets(LOADS[0]).await;
}

async fn b78_sixty_four_workers_at_thirty_in_two_seconds_all_succeed() {
    over_sockets(LOADS[1]).await;
}

async fn b78_sixteen_workers_at_a_hundred_in_two_seconds_all_succeed() {
    over_sockets(LOADS[2]).await;
}

/// A transport whose service has this quota, and takes so long for each response.
fn limited(
    quota: &Arc<Quota>,
    delay: impl Fn(usize) -> Duration + Send + Sync + 'static,
) -> Scripted {
    let quota = Arc::clone(quota);
    Scripted::new(move |number, request| {
        let ruling = quota.call(request.at);
        Outcome::response(ruling.status, &ruling.headers(), ruling.body()).after(delay(number))
    })
}

/// Exact counts and times, on a virtual clock. Responses overtake each other.
#[tokio::test(start_paused = true)]
async fn b78_at_most_one_refusal_a_window_however_the_reset_is_rounded() {
    for announced in [Announced::Up, Announced::Down] {
        for (workers, calls, per_window, seconds) in LOADS {
            let window = seconds * SECOND;
            let quota = Arc::new(Quota::new(per_window, window, announced));
            let delay = |number: usize| MILLISECOND * (5 + 7 * number as u32 % 20);
            let transport = limited(&quota, delay);
            let client = transport.client().build().unwrap();
            assert_eq!(work(&client, workers, calls).await, [""; 0]);
            let all = (workers * calls) as u64;
            assert_eq!(quota.accepted(), all);
            assert!(quota.refused().iter().all(|count| *count <= 1), "{quota:?}");
            let ideal = window * u32::try_from(all.div_ceil(per_window)).unwrap();
            let elapsed = transport.clock().elapsed();
            assert!(elapsed <= ideal * 23 / 20, "{elapsed:?}");
        }
    }
}

/// A refused call waits for its turn, however often it is refused while the service accepts others.
#[tokio::test(start_paused = true)]
async fn b78_without_the_header_calls_are_sent_by_slow_start_and_none_fails() {
    for (workers, calls, per_window, seconds) in LOADS {
        let quota = Arc::new(Quota::new(per_window, seconds * SECOND, Announced::Not));
        let transport = limited(&quota, |_| 20 * MILLISECOND);
        let client = transport.client().build().unwrap();
        assert_eq!(work(&client, workers, calls).await, [""; 0]);
        // In the first window most of them are sent before the first refusal; after that it is known how many are accepted.
        let refused = quota.refused();
        assert!(refused[1..].iter().all(|count| *count <= 2), "{refused:?}");
    }
}

/// A limit that all accounts share, and that is not announced: each account is refused for itself.
#[tokio::test(start_paused = true)]
async fn b78_no_call_fails_where_each_account_finds_out_for_itself() {
    for accounts in [2, 5, 64] {
        let quota = Arc::new(Quota::new(30, 2 * SECOND, Announced::Not));
        let transport = limited(&quota, |_| 20 * MILLISECOND);
        let client = transport.client().build().unwrap();
        let account = |worker: usize| format!("a{}", worker % accounts);
        assert_eq!(work_in(&client, 64, 4, account).await, [""; 0]);
        assert_eq!(quota.accepted(), 256);
    }
}

/// What a random test does with one call.
#[derive(Clone, Copy, Debug)]
struct Step {
    /// When it begins.
    at: Duration,
    /// When it is dropped, from then on.
    dropped: Option<Duration>,
    /// Its account. The limit is the same for all of them.
    account: u8,
}

/// A random load.
#[derive(Clone, Debug)]
struct Load {
    quota: u64,
    window: Duration,
    announced: Announced,
    steps: Vec<Step>,
    /// How long the responses take, in turn.
    delays: Vec<u64>,
}

impl Load {
    /// Whether each response comes before another call takes over.
    fn is_quick(&self) -> bool {
        self.delays.iter().all(|delay| *delay < 1000)
    }
}

fn load() -> impl Strategy<Value = Load> {
    let times = (0..4000_u64, option::weighted(0.2, 0..3000_u64));
    let step = (times, 0..3_u8).prop_map(|((at, dropped), account)| Step {
        at: Duration::from_millis(at),
        dropped: dropped.map(Duration::from_millis),
        account,
    });
    let announced = prop_oneof![
        Just(Announced::Up),
        Just(Announced::Down),
        Just(Announced::Not)
    ];
    let delays = prop_oneof![vec(0..1000_u64, 1..20), vec(0..5000_u64, 1..20)];
    (1..40_u64, 1..4_u64, announced, vec(step, 1..150), delays).prop_map(
        |(quota, window, announced, steps, delays)| Load {
            quota,
            window: Duration::from_secs(window),
            announced,
            steps,
            delays,
        },
    )
}

/// Runs a load. Returns the errors of the calls that were not dropped.
async fn run(load: &Load, quota: &Arc<Quota>) -> Vec<String> {
    let delays = load.delays.clone();
    let transport = limited(quota, move |number| {
        Duration::from_millis(delays[number % delays.len()])
    });
    // With a response that takes longer than a window, a call can be refused several times before any is seen to be accepted.
    // Without an announcement each account finds out for itself, and can be refused as often.
    let is_known = load.is_quick() && load.announced != Announced::Not;
    let attempts = if is_known { 3 } else { 30 };
    let builder = transport.client().max_attempts(attempts);
    let client = builder.deadline(3600 * SECOND).build().unwrap();
    let mut running = JoinSet::new();
    for step in load.steps.clone() {
        let call = client.account(format!("a{}", step.account)).pcaps().list();
        running.spawn(async move {
            tokio::time::sleep(step.at).await;
            match step.dropped {
                Some(after) => tokio::time::timeout(after, call.into_future())
                    .await
                    .ok()?
                    .err(),
                None => call.await.err(),
            }
        });
    }
    let errors = running.join_all().await.into_iter().flatten();
    errors.map(|error| error.to_string()).collect()
}

#[test]
fn b78_random_loads_all_succeed_and_few_calls_are_refused() {
    let config = Config {
        failure_persistence: None,
        cases: 60,
        ..Config::default()
    };
    let outcome = TestRunner::new(config).run(&load(), |load| {
        let runtime = tokio::runtime::Builder::new_current_thread();
        let runtime = { runtime }
            .enable_time()
            .start_paused(true)
            .build()
            .unwrap();
        let quota = Arc::new(Quota::new(load.quota, load.window, load.announced));
        prop_assert_eq!(runtime.block_on(run(&load, &quota)), [""; 0]);
        if load.is_quick() && load.announced != Announced::Not {
            // A reset that is rounded down is announced too early, by up to a second.
            let most = match load.announced {
                Announced::Up => 1,
                Announced::Down | Announced::Not => load.window.as_secs(),
            };
            // Before the first response ten calls are sent, whatever the quota, and those that are dropped meanwhile.
            let first = if load.quota < 20 { 20 } else { most };
            let refused = quota.refused();
            let later = refused.iter().skip(1).all(|count| *count <= most);
            prop_assert!(
                later && refused.iter().all(|count| *count <= first),
                "{refused:?}"
            );
        }
        Ok(())
    });
    outcome.unwrap();
}

tests::over_each_protocol! {
    b78_two_hundred_calls_at_twenty_a_second_all_succeed,
    b78_sixty_four_workers_at_thirty_in_two_seconds_all_succeed,
    b78_sixteen_workers_at_a_hundred_in_two_seconds_all_succeed,
}
