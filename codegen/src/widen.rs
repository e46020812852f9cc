//! Widens the slice: what has to be written so that more of upstream's operations become part of the SDK.
//!
//! In: path patterns, upstream's documents, and the present inputs. Out: the inputs with the patterns, the slice that they select, and
//! the entries of `sdk.toml` and actions of the overlay that remove the faults which that brings about; what remains for a person; and
//! what changes for users of what the SDK has already. Each entry has a reason; none is written that would change what the SDK has.
//! No file is written here.

mod mends;
mod reasons;
mod render;
mod rounds;

use crate::compare::Comparison;
use crate::config::with_entry;
use crate::document::{Locator, read_toml};
use crate::pointer::Pointer;
use crate::report::{Code, Entry, Fault, Input, Report};
use crate::slice::{FindingKind, Prose, Slice, slice};
use crate::source::{Source, Sources};
use crate::understand::model;

use self::rounds::Rounds;

pub use self::mends::Proposed;

/// What is to be widened.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The present inputs.
    pub current: &'a Sources,
    /// Upstream's documents.
    pub upstream: &'a [Source],
    /// Path patterns of the operations to add, as under `[import]`.
    pub patterns: &'a [String],
    /// Whose descriptions and examples the slice has.
    pub prose: Prose,
    /// The version of the SDK.
    pub version: &'a str,
}

/// What would be written, and what it means.
#[derive(Clone, Debug)]
pub struct Widening {
    /// The slice.
    pub slice: Slice,
    /// The inputs as they would be.
    pub sources: Sources,
    /// What is proposed in them beside the patterns, in the order of the rounds that found it.
    pub proposed: Vec<Proposed>,
    /// The faults that remain for a person; empty where the inputs are without faults.
    pub left: Report,
    /// What changes for users; none where faults remain.
    pub comparison: Option<Comparison>,
    /// The present inputs.
    before: Sources,
    /// The operations that [skip] leaves out, of those that come in.
    skipped: Vec<String>,
}

/// Finds what has to be written. Errors where the present inputs are at fault, or the slice cannot be cut.
pub fn widen(request: &Request<'_>) -> Result<Widening, Report> {
    let current = request.current;
    let before = model(current)?;
    let config = selecting(current, request.patterns)?;
    let slice = cut(request, &config)?;
    let text = slice.config.clone().unwrap_or(config.text);
    let start = Sources {
        spec: source(&current.spec, slice.text.clone()),
        config: source(&current.config, text),
        ..current.clone()
    };
    let ended = Rounds::new(&before, start, request.version).run();
    let sources = ended.sources;
    let left = gone(&slice, current).into_iter().chain(ended.left);
    let left = left.reduce(Report::and).unwrap_or_default();
    Ok(Widening {
        skipped: render::skipped(&slice, &ended.proposed),
        slice,
        sources,
        proposed: ended.proposed,
        comparison: ended.comparison.filter(|_| left.fault_count() == 0),
        left,
        before: current.clone(),
    })
}

impl Widening {
    /// Whether no operation comes in.
    pub fn is_nothing(&self) -> bool {
        let mut findings = self.slice.findings.iter();
        !findings.any(|finding| finding.kind == FindingKind::OperationCame)
    }

    /// Whether it can be written: no fault remains.
    pub fn is_complete(&self) -> bool {
        self.left.fault_count() == 0
    }
}

/// `sdk.toml` with the patterns.
fn selecting(current: &Sources, patterns: &[String]) -> Result<Source, Report> {
    let entry = Entry::list("import", "paths", patterns.to_vec());
    match with_entry(&current.config.text, &entry, "") {
        Some(text) => Ok(source(&current.config, text)),
        None => {
            let help = "write the patterns there by hand, then run this again";
            let message = "the patterns cannot be added to [import]";
            let fault = Fault::new(Input::Config, Pointer::root(), message, help);
            Err(Report::new(vec![fault.code(Code::Config)], current, &()))
        }
    }
}

fn cut(request: &Request<'_>, config: &Source) -> Result<Slice, Report> {
    let cut = crate::slice::Request {
        config,
        current: Some(&request.current.spec),
        merged: None,
        prose: request.prose,
    };
    slice(request.upstream, &cut)
}

/// The operations of the present slice that upstream's documents do not have: widening removes none.
fn gone(slice: &Slice, current: &Sources) -> Option<Report> {
    let findings = slice.findings.iter();
    let gone = findings.filter(|finding| finding.kind == FindingKind::OperationWent);
    let faults = gone.map(|finding| {
        let pointer = Pointer::parse(&finding.pointer).unwrap_or_default();
        let message = format!("the source does not have this operation: {}", finding.text);
        let help = "name the document that has it with one more `--from`; or take its removal over first, with `cargo xtask spec update`";
        let fault = Fault::new(Input::Spec, pointer, message, help);
        fault.code(Code::Import).on_key()
    });
    let faults: Vec<Fault> = faults.collect();
    if faults.is_empty() {
        return None;
    }
    let tree = read_toml(&current.config.text).ok();
    let present = crate::document::Document::draft(current);
    let report = match (&present, &tree) {
        (Some(document), Some(tree)) => {
            Report::new(faults, current, &document.locator().with_config(tree))
        }
        _ => Report::new(faults, current, &Locator::default()),
    };
    Some(report)
}

/// A source with another text.
fn source(source: &Source, text: String) -> Source {
    Source {
        path: source.path.clone(),
        text,
    }
}
