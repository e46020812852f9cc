//! The slice: the part of upstream's document that this repository uses.
//!
//! Input: the texts of upstream's documents, `sdk.toml`, and the present slice. Output: the new slice, in canonical form,
//! with a report of what was added, removed and changed. Operations are selected by path patterns; every component that they
//! refer to is included, of whatever kind; nothing else is. Names and their order are upstream's, descriptions and examples
//! ours. Whether the slice is valid is not checked here: the generator does that.

mod arrange;
mod assemble;
mod changes;
mod cut;
mod docs;
mod extensions;
mod follow;
mod prose;
mod reach;
mod render;
mod select;
mod sentences;
mod trim;
mod upstream;
mod uses;

use std::collections::BTreeMap;

use crate::config::Import;
use crate::document::{Locator, Node, canonical, parse, read_toml};
use crate::report::MessageFormat;
use crate::report::{Fault, Input, Report};
use crate::source::Source;

pub use changes::Counts;
pub use render::{Finding, FindingKind};

/// Whose descriptions, summaries and examples the slice has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Prose {
    /// Those of the present slice, each at its node; upstream's are not copied.
    #[default]
    Ours,
    /// Upstream's.
    Upstream,
}

/// The inputs of an import.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// `sdk.toml`, whose `[import]` selects.
    pub config: &'a Source,
    /// The present slice, if there is one.
    pub current: Option<&'a Source>,
    /// The slice that was merged, with which the new one is compared; the present one where there is none.
    pub merged: Option<&'a Source>,
    /// Whose prose it has.
    pub prose: Prose,
}

/// The result of an import.
#[derive(Clone, Debug)]
pub struct Slice {
    /// The document, in canonical form.
    pub text: String,
    /// The text of `sdk.toml`, where entries of `[docs]` have followed their nodes.
    pub config: Option<String>,
    /// The size of the slice.
    pub counts: Counts,
    /// Whether its content equals that of the present slice.
    pub is_equal: bool,
    /// What was added, removed and is missing, in the order of the report.
    pub findings: Vec<Finding>,
}

impl Slice {
    /// The report: a list for people, JSON lines, or workflow commands; empty when there are no findings.
    pub fn render(&self, format: MessageFormat) -> String {
        render::render(&self.findings, format)
    }
}

/// Cuts the slice out of upstream's documents, or returns the faults of what was read.
pub fn slice(upstream: &[Source], request: &Request<'_>) -> Result<Slice, Report> {
    cut(upstream, request).map_err(|faults| report(faults, upstream, request))
}

/// The present slice in canonical form, or the faults of its text.
pub fn formatted(current: &Source) -> Result<String, Report> {
    match present(current) {
        Ok(root) => Ok(canonical(&root)),
        Err(faults) => Err(Report::on(faults, &[(Input::Spec, current)], &())),
    }
}

fn cut(upstream: &[Source], request: &Request<'_>) -> Result<Slice, Vec<Fault>> {
    let import = Import::read(&request.config.text);
    let documents = upstream::read(upstream);
    let current = request.current.map(present).transpose();
    // What was merged is good, or there is nothing to compare with.
    let merged = request.merged.and_then(|merged| present(merged).ok());
    let (import, documents, current) = match (import, documents, current) {
        (Ok(import), Ok(documents), Ok(current)) => (import, documents, current),
        (import, documents, current) => {
            let faults = [import.err(), documents.err(), current.err()];
            return Err(faults.into_iter().flatten().flatten().collect());
        }
    };
    let incomplete = cut::before_its_end(upstream, &documents, current.as_ref());
    let mut left_out = BTreeMap::new();
    let (taken, kept_nothing) = match reach::take(&documents, &import, request.prose, &mut left_out)
    {
        Ok(taken) if incomplete.is_empty() => taken,
        taken => return Err([incomplete, taken.err().unwrap_or_default()].concat()),
    };
    let mut root = assemble::assemble(&documents, &taken, request.prose, &mut left_out)?;
    let ours = match request.prose {
        Prose::Ours => graft(&mut root, current.as_ref(), merged.as_ref(), request),
        Prose::Upstream => Ours::default(),
    };
    let before = merged.as_ref().or(current.as_ref());
    let mut findings = ours.findings;
    findings.extend(sentences::complete(&mut root));
    arrange::arrange(&mut root);
    findings.extend(extensions::findings(&left_out));
    findings.extend(kept_nothing);
    let text = canonical(&root);
    let is_equal = current
        .as_ref()
        .is_some_and(|current| canonical(current) == text);
    findings.extend(changes::between(before, &root, &ours.moved));
    findings.sort_by_key(|finding| finding.kind);
    Ok(Slice {
        counts: Counts::of(&root),
        text,
        config: ours.config,
        is_equal,
        findings,
    })
}

/// What became of our prose.
#[derive(Default)]
struct Ours {
    findings: Vec<Finding>,
    config: Option<String>,
    /// Where nodes of the slice are now with which the new one is compared.
    moved: follow::Moved,
}

/// Copies our prose into the new slice.
fn graft(
    root: &mut Node,
    current: Option<&Node>,
    merged: Option<&Node>,
    request: &Request<'_>,
) -> Ours {
    let mut ours = Ours::default();
    let orphans = prose::graft(root, current);
    if let Some(current) = current {
        let (left, moved) = follow::follow(root, current, orphans);
        let docs = docs::moved(&request.config.text, current, root, &moved);
        let (config, found) = docs.unzip();
        (ours.config, ours.findings, ours.moved) = (config, left, moved);
        if let Some(merged) = merged {
            // What was merged and is nowhere now, whatever the present slice has.
            let mut root = root.clone();
            let orphans = prose::graft(&mut root, Some(merged));
            (ours.findings, ours.moved) = follow::follow(&mut root, merged, orphans);
        }
        ours.findings.extend(found.unwrap_or_default());
    }
    ours
}

/// The tree of the present slice, its keys in canonical order.
fn present(current: &Source) -> Result<Node, Vec<Fault>> {
    let parse::Parsed { node, faults } = parse::parse(&current.text, Input::Spec);
    match node {
        Some(mut root) if faults.is_empty() => {
            arrange::arrange(&mut root);
            Ok(root)
        }
        _ => Err(faults),
    }
}

fn report(faults: Vec<Fault>, upstream: &[Source], request: &Request<'_>) -> Report {
    let mut inputs = vec![(Input::Config, request.config)];
    inputs.extend(request.current.map(|current| (Input::Spec, current)));
    inputs.extend(upstream::numbered(upstream));
    match read_toml(&request.config.text) {
        Ok(tree) => Report::on(faults, &inputs, &Locator::default().with_config(&tree)),
        Err(_) => Report::on(faults, &inputs, &()),
    }
}
