//! Tests of the clock.

use super::ManualClock;
use crate::policy::clock::Clock;
use std::future::pending;
use std::sync::{Arc, Mutex};
use std::time::{Duration, UNIX_EPOCH};

const SECOND: Duration = Duration::from_secs(1);

/// Records in what order sleeps end, and when.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<(&'static str, u64)>>>);

impl Log {
    fn sleeper(
        &self,
        clock: &ManualClock,
        name: &'static str,
        seconds: u64,
    ) -> tokio::task::JoinHandle<()> {
        let (log, clock) = (self.clone(), clock.clone());
        tokio::spawn(async move {
            clock.sleep(Duration::from_secs(seconds)).await;
            log.0
                .lock()
                .unwrap()
                .push((name, clock.elapsed().as_secs()));
        })
    }

    fn read(&self) -> Vec<(&'static str, u64)> {
        self.0.lock().unwrap().clone()
    }
}

#[tokio::test]
async fn it_changes_only_when_advanced() {
    let (clock, log) = (ManualClock::new(), Log::default());
    let began = clock.now();
    let sleeper = log.sleeper(&clock, "a", 10);
    clock.advance(9 * SECOND).await;
    assert!(log.read().is_empty() && !sleeper.is_finished());
    assert_eq!(clock.now() - began, 9 * SECOND);
    clock.advance(SECOND).await;
    assert_eq!(log.read(), [("a", 10)]);
}

#[tokio::test]
async fn a_long_advance_ends_sleep_by_sleep() {
    let (clock, log) = (ManualClock::new(), Log::default());
    let (ticks, ticking) = (log.clone(), clock.clone());
    tokio::spawn(async move {
        loop {
            ticking.sleep(5 * SECOND).await;
            ticks
                .0
                .lock()
                .unwrap()
                .push(("tick", ticking.elapsed().as_secs()));
        }
    });
    clock.advance(17 * SECOND).await;
    assert_eq!(log.read(), [("tick", 5), ("tick", 10), ("tick", 15)]);
    assert_eq!(clock.elapsed(), 17 * SECOND);
}

#[tokio::test]
async fn sleeps_end_in_order_on_an_auto_advancing_clock() {
    let (clock, log) = (ManualClock::auto_advancing(), Log::default());
    let sleepers = [("c", 30), ("a", 10), ("b", 20)];
    for sleeper in sleepers.map(|(name, seconds)| log.sleeper(&clock, name, seconds)) {
        sleeper.await.unwrap();
    }
    assert_eq!(log.read(), [("a", 10), ("b", 20), ("c", 30)]);
}

/// Tasks that are ready run before the clock advances, also with many sleeps.
#[tokio::test]
async fn work_comes_before_time() {
    for (sleepers, turns) in [(0, 40), (200, 10)] {
        let (clock, log) = (ManualClock::auto_advancing(), Log::default());
        for _ in 0..sleepers {
            drop(log.sleeper(&clock, "a", 10));
        }
        let work = tokio::spawn(async move {
            for _ in 0..turns {
                tokio::task::yield_now().await;
            }
        });
        tokio::select! {
            () = clock.sleep(SECOND) => unreachable!("the work was not waited for"),
            worked = work => worked.unwrap(),
        }
        assert_eq!(clock.elapsed(), Duration::ZERO);
    }
}

/// A sleep that is no longer polled must not keep others from ending.
#[tokio::test]
async fn a_sleep_that_is_not_polled_blocks_no_other() {
    let clock = ManualClock::auto_advancing();
    let mut left = clock.sleep(SECOND);
    tokio::select! {
        biased;
        () = &mut left => unreachable!("it has just begun"),
        () = std::future::ready(()) => {}
    }
    clock.sleep(2 * SECOND).await;
    assert_eq!(clock.elapsed(), 2 * SECOND);
    left.await;
}

#[tokio::test]
async fn a_dropped_sleep_does_not_advance_the_clock() {
    let clock = ManualClock::auto_advancing();
    tokio::select! {
        biased;
        () = clock.sleep(SECOND) => unreachable!("it has just begun"),
        () = std::future::ready(()) => {}
    }
    clock.sleep(3 * SECOND).await;
    assert_eq!(clock.elapsed(), 3 * SECOND);
    clock.sleep(Duration::ZERO).await;
    assert_eq!(clock.elapsed(), 3 * SECOND);
}

#[tokio::test]
async fn an_endless_sleep_blocks_no_other() {
    let clock = ManualClock::auto_advancing();
    let endless = clock.sleep(Duration::MAX);
    tokio::select! {
        () = endless => unreachable!("it has no end"),
        () = clock.sleep(SECOND) => {}
        () = pending() => {}
    }
    assert_eq!(clock.elapsed(), SECOND);
    clock.advance(Duration::MAX).await;
    clock.now();
}

#[tokio::test]
async fn the_time_of_day_advances_too() {
    let clock = ManualClock::new();
    let of_day = |clock: &ManualClock| {
        clock
            .time_of_day()
            .duration_since(UNIX_EPOCH)
            .unwrap()
            .as_secs()
    };
    // `date -u -d 2026-01-01 +%s`
    assert_eq!(of_day(&clock), 1_767_225_600);
    clock.advance(60 * SECOND).await;
    assert_eq!(of_day(&clock), 1_767_225_660);
}
