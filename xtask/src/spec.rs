//! `cargo xtask spec …`: from upstream's document to the inputs in spec/, and what a change of them means.

use clap::{Args, Subcommand};
use codegen::Sources;

use crate::disk::Failure;
use crate::outcome::Outcome;
use crate::places::Workspace;

mod address;
mod base;
mod diff;
mod fetch;
mod flags;
mod format;
mod import;
mod lint;
mod provenance;
mod record;
mod revision;
mod surface;
mod update;
mod widen;

/// The flags of `spec`.
#[derive(Debug, Args)]
pub(crate) struct SpecFlags {
    #[command(subcommand)]
    pub(crate) command: SpecCommand,
}

/// What can be done with the inputs.
#[derive(Debug, Subcommand)]
pub(crate) enum SpecCommand {
    /// Cuts spec/openapi.yaml out of upstream's document, and notes in spec/SOURCE.toml where it is from.
    #[command(after_help = flags::EXIT_CODES)]
    Import(flags::ImportFlags),
    /// Takes over upstream's document with all that follows from it: imports, checks, generates, enters the changes in
    /// CHANGELOG.md, and writes the text of the pull request. Writes everything or nothing.
    #[command(after_help = update::EXIT_CODES)]
    Update(update::UpdateFlags),
    /// Proposes what has to be written in spec/ so that more of upstream's operations become part of the SDK. Writes nothing without
    /// --write, and with it everything or nothing.
    #[command(after_help = widen::EXIT_CODES)]
    Widen(widen::WidenFlags),
    /// Writes spec/openapi.yaml in canonical form, as an import does.
    #[command(after_help = flags::EXIT_CODES)]
    Format(flags::FormatFlags),
    /// Says what a change of spec/ means for users of the SDK.
    #[command(after_help = diff::EXIT_CODES)]
    Diff(diff::DiffFlags),
    /// Tells all that is wrong and all that is odd in spec/, with the overlay action that mends it.
    #[command(after_help = lint::EXIT_CODES)]
    Lint(lint::LintFlags),
    /// Lists the public items of the SDK that came and went, by its source: changes of the generator and of the runtime too.
    #[command(after_help = surface::EXIT_CODES)]
    Surface(surface::SurfaceFlags),
}

/// The inputs that were merged: those of the working tree, where git knows no others.
pub(crate) fn merged(workspace: &Workspace) -> Result<Sources, Failure> {
    Ok(base::base(workspace, None)?.state.sources)
}

/// Runs a subcommand.
pub(crate) fn run(flags: &SpecFlags) -> Result<Outcome, Failure> {
    match &flags.command {
        SpecCommand::Import(flags) => import::import(flags),
        SpecCommand::Update(flags) => update::update(flags),
        SpecCommand::Widen(flags) => widen::widen(flags),
        SpecCommand::Format(flags) => format::format(flags),
        SpecCommand::Diff(flags) => diff::diff(flags),
        SpecCommand::Lint(flags) => lint::lint(flags),
        SpecCommand::Surface(flags) => surface::surface(flags),
    }
}
