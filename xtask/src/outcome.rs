//! How a command ends: its exit code, and the two streams that it speaks on.

use std::io::{self, Write};
use std::process::ExitCode;

/// The exit codes, as `--help` lists them.
pub(crate) const EXIT_CODES: &str = "\
Exit codes:
  0   the generated files are as they should be
  1   they are out of date, or a foreign file is among them
  2   the inputs are at fault
  3   a file could not be read or written
  64  the flags are wrong";

/// How a command ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Everything is as it should be.
    Fresh,
    /// Files are out of date or foreign.
    OutOfDate,
    /// Something is odd in the inputs, and nothing wrong.
    Odd,
    /// The inputs are at fault.
    Fault,
    /// The disk refused.
    Io,
    /// The flags are wrong: `EX_USAGE` of sysexits, since clap's own 2 means a fault here.
    Usage,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(match outcome {
            Outcome::Fresh => 0,
            Outcome::OutOfDate | Outcome::Odd => 1,
            Outcome::Fault => 2,
            Outcome::Io => 3,
            Outcome::Usage => 64,
        })
    }
}

/// Prints what clap has to say: help on one stream, an error on the other.
pub(crate) fn usage(error: &clap::Error) -> ExitCode {
    // When the stream is closed there is no reader left.
    let _ = error.print();
    if error.use_stderr() {
        Outcome::Usage.into()
    } else {
        Outcome::Fresh.into()
    }
}

/// Prints a message for people, on the error stream.
pub(crate) fn print(text: &str) {
    put(&mut io::stderr(), text);
}

/// Prints a result, on the output stream.
pub(crate) fn print_result(text: &str) {
    put(&mut io::stdout(), text);
}

/// A reader that stops early, such as `head`, is no error, so nothing panics on a closed stream.
fn put(stream: &mut impl Write, text: &str) {
    let _ = stream.write_all(text.as_bytes());
    let _ = stream.flush();
}
