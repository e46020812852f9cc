//! The frame of the service's JSON, around what a test gives.
//!
//! In: a result, or an error. Out: the end of an exchange, as the service would send it.

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue, StatusCode};
use serde::Serialize;
use serde_json::{Value, json};

use super::reaction::End;
use super::refuse::refuse;

/// A success with this result, and what the service says of the list that it is a part of.
pub(super) fn success(result: &Value, info: Option<&Value>) -> End {
    let mut envelope = json!({"success": true, "errors": [], "messages": [], "result": result});
    if let (Value::Object(fields), Some(info)) = (&mut envelope, info) {
        fields.insert("result_info".to_owned(), info.clone());
    }
    answer(StatusCode::OK, &envelope)
}

/// A failure with one error.
pub(super) fn failure(status: StatusCode, error: &Value) -> End {
    let envelope = json!({"success": false, "errors": [error], "messages": [], "result": null});
    answer(status, &envelope)
}

/// What stands in `result_info`: a page of a list of so many items on so many pages.
pub(super) fn page_info(
    page: usize,
    per_page: usize,
    count: usize,
    (items, pages): (usize, usize),
) -> Value {
    json!({"page": page, "per_page": per_page, "count": count, "total_count": items, "total_pages": pages})
}

/// A value of the test's, as JSON.
#[track_caller]
pub(super) fn value(of: impl Serialize) -> Value {
    match serde_json::to_value(of) {
        Ok(value) => value,
        Err(error) => refuse(&format!("this cannot be written as JSON: {error}")),
    }
}

fn answer(status: StatusCode, body: &Value) -> End {
    let json = HeaderValue::from_static("application/json");
    let headers = HeaderMap::from_iter([(CONTENT_TYPE, json)]);
    End::Answer(status, headers, Bytes::from(body.to_string()))
}
