//! The memory that a task needs: it runs in a separate process, which prints what Linux reports for it.
//!
//! In: a side and a task. Out: a size, or nothing on other systems.

use std::env;
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use tests::by_hand::{ByHand, Http2};
use tests::canned::Address;
use tokio::runtime::Runtime;

use crate::{Outcome, calls, decode};

/// The argument that makes this program run as that process.
pub(crate) const ARGUMENT: &str = "memory-of";

/// The side that is measured.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) enum Side {
    Sdk,
    ByHand(Http2),
}

/// What that process does.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum Task {
    /// Decodes the list in this file. The peak is printed.
    Decode(PathBuf),
    /// Downloads a capture to this file. The peak is printed.
    Download(Address, PathBuf),
    /// Begins so many downloads, and reads none. What they hold is printed.
    Unread(Address, usize),
}

/// Runs a task in a new process. Returns its memory.
pub(crate) fn memory(side: Side, task: &Task) -> Outcome<Option<String>> {
    let mut child = Command::new(env::current_exe()?);
    child.args([ARGUMENT, &serde_json::to_string(&(side, task))?]);
    let output = child.output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    }
    let memory = String::from_utf8(output.stdout)?.trim().to_owned();
    Ok(Some(memory).filter(|memory| !memory.is_empty()))
}

/// The body of that process.
pub(crate) fn run(arguments: &[String]) -> Outcome {
    let [argument] = arguments else {
        return Err("expected a side and a task".into());
    };
    let (side, task) = serde_json::from_str(argument)?;
    match task {
        Task::Decode(path) => {
            let sides = decode::Sides::of(std::fs::read(path)?.into())?;
            match side {
                Side::Sdk => sides.sdk()?,
                Side::ByHand(_) => sides.by_hand()?,
            };
        }
        Task::Download(address, path) => {
            Runtime::new()?.block_on(download(side, &address, path))?;
        }
        Task::Unread(address, downloads) => {
            return Runtime::new()?.block_on(unread(side, &address, downloads));
        }
    }
    if let Some(peak) = kilobytes("VmHWM") {
        println!("{peak} kB");
    }
    Ok(())
}

async fn download(side: Side, address: &Address, path: PathBuf) -> Outcome {
    match side {
        Side::Sdk => {
            let download = calls::account(address)?.pcaps().download("c1").await?;
            download.to_file(&path).await?;
        }
        Side::ByHand(http2) => {
            drop(ByHand::new(address, http2)?.download("c1", &path).await?);
        }
    }
    Ok(std::fs::remove_file(path)?)
}

/// Begins downloads. Prints by how much the memory of the process has grown when it grows no more.
async fn unread(side: Side, address: &Address, downloads: usize) -> Outcome {
    match side {
        Side::Sdk => {
            let pcaps = calls::account(address)?.pcaps();
            let begin = async || Ok(pcaps.download("c1").await?);
            print_growth(downloads, begin).await
        }
        Side::ByHand(http2) => {
            let by_hand = ByHand::new(address, http2)?;
            print_growth(downloads, async || by_hand.begin("c1").await).await
        }
    }
}

async fn print_growth<T>(downloads: usize, begin: impl AsyncFn() -> Outcome<T>) -> Outcome {
    let Some(before) = kilobytes("VmRSS") else {
        return Ok(());
    };
    let mut begun = Vec::new();
    for _ in 0..downloads {
        let limit = Duration::from_secs(10);
        match tokio::time::timeout(limit, begin()).await {
            Ok(download) => begun.push(download?),
            Err(_) => break,
        }
    }
    let grown = settled(before).await - before;
    match begun.len() {
        all if all == downloads => println!("{grown} kB"),
        some => println!("{grown} kB ({some} begin)"),
    }
    Ok(())
}

/// The memory once it has not grown for a second.
async fn settled(before: u64) -> u64 {
    let (mut most, mut since) = (before, Instant::now());
    while since.elapsed() < Duration::from_secs(1) {
        tokio::time::sleep(Duration::from_millis(50)).await;
        let now = kilobytes("VmRSS").unwrap_or_default();
        if now > most {
            (most, since) = (now, Instant::now());
        }
    }
    most
}

/// A line of the process's status. `None` on systems without it.
fn kilobytes(name: &str) -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
