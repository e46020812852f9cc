//! What is odd in the inputs: no fault, and yet not as a document should be.
//!
//! In come the document after the overlay, as much of the model as there is, and the faults of the generator; out come findings,
//! each with its place and, where one exists, the overlay action that mends it. What `[skip]` leaves out is not looked at,
//! and `[accept]` in `sdk.toml` lets findings pass for a reason. Nothing here changes what is generated.

mod accept;
mod append;
mod calls;
mod composition;
mod examples;
mod finding;
mod fix;
mod found;
mod keywords;
mod look;
mod mend;
mod numbers;
mod rule;
mod target;
mod timestamps;
mod twins;
mod types;
mod unions;
mod unused;
mod words;

use crate::Sources;
use crate::config::Config;
use crate::document::{self, Document};
use crate::model::Api;
use crate::report::{Level, Report};

pub use self::finding::Finding;
pub use self::fix::Fix;
pub use self::rule::{Mending, RULES, Rule};

pub(crate) use self::fix::{checked, draft};
use self::look::Look;

/// Where the overlay stands when there is none yet.
const OVERLAY: &str = "spec/overlay.yaml";

/// What is wrong in the inputs, and what is odd.
#[derive(Clone, Debug)]
pub struct Lint {
    /// All of it.
    pub report: Report,
    /// What the rules found and nobody accepted, in the order of the rules.
    pub findings: Vec<Finding>,
}

impl Lint {
    /// Inputs at which no rule can look.
    pub(crate) fn unread(report: Report) -> Self {
        let findings = Vec::new();
        Self { report, findings }
    }
}

/// Lets every rule look at the document. `report` is what the generator says; of a document that it refuses there is no `api`.
pub(crate) fn lint(
    sources: &Sources,
    document: &Document,
    api: Option<&Api>,
    report: Report,
) -> Lint {
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
    let report = report.and(Report::new(faults, Vec::new(), sources, &locator));
    Lint {
        report: report.with(oddities.collect(), sources, &locator),
        findings,
    }
}
