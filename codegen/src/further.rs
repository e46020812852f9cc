//! The faults of later stages, for inputs that are refused.
//!
//! Input: the inputs, and the report of the stage that refused them. Output: that report with what the stages after it find wrong. For
//! these a stale action of the overlay is applied as far as it can be, and a stale entry of `sdk.toml` is ignored: so no fault is
//! reported that an action corrects as soon as its `x-expect` is brought up to date. Operations that faults concern are left out: so
//! the faults of all others come out in the same run.

use crate::document::StaleActions;
use crate::render::render;
use crate::report::Report;
use crate::source::Sources;
use crate::understand::{Tolerance, attempt};

/// The report with the faults of later stages.
pub(crate) fn further(sources: &Sources, report: Report) -> Report {
    let tolerance = Tolerance {
        stale: Some(StaleActions::Applied),
        leaves_out: true,
    };
    match attempt(sources, tolerance) {
        Ok(attempt) => {
            let report = report.and(attempt.model.report(attempt.faults));
            match render(&attempt.model) {
                Ok(_) => report,
                Err(later) => report.and(later),
            }
        }
        Err(later) => report.and(later),
    }
}
