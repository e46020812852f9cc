//! The envelope of the service's JSON, around the values of a test.
//!
//! In: a result, or an error. Out: the response that the service would send.

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue, StatusCode};
use serde::Serialize;
use serde_json::{Value, json};

use super::fail::fail_test;
use super::reaction::End;
use crate::types::secret::Exposed;

/// A success with this result, and for a part of a list with its `result_info`.
pub(super) fn success(result: &Value, info: Option<&Value>) -> End {
    let mut envelope = json!({"success": true, "errors": [], "messages": [], "result": result});
    if let (Value::Object(fields), Some(info)) = (&mut envelope, info) {
        fields.insert("result_info".to_owned(), info.clone());
    }
    response(StatusCode::OK, &envelope)
}

/// A failure with one error.
pub(super) fn failure(status: StatusCode, error: &Value) -> End {
    let envelope = json!({"success": false, "errors": [error], "messages": [], "result": null});
    response(status, &envelope)
}

/// The `result_info` of a page, in a list of so many items on so many pages.
pub(super) fn page_info(
    page: usize,
    per_page: usize,
    count: usize,
    (items, pages): (usize, usize),
) -> Value {
    json!({"page": page, "per_page": per_page, "count": count, "total_count": items, "total_pages": pages})
}

/// A value of the test, as JSON.
#[track_caller]
pub(super) fn value(of: impl Serialize) -> Value {
    match serde_json::to_value(Exposed(of)) {
        Ok(value) => value,
        Err(error) => fail_test(&format!("this cannot be written as JSON: {error}")),
    }
}

fn response(status: StatusCode, body: &Value) -> End {
    let json = HeaderValue::from_static("application/json");
    let headers = HeaderMap::from_iter([(CONTENT_TYPE, json)]);
    End::Response(status, headers, Bytes::from(body.to_string()))
}
