//! `cargo xtask spec update`: from upstream's documents to a working tree that is ready to be proposed, with the text of the
//! pull request.
//!
//! Everything is made and checked in memory: the slice, the generated files, the comparison, the changelog. Only then is anything
//! written, all of it or nothing. The slice is the last, as it tells whether there is anything to do.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::Args;
use codegen::compare::{Comparison, ReportFormat, Uncomparable};
use codegen::output::{Difference, Files, steps};
use codegen::proposal::{self, Proposal, Provenance};
use codegen::{Report, Source, Sources, release};

use crate::commands::{Target, differences, faulty, foreign, print_differences, report};
use crate::disk::{Failure, RealDisk};
use crate::flags::Format;
use crate::outcome::{Outcome, print, print_result};
use crate::places::Workspace;
use crate::write::{self, File, turn};

use super::base::{self, Base};
use super::diff;
use super::flags::{SliceFlags, SourceFlags};
use super::import::{self, Import};
use super::record::Record;
use super::revision::{self, State};

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
    /// The state that users have: a revision of git, or a folder with the inputs [default: the merge base of HEAD with main; the
    /// working tree where git knows none].
    #[arg(long, value_name = "REV")]
    pub(crate) old: Option<OsString>,
    /// Writes the text of the pull request, also where the update is refused.
    #[arg(long, value_name = "FILE")]
    pub(crate) body: Option<PathBuf>,
    /// Writes the whole of that text: what is left out of --body where it would be too long for GitHub.
    #[arg(long, value_name = "FILE")]
    pub(crate) full: Option<PathBuf>,
    /// How faults and changes are reported: human on stderr, json and github on stdout.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) message_format: Format,
}

const GENERATED: &str = "sdk/src/generated";
const CHANGELOG: &str = "CHANGELOG.md";

/// Runs the command.
pub(crate) fn update(flags: &UpdateFlags) -> Result<Outcome, Failure> {
    let workspace = Workspace::find();
    let [root, spec, generated] = ["", "spec", GENERATED].map(|path| workspace.path(None, path));
    let _turn = turn::take(&[&root, &spec, &generated]);
    turn::clear(&workspace, &[&root, &spec], COMMAND)?;
    let run = Run {
        workspace: &workspace,
        flags,
    };
    let slice_flags = SliceFlags {
        spec: None,
        config: None,
        message_format: flags.message_format,
    };
    let old = base::base(&workspace, flags.old.as_deref())?;
    let merged = Some(&old.state.sources.spec);
    let import = match import::prepare(&workspace, &flags.sources, &slice_flags, merged)? {
        Ok(import) => import,
        Err(report) => return run.refuse(&report, None, &[]),
    };
    let tree = revision::state(&workspace, None)?;
    if import.slice.is_equal && is_same(&old.state.sources, &tree.sources) {
        import.print(flags.message_format);
        return Ok(Outcome::Fresh);
    }
    run.propose(&import, &old, &tree)
}

/// Whether two states have the same inputs, wherever they were read.
fn is_same(old: &Sources, new: &Sources) -> bool {
    let overlay = |sources: &Sources| sources.overlay.as_ref().map(|it| it.text.clone());
    let lock = |sources: &Sources| sources.lock.as_ref().map(|it| it.text.clone());
    old.spec.text == new.spec.text
        && old.config.text == new.config.text
        && overlay(old) == overlay(new)
        && lock(old) == lock(new)
}

/// What version and changelog lack for a release, as tasks.
fn missing(comparison: &Comparison, old: &Base, version: &str, changelog: &str) -> Vec<String> {
    let new = release::State { version, changelog };
    let gaps = release::gaps(comparison, old.state.release(), new);
    let task = |gap: release::Gap| format!("Version and changelog: {}; {}.", gap.message, gap.help);
    gaps.into_iter().map(task).collect()
}

struct Run<'a> {
    workspace: &'a Workspace,
    flags: &'a UpdateFlags,
}

