//! The flags of `cargo xtask spec import` and `format`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use codegen::slice::Prose;

use crate::flags::Format;

/// The exit codes of these commands, as `--help` lists them.
pub(super) const EXIT_CODES: &str = "\
Exit codes:
  0   the slice is as it should be, whether something was written or not
  1   it is not: for `--check`, which writes nothing
  2   upstream's document, the slice or sdk.toml is at fault
  3   something could not be read, fetched or written
  64  the flags are wrong";

/// The flags of `import`.
#[derive(Debug, Args)]
pub(crate) struct ImportFlags {
    #[command(flatten)]
    pub(crate) sources: SourceFlags,
    #[command(flatten)]
    pub(crate) inputs: SliceFlags,
}

/// Upstream's documents, and what is known of them.
#[derive(Debug, Args)]
pub(crate) struct SourceFlags {
    /// Upstream's document: a file or an https URL, YAML or JSON. Several are taken together.
    #[arg(required = true, value_name = "SOURCE")]
    pub(crate) sources: Vec<String>,
    #[command(flatten)]
    pub(crate) origin: OriginFlags,
}

/// What is known of upstream's documents, and whose words are taken.
#[derive(Debug, Args)]
pub(crate) struct OriginFlags {
    /// Whose descriptions, summaries and examples the slice holds.
    #[arg(long, value_name = "WHOSE", default_value = "ours")]
    pub(crate) prose: Whose,
    /// Upstream's repository, OWNER/NAME [default: from a URL of GitHub].
    #[arg(long, value_name = "REPOSITORY")]
    pub(crate) repository: Option<String>,
    /// The commit that SOURCE is from [default: from a URL of GitHub].
    #[arg(long, value_name = "COMMIT", value_parser = commit)]
    pub(crate) commit: Option<String>,
    /// The tag of the release that SOURCE is from [default: from a URL of GitHub].
    #[arg(long, value_name = "TAG")]
    pub(crate) tag: Option<String>,
    /// The file in upstream's repository; once for each SOURCE [default: from the name of SOURCE].
    #[arg(long = "file", value_name = "FILE")]
    pub(crate) files: Vec<String>,
    /// The day of the commit, YYYY-MM-DD.
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) date: Option<String>,
}

/// The flags of `format`.
#[derive(Debug, Args)]
pub(crate) struct FormatFlags {
    /// Compares; writes nothing.
    #[arg(long)]
    pub(crate) check: bool,
    #[command(flatten)]
    pub(crate) inputs: SliceFlags,
}

/// The files that the slice is made of, and how to report.
#[derive(Debug, Args)]
pub(crate) struct SliceFlags {
    /// The slice; SOURCE.toml is beside it [default: spec/openapi.yaml].
    #[arg(long, value_name = "FILE")]
    pub(crate) spec: Option<PathBuf>,
    /// What to import [default: spec/sdk.toml].
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// How faults and findings are reported: human on stderr, json and github on stdout.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) message_format: Format,
}

/// Whose words the slice holds.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Whose {
    /// Those that are in the slice now.
    Ours,
    /// Upstream's.
    Upstream,
}

impl From<Whose> for Prose {
    fn from(whose: Whose) -> Self {
        match whose {
            Whose::Ours => Self::Ours,
            Whose::Upstream => Self::Upstream,
        }
    }
}

fn commit(text: &str) -> Result<String, String> {
    match super::address::is_commit(text) {
        true => Ok(text.to_owned()),
        false => Err("a commit has 40 hexadecimal digits".to_owned()),
    }
}

fn date(text: &str) -> Result<String, String> {
    let digits =
        |part: &str, length| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = text.split('-').collect();
    match parts[..] {
        [year, month, day] if digits(year, 4) && digits(month, 2) && digits(day, 2) => {
            Ok(text.to_owned())
        }
        _ => Err("a day is written YYYY-MM-DD".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::{commit, date};

    #[test]
    fn commits_are_whole_and_days_are_days() {
        assert!(commit("c92b9b0fde23ae00fece2025662f96dc8e2d6283").is_ok());
        for wrong in [
            "",
            "c92b9b0",
            "main",
            "g92b9b0fde23ae00fece2025662f96dc8e2d6283",
        ] {
            assert!(commit(wrong).is_err(), "{wrong}");
        }
        assert!(date("2026-07-27").is_ok());
        for wrong in ["", "27.07.2026", "2026-7-27", "2026-07-27T00:00:00Z"] {
            assert!(date(wrong).is_err(), "{wrong}");
        }
    }
}
