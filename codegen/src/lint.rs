//! Oddities of the inputs: they are not faults, but a document should not have them.
//!
//! Input: the document after the overlay, as much of the model as there is, and the faults of the generator. Output:
//! findings, each with its place and, where one exists, the overlay action that corrects it. Nodes that `[skip]` leaves out
//! are not checked, and `[accept]` in `sdk.toml` accepts findings for a reason. Nothing here changes what is generated.

mod accept;
mod append;
mod calls;
mod composition;
mod envelopes;
mod examples;
mod finding;
mod fix;
mod found;
mod keywords;
mod look;
mod mend;
mod numbers;
mod rule;
mod servers;
mod target;
mod timestamps;
mod twins;
mod types;
mod unions;
mod unused;
mod words;

use crate::config::Config;
use crate::document::{self, Document};
use crate::model::Api;
use crate::render::check;
use crate::report::{Level, Report};
use crate::source::Sources;
use crate::understand::model;

pub use self::finding::Finding;
pub use self::fix::Fix;
pub use self::rule::{LintRule, Mending, RULES};

use self::fix::{checked, draft};
use self::look::Look;

/// The path of the overlay to create when there is none.
pub(crate) const OVERLAY: &str = "spec/overlay.yaml";

/// The faults and the oddities of the inputs.
#[derive(Clone, Debug)]
pub struct Lint {
    /// All of them.
    pub report: Report,
    /// The findings of the rules that are not accepted, in the order of the rules.
    pub findings: Vec<Finding>,
}

impl Lint {
    /// The same with the findings of these rules alone. Faults of the inputs stay.
    #[must_use]
    pub fn only(mut self, rules: &[&str]) -> Self {
        self.findings
            .retain(|finding| rules.contains(&finding.rule.id));
        self.report = self.report.only(rules);
        self
    }

    /// How many findings each rule has, in the order of the rules; those without are left out.
    pub fn counts(&self) -> Vec<(&'static str, usize)> {
        let count = |rule: &LintRule| {
            let findings = self.findings.iter();
            findings
                .filter(|finding| finding.rule.id == rule.id)
                .count()
        };
        let counts = RULES.iter().map(|rule| (rule.id, count(rule)));
        counts.filter(|(_, count)| *count > 0).collect()
    }

    /// The result for inputs that no rule can check.
    fn unread(report: Report) -> Self {
        let findings = Vec::new();
        Self { report, findings }
    }
}

/// Reports all faults and oddities of the inputs, as far as they can be read.
pub fn lint(sources: &Sources) -> Lint {
    let (model, report) = match model(sources) {
        Ok(model) => {
            let report = check(&model).unwrap_or_else(|faults| faults);
            (Some(model), report)
        }
        Err(faults) => (None, faults),
    };
    match model {
        Some(model) => look_at(sources, &model.document, Some(&model.api), report),
        None => match Document::draft(sources) {
            Some(draft) => look_at(sources, &draft, None, report),
            None => Lint::unread(report),
        },
    }
}

/// Adds actions to the overlay that correct the inputs without changing their meaning. Writes no file: the text is returned.
pub fn fix(sources: &Sources) -> Result<Fix, Report> {
    let before = lint(sources);
    match draft(&before, sources)? {
        Some(draft) => {
            let after = lint(&draft.sources);
            checked(&before, draft, after, sources)
        }
        None => Ok(Fix::nothing(before)),
    }
}

/// The overlay with the safe corrections of one rule at these nodes, and the new actions alone; `None` if there is no such correction, or
/// the overlay cannot be changed.
pub(crate) fn with_actions(
    sources: &Sources,
    rule: &str,
    nodes: &[&str],
) -> Option<(String, String)> {
    let mut lint = lint(sources);
    lint.findings
        .retain(|finding| finding.rule.id == rule && nodes.contains(&finding.pointer().as_str()));
    draft(&lint, sources).ok()??.into_texts()
}

/// Runs every rule on the document. `report` is the generator's; if it refuses the document there is no `api`.
fn look_at(sources: &Sources, document: &Document, api: Option<&Api>, report: Report) -> Lint {
    let (config, _) = Config::read(&sources.config.text, document);
    let look = Look::new(document, &config, api);
    let mut findings: Vec<Finding> = RULES.iter().flat_map(|rule| rule.look(&look)).collect();
    accept::accept(&config, &mut findings);
    let is_whole = api.is_some() && report.fault_count() == 0;
    let faults = accept::faults(&config, is_whole);
    let oddities = findings.iter().map(|finding| finding.oddity(Level::Oddity));
    let config_tree = document::read_toml(&sources.config.text).ok();
    let locator = document.locator();
    let locator = config_tree
        .as_ref()
        .map_or(locator, |tree| locator.with_config(tree));
    let report = report.and(Report::new(faults, sources, &locator));
    Lint {
        report: report.with(oddities.collect(), sources, &locator),
        findings,
    }
}
