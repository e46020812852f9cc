//! Which extensions of upstream's the slice holds: those that say something about the API. All others are counted and left out,
//! so that what upstream's tools write for themselves never makes a pull request.

use std::collections::BTreeMap;

use super::render::{Finding, Kind};

/// The extensions that come along: the permission that an operation asks of a token, the plans that have it, and whether the
/// audit log holds a value.
pub(super) const KEPT: [&str; 3] = ["x-api-token-group", "x-auditable", "x-cfPlanAvailability"];

/// What was left out, by name.
pub(super) fn findings(left_out: &BTreeMap<String, usize>) -> Vec<Finding> {
    let findings = left_out.iter().map(|(name, count)| {
        let times = if *count == 1 {
            "once".to_owned()
        } else {
            format!("{count} times")
        };
        Finding::new(Kind::ExtensionLeftOut, "", format!("{name}, {times}"))
    });
    findings.collect()
}
