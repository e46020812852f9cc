//! The documentation of what the SDK lacks: the operations that are left out, with counts by reason.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::model::LeftOut;
use crate::report::Code;

/// The section of the documentation of `api`; empty where nothing is left out.
pub(super) fn index(left_out: &[LeftOut]) -> String {
    if left_out.is_empty() {
        return String::new();
    }
    let mut reasons: BTreeMap<Code, usize> = BTreeMap::new();
    for operation in left_out {
        *reasons.entry(operation.code).or_default() += 1;
    }
    let mut reasons: Vec<(Code, usize)> = reasons.into_iter().collect();
    reasons.sort_by_key(|(_, count)| Reverse(*count));
    let counts = reasons
        .iter()
        .map(|(code, count)| format!("| {count} | {} |", code.meaning()));
    let rows = left_out.iter().map(|operation| {
        format!(
            "| `{} {}` | {} |",
            operation.method,
            operation.path,
            operation.code.meaning()
        )
    });
    let (counts, rows): (Vec<String>, Vec<String>) = (counts.collect(), rows.collect());
    format!(
        "\n\n# Not generated\n\nOperations of the document that have no method; [`Client::request`](crate::Client::request) sends them.\n\n\
         | operations | reason |\n|---|---|\n{}\n\n| operation | reason |\n|---|---|\n{}",
        counts.join("\n"),
        rows.join("\n")
    )
}
