//! A success, as the service would send it.

use bytes::Bytes;
use serde_json::{Value, json};

/// A success of a request.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Success {
    pub(crate) status: u16,
    pub(crate) content: Content,
    /// The path of what was created.
    pub(crate) location: Option<String>,
}

/// The body of a success.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Content {
    /// An envelope with this result, and with `result_info`.
    Result(Value, Option<Value>),
    /// An envelope without a result.
    NoResult,
    /// A file.
    File {
        media_type: &'static str,
        name: Option<String>,
        bytes: Bytes,
    },
    /// No body.
    Nothing,
}

impl Success {
    fn new(status: u16, content: Content) -> Self {
        Self {
            status,
            content,
            location: None,
        }
    }

    /// 200 with this result.
    pub(crate) fn ok(result: Value) -> Self {
        Self::new(200, Content::Result(result, None))
    }

    /// 200 with this part of a list.
    pub(crate) fn page(items: Vec<Value>, info: Value) -> Self {
        Self::new(200, Content::Result(Value::Array(items), Some(info)))
    }

    /// 201 with what was created, and its path below the account's.
    pub(crate) fn created(result: Value, location: Option<String>) -> Self {
        let mut success = Self::new(201, Content::Result(result, None));
        success.location = location;
        success
    }

    /// 202: accepted, without a result.
    pub(crate) fn accepted() -> Self {
        Self::new(202, Content::NoResult)
    }

    /// 204.
    pub(crate) fn no_content() -> Self {
        Self::new(204, Content::Nothing)
    }

    /// A file.
    pub(crate) fn file(
        status: u16,
        media_type: &'static str,
        name: Option<String>,
        bytes: impl Into<Bytes>,
    ) -> Self {
        let bytes = bytes.into();
        Self::new(
            status,
            Content::File {
                media_type,
                name,
                bytes,
            },
        )
    }
}

/// The envelope of a success.
pub(crate) fn envelope(result: Option<&Value>, info: Option<&Value>) -> Value {
    let mut envelope = json!({"success": true, "errors": [], "messages": []});
    for (key, value) in [("result", result), ("result_info", info)] {
        if let Some(value) = value {
            envelope[key] = value.clone();
        }
    }
    envelope
}
