//! `cargo xtask spec`: from upstream's document to the slice in spec/, and what a change of it means.

mod address;
mod batch;
mod fetch;
mod flags;
mod format;
mod import;
mod provenance;

use crate::disk::Failure;
use crate::outcome::Outcome;

use flags::SpecCommand;

pub(crate) use flags::SpecFlags;

/// Runs a subcommand.
pub(crate) fn run(flags: &SpecFlags) -> Result<Outcome, Failure> {
    match &flags.command {
        SpecCommand::Import(flags) => import::import(flags),
        SpecCommand::Format(flags) => format::format(flags),
    }
}
