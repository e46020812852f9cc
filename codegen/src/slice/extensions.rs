//! Which of upstream's extensions the slice keeps: those that describe the API. All others are counted and left out,
//! so that what upstream's tools add for themselves never causes a pull request.

use std::collections::BTreeMap;

use crate::document::check::Shape;
use crate::pointer::Pointer;

use super::render::{Finding, FindingKind};

/// The extensions that are kept: the permission that an operation requires of a token, the plans that have it, and whether
/// the audit log records a value.
pub(super) const KEPT: [&str; 3] = ["x-api-token-group", "x-auditable", "x-cfPlanAvailability"];

/// Whether a node is within an extension that is left out.
pub(super) fn is_in_one(pointer: &Pointer) -> bool {
    let mut shape = Shape::at(&Pointer::root());
    for token in pointer.tokens() {
        if shape.is_extension(&token) && !KEPT.contains(&token.as_str()) {
            return true;
        }
        shape = shape.below(&token);
    }
    false
}

/// What was left out, by name.
pub(super) fn findings(left_out: &BTreeMap<String, usize>) -> Vec<Finding> {
    let findings = left_out.iter().map(|(name, count)| {
        let times = if *count == 1 {
            "once".to_owned()
        } else {
            format!("{count} times")
        };
        Finding::new(
            FindingKind::ExtensionLeftOut,
            "",
            format!("{name}, {times}"),
        )
    });
    findings.collect()
}
