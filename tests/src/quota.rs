//! A rate limit with fixed windows, as a service counts it.
//!
//! In: the moment of each call. Out: whether it is accepted, with the headers that say what is left. Calls that it has refused are
//! counted by window.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// A body of a response to a list.
pub const EMPTY_LIST: &str = r#"{"success":true,"errors":[],"messages":[],"result":[]}"#;

/// How the service says when the window ends, in whole seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Announced {
    /// Rounded up.
    Up,
    /// Rounded down.
    Down,
    /// Not at all: a refusal has `Retry-After`, rounded up, and no other header.
    Not,
}

/// So many calls are accepted in each window.
#[derive(Debug)]
pub struct Quota {
    calls: u64,
    window: Duration,
    announced: Announced,
    counts: Mutex<Counts>,
}

#[derive(Debug, Default)]
struct Counts {
    window: u128,
    used: u64,
    accepted: u64,
    refused: BTreeMap<u128, u64>,
}

/// The response to a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ruling {
    /// 200 or 429.
    pub status: u16,
    /// Its headers.
    pub headers: Vec<(&'static str, String)>,
}

impl Ruling {
    /// The headers, as servers take them.
    pub fn headers(&self) -> Vec<(&str, &str)> {
        let headers = self.headers.iter();
        headers
            .map(|(name, value)| (*name, value.as_str()))
            .collect()
    }

    /// The body.
    pub fn body(&self) -> &'static str {
        if self.status == 200 { EMPTY_LIST } else { "" }
    }
}

impl Quota {
    /// Accepts so many calls in each window of this length.
    pub fn new(calls: u64, window: Duration, announced: Announced) -> Self {
        Self {
            calls,
            window,
            announced,
            counts: Mutex::default(),
        }
    }

    /// Decides about a call that is received at this moment.
    pub fn call(&self, at: Duration) -> Ruling {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let window = at.as_nanos() / self.window.as_nanos();
        if counts.window < window {
            counts.window = window;
            counts.used = 0;
        }
        let accepted = counts.used < self.calls;
        if accepted {
            counts.used += 1;
            counts.accepted += 1;
        } else {
            *counts.refused.entry(window).or_default() += 1;
        }
        let left = self.calls - counts.used;
        drop(counts);
        Ruling {
            status: if accepted { 200 } else { 429 },
            headers: self.headers(at, accepted, left),
        }
    }

    fn headers(&self, at: Duration, accepted: bool, left: u64) -> Vec<(&'static str, String)> {
        let rest = self.window.as_nanos() - at.as_nanos() % self.window.as_nanos();
        let rest = Duration::from_nanos(u64::try_from(rest).unwrap_or(u64::MAX));
        let up = rest.as_secs() + u64::from(rest.subsec_nanos() > 0);
        let reset = match self.announced {
            Announced::Up => up,
            Announced::Down => rest.as_secs(),
            Announced::Not => 0,
        };
        let mut headers = Vec::new();
        if self.announced != Announced::Not {
            headers.push(("ratelimit", format!(r#""default";r={left};t={reset}"#)));
        }
        if !accepted {
            headers.push(("retry-after", up.to_string()));
        }
        headers
    }

    /// How many calls were accepted.
    pub fn accepted(&self) -> u64 {
        let counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        counts.accepted
    }

    /// How many calls were refused in each window in which any were.
    pub fn refused(&self) -> Vec<u64> {
        let counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        counts.refused.values().copied().collect()
    }
}
