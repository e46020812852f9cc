//! `cargo xtask spec widen`: from path patterns to the inputs of an SDK with more operations.
//!
//! What has to be written is found in memory by `codegen::widen`. With `--write` the inputs are written, all of them or none, and only
//! where no fault remains; the slice is the last, as it tells whether there is anything to do.

use std::path::PathBuf;

use clap::Args;
use codegen::widen::{Request, Widening};
use codegen::{Source, Sources};

use crate::commands::{faulty_of, report};
use crate::disk::{Failure, RealDisk};
use crate::flags::{Format, InputFlags};
use crate::outcome::{Outcome, print};
use crate::places::Workspace;
use crate::write::{self, File, folder, turn};

use super::flags::OriginFlags;
use super::import::read_all;
use super::provenance::Provenance;
use super::revision;

/// The exit codes, as `--help` lists them.
pub(crate) const EXIT_CODES: &str = "\
Exit codes:
  0   nothing is at fault with what is proposed, whether it was written or not
  2   faults remain for a person, or the present inputs or the source are at fault; nothing was written
  3   something could not be read, fetched or written
  64  the flags are wrong";

const COMMAND: &str = "cargo xtask spec widen, with the same words";

/// The flags of `widen`.
#[derive(Debug, Args)]
pub(crate) struct WidenFlags {
    /// Path patterns of the operations to add, as under `[import]` in spec/sdk.toml: `/accounts/{account_id}/magic/sites/**`.
    #[arg(required = true, value_name = "PATTERN")]
    pub(crate) patterns: Vec<String>,
    /// Upstream's document: a file or an https URL, YAML or JSON. Given more than once, they are taken together.
    #[arg(required = true, long = "from", value_name = "SOURCE")]
    pub(crate) sources: Vec<String>,
    /// Writes what is proposed, if no fault remains.
    #[arg(long)]
    pub(crate) write: bool,
    #[command(flatten)]
    pub(crate) origin: OriginFlags,
    #[command(flatten)]
    pub(crate) inputs: InputFlags,
}

/// Runs the command.
pub(crate) fn widen(flags: &WidenFlags) -> Result<Outcome, Failure> {
    let workspace = Workspace::find();
    let run = Run::new(&workspace, flags);
    let folders = [folder(&run.spec), folder(&run.config), folder(&run.overlay)];
    let _turn = flags.write.then(|| turn::take(&folders));
    if flags.write {
        turn::clear(&workspace, &folders, COMMAND)?;
    }
    let current = workspace.sources(&flags.inputs, COMMAND)?;
    let (upstream, origins) = read_all(&flags.sources, &flags.origin, COMMAND)?;
    let version = revision::own_version(&workspace, COMMAND)?;
    let widening = codegen::widen::widen(&Request {
        current: &current,
        upstream: &upstream,
        patterns: &flags.patterns,
        prose: flags.origin.prose.into(),
        version: &version,
    });
    let widening = match widening {
        Ok(widening) => widening,
        Err(faults) => return Ok(faulty_of(&faults, &flags.inputs)),
    };
    if widening.is_nothing() && widening.is_complete() {
        run.say("no operation comes in: the slice has all that these patterns select\n");
        return Ok(Outcome::Fresh);
    }
    let format = flags.inputs.message_format;
    report(&widening.render(format.into()), format);
    if !widening.is_complete() {
        let outcome = faulty_of(&widening.left, &flags.inputs);
        run.say("nothing was written: faults remain for a person; what is proposed above removes the others\n");
        return Ok(outcome);
    }
    if !flags.write {
        run.say("nothing was written: add --write to write it\n");
        return Ok(Outcome::Fresh);
    }
    let provenance = Provenance::new(origins, &widening.slice.counts);
    run.write(&widening, &current, &provenance)?;
    run.say("written; now look at what is proposed, and run cargo xtask codegen\n");
    Ok(Outcome::Fresh)
}

/// A run, with the paths of what it may write.
struct Run<'a> {
    workspace: &'a Workspace,
    flags: &'a WidenFlags,
    spec: PathBuf,
    config: PathBuf,
    overlay: PathBuf,
}

impl<'a> Run<'a> {
    fn new(workspace: &'a Workspace, flags: &'a WidenFlags) -> Self {
        let InputFlags {
            spec,
            overlay,
            config,
            message_format: _,
            full: _,
        } = &flags.inputs;
        Self {
            workspace,
            flags,
            spec: workspace.path(spec.as_deref(), "spec/openapi.yaml"),
            config: workspace.path(config.as_deref(), "spec/sdk.toml"),
            overlay: workspace.path(overlay.as_deref(), "spec/overlay.yaml"),
        }
    }

    /// Writes what differs: all or nothing.
    fn write(
        &self,
        widening: &Widening,
        current: &Sources,
        provenance: &Provenance,
    ) -> Result<(), Failure> {
        let new = &widening.sources;
        let lock = self.workspace.lock_path(Some(&self.config));
        let origin = (self.spec.with_file_name("SOURCE.toml"), provenance.text());
        let mut texts = vec![origin];
        let mut add = |path: &PathBuf, old: Option<&Source>, new: Option<&Source>| {
            if let Some(new) = new.filter(|new| old.is_none_or(|old| old.text != new.text)) {
                texts.push((path.clone(), new.text.clone()));
            }
        };
        add(&lock, current.lock.as_ref(), new.lock.as_ref());
        add(
            &self.overlay,
            current.overlay.as_ref(),
            new.overlay.as_ref(),
        );
        add(&self.config, Some(&current.config), Some(&new.config));
        add(&self.spec, Some(&current.spec), Some(&new.spec));
        let files: Vec<File<'_>> = texts
            .iter()
            .map(|(path, text)| File::new(path, text))
            .collect();
        write::write(&files, &mut RealDisk)
            .map_err(|error| error.into_failure(self.workspace, COMMAND))
    }

    /// A word for people; programs read the exit code.
    fn say(&self, text: &str) {
        if self.flags.inputs.message_format == Format::Human {
            print(text);
        }
    }
}
