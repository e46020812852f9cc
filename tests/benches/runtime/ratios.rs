//! Both sides in alternating turns, and their ratio.
//!
//! Two consecutive turns run under nearly the same load of a shared machine, so each pair yields a ratio; the median is printed.
//! The side that goes first alternates from round to round.

use std::time::Duration;

use tests::by_hand::Http2;
use tests::canned;
use tests::protocol::Protocol;

use crate::child::{self, Side, Task};
use crate::download::Care;
use crate::{Outcome, PROTOCOLS, Size, calls, decode, download, limits};

/// Measures and prints: `calls`, `decoding`, `download`, `unread`, `limits`, or all of them if none is named.
pub(crate) fn print(size: Size, named: &[String]) -> Outcome {
    type Part = (&'static str, fn(Size) -> Outcome);
    let parts: [Part; 5] = [
        ("calls", print_calls),
        ("decoding", print_decoding),
        ("download", print_download),
        ("unread", print_unread),
        ("limits", limits::print),
    ];
    println!("{:<48}{:>12}{:>12}{:>8}", "", "sdk", "by hand", "ratio");
    for (name, print) in parts {
        if named.is_empty() || named.iter().any(|named| named == name) {
            print(size)?;
        }
    }
    Ok(())
}

fn print_calls(size: Size) -> Outcome {
    for protocol in PROTOCOLS {
        let sides = calls::Sides::new(protocol)?;
        for in_flight in calls::IN_FLIGHT {
            let both = Both::measure(
                size.rounds,
                || sides.sdk(in_flight, size.calls),
                || sides.by_hand(in_flight, size.calls),
            )?;
            let what = format!("{protocol:?}, calls per second, {in_flight} in flight");
            both.print_speed(&what, size.calls as f64, 0);
        }
    }
    Ok(())
}

fn print_decoding(size: Size) -> Outcome {
    let sides = decode::Sides::new(size.resources)?;
    let rounds = size.rounds.min(21);
    let both = Both::measure(rounds, || sides.sdk(), || sides.by_hand())?;
    both.print_time(&format!("ms for a list of {} resources", size.resources));
    let path = std::env::temp_dir().join(format!("list-{}.json", std::process::id()));
    std::fs::write(&path, sides.body())?;
    let task = Task::Decode(path.clone());
    let printed = print_memory("peak memory of decoding it", Http2::Default, &task);
    std::fs::remove_file(&path)?;
    printed
}

fn print_download(size: Size) -> Outcome {
    print_download_over(Protocol::Http1, Http2::Default, size)?;
    for http2 in [Http2::Default, Http2::LikeSdk] {
        print_download_over(Protocol::Http2, http2, size)?;
    }
    Ok(())
}

fn print_download_over(protocol: Protocol, http2: Http2, size: Size) -> Outcome {
    let sides = download::Sides::new(protocol, http2, size.file)?;
    let mebibytes = size.file as f64 / f64::from(1 << 20);
    let by_hand = settings(protocol, http2);
    for care in [Care::Synced, Care::Left] {
        let rounds = size.rounds.min(11);
        let both = Both::measure(rounds, || sides.sdk(), || sides.by_hand(care))?;
        let what = format!("{protocol:?}, MiB/s, by hand: {care:?}{by_hand}");
        both.print_speed(&what, mebibytes, 0);
    }
    let both = Both::measure(
        size.rounds.min(11),
        || sides.sdk_chunks(),
        || sides.by_hand_chunks(),
    )?;
    let what = format!("{protocol:?}, MiB/s, no file{by_hand}");
    both.print_speed(&what, mebibytes, 0);
    let task = Task::Download(sides.address.clone(), sides.path());
    let what = format!("{protocol:?}, peak memory of it{by_hand}");
    print_memory(&what, http2, &task)
}

/// What downloads hold that were begun and are not read.
fn print_unread(size: Size) -> Outcome {
    const DOWNLOADS: usize = 20;
    for protocol in PROTOCOLS {
        let address = canned::capture(protocol, size.file)?;
        let task = Task::Unread(address, DOWNLOADS);
        let mut http2 = vec![Http2::Default];
        http2.extend((protocol == Protocol::Http2).then_some(Http2::LikeSdk));
        for http2 in http2 {
            let by_hand = settings(protocol, http2);
            let what = format!("{protocol:?}, {DOWNLOADS} unread downloads hold{by_hand}");
            print_memory(&what, http2, &task)?;
        }
    }
    Ok(())
}

/// The settings of the side by hand, where there is a choice.
fn settings(protocol: Protocol, http2: Http2) -> String {
    match protocol {
        Protocol::Http2 => format!(", {http2:?}"),
        Protocol::Http1 | Protocol::Http1Tls => String::new(),
    }
}

fn print_memory(what: &str, http2: Http2, task: &Task) -> Outcome {
    let sdk = child::memory(Side::Sdk, task)?;
    let by_hand = child::memory(Side::ByHand(http2), task)?;
    if let (Some(sdk), Some(by_hand)) = (sdk, by_hand) {
        println!("{what:<48}{sdk:>12}{by_hand:>12}");
    }
    Ok(())
}

/// The times of both sides, round by round.
struct Both {
    sdk: Vec<f64>,
    by_hand: Vec<f64>,
}

impl Both {
    fn measure(
        rounds: usize,
        sdk: impl Fn() -> Outcome<Duration>,
        by_hand: impl Fn() -> Outcome<Duration>,
    ) -> Outcome<Self> {
        // A first turn, which is not counted, opens connections and allocates memory.
        sdk()?;
        by_hand()?;
        let mut both = Self {
            sdk: Vec::new(),
            by_hand: Vec::new(),
        };
        for round in 0..rounds {
            if round % 2 == 0 {
                both.sdk.push(sdk()?.as_secs_f64());
                both.by_hand.push(by_hand()?.as_secs_f64());
            } else {
                both.by_hand.push(by_hand()?.as_secs_f64());
                both.sdk.push(sdk()?.as_secs_f64());
            }
        }
        Ok(both)
    }

    /// The SDK's speed divided by that of the other side: higher is better.
    fn print_speed(&self, what: &str, amount: f64, digits: usize) {
        let speed = |times: &[f64]| amount / median(times.to_vec());
        let pairs = self.sdk.iter().zip(&self.by_hand);
        let ratio = median(pairs.map(|(sdk, by_hand)| by_hand / sdk).collect());
        let (sdk, by_hand) = (speed(&self.sdk), speed(&self.by_hand));
        println!("{what:<48}{sdk:>12.digits$}{by_hand:>12.digits$}{ratio:>8.2}");
    }

    /// The SDK's time divided by that of the other side: lower is better.
    fn print_time(&self, what: &str) {
        let milliseconds = |times: &[f64]| 1e3 * median(times.to_vec());
        let pairs = self.sdk.iter().zip(&self.by_hand);
        let ratio = median(pairs.map(|(sdk, by_hand)| sdk / by_hand).collect());
        let (sdk, by_hand) = (milliseconds(&self.sdk), milliseconds(&self.by_hand));
        println!("{what:<48}{sdk:>12.1}{by_hand:>12.1}{ratio:>8.2}");
    }
}

/// The median.
fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or(f64::NAN)
}