impl Run<'_> {
    /// Makes all that follows from another slice, and writes it if nothing is wrong with any of it. `old` is what users have, `tree`
    /// what the working tree holds: its overlay and `sdk.toml` are those for the new slice.
    fn propose(&self, import: &Import, old: &Base, tree: &State) -> Result<Outcome, Failure> {
        let new = Sources {
            spec: Source {
                path: tree.sources.spec.path.clone(),
                text: import.slice.text.clone(),
            },
            config: Source {
                text: import
                    .slice
                    .config
                    .clone()
                    .unwrap_or_else(|| tree.sources.config.text.clone()),
                ..tree.sources.config.clone()
            },
            ..tree.sources.clone()
        };
        let origins = import.provenance.beside(old.state.origin.as_deref());
        let comparison = codegen::compare(&old.state.sources, &new, &old.state.version);
        let (output, comparison) = match (codegen::generate(&new), comparison) {
            (Ok(output), Ok(comparison)) => (output, comparison),
            (Err(report), comparison) => {
                return self.refuse(&report, comparison.ok().as_ref(), &origins);
            }
            (Ok(_), Err(why)) => return self.refuse_old(&why, old, &origins),
        };
        if let Some(report) = &comparison.faults {
            return self.refuse(report, Some(&comparison), &origins);
        }
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
        let record = Record::new(self.workspace, old);
        let changelog = release::entered(&tree.changelog, &comparison, &record.entered());
        // First the text: once the tree is written, another run would find nothing to tell.
        let slice = &import.slice;
        let missing = missing(&comparison, old, &tree.version, &changelog);
        let (shown, notes) = (&old.shown, &output.notes);
        let body = proposal::proposal(&comparison, slice, &origins, shown, notes, &missing);
        self.write_body(&body)?;
        let record = record.text(&comparison.changelog);
        self.write(&output.files, &differences, &changelog, import, record)?;
        self.print(import, &comparison, old);
        let format = self.flags.message_format;
        report(&output.notes.render(format.into()), format);
        Ok(Outcome::Fresh)
    }

    /// Writes all or nothing.
    fn write(
        &self,
        generated: &Files,
        differences: &[Difference],
        changelog: &str,
        import: &Import,
        record: Option<(PathBuf, String)>,
    ) -> Result<(), Failure> {
        let out = self.workspace.path(None, GENERATED);
        let changelog_path = self.workspace.path(None, CHANGELOG);
        let mut texts: Vec<(PathBuf, String)> = record.into_iter().collect();
        // An equal slice stays as it is, with the commit that it was taken from.
        if !import.slice.is_equal {
            texts.extend(import.texts());
        }
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

    /// Says that there is nothing to compare with: this generator refuses the old state.
    fn refuse_old(
        &self,
        why: &Uncomparable,
        old: &Base,
        origins: &[Provenance],
    ) -> Result<Outcome, Failure> {
        if let Uncomparable::Old(report) | Uncomparable::New(report) = why {
            self.write_body(&proposal::refusal(report, None, origins))?;
        }
        let outcome = diff::uncomparable(why, self.flags.message_format.into());
        print(&format!(
            "the old state is {}: name another one with --old\n",
            old.shown
        ));
        Ok(outcome)
    }

    fn write_body(&self, text: &Proposal) -> Result<(), Failure> {
        let body = self
            .flags
            .body
            .iter()
            .map(|path| File::new(path, &text.body));
        let full = self
            .flags
            .full
            .iter()
            .map(|path| File::new(path, &text.full));
        self.write_all(&body.chain(full).collect::<Vec<_>>())
    }

    /// What came, and what it means for users.
    fn print(&self, import: &Import, comparison: &Comparison, old: &Base) {
        import.print(self.flags.message_format);
        if self.flags.message_format == Format::Human {
            print(&format!("compared with {}\n", old.shown));
        }
        print_result(&comparison.render(match self.flags.message_format {
            Format::Human => ReportFormat::Text,
            Format::Json => ReportFormat::Json,
            Format::Github => ReportFormat::Github,
        }));
    }
}
