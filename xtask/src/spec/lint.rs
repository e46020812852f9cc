//! `cargo xtask spec lint`: what is wrong and what is odd in the inputs, and the overlay actions that mend it.
//!
//! Reads the three inputs; with `--fix` it writes the overlay, at once or not at all. What is odd is decided in codegen.

use clap::Args;
use clap::builder::PossibleValuesParser;
use codegen::lint::{Finding, Mending, RULES};
use codegen::report::Level;
use codegen::{Fix, Lint};

use crate::commands::{faulty_of, rendered_of, report};
use crate::disk::{Failure, RealDisk};
use crate::flags::{Format, InputFlags};
use crate::outcome::{Outcome, print, print_result};
use crate::places::Workspace;
use crate::write::{self, File, folder, turn};

/// The exit codes, as `--help` lists them.
pub(crate) const EXIT_CODES: &str = "\
Exit codes:
  0   nothing is wrong, and nothing is odd but what is accepted
  1   something is odd
  2   the inputs are at fault
  3   a file could not be read or written
  64  the flags are wrong";

/// The command that repeats the run.
const COMMAND: &str = "cargo xtask spec lint, with the same words";

/// The flags of `lint`.
#[derive(Debug, Args)]
pub(crate) struct LintFlags {
    /// Writes into the overlay what can be mended without asking: what changes nothing that the document means.
    #[arg(long)]
    pub(crate) fix: bool,
    /// Lists the rules, what each finds, and what becomes of its mends; reads nothing.
    #[arg(long, conflicts_with = "fix")]
    pub(crate) rules: bool,
    /// Reports the findings of this rule alone, and faults; can be given more than once.
    #[arg(long, value_name = "RULE", conflicts_with_all = ["fix", "rules"], value_parser = PossibleValuesParser::new(RULES.iter().map(|rule| rule.id)))]
    pub(crate) rule: Vec<String>,
    #[command(flatten)]
    pub(crate) inputs: InputFlags,
}

/// Runs the command.
pub(crate) fn lint(flags: &LintFlags) -> Result<Outcome, Failure> {
    if flags.rules {
        print_result(&rules());
        return Ok(Outcome::Fresh);
    }
    let format = flags.inputs.message_format;
    let workspace = Workspace::find();
    let path = workspace.path(flags.inputs.overlay.as_deref(), "spec/overlay.yaml");
    let _turn = flags.fix.then(|| turn::take(&[folder(&path)]));
    let sources = workspace.sources(&flags.inputs, COMMAND)?;
    if !flags.fix {
        let lint = codegen::lint(&sources);
        let wanted: Vec<&str> = flags.rule.iter().map(String::as_str).collect();
        let lint = match wanted.as_slice() {
            [] => lint,
            wanted => lint.only(wanted),
        };
        return Ok(print_findings(&lint, &flags.inputs));
    }
    let fix = match codegen::fix(&sources) {
        Ok(fix) => fix,
        Err(faults) => return Ok(faulty_of(&faults, &flags.inputs)),
    };
    if let Some(text) = &fix.overlay {
        let shown = workspace.display(&path);
        write::write(&[File::new(&path, text)], &mut RealDisk)
            .map_err(|error| error.into_failure(&workspace, COMMAND))?;
        print_mends(&fix, &shown, &flags.inputs);
    } else if format == Format::Human {
        print("nothing can be mended without asking\n");
    }
    Ok(print_findings(&fix.left, &flags.inputs))
}

fn print_mends(fix: &Fix, overlay: &str, flags: &InputFlags) {
    let format = flags.message_format;
    if format == Format::Human {
        let count = fix.mended.count(Level::Mended);
        print(&format!(
            "{overlay}: {count} mended; now run cargo xtask codegen\n\n{}\n",
            fix.actions
        ));
    } else {
        report(&rendered_of(&fix.mended, flags), format);
    }
}

/// Reports what was found.
fn print_findings(lint: &Lint, flags: &InputFlags) -> Outcome {
    let format = flags.message_format;
    people(&counts(lint), format);
    report(&rendered_of(&lint.report, flags), format);
    let (faults, oddities) = (lint.report.fault_count(), lint.report.count(Level::Oddity));
    if faults > 0 {
        return Outcome::Fault;
    }
    if oddities > 0 {
        let first = lint.findings.first().map(Finding::acceptance);
        let entry = first.unwrap_or_default();
        let hint = "what is as it should be is accepted under [accept] in spec/sdk.toml";
        people(&format!("{hint}: {entry}\n"), format);
        return Outcome::Odd;
    }
    people("nothing is odd\n", format);
    Outcome::Fresh
}

/// How many findings each rule has, most of them first; empty where there are none.
fn counts(lint: &Lint) -> String {
    let mut counts = lint.counts();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let lines = counts
        .iter()
        .map(|(rule, count)| format!("{count:>5}  {rule}\n"));
    let text: String = lines.collect();
    match counts.len() {
        0 => text,
        _ => format!("{text}\n"),
    }
}

/// A word for people; programs read the exit code.
fn people(text: &str, format: Format) {
    if format == Format::Human {
        print(text);
    }
}

/// The rules, as a page.
fn rules() -> String {
    let mut page = String::new();
    for rule in &RULES {
        let mends = match rule.mending {
            Mending::None => "no mend: a person must say what is meant",
            Mending::ByHand => "a mend to paste, when a person has looked",
            Mending::Safe(_) => "a mend that --fix writes",
        };
        page.push_str(&format!("{}\n  {}\n  {mends}", rule.id, rule.meaning));
        if let Mending::Safe(why) = rule.mending {
            page.push_str(&format!(": {why}"));
        }
        page.push('\n');
    }
    page
}
