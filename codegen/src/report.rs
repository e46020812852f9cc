//! Findings about the inputs of the generator.
//!
//! Input: [`Fault`]s, each bound to a node of an input. Output: a [`Report`] that is sorted, without
//! repetitions, and with places in the files, as text for people, as JSON lines, or as workflow commands. Which inputs
//! are faulty is not decided here, and documents are read only through [`Locate`].

mod alike;
mod code;
mod entry;
mod fault;
mod human;
mod lines;
mod machine;
mod oddity;
mod workflow;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::pointer::Pointer;
use crate::source::{Source, Sources};

pub(crate) use workflow::{Annotation, command};

use lines::Lines;
use oddity::Related;

pub use code::Code;
pub use entry::{Entry, EntryValue};
pub use fault::{Fault, Input, Level, ReadAs, Span};
pub use oddity::Oddity;

/// Finds the text behind a pointer.
pub trait Locate {
    /// The input and the span of the node at `pointer` (or of its key). The input can differ
    /// from the one asked for: a node of the document may come from the overlay.
    fn locate(&self, input: Input, pointer: &Pointer, on_key: bool) -> Option<(Input, Span)>;
}

/// Locates nothing: for faults that all have their span.
impl Locate for () {
    fn locate(&self, _: Input, _: &Pointer, _: bool) -> Option<(Input, Span)> {
        None
    }
}

/// The ways in which a report can be written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MessageFormat {
    /// For people, with an excerpt of the input.
    #[default]
    Human,
    /// One JSON object per line.
    Json,
    /// Workflow commands that annotate a pull request.
    Github,
}

/// How a report for people looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// Whether it has colours, for a terminal.
    pub coloured: bool,
    /// Whether it shows every finding, however many there are.
    pub full: bool,
}

/// A fault, oddity or note with its place in the text. The order of the fields is the order of the report.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Finding {
    level: Level,
    /// The rank of its code.
    rank: u8,
    input: Input,
    line: usize,
    column: usize,
    message: String,
    pointer: Pointer,
    path: String,
    help: String,
    excerpt: Excerpt,
    code: Code,
    /// Fields that only findings of `lint` have.
    rule: &'static str,
    related: Vec<Related>,
    mend: String,
    /// The entries of `sdk.toml` one of which removes it, the best first.
    entries: Box<[Entry]>,
}

impl Finding {
    /// The code of what the generator finds; empty for what a rule of `lint` finds.
    fn code_id(&self) -> &'static str {
        match self.level {
            Level::Fault | Level::Note => self.code.id(),
            Level::Oddity | Level::Mended => "",
        }
    }

    /// What the finding is called: the rule that found it, or its code.
    fn id(&self) -> &'static str {
        match self.rule {
            "" => self.code.id(),
            rule => rule,
        }
    }
}

/// A fault of a report.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Refused<'a> {
    /// Its kind.
    pub(crate) code: Code,
    /// Its node.
    pub(crate) pointer: &'a str,
    /// What is wrong.
    pub(crate) message: &'a str,
    /// The entries of `sdk.toml` one of which removes it, the best first.
    pub(crate) entries: &'a [Entry],
}

/// The line of a finding, with the part to underline (in bytes of `text`).
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Excerpt {
    text: String,
    start: usize,
    end: usize,
    /// Whether the start of the line is cut.
    cut: bool,
}

/// All findings of a run: sorted by kind, input and position, without repetitions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    findings: Vec<Finding>,
}

/// How many findings a report for people shows, unless all are asked for.
const SHOWN: usize = 50;

impl Report {
    /// Collects the findings of a run.
    pub fn new(faults: Vec<Fault>, sources: &Sources, locator: &dyn Locate) -> Self {
        Self::on(faults, &inputs(sources), locator)
    }

    /// Collects the findings of a run that reads these inputs.
    pub(crate) fn on(
        faults: Vec<Fault>,
        inputs: &[(Input, &Source)],
        locator: &dyn Locate,
    ) -> Self {
        let desk = Desk::new(inputs, locator);
        let faults = faults.into_iter();
        let mut findings: Vec<Finding> = faults.map(|fault| desk.finding(fault)).collect();
        findings.sort();
        findings.dedup();
        Self { findings }
    }

