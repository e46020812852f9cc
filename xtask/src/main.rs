//! The repository's commands: `cargo xtask codegen`, `cargo xtask explain` and `cargo xtask spec`.
//!
//! Flags, paths and process around the generator, which is pure: this crate reads its inputs,
//! compares or writes the output folder, and turns the outcome into an exit code. It decides
//! nothing about what is generated.

use std::process::ExitCode;

use clap::Parser;

use crate::flags::{Command, Flags};
use crate::outcome::Outcome;

mod commands;
mod disk;
mod flags;
mod folder;
mod lock;
mod outcome;
mod places;
mod spec;
mod text;
mod write;

fn main() -> ExitCode {
    let flags = match Flags::try_parse() {
        Ok(flags) => flags,
        Err(error) => return outcome::usage(&error),
    };
    let done = match &flags.command {
        Command::Codegen(flags) => commands::codegen(flags),
        Command::Explain(flags) => commands::explain(flags),
        Command::Spec(flags) => spec::run(flags),
    };
    match done {
        Ok(outcome) => outcome.into(),
        Err(failure) => {
            outcome::print(&failure.to_string());
            Outcome::Io.into()
        }
    }
}
