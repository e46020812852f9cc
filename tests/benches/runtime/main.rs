//! What the runtime costs, against the same done by hand with reqwest and serde.
//!
//! `cargo bench -p tests --bench runtime` measures both sides with criterion. `… -- ratios` measures them side by side, turn
//! by turn, and prints the ratios: on a machine that does other things too, only these mean much. Without `--bench`, as
//! `cargo test --all-targets` starts it, everything runs once and small.

use std::env;
use std::error::Error;
use std::time::Duration;

use criterion::{Bencher, Criterion};

mod calls;
mod decode;
mod download;
mod peak;
mod ratios;

/// What goes wrong here ends the program.
type Outcome<T = ()> = Result<T, Box<dyn Error + Send + Sync>>;

fn main() -> Outcome {
    let arguments: Vec<_> = env::args().skip(1).collect();
    let size = Size::new(&arguments);
    if let Some(at) = arguments
        .iter()
        .position(|argument| argument == peak::ARGUMENT)
    {
        return peak::child(&arguments[at + 1..]);
    }
    if let Some(at) = arguments.iter().position(|argument| argument == "ratios") {
        let named = arguments[at + 1..]
            .iter()
            .filter(|name| !name.starts_with('-'));
        return ratios::print(size, &named.cloned().collect::<Vec<_>>());
    }
    let mut criterion = Criterion::default().configure_from_args();
    calls::bench(&mut criterion)?;
    decode::bench(&mut criterion, size)?;
    download::bench(&mut criterion, size)?;
    criterion.final_summary();
    Ok(())
}

/// Lets criterion say how many turns it wants. What fails leaves no figure behind.
fn sample(bencher: &mut Bencher<'_>, turns: impl Fn(u64) -> Outcome<Duration>) {
    bencher.iter_custom(|wanted| match turns(wanted) {
        Ok(time) => time,
        Err(error) => {
            eprintln!("{error}");
            std::process::exit(1);
        }
    });
}

/// How much is done.
#[derive(Clone, Copy)]
struct Size {
    /// How often each side has its turn.
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
