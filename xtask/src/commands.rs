//! What each command does, from the flags to the outcome.

use std::env;
use std::io::IsTerminal;
use std::path::Path;

use codegen::output::{
    Difference, DifferenceKind, Files, RenderOptions, Step, compare, render, steps,
};
use codegen::report::Look;
use codegen::{MessageFormat, Report};

use crate::disk::{Failure, RealDisk};
use crate::flags::{CodegenFlags, ExplainFlags, Format, InputFlags};
use crate::folder;
use crate::lock::{self, LockFile};
use crate::outcome::{Outcome, print, print_result};
use crate::places::Workspace;
use crate::write::{self, File, turn};

/// `cargo xtask codegen`: reads, generates, then dumps, checks or writes. A fault of the inputs
/// ends it before anything is touched.
pub(crate) fn codegen(flags: &CodegenFlags) -> Result<Outcome, Failure> {
    let format = flags.inputs.message_format;
    let repair = flags.repair();
    let workspace = Workspace::find();
    let out = workspace.path(flags.out.as_deref(), "sdk/src/generated");
    let is_reader = flags.check || flags.dump.is_some();
    let _turn = (!is_reader).then(|| turn::take(&[&out]));
    let mut sources = workspace.sources(&flags.inputs, &repair)?;
    let mut locked = None;
    if flags.lock {
        match lock::settle(&workspace, flags, &mut sources)? {
            Ok(file) => locked = Some(file),
            Err(report) => return Ok(faulty_of(&report, &flags.inputs)),
        }
    }
    if let Some(stage) = flags.dump {
        return Ok(printed(
            codegen::dump(&sources, stage.into()),
            &flags.inputs,
        ));
    }
    let output = match codegen::generate(&sources) {
        Ok(output) => output,
        Err(report) => return Ok(faulty_of(&report, &flags.inputs)),
    };
    report(&rendered_of(&output.notes, &flags.inputs), format);
    let folder = workspace.display(&out);
    let target = Target {
        out: &out,
        shown: &folder,
        command: &repair,
    };
    let run = Run {
        workspace: &workspace,
        target,
        format,
    };
    let differences = differences(&output.files, target)?;
    if flags.check {
        let is_changed = lock::is_changed(&sources, format);
        match run.check(&output.files, &differences) {
            Outcome::Fresh if is_changed => Ok(Outcome::OutOfDate),
            outcome => Ok(outcome),
        }
    } else {
        run.write(&output.files, &differences, locked.as_ref())
    }
}

/// `cargo xtask explain`.
pub(crate) fn explain(flags: &ExplainFlags) -> Result<Outcome, Failure> {
    let workspace = Workspace::find();
    let sources = workspace.sources(&flags.inputs, "cargo xtask explain, with the same words")?;
    Ok(printed(
        codegen::explain(&sources, &flags.place),
        &flags.inputs,
    ))
}

/// Where a run writes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Target<'a> {
    /// The output folder.
    pub(crate) out: &'a Path,
    /// The output folder as it is shown.
    pub(crate) shown: &'a str,
    /// The command that repeats the run.
    pub(crate) command: &'a str,
}

/// One run against one output folder.
struct Run<'a> {
    workspace: &'a Workspace,
    target: Target<'a>,
    format: Format,
}

impl Run<'_> {
    fn check(&self, files: &Files, differences: &[Difference]) -> Outcome {
        if differences.is_empty() {
            self.summary(files.len(), &[]);
            return Outcome::Fresh;
        }
        self.print_differences(differences);
        Outcome::OutOfDate
    }

    /// Writes what is ours. Something foreign is left alone and reported, whatever its place.
    fn write(
        &self,
        files: &Files,
        differences: &[Difference],
        lock: Option<&LockFile>,
    ) -> Result<Outcome, Failure> {
        let steps = steps(files, differences);
        let changes = steps
            .iter()
            .map(|step| File::of_step(*step, self.target.out))
            .chain(lock.map(LockFile::change));
        write::write(&changes.collect::<Vec<_>>(), &mut RealDisk)
            .map_err(|error| error.into_failure(self.workspace, self.target.command))?;
        let foreign = foreign(differences);
        if foreign.is_empty() || !steps.is_empty() {
            self.summary(files.len(), &steps);
        }
        if foreign.is_empty() {
            return Ok(Outcome::Fresh);
        }
        self.print_differences(&foreign);
        Ok(Outcome::OutOfDate)
    }

    fn print_differences(&self, differences: &[Difference]) {
        print_differences(differences, self.target, self.format);
    }

    /// What was done, for people; programs read the exit code.
    fn summary(&self, total: usize, steps: &[Step<'_>]) {
        if self.format == Format::Human {
            let summary = summary(total, steps);
            print(&format!("{}: {summary}\n", self.target.shown));
        }
    }
}

