//! `cargo xtask spec diff`: two states of the inputs, and what the change from one to the other means for users.

use std::ffi::OsString;

use clap::{Args, ValueEnum};
use codegen::MessageFormat;
use codegen::compare::{Comparison, ReportFormat, Uncomparable, Verdict};
use codegen::release::{self, Gap};

use crate::disk::Failure;
use crate::outcome::{Outcome, print, print_result};
use crate::places::Workspace;

use super::{base, revision};

/// The exit codes, as `--help` lists them.
pub(crate) const EXIT_CODES: &str = "\
A state is a folder with openapi.yaml, overlay.yaml and sdk.toml (or one whose folder spec/ has
them), a document alone, which is read with the working tree's other two, or a revision of git.

Exit codes:
  0   compared, whether or not something changed
  1   the change is as grave as --fail-on says, or graver; or, with --check-release, the
      version or the changelog does not go with it
  2   inputs are at fault; where that is only stale exceptions, they are listed
      with the comparison, which is made without them
  3   something could not be read
  64  the flags are wrong";

/// The flags of `spec diff`.
#[derive(Debug, Args)]
pub(crate) struct DiffFlags {
    /// The state before [default: the merge base of HEAD with main, else HEAD].
    #[arg(value_name = "OLD")]
    pub(crate) old: Option<OsString>,
    /// The state after [default: the working tree].
    #[arg(value_name = "NEW")]
    pub(crate) new: Option<OsString>,
    /// How the report is written.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: Format,
    /// The verdict from which on the exit code is 1.
    #[arg(long, value_name = "VERDICT")]
    pub(crate) fail_on: Option<FailOn>,
    /// Also says what the version and the changelog lack beside the change, and fails where they do.
    #[arg(long)]
    pub(crate) check_release: bool,
}

/// The formats of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For a terminal.
    Text,
    /// For a pull request.
    Markdown,
    /// One JSON object.
    Json,
    /// Workflow commands that annotate a pull request.
    Github,
}

/// The verdicts that can be asked to fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    /// Programs break.
    Breaking,
    /// Programs break, or there is more than before.
    Additive,
}

impl Format {
    fn of_report(self) -> ReportFormat {
        match self {
            Self::Text => ReportFormat::Text,
            Self::Markdown => ReportFormat::Markdown,
            Self::Json => ReportFormat::Json,
            Self::Github => ReportFormat::Github,
        }
    }

    fn of_faults(self) -> MessageFormat {
        match self {
            Self::Text | Self::Markdown => MessageFormat::Human,
            Self::Json => MessageFormat::Json,
            Self::Github => MessageFormat::Github,
        }
    }
}

/// Compares, prints, and ends as the verdict and the flags say.
pub(crate) fn diff(flags: &DiffFlags) -> Result<Outcome, Failure> {
    let workspace = Workspace::find();
    let old = match &flags.old {
        Some(name) => revision::state(&workspace, Some(name))?,
        None => {
            let merged = base::revision(&workspace).unwrap_or_else(|| "HEAD".to_owned());
            revision::state(&workspace, Some(merged.as_ref()))?
        }
    };
    let new = revision::state(&workspace, flags.new.as_deref())?;
    match codegen::compare(&old.sources, &new.sources, &old.version) {
        Ok(comparison) => {
            print_result(&comparison.render(flags.format.of_report()));
            if let Some(report) = &comparison.faults {
                print(&report.render(MessageFormat::Human));
            }
            let gaps = match flags.check_release {
                true => release::gaps(&comparison, old.release(), new.release()),
                false => Vec::new(),
            };
            show(&gaps, flags.format);
            Ok(match outcome(&comparison, flags.fail_on) {
                Outcome::Fresh if !gaps.is_empty() => Outcome::OutOfDate,
                outcome => outcome,
            })
        }
        Err(why) => Ok(uncomparable(&why, flags.format.of_faults())),
    }
}

/// Says why there is no comparison.
pub(crate) fn uncomparable(why: &Uncomparable, format: MessageFormat) -> Outcome {
    print(&format!("error: {why}\n"));
    match why {
        Uncomparable::Old(report) | Uncomparable::New(report) => {
            let text = report.render(format);
            match format {
                MessageFormat::Human => print(&text),
                MessageFormat::Json | MessageFormat::Github => print_result(&text),
            }
        }
        Uncomparable::Version(_) => {
            print("help: write it as the version of [workspace.package] in Cargo.toml\n");
        }
    }
    Outcome::Fault
}

/// A reader of JSON reads one object: there the gaps go to the error stream.
fn show(gaps: &[Gap], format: Format) {
    let text = release::render(gaps, format.of_report());
    match format {
        Format::Json => print(&text),
        Format::Text | Format::Markdown | Format::Github => print_result(&text),
    }
}

fn outcome(comparison: &Comparison, fail_on: Option<FailOn>) -> Outcome {
    let limit = match fail_on {
        Some(FailOn::Breaking) => Some(Verdict::Breaking),
        Some(FailOn::Additive) => Some(Verdict::Additive),
        None => None,
    };
    if !comparison.exceptions.is_empty() {
        Outcome::Fault
    } else if limit.is_some_and(|limit| comparison.verdict >= limit) {
        Outcome::OutOfDate
    } else {
        Outcome::Fresh
    }
}
