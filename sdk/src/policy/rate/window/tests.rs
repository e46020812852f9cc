//! Tests of one window, call by call.

use std::time::{Duration, Instant};

use super::{FIRST, FULL, Window};
use crate::policy::rate::header::Left;
use crate::policy::retry::Backoff;

const SECOND: Duration = Duration::from_secs(1);

/// A window, and numbers for its calls and events.
struct Rig {
    window: Window,
    next: u64,
    now: Instant,
    backoff: Backoff,
}

impl Rig {
    fn new() -> Self {
        Self {
            window: Window::new(1),
            next: 1,
            now: Instant::now(),
            backoff: Backoff::new(SECOND, 20 * SECOND, Some(1)),
        }
    }

    fn number(&mut self) -> u64 {
        self.next += 1;
        self.next - 1
    }

    /// Sends calls as long as there is room, but not more than so many. Returns their numbers.
    fn send(&mut self, most: usize) -> Vec<u64> {
        let mut sent = Vec::new();
        while sent.len() < most && self.window.room() > 0 {
            let number = self.number();
            self.window.sent(number, self.now);
            sent.push(number);
        }
        sent
    }

    fn accept(&mut self, calls: &[u64], left: Option<(u64, u64)>) {
        for call in calls {
            let at = (self.now, self.number());
            let left = left.map(|(remaining, seconds)| Left {
                remaining,
                reset_in: Duration::from_secs(seconds),
            });
            self.window.accepted(*call, left, at);
        }
    }

    fn refuse(&mut self, call: u64, seconds: Option<u64>) -> bool {
        let at = (self.now, &self.backoff);
        self.window
            .refused(call, seconds.map(Duration::from_secs), at)
    }

    fn pass(&mut self, time: Duration) {
        self.now += time;
        self.window.advance(self.now, None, self.next);
    }

    /// A window that a 429 has closed for a second, after that second.
    fn half_open() -> Self {
        let mut rig = Self::new();
        let [call] = rig.send(1)[..] else {
            unreachable!()
        };
        assert!(rig.refuse(call, Some(1)));
        rig.pass(SECOND);
        rig
    }
}

#[test]
fn b78_slow_start_doubles_with_each_round() {
    let mut rig = Rig::half_open();
    for round in [1, 2, 4, 8, 16, 32, 64, 128] {
        let sent = rig.send(1000);
        assert_eq!(sent.len(), round);
        rig.accept(&sent, None);
    }
    assert!(FULL == 128 && rig.window.is_open());
}

#[test]
fn b78_slow_start_begins_again_where_calls_were_refused_before() {
    let mut rig = Rig::new();
    let first = rig.send(1000);
    assert_eq!(first.len() as u64, FIRST);
    rig.accept(&first, None);
    let refused = rig.send(1)[0];
    assert!(rig.refuse(refused, Some(1)));
    rig.pass(SECOND);
    for expected in [1, 2, 4, 3, 1, 2, 4] {
        let sent = rig.send(1000);
        assert_eq!(sent.len(), expected);
        rig.accept(&sent, None);
    }
}

#[test]
fn b78_calls_in_flight_count_against_what_is_left() {
    let mut rig = Rig::new();
    let first = rig.send(1000);
    rig.accept(&first[..1], Some((19, 5)));
    assert_eq!(rig.window.room(), 10);
    let more = rig.send(1000);
    assert_eq!(more.len(), 10);
    // Responses overtake each other: the lowest number counts, less the calls of which it may not know.
    rig.accept(&more[9..], Some((0, 5)));
    rig.accept(&first[1..], Some((10, 5)));
    assert_eq!(rig.window.room(), 0);
    assert_eq!(rig.window.closed_for(rig.now), Some(5 * SECOND));
    // After the window, one call finds out how many are accepted; responses to earlier calls change nothing.
    rig.pass(5 * SECOND);
    let probe = rig.send(1000);
    assert_eq!(probe.len(), 1);
    rig.accept(&more[..8], Some((7, 5)));
    assert_eq!(rig.window.room(), 0);
    rig.accept(&probe, Some((19, 5)));
    assert_eq!(
        rig.window.room(),
        18,
        "one of the earlier calls has no response"
    );
}

#[test]
fn b78_a_dropped_call_may_have_been_counted() {
    let mut rig = Rig::new();
    let sent = rig.send(3);
    rig.accept(&sent[..1], Some((5, 5)));
    rig.window.dropped(sent[1], true);
    assert_eq!(rig.window.room(), 3);
    rig.window.dropped(sent[2], false);
    assert_eq!(rig.window.room(), 4);
}

#[test]
fn b78_a_refusal_of_an_earlier_window_changes_nothing() {
    let mut rig = Rig::new();
    let sent = rig.send(3);
    assert!(rig.refuse(sent[0], Some(1)));
    // While it is closed, the longest time counts.
    assert!(rig.refuse(sent[1], Some(2)));
    assert_eq!(rig.window.closed_for(rig.now), Some(2 * SECOND));
    rig.pass(2 * SECOND);
    assert!(!rig.refuse(sent[2], Some(100)));
    let probe = rig.send(1000);
    rig.accept(&probe, None);
    assert_eq!(rig.window.room(), 2);
}

#[test]
fn b80_a_window_lasts_300_seconds_at_most() {
    let mut rig = Rig::new();
    let sent = rig.send(1000);
    rig.accept(&sent[..1], Some((0, 86_400)));
    assert_eq!(rig.window.closed_for(rig.now), Some(300 * SECOND));
    assert!(rig.refuse(sent[1], Some(86_400)));
    assert_eq!(rig.window.closed_for(rig.now), Some(300 * SECOND));
    rig.pass(300 * SECOND);
    assert_eq!(rig.window.closed_for(rig.now), None);
}

#[test]
fn b81_a_second_without_response_makes_room_for_one_more() {
    let mut rig = Rig::half_open();
    for calls in 1..5 {
        assert_eq!(rig.send(1000).len(), 1, "{calls}");
        rig.pass(SECOND / 2);
        assert_eq!(rig.window.room(), 0);
        rig.pass(SECOND / 2);
    }
    // Of a new client, twice as many: nothing has been refused.
    let mut rig = Rig::new();
    for expected in [10, 10, 20] {
        assert_eq!(rig.send(1000).len(), expected);
        rig.pass(SECOND);
    }
}

#[test]
fn a_check_that_was_slept_through_is_over_though_the_clock_stands() {
    let mut rig = Rig::new();
    let sent = rig.send(1);
    assert!(rig.refuse(sent[0], Some(5)));
    let check = rig.window.check();
    rig.window.advance(rig.now, None, rig.next);
    assert_eq!(rig.window.room(), 0);
    rig.window.advance(rig.now, check, rig.next);
    assert_eq!(rig.window.room(), 1);
    // The next probe is refused at the same instant: the earlier sleep says nothing about it.
    let probe = rig.send(1);
    assert!(rig.refuse(probe[0], Some(5)));
    rig.window.advance(rig.now, check, rig.next);
    assert_eq!(rig.window.room(), 0);
}
