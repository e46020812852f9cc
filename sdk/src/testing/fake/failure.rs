//! A failure, as the service would send it: a status, and an envelope with errors.
//!
//! Codes and texts are the fake's own, except for the codes whose meaning is known. The table of assumptions in the guide lists them.

use std::time::Duration;

use serde_json::{Value, json};

/// Codes that the fake uses. Only the first four are known to mean what they mean here.
pub(crate) mod code {
    /// The account lacks the feature.
    pub(crate) const FEATURE_OFF: i64 = 1012;
    /// The headers with the credentials are malformed.
    pub(crate) const BAD_CREDENTIAL_HEADERS: i64 = 6003;
    /// There is no such path.
    pub(crate) const NO_ROUTE: i64 = 7003;
    /// The credentials are not valid, or lack the permission.
    pub(crate) const AUTHENTICATION: i64 = 10000;
    /// Assumed: the request does not fit its schema.
    pub(crate) const BAD_REQUEST: i64 = 1001;
    /// Assumed: there is no such item.
    pub(crate) const NOT_FOUND: i64 = 1003;
    /// Assumed: the item's state does not allow it.
    pub(crate) const CONFLICT: i64 = 1004;
    /// Assumed: well formed, but it cannot be done.
    pub(crate) const UNPROCESSABLE: i64 = 1005;
    /// Assumed: too many requests.
    pub(crate) const RATE_LIMITED: i64 = 1015;
    /// Assumed: the fake does not know what the service does here.
    pub(crate) const UNKNOWN_TO_THE_FAKE: i64 = 1018;
}

/// A failure of a request.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Failure {
    pub(crate) status: u16,
    pub(crate) errors: Vec<Problem>,
    /// For 429: in how long the request may be sent again.
    pub(crate) retry_after: Option<Duration>,
}

/// One error of a failure.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Problem {
    pub(crate) code: i64,
    pub(crate) message: String,
    /// The place in the body: a JSON pointer.
    pub(crate) pointer: Option<String>,
    /// The name of the query parameter.
    pub(crate) parameter: Option<String>,
}

impl Problem {
    pub(crate) fn new(code: i64, message: impl Into<String>) -> Self {
        let message = message.into();
        Self {
            code,
            message,
            pointer: None,
            parameter: None,
        }
    }

    /// The place in the body that it is about.
    pub(crate) fn at(mut self, pointer: impl Into<String>) -> Self {
        self.pointer = Some(pointer.into());
        self
    }

    /// The query parameter that it is about.
    pub(crate) fn of_parameter(mut self, name: impl Into<String>) -> Self {
        self.parameter = Some(name.into());
        self
    }

    /// The error as JSON.
    pub(crate) fn json(&self) -> Value {
        let mut error = json!({"code": self.code, "message": self.message});
        if let Some(pointer) = &self.pointer {
            error["source"] = json!({"pointer": pointer});
        }
        if let Some(parameter) = &self.parameter {
            error["source"] = json!({"parameter": parameter});
        }
        error
    }
}

impl Failure {
    pub(crate) fn new(status: u16, code: i64, message: impl Into<String>) -> Self {
        Self::with(status, vec![Problem::new(code, message)])
    }

    pub(crate) fn with(status: u16, errors: Vec<Problem>) -> Self {
        Self {
            status,
            errors,
            retry_after: None,
        }
    }

    /// 400: the request does not fit its schema, at this place of the body.
    pub(crate) fn bad_request(pointer: &str, message: impl Into<String>) -> Self {
        Self::with(
            400,
            vec![Problem::new(code::BAD_REQUEST, message).at(pointer)],
        )
    }

    /// 404: there is no such item.
    pub(crate) fn not_found(what: &str, id: &str) -> Self {
        Self::new(404, code::NOT_FOUND, format!("there is no {what} `{id}`"))
    }

    /// 409: the item's state does not allow it.
    pub(crate) fn conflict(message: impl Into<String>) -> Self {
        Self::new(409, code::CONFLICT, message)
    }

    /// 422: well formed, but it cannot be done because of this place of the body.
    pub(crate) fn unprocessable(pointer: &str, message: impl Into<String>) -> Self {
        Self::with(
            422,
            vec![Problem::new(code::UNPROCESSABLE, message).at(pointer)],
        )
    }

    /// 429: not before this time has passed.
    pub(crate) fn too_many(message: impl Into<String>, retry_after: Duration) -> Self {
        let mut failure = Self::new(429, code::RATE_LIMITED, message);
        failure.retry_after = Some(retry_after);
        failure
    }

    /// 501: what the service does here is not known.
    pub(crate) fn unknown(why: &str) -> Self {
        let message = format!("the fake does not know what the service does here: {why}");
        Self::new(501, code::UNKNOWN_TO_THE_FAKE, message)
    }

    /// The same failure, whose messages name the places of the errors.
    pub(crate) fn in_words(mut self) -> Self {
        for problem in &mut self.errors {
            let place = problem.pointer.take().or(problem.parameter.take());
            let place = place.filter(|place| !place.is_empty());
            if let Some(place) = place.filter(|place| !problem.message.contains(place.as_str())) {
                problem.message = format!("{} (at `{place}`)", problem.message);
            }
        }
        self
    }

    /// Status and messages, for people.
    pub(crate) fn text(&self) -> String {
        let errors = self.errors.iter().map(|error| match &error.pointer {
            Some(pointer) => format!("{pointer}: {}", error.message),
            None => error.message.clone(),
        });
        let errors: Vec<_> = errors.collect();
        format!("status {}, {}", self.status, errors.join("; "))
    }

    /// The body.
    pub(crate) fn envelope(&self) -> Value {
        let errors: Vec<Value> = self.errors.iter().map(Problem::json).collect();
        json!({"success": false, "errors": errors, "messages": [], "result": null})
    }
}
