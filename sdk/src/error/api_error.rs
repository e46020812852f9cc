//! One error that the service reported, read from JSON of any shape.
//!
//! In: the JSON under `errors` (or under what a gateway uses instead). Out: [`ApiError`]s. Reading never fails: an unexpected
//! shape is read as far as possible, because the caller is already handling a failure.

use std::fmt;

use crate::base::redact;
use crate::decode::{FromJson, Json};
use crate::service::ErrorCode;

/// Most failures have one error; thousands of them must not become a long line.
const MAX_SHOWN: usize = 5;

/// One error that the service reported.
#[derive(Clone, PartialEq)]
pub struct ApiError {
    code: Option<ErrorCode>,
    message: String,
    pointer: Option<String>,
    parameter: Option<String>,
    documentation_url: Option<String>,
    trace_id: Option<String>,
    chain: Vec<ApiError>,
}

impl ApiError {
    /// Returns the error code. `None` if the service sent none.
    pub fn code(&self) -> Option<&ErrorCode> {
        self.code.as_ref()
    }

    /// Returns the message, on one line, with secrets redacted. Empty if the service sent none.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Returns the JSON pointer of the field of the request that the error is about.
    pub fn pointer(&self) -> Option<&str> {
        self.pointer.as_deref()
    }

    /// Returns the query or path parameter that the error is about.
    pub fn parameter(&self) -> Option<&str> {
        self.parameter.as_deref()
    }

    /// Returns the URL where the service explains the error.
    pub fn documentation_url(&self) -> Option<&str> {
        self.documentation_url.as_deref()
    }

    /// Returns the trace id, by which the service's support can find the failure.
    pub fn trace_id(&self) -> Option<&str> {
        self.trace_id.as_deref()
    }

    /// Returns the errors that caused this one.
    pub fn chain(&self) -> &[ApiError] {
        &self.chain
    }

    /// Writes the error without those that caused it.
    fn write_own(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.code, self.message.is_empty()) {
            (Some(code), true) => write!(f, "[{code}]")?,
            (Some(code), false) => write!(f, "[{code}] {}", self.message)?,
            (None, true) => f.write_str("error without a message")?,
            (None, false) => f.write_str(&self.message)?,
        }
        match self.pointer.as_ref().or(self.parameter.as_ref()) {
            Some(place) => write!(f, " (at {place})"),
            None => Ok(()),
        }
    }

    /// Writes the errors that caused this one, each with those that caused it. At most [`MAX_SHOWN`] in all.
    fn write_chain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut causes: Vec<&Self> = Vec::new();
        let mut level: Vec<&Self> = self.chain.iter().collect();
        while !level.is_empty() && causes.len() <= MAX_SHOWN {
            let below = level.iter().flat_map(|cause| &cause.chain).collect();
            causes.extend(level);
            level = below;
        }
        for cause in causes.iter().take(MAX_SHOWN) {
            f.write_str(": ")?;
            cause.write_own(f)?;
        }
        if causes.len() > MAX_SHOWN {
            f.write_str(": and more")?;
        }
        Ok(())
    }

    /// The errors on one line, separated by semicolons.
    pub(crate) fn line(errors: &[Self]) -> String {
        let mut parts: Vec<_> = errors.iter().take(MAX_SHOWN).map(Self::to_string).collect();
        if errors.len() > MAX_SHOWN {
            parts.push(format!("and {} more", errors.len() - MAX_SHOWN));
        }
        parts.join("; ")
    }

    /// An error that has only a message.
    pub(crate) fn from_message(message: &str) -> Self {
        Self {
            code: None,
            message: redact::line(message),
            pointer: None,
            parameter: None,
            documentation_url: None,
            trace_id: None,
            chain: Vec::new(),
        }
    }

    /// All errors of a body that reports a failure.
    ///
    /// The usual place is `errors`; some gateways send `{"error": {...}}`, some problem+json, some only `{"message": ...}`.
    pub(crate) fn all_from(body: Json<'_>) -> Vec<Self> {
        if body.object().is_err() {
            return Self::list(body);
        }
        for key in ["errors", "error"] {
            let found = body.get(key).map(Self::list).unwrap_or_default();
            if !found.is_empty() {
                return found;
            }
        }
        let mut itself = Self::from_object(body);
        // In an envelope these fields belong to the response, not to an error.
        itself.chain.clear();
        if itself.message.is_empty() {
            Vec::new()
        } else {
            vec![itself]
        }
    }

    /// The errors in the value of `errors`, whatever its shape.
    pub(crate) fn list(errors: Json<'_>) -> Vec<Self> {
        if let Ok(items) = errors.items() {
            return items.filter_map(Self::one).collect();
        }
        match errors.object() {
            Ok(fields) if !is_error(errors) => {
                let values = fields.entries().map(|(_, value)| value);
                values.filter_map(Self::one).collect()
            }
            _ => Self::one(errors).into_iter().collect(),
        }
    }

    fn one(error: Json<'_>) -> Option<Self> {
        if let Some(message) = error.as_text() {
            return Some(Self::from_message(&message));
        }
        if error.as_number().is_some() {
            let code = integer(error).map(ErrorCode::from);
            return Some(Self {
                code,
                ..Self::from_message("")
            });
        }
        if let Ok(mut items) = error.items() {
            return items.find_map(Self::one);
        }
        error.object().ok().map(|_| Self::from_object(error))
    }

    fn from_object(object: Json<'_>) -> Self {
        let message = ["message", "detail", "title", "error", "description"]
            .iter()
            .find_map(|key| text(object.get(key)?));
        let source = object.get("source");
        let trace_id = object
            .at(&["meta", "trace_id"])
            .or_else(|| object.get("trace_id"));
        let chain = object
            .get("error_chain")
            .map(Self::list)
            .unwrap_or_default();
        Self {
            code: object.get("code").and_then(integer).map(ErrorCode::from),
            pointer: source.and_then(|source| text(source.get("pointer")?)),
            parameter: source.and_then(|source| text(source.get("parameter")?)),
            documentation_url: object.get("documentation_url").and_then(text),
            trace_id: trace_id.and_then(text),
            chain,
            ..Self::from_message(&message.unwrap_or_default())
        }
    }
}

