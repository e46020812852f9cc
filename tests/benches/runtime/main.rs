//! The cost of the runtime, compared with the same calls by hand with reqwest and serde.
//!
//! `cargo bench -p tests --bench runtime` measures both sides with criterion. `… -- ratios` measures them in alternating
//! turns, and prints the ratios: on a machine with other load, only these are reliable. Without `--bench`, as
//! `cargo test --all-targets` starts it, everything runs once with small sizes.

use std::env;
use std::error::Error;
use std::time::Duration;

use criterion::{Bencher, Criterion};
use tests::protocol::Protocol;

mod calls;
mod child;
mod decode;
mod download;
mod limits;
mod ratios;

/// The protocols that are compared: HTTP/1.1 without TLS, and HTTP/2 over TLS.
const PROTOCOLS: [Protocol; 2] = [Protocol::Http1, Protocol::Http2];

/// Any error ends the program.
type Outcome<T = ()> = Result<T, Box<dyn Error + Send + Sync>>;

fn main() -> Outcome {
    let arguments: Vec<_> = env::args().skip(1).collect();
    let size = Size::new(&arguments);
    let after = |name: &str| {
        let at = arguments.iter().position(|argument| argument == name)?;
        Some(&arguments[at + 1..])
    };
    if let Some(arguments) = after(child::ARGUMENT) {
        return child::run(arguments);
    }
    if let Some(named) = after("ratios") {
        let named = named.iter().filter(|name| !name.starts_with('-'));
        return ratios::print(size, &named.cloned().collect::<Vec<_>>());
    }
    let mut criterion = Criterion::default().configure_from_args();
    calls::bench(&mut criterion)?;
    decode::bench(&mut criterion, size)?;
    download::bench(&mut criterion, size)?;
    criterion.final_summary();
    Ok(())
}

/// Runs as many turns as criterion requests. If one fails, there is no figure.
fn sample(bencher: &mut Bencher<'_>, turns: impl Fn(u64) -> Outcome<Duration>) {
    bencher.iter_custom(|wanted| match turns(wanted) {
        Ok(time) => time,
        Err(error) => {
            eprintln!("{error}");
            std::process::exit(1);
        }
    });
}

/// The sizes of the benchmarks.
#[derive(Clone, Copy)]
struct Size {
    /// The turns of each side.
    rounds: usize,
    /// Calls in a turn.
    calls: u64,
    /// Resources in a list.
    resources: usize,
    /// Bytes of a file.
    file: u64,
}

impl Size {
    fn new(arguments: &[String]) -> Self {
        if arguments.iter().any(|argument| argument == "--bench") {
            Self {
                rounds: 101,
                calls: 2_000,
                resources: 10_000,
                file: 1 << 30,
            }
        } else {
            Self {
                rounds: 1,
                calls: 64,
                resources: 10,
                file: 1 << 20,
            }
        }
    }
}