    /// Both reports in one.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.findings.extend(other.findings);
        self.findings.sort();
        self.findings.dedup();
        self
    }

    /// How many findings of a level there are.
    pub fn count(&self, level: Level) -> usize {
        self.findings
            .iter()
            .filter(|finding| finding.level == level)
            .count()
    }

    /// The message of the first fault.
    pub fn first_fault(&self) -> Option<&str> {
        let first = self.findings.first();
        let fault = first.filter(|finding| finding.level == Level::Fault)?;
        Some(&fault.message)
    }

    /// How many faults, or how many notes, there are of each code, most of them first.
    pub fn codes(&self, level: Level) -> Vec<(Code, usize)> {
        let mut counts: BTreeMap<Code, usize> = BTreeMap::new();
        for finding in self.findings.iter().filter(|found| found.level == level) {
            *counts.entry(finding.code).or_default() += 1;
        }
        let mut counts: Vec<(Code, usize)> = counts.into_iter().collect();
        counts.sort_by_key(|(_, count)| Reverse(*count));
        counts
    }

    /// How many faults there are.
    pub fn fault_count(&self) -> usize {
        self.count(Level::Fault)
    }

    /// The faults, for programs that remove them.
    pub(crate) fn refused(&self) -> impl Iterator<Item = Refused<'_>> {
        let faults = self.findings.iter();
        let faults = faults.filter(|finding| finding.level == Level::Fault);
        faults.map(|finding| Refused {
            code: finding.code,
            pointer: finding.pointer.as_str(),
            message: &finding.message,
            entries: &finding.entries,
        })
    }

    /// How many notes there are.
    pub fn note_count(&self) -> usize {
        self.count(Level::Note)
    }

    /// Whether there are no findings.
    pub fn is_empty(&self) -> bool {
        self.findings.is_empty()
    }

    /// The report as text without colours; it ends with a line break unless it is empty. That for people shows the first findings
    /// only, and says how many there are.
    pub fn render(&self, format: MessageFormat) -> String {
        match format {
            MessageFormat::Human => human::render(self, false, SHOWN),
            MessageFormat::Json => machine::json(&self.findings),
            MessageFormat::Github => machine::github(&self.findings),
        }
    }

    /// The report for people, with colours for a terminal or without.
    pub fn render_for_people(&self, look: Look) -> String {
        let most = if look.full { usize::MAX } else { SHOWN };
        human::render(self, look.coloured, most)
    }
}

/// The inputs of the generator.
fn inputs(sources: &Sources) -> Vec<(Input, &Source)> {
    let Sources {
        spec,
        overlay,
        config,
        lock,
    } = sources;
    let overlay = overlay.as_ref().map(|overlay| (Input::Overlay, overlay));
    let mut inputs = vec![(Input::Spec, spec), (Input::Config, config)];
    inputs.extend(overlay);
    inputs.extend(lock.as_ref().map(|lock| (Input::Lock, lock)));
    inputs
}

/// Turns faults into findings; splits each input into lines once.
pub(crate) struct Desk<'a> {
    lines: Vec<(Input, Lines<'a>)>,
    nothing: Lines<'a>,
    locator: &'a dyn Locate,
}

impl<'a> Desk<'a> {
    /// The lines of the generator's inputs.
    pub(crate) fn of(sources: &'a Sources, locator: &'a dyn Locate) -> Self {
        Self::new(&inputs(sources), locator)
    }

    fn new(inputs: &[(Input, &'a Source)], locator: &'a dyn Locate) -> Self {
        let lines = inputs
            .iter()
            .map(|(input, source)| (*input, Lines::new(Some(source))));
        Self {
            lines: lines.collect(),
            nothing: Lines::new(None),
            locator,
        }
    }

    /// The file and the line of a fault.
    pub(crate) fn place(&self, fault: Fault) -> (String, usize) {
        let finding = self.finding(fault);
        (finding.path, finding.line)
    }

    fn finding(&self, fault: Fault) -> Finding {
        let known = fault.span.map(|span| (fault.input, *span));
        let place = known.or_else(|| {
            self.locator
                .locate(fault.input, &fault.pointer, fault.on_key)
        });
        let (input, span) = place.unwrap_or((fault.input, Span::default()));
        let lines = self.lines.iter().find(|(known, _)| *known == input);
        let lines = lines.map_or(&self.nothing, |(_, lines)| lines);
        let (line, column, excerpt) = lines.place(span);
        let path = lines.path().to_owned();
        Finding {
            level: fault.level,
            rank: fault.code.rank(),
            input,
            line,
            column,
            message: fault.message,
            pointer: fault.pointer,
            path,
            help: fault.help,
            excerpt,
            code: fault.code,
            rule: fault.rule,
            related: Vec::new(),
            mend: String::new(),
            entries: fault.entries,
        }
    }
}

/// `path:line:column` of a node.
pub(crate) fn place(
    sources: &Sources,
    locator: &dyn Locate,
    input: Input,
    pointer: &Pointer,
) -> String {
    let fault = Fault::new(input, pointer.clone(), "", "").on_key();
    let finding = Desk::of(sources, locator).finding(fault);
    format!("{}:{}:{}", finding.path, finding.line, finding.column)
}

#[cfg(test)]
mod tests;