/// Whether an object is an error itself, and not a map of errors.
fn is_error(object: Json<'_>) -> bool {
    ["code", "message", "detail", "title"].iter().any(|key| {
        let value = object.get(key);
        value.is_some_and(|value| value.object().is_err())
    })
}

/// An integer in any of the forms that codes come in: `1001`, `"1001"`, `1001.0`.
fn integer(value: Json<'_>) -> Option<i64> {
    match value.as_text() {
        Some(text) => text.trim().parse().ok(),
        None => i64::from_json(value).ok(),
    }
}

/// The text as one line without secrets. `None` if it is empty.
fn text(value: Json<'_>) -> Option<String> {
    let text = redact::line(&value.as_text()?);
    if text.is_empty() { None } else { Some(text) }
}

impl fmt::Display for ApiError {
    /// Prints `[1012] feature not enabled`, the pointer or parameter if the service sent one, and the errors that caused it:
    /// `[6003] Invalid request headers: [6111] Invalid format for Authorization header`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_own(f)?;
        self.write_chain(f)
    }
}

impl fmt::Debug for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("ApiError");
        out.field("code", &self.code.as_ref().map(ErrorCode::code))
            .field("message", &self.message);
        let optional = [
            ("pointer", &self.pointer),
            ("parameter", &self.parameter),
            ("documentation_url", &self.documentation_url),
            ("trace_id", &self.trace_id),
        ];
        for (name, value) in optional {
            if let Some(value) = value {
                out.field(name, value);
            }
        }
        if !self.chain.is_empty() {
            out.field("chain", &self.chain);
        }
        out.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::ApiError;
    use crate::decode;
    use serde_json::{Value, json};

    fn errors(body: &Value) -> Vec<ApiError> {
        decode::of_value(body, ApiError::all_from)
    }

    fn printed(body: &Value) -> String {
        let errors = errors(body);
        errors
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join("; ")
    }

    #[test]
    fn b30_errors_of_any_shape_are_read() {
        assert_eq!(printed(&json!({"errors": null})), "");
        assert_eq!(printed(&json!({"errors": "no"})), "no");
        assert_eq!(
            printed(&json!({"errors": [{"code": "1001", "message": null}]})),
            "[1001]"
        );
        assert_eq!(
            printed(&json!({"errors": ["a", 7, null, {"code": 6003.0, "message": "b"}]})),
            "a; [7]; [6003] b"
        );
        assert_eq!(
            printed(&json!({"errors": {"x": {"code": 1}, "y": {"message": "m"}}})),
            "[1]; m"
        );
        assert_eq!(
            printed(&json!({"errors": {"code": 2, "message": "m"}})),
            "[2] m"
        );
    }

    #[test]
    fn b31_messages_are_read_from_other_envelopes() {
        assert_eq!(
            printed(&json!({"error": {"code": 9109, "message": "no access"}})),
            "[9109] no access"
        );
        assert_eq!(printed(&json!({"error": "denied"})), "denied");
        assert_eq!(
            printed(&json!({"type": "about:blank", "title": "Forbidden", "detail": "no plan"})),
            "no plan"
        );
        assert_eq!(
            printed(&json!({"type": "about:blank", "title": "Forbidden"})),
            "Forbidden"
        );
    }

    #[test]
    fn b28_b29_trace_id_pointer_and_chain_are_typed() {
        let errors = errors(&json!({"errors": [{
            "code": 102000, "message": "bad\n name", "documentation_url": "https://example.com/e",
            "meta": {"trace_id": "t-1"}, "source": {"pointer": "/name"},
            "error_chain": [{"code": 1002, "message": "inner"}],
        }]}));
        let error = &errors[0];
        assert_eq!(error.code().unwrap().code(), 102_000);
        assert_eq!(
            (error.trace_id(), error.pointer()),
            (Some("t-1"), Some("/name"))
        );
        assert_eq!(error.chain()[0].to_string(), "[1002] inner");
        assert_eq!(
            error.to_string(),
            "[102000] bad name (at /name): [1002] inner"
        );
    }

    #[test]
    fn b95_the_chain_is_in_the_line() {
        let inner = json!([{"code": 6111, "message": "Invalid format for Authorization header"}]);
        let body = json!({"errors": [{"code": 6003, "message": "Invalid request headers", "error_chain": inner}]});
        assert_eq!(
            printed(&body),
            "[6003] Invalid request headers: [6111] Invalid format for Authorization header"
        );
        let many: Vec<_> = (1..=9).map(|code| json!({"code": code})).collect();
        let body = json!({"errors": [{"code": 10, "error_chain": many}]});
        assert_eq!(printed(&body), "[10]: [1]: [2]: [3]: [4]: [5]: and more");
    }
}