/// How many files there are, and what was done with them.
fn summary(total: usize, steps: &[Step<'_>]) -> String {
    let is_write = |step: &&Step<'_>| matches!(step, Step::Write { .. });
    let written = steps.iter().filter(is_write).count();
    let files = if total == 1 { "file" } else { "files" };
    let done = match (written, steps.len() - written) {
        (0, 0) if total == 1 => "up to date".to_owned(),
        (0, 0) => "all up to date".to_owned(),
        (written, 0) => format!("{written} written"),
        (0, deleted) => format!("{deleted} deleted"),
        (written, deleted) => format!("{written} written, {deleted} deleted"),
    };
    format!("{total} {files}, {done}")
}

/// Reports how the output folder differs from what is generated.
pub(crate) fn print_differences(differences: &[Difference], target: Target<'_>, format: Format) {
    let options = RenderOptions {
        format: format.into(),
        folder: target.shown,
        repair: target.command,
    };
    report(&render(differences, options), format);
}

/// Those that are not ours to touch.
pub(crate) fn foreign(differences: &[Difference]) -> Vec<Difference> {
    let is_foreign = |one: &&Difference| matches!(one.kind, DifferenceKind::Foreign(_));
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

/// Returns a text as the command's result, or the report of what is at fault.
fn printed(result: Result<String, Report>, flags: &InputFlags) -> Outcome {
    match result {
        Ok(text) => {
            print_result(&text);
            Outcome::Fresh
        }
        Err(report) => faulty_of(&report, flags),
    }
}

/// Reports what is at fault, as the flags say.
pub(crate) fn faulty_of(faults: &Report, flags: &InputFlags) -> Outcome {
    report(&rendered_of(faults, flags), flags.message_format);
    Outcome::Fault
}

/// Reports what is at fault; people see the first faults.
pub(crate) fn faulty(faults: &Report, format: Format) -> Outcome {
    report(&rendered(faults, format, false), format);
    Outcome::Fault
}

/// The report as the flags say.
pub(crate) fn rendered_of(report: &Report, flags: &InputFlags) -> String {
    rendered(report, flags.message_format, flags.full)
}

/// Coloured only where a person looks on.
fn rendered(report: &Report, format: Format, full: bool) -> String {
    if format != Format::Human {
        return report.render(MessageFormat::from(format));
    }
    let is_plain = env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let coloured = !is_plain && std::io::stderr().is_terminal();
    report.render_for_people(Look { coloured, full })
}

/// People read the error stream, programs the output stream.
pub(crate) fn report(text: &str, format: Format) {
    match format {
        Format::Human => print(text),
        Format::Json | Format::Github => print_result(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_counts_only_what_was_done() {
        const WRITE: Step<'_> = Step::Write {
            path: "a.rs",
            text: "",
        };
        const DELETE: Step<'_> = Step::Delete { path: "b.rs" };
        for (total, steps, expected) in [
            (13, &[][..], "13 files, all up to date"),
            (1, &[], "1 file, up to date"),
            (13, &[WRITE], "13 files, 1 written"),
            (13, &[DELETE, DELETE], "13 files, 2 deleted"),
            (
                13,
                &[DELETE, WRITE, WRITE],
                "13 files, 2 written, 1 deleted",
            ),
        ] {
            assert_eq!(summary(total, steps), expected);
        }
    }
}
