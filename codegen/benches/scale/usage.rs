//! CPU time and memory of this process, as Linux counts them.

use std::fs;
use std::time::{Duration, Instant};

/// The least time that a figure is the mean of: the system counts in steps of 10 ms.
const ENOUGH: Duration = Duration::from_millis(500);

/// Runs a stage, prints its CPU time and the peak of the process's memory while it ran, and returns what it returned.
pub(crate) fn measured<T>(stage: &str, mut run: impl FnMut() -> T) -> T {
    let is_reset = fs::write("/proc/self/clear_refs", "5").is_ok();
    let start = used();
    let mut result = run();
    let peak = peak().filter(|_| is_reset);
    let mut runs = 1;
    while used().saturating_sub(start) < ENOUGH {
        result = run();
        runs += 1;
    }
    let each = used().saturating_sub(start) / runs;
    let peak = peak.map_or("-".to_owned(), |peak| format!("{} MB", peak / 1_000));
    println!("  {stage:10} {:6} ms {peak:>8}", each.as_millis());
    result
}

/// The CPU time of this process so far, of all its threads.
fn used() -> Duration {
    thread_local! {
        static START: Instant = Instant::now();
    }
    let ticks = || {
        let text = fs::read_to_string("/proc/self/stat").ok()?;
        // The name of the program, which may have spaces, ends with the last parenthesis; `utime` and `stime` are the 12th and 13th after it.
        let (_, fields) = text.rsplit_once(')')?;
        let fields: Vec<&str> = fields.split_whitespace().collect();
        let number = |index: usize| fields.get(index)?.parse::<u64>().ok();
        Some(number(11)? + number(12)?)
    };
    match ticks() {
        Some(ticks) => Duration::from_millis(ticks * 10),
        None => START.with(Instant::elapsed),
    }
}

/// The largest memory of this process since it was reset, in kB.
fn peak() -> Option<u64> {
    let text = fs::read_to_string("/proc/self/status").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.parse().ok()
}
