//! The command line, and the command that repeats a run.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use clap::{Args, Parser, Subcommand, ValueEnum};
use codegen::{Dump, MessageFormat};

use crate::outcome::EXIT_CODES;
use crate::spec::SpecFlags;

/// The repository's commands.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", after_help = EXIT_CODES)]
pub(crate) struct Flags {
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// One command.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Writes sdk/src/generated from spec/.
    #[command(after_help = EXIT_CODES)]
    Codegen(CodegenFlags),
    /// Tells what became of a place in the document, or where a Rust item comes from.
    #[command(after_help = EXIT_CODES)]
    Explain(ExplainFlags),
    /// Works on the inputs: takes over upstream's document, says what a change means, and what is odd.
    Spec(SpecFlags),
}

/// The flags of `codegen`.
#[derive(Debug, Args)]
pub(crate) struct CodegenFlags {
    /// Compares and reports; writes nothing.
    #[arg(long)]
    pub(crate) check: bool,
    /// Prints an intermediate stage; writes nothing.
    #[arg(long, value_name = "STAGE", conflicts_with = "check")]
    pub(crate) dump: Option<Stage>,
    /// Settles clashes of names first: records qualified ones in names.lock, beside sdk.toml, and removes entries that name nothing.
    /// In nested layout only. What was merged, as git knows it, keeps its names.
    #[arg(long, conflicts_with_all = ["check", "dump"])]
    pub(crate) lock: bool,
    /// The output folder [default: sdk/src/generated].
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) inputs: InputFlags,
}

/// The flags of `explain`.
#[derive(Debug, Args)]
pub(crate) struct ExplainFlags {
    /// A pointer into the document, an address of sdk.toml, `METHOD /path`, `FILE:LINE`, a Rust path, or what a report calls it.
    #[arg(value_name = "PLACE")]
    pub(crate) place: String,
    #[command(flatten)]
    pub(crate) inputs: InputFlags,
}

/// What every command reads, and how it reports.
#[derive(Debug, Args)]
pub(crate) struct InputFlags {
    /// The OpenAPI document [default: spec/openapi.yaml].
    #[arg(long, value_name = "FILE")]
    pub(crate) spec: Option<PathBuf>,
    /// The overlay that mends it [default: spec/overlay.yaml].
    #[arg(long, value_name = "FILE")]
    pub(crate) overlay: Option<PathBuf>,
    /// How the SDK presents it [default: spec/sdk.toml].
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// How faults and differences are reported: human on stderr, json and github on stdout.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) message_format: Format,
    /// Shows people every finding; else the first 50, and of those that say the same three.
    #[arg(long)]
    pub(crate) full: bool,
}

/// The stages that `--dump` prints.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Stage {
    /// The document with the overlay applied.
    Document,
    /// What the API is.
    Model,
    /// What things are called.
    Names,
}

impl From<Stage> for Dump {
    fn from(stage: Stage) -> Self {
        match stage {
            Stage::Document => Self::Document,
            Stage::Model => Self::Model,
            Stage::Names => Self::Names,
        }
    }
}

/// The formats of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people.
    Human,
    /// One JSON object per line.
    Json,
    /// Workflow commands that annotate a pull request.
    Github,
}

impl From<Format> for MessageFormat {
    fn from(format: Format) -> Self {
        match format {
            Format::Human => Self::Human,
            Format::Json => Self::Json,
            Format::Github => Self::Github,
        }
    }
}

impl CodegenFlags {
    /// The command that writes what this one checks or writes: same files, nothing else.
    pub(crate) fn repair(&self) -> String {
        let InputFlags {
            spec,
            overlay,
            config,
            message_format: _,
            full: _,
        } = &self.inputs;
        let given = [
            ("--spec", spec),
            ("--overlay", overlay),
            ("--config", config),
            ("--out", &self.out),
        ];
        let mut command = String::from("cargo xtask codegen");
        for (flag, path) in given {
            if let Some(path) = path {
                command.push_str(&format!(" {flag} {}", quoted(path)));
            }
        }
        command
    }
}

/// A path as a shell reads it back.
fn quoted(path: &Path) -> String {
    let text = OsStr::to_string_lossy(path.as_os_str()).into_owned();
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "-_./\\:+,@%".contains(letter);
    if !text.is_empty() && text.chars().all(plain) {
        text
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    fn codegen(arguments: &[&str]) -> CodegenFlags {
        let all = ["xtask", "codegen"].iter().chain(arguments);
        match Flags::try_parse_from(all).unwrap().command {
            Command::Codegen(flags) => flags,
            Command::Explain(_) | Command::Spec(_) => unreachable!("the subcommand is codegen"),
        }
    }

    #[test]
    fn the_flags_are_sound() {
        Flags::command().debug_assert();
    }

    #[test]
    fn the_repairing_command_keeps_the_flags_that_choose_files() {
        assert_eq!(codegen(&["--check"]).repair(), "cargo xtask codegen");
        let flags = codegen(&[
            "--check",
            "--message-format=github",
            "--out=o u't",
            "--spec=a.yaml",
            "--overlay=b/c.yaml",
            "--config=d.toml",
        ]);
        assert_eq!(
            flags.repair(),
            r"cargo xtask codegen --spec a.yaml --overlay b/c.yaml --config d.toml --out 'o u'\''t'"
        );
    }

    #[test]
    fn a_dump_is_no_check() {
        let arguments = ["xtask", "codegen", "--check", "--dump", "model"];
        assert!(Flags::try_parse_from(arguments).is_err());
    }
}
