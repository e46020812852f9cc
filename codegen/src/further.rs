//! The faults of later stages, for inputs whose exceptions are stale.
//!
//! Input: the inputs, and the report of the stage that refused them. Output: that report with what the stages after it find wrong. For
//! these a stale action of the overlay is applied as far as it can be, and a stale entry of `sdk.toml` is ignored: so no fault is
//! reported that an action corrects as soon as its `x-expect` is brought up to date.

use crate::document::StaleActions;
use crate::render::render;
use crate::report::Report;
use crate::source::Sources;
use crate::understand::model_with;

/// The report with the faults of later stages.
pub(crate) fn further(sources: &Sources, report: Report) -> Report {
    match model_with(sources, StaleActions::Applied) {
        Ok((model, stale)) => {
            let report = report.and(model.report(stale));
            match render(&model) {
                Ok(_) => report,
                Err(later) => report.and(later),
            }
        }
        Err(later) => report.and(later),
    }
}
