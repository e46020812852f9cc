//! What each command does, from the flags to the outcome.

use std::env;
use std::io::IsTerminal;
use std::path::Path;

use codegen::output::{Difference, Files, Kind, RenderOptions, Step, compare, render, steps};
use codegen::{MessageFormat, Report};

use crate::disk::{Failure, RealDisk};
use crate::flags::{CodegenFlags, ExplainFlags, Format};
use crate::folder;
use crate::outcome::{Outcome, give, tell};
use crate::places::Workspace;
use crate::write::{self, Target};

/// `cargo xtask codegen`: reads, generates, then dumps, checks or writes. A fault of the inputs
/// ends it before anything is touched.
pub(crate) fn codegen(flags: &CodegenFlags) -> Result<Outcome, Failure> {
    let format = flags.inputs.message_format;
    let repair = flags.repair();
    let workspace = Workspace::find();
    let sources = workspace.sources(&flags.inputs, &repair)?;
    if let Some(stage) = flags.dump {
        return Ok(printed(codegen::dump(&sources, stage.into()), format));
    }
    let output = match codegen::generate(&sources) {
        Ok(output) => output,
        Err(report) => return Ok(faulty(&report, format)),
    };
    report(&rendered(&output.notes, format), format);
    let out = workspace.path(flags.out.as_deref(), "sdk/src/generated");
    let folder = workspace.shown(&out);
    let target = Target {
        out: &out,
        shown: &folder,
        command: &repair,
    };
    let run = Run { target, format };
    let differences = differences(&output.files, target)?;
    if flags.check {
        Ok(run.check(&output.files, &differences))
    } else {
        run.write(&output.files, &differences)
    }
}

/// `cargo xtask explain`.
pub(crate) fn explain(flags: &ExplainFlags) -> Result<Outcome, Failure> {
    let workspace = Workspace::find();
    let sources = workspace.sources(&flags.inputs, "cargo xtask explain, with the same words")?;
    Ok(printed(
        codegen::explain(&sources, &flags.place),
        flags.inputs.message_format,
    ))
}

/// One run against one output folder.
struct Run<'a> {
    target: Target<'a>,
    format: Format,
}

impl Run<'_> {
    fn check(&self, files: &Files, differences: &[Difference]) -> Outcome {
        if differences.is_empty() {
            let (folder, total) = (self.target.shown, files.len());
            self.summary(&format!("{folder} is up to date: {total} files"));
            return Outcome::Fresh;
        }
        self.tell_of(differences);
        Outcome::OutOfDate
    }

    /// Writes what is ours. Something foreign is left alone and reported, whatever its place.
    fn write(&self, files: &Files, differences: &[Difference]) -> Result<Outcome, Failure> {
        let steps = steps(files, differences);
        write::take(&steps, self.target, &mut RealDisk)?;
        let is_write = |step: &&Step<'_>| matches!(step, Step::Write { .. });
        let written = steps.iter().filter(is_write).count();
        let (deleted, total) = (steps.len() - written, files.len());
        let folder = self.target.shown;
        self.summary(&format!(
            "{folder}: {written} of {total} files written, {deleted} deleted"
        ));
        let foreign = foreign(differences);
        if foreign.is_empty() {
            return Ok(Outcome::Fresh);
        }
        self.tell_of(&foreign);
        Ok(Outcome::OutOfDate)
    }

    fn tell_of(&self, differences: &[Difference]) {
        tell_of(differences, self.target, self.format);
    }

    /// A word for people; programs read the exit code.
    fn summary(&self, text: &str) {
        if self.format == Format::Human {
            tell(&format!("{text}\n"));
        }
    }
}

/// Reports how the output folder differs from what is generated.
pub(crate) fn tell_of(differences: &[Difference], target: Target<'_>, format: Format) {
    let options = RenderOptions {
        format: format.into(),
        folder: target.shown,
        repair: target.command,
    };
    report(&render(differences, options), format);
}

/// Those that are not ours to touch.
pub(crate) fn foreign(differences: &[Difference]) -> Vec<Difference> {
    let is_foreign = |one: &&Difference| matches!(one.kind, Kind::Foreign(_));
    differences.iter().filter(is_foreign).cloned().collect()
}

/// How the output folder differs from `files`.
pub(crate) fn differences(files: &Files, target: Target<'_>) -> Result<Vec<Difference>, Failure> {
    let Target {
        out,
        shown,
        command,
    } = target;
    let found = folder::read(out).map_err(|(below, error)| {
        let slash = if below.is_empty() { "" } else { "/" };
        let path = format!("{shown}{slash}{below}");
        Failure::new("read", Path::new(&path), error, command)
    })?;
    Ok(compare(files, &found))
}

/// Gives a text as the command's result, or the report of what is at fault.
fn printed(result: Result<String, Report>, format: Format) -> Outcome {
    match result {
        Ok(text) => {
            give(&text);
            Outcome::Fresh
        }
        Err(report) => faulty(&report, format),
    }
}

/// Reports what is at fault.
pub(crate) fn faulty(faults: &Report, format: Format) -> Outcome {
    report(&rendered(faults, format), format);
    Outcome::Fault
}

/// Coloured only where a person looks on.
pub(crate) fn rendered(report: &Report, format: Format) -> String {
    let is_plain = env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    if format == Format::Human && !is_plain && std::io::stderr().is_terminal() {
        report.render_coloured()
    } else {
        report.render(MessageFormat::from(format))
    }
}

/// People read the error stream, programs the output stream.
pub(crate) fn report(text: &str, format: Format) {
    match format {
        Format::Human => tell(text),
        Format::Json | Format::Github => give(text),
    }
}
