//! `cargo xtask spec update`: from upstream's documents to a working tree that is ready to be proposed, with the text of the
//! pull request.
//!
//! Everything is made and checked in memory: the slice, the generated files, the comparison, the changelog. Only then is anything
//! written, all of it or nothing. The slice is the last, as it tells whether there is anything to do.

use std::path::PathBuf;

use clap::Args;
use codegen::compare::{Comparison, ReportFormat};
use codegen::output::{Difference, Files, steps};
use codegen::proposal::{self, Provenance};
use codegen::{Report, Source, Sources, release};

use crate::commands::{Target, differences, faulty, foreign, print_differences};
use crate::disk::{Failure, RealDisk};
use crate::flags::Format;
use crate::outcome::{Outcome, print, print_result};
use crate::places::Workspace;
use crate::write::{self, File};

use super::diff;
use super::flags::{SliceFlags, SourceFlags};
use super::import::{self, Import};
use super::revision;

/// The exit codes, as `--help` lists them.
pub(crate) const EXIT_CODES: &str = "\
Exit codes:
  0   the tree is up to date, whether something was written or not
  1   a foreign file is in sdk/src/generated; nothing was written
  2   upstream's document, or what becomes of it, is at fault; nothing was written
  3   something could not be read, fetched or written
  64  the flags are wrong";

const COMMAND: &str = "cargo xtask spec update, with the same words";

/// The flags of `update`.
#[derive(Debug, Args)]
pub(crate) struct UpdateFlags {
    #[command(flatten)]
    pub(crate) sources: SourceFlags,
    /// Writes the text of the pull request, also where the update is refused.
    #[arg(long, value_name = "FILE")]
    pub(crate) body: Option<PathBuf>,
    /// How faults and changes are reported: human on stderr, json and github on stdout.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) message_format: Format,
}

const GENERATED: &str = "sdk/src/generated";
const CHANGELOG: &str = "CHANGELOG.md";

/// Runs the command.
pub(crate) fn update(flags: &UpdateFlags) -> Result<Outcome, Failure> {
    let workspace = Workspace::find();
    let run = Run {
        workspace: &workspace,
        flags,
    };
    let slice_flags = SliceFlags {
        spec: None,
        config: None,
        message_format: flags.message_format,
    };
    let import = match import::prepare(&workspace, &flags.sources, &slice_flags)? {
        Ok(import) => import,
        Err(report) => return run.refuse(&report, None, &[]),
    };
    if import.slice.is_equal {
        import.print(flags.message_format);
        return Ok(Outcome::Fresh);
    }
    run.propose(&import)
}

struct Run<'a> {
    workspace: &'a Workspace,
    flags: &'a UpdateFlags,
}

impl Run<'_> {
    /// Makes all that follows from another slice, and writes it if nothing is wrong with any of it.
    fn propose(&self, import: &Import) -> Result<Outcome, Failure> {
        let old = revision::state(self.workspace, None)?;
        let new = Sources {
            spec: Source {
                path: old.sources.spec.path.clone(),
                text: import.slice.text.clone(),
            },
            ..old.sources.clone()
        };
        let origin = self.workspace.read("spec/SOURCE.toml", COMMAND).ok();
        let origins = import.provenance.beside(origin.as_deref());
        let comparison = codegen::compare(&old.sources, &new, &old.version);
        let (output, comparison) = match (codegen::generate(&new), comparison) {
            (Ok(output), Ok(comparison)) => (output, comparison),
            (Err(report), comparison) => {
                return self.refuse(&report, comparison.ok().as_ref(), &origins);
            }
            (Ok(_), Err(why)) => {
                return Ok(diff::uncomparable(&why, self.flags.message_format.into()));
            }
        };
        let out = self.workspace.path(None, GENERATED);
        let target = Target {
            out: &out,
            shown: GENERATED,
            command: COMMAND,
        };
        let differences = differences(&output.files, target)?;
        let foreign = foreign(&differences);
        if !foreign.is_empty() {
            print_differences(&foreign, target, self.flags.message_format);
            return Ok(Outcome::OutOfDate);
        }
        let changelog = release::entered(&old.changelog, &comparison);
        // First the text: once the tree is written, another run would find nothing to tell.
        self.write_body(&proposal::proposal(&comparison, &import.slice, &origins))?;
        self.write(&output.files, &differences, &changelog, import)?;
        self.print(import, &comparison);
        Ok(Outcome::Fresh)
    }

    /// Writes all or nothing.
    fn write(
        &self,
        generated: &Files,
        differences: &[Difference],
        changelog: &str,
        import: &Import,
    ) -> Result<(), Failure> {
        let out = self.workspace.path(None, GENERATED);
        let changelog_path = self.workspace.path(None, CHANGELOG);
        let texts = import.texts();
        let steps = steps(generated, differences).into_iter();
        let files: Vec<File<'_>> = steps
            .map(|step| File::of_step(step, &out))
            .chain([File::new(&changelog_path, changelog)])
            .chain(texts.iter().map(|(path, text)| File::new(path, text)))
            .collect();
        self.write_all(&files)
    }

    fn write_all(&self, files: &[File<'_>]) -> Result<(), Failure> {
        write::write(files, &mut RealDisk)
            .map_err(|error| error.into_failure(self.workspace, COMMAND))
    }

    /// Says why nothing is written.
    fn refuse(
        &self,
        report: &Report,
        comparison: Option<&Comparison>,
        origins: &[Provenance],
    ) -> Result<Outcome, Failure> {
        self.write_body(&proposal::refusal(report, comparison, origins))?;
        let outcome = faulty(report, self.flags.message_format);
        if self.flags.message_format == Format::Human {
            print("nothing was written\n");
        }
        Ok(outcome)
    }

    fn write_body(&self, text: &str) -> Result<(), Failure> {
        let Some(path) = &self.flags.body else {
            return Ok(());
        };
        self.write_all(&[File::new(path, text)])
    }

    /// What came, and what it means for users.
    fn print(&self, import: &Import, comparison: &Comparison) {
        import.print(self.flags.message_format);
        print_result(&comparison.render(match self.flags.message_format {
            Format::Human => ReportFormat::Text,
            Format::Json => ReportFormat::Json,
            Format::Github => ReportFormat::Github,
        }));
    }
}
