//! The envelope around every JSON response: `success`, `errors`, `messages`, `result`, `result_info`.
//!
//! In: the body of a response with a status of success. Out: its `result`, to be read as a type, or an error. Only `result` is
//! read strictly; the rest of the envelope may have any shape, because a strange message must not lose a good result. It does not
//! look at `Content-Type`: some servers label JSON as plain text.

use crate::base::drift;
use crate::base::redact;
use crate::decode::{self, Fault, FromJson, Json, Tree};
use crate::error::{ApiError, Error, ErrorKind};
use crate::response::error_body;
use crate::response::list::{ListRequest, RESULT};
use crate::response::page::ResultInfo;

/// What an envelope that reports success has beside its result.
#[derive(Debug, Default)]
pub(crate) struct Envelope {
    pub(crate) result_info: Option<ResultInfo>,
    pub(crate) messages: Vec<ApiMessage>,
}

/// Reads an envelope whose result is read by `read`. It is `None` where the key is not there; whether `null` will do is for
/// `read` to say.
pub(crate) fn read<T>(
    body: &[u8],
    limit: usize,
    list: ListRequest,
    read: fn(Json<'_>) -> Result<T, Fault>,
) -> Result<(Option<T>, Envelope), Error> {
    let tree = tree(body, limit)?;
    let envelope = Envelope::read(tree.root(), list)?;
    let result = list
        .result(tree.root())
        .map_err(|fault| undecodable(&fault))?;
    let result = result.map(read).transpose();
    let result = result.map_err(|fault| undecodable(&list.located(fault)))?;
    Ok((result, envelope))
}

/// Reads the body of a response that has no result: no body at all, or an envelope.
pub(crate) fn read_empty(body: &[u8], limit: usize) -> Result<Envelope, Error> {
    let text = decode::text(body)
        .map_err(|fault| undecodable(&fault))?
        .trim();
    if text.is_empty() || text == "null" {
        return Ok(Envelope::default());
    }
    let tree = tree(body, limit)?;
    Envelope::read(tree.root(), ListRequest::default())
}

/// The error of a response without the `result` that its operation promises.
pub(crate) fn no_result() -> Error {
    Error::new(ErrorKind::Decode, "the response has no `result`")
}

/// The error of a body that does not fit.
pub(crate) fn undecodable(fault: &Fault) -> Error {
    drift::misfit(|| fault.place());
    Error::new(ErrorKind::Decode, fault.to_string())
}

/// The text of a body that starts like a JSON object. The error for any other body, mostly an HTML page, quotes its start.
fn object(body: &[u8]) -> Result<&str, Error> {
    let text = decode::text(body).map_err(|fault| undecodable(&fault))?;
    let start = text.trim_start();
    if start.is_empty() {
        return Err(Error::new(
            ErrorKind::Decode,
            "the response has no body, but a `result` is expected",
        ));
    }
    if start.starts_with('{') {
        return Ok(text);
    }
    Err(Error::new(
        ErrorKind::Decode,
        format!(
            "expected a JSON object, found: {}",
            error_body::snippet(body)
        ),
    ))
}

/// The tree of a body that starts like a JSON object.
fn tree(body: &[u8], limit: usize) -> Result<Tree<'_>, Error> {
    Tree::parse(object(body)?, limit).map_err(|fault| undecodable(&fault))
}

impl Envelope {
    /// Tells success from failure, and reads what is beside the result.
    fn read(body: Json<'_>, list: ListRequest) -> Result<Self, Error> {
        let success = body.get("success").and_then(Json::as_bool);
        let result = body.get(RESULT);
        let has_result = result.is_some_and(|result| !result.is_null());
        if success == Some(false) {
            let errors = body.get("errors").map(ApiError::list).unwrap_or_default();
            return Err(error_body::refused(errors).in_envelope(true));
        }
        if success.is_none() && !has_result {
            let errors = error_body::reported(body);
            if !errors.is_empty() {
                return Err(error_body::refused(errors));
            }
        }
        Ok(Self {
            result_info: ResultInfo::of(body, list).map_err(|fault| undecodable(&fault))?,
            messages: body
                .get("messages")
                .map(ApiMessage::list)
                .unwrap_or_default(),
        })
    }
}

/// A message of the service beside a result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiMessage {
    code: Option<i64>,
    message: String,
}

impl ApiMessage {
    /// The code, where the service sent one.
    pub fn code(&self) -> Option<i64> {
        self.code
    }

    /// The message, on one line, secrets blanked out.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The messages in the value of `messages`; other shapes are ignored.
    pub(crate) fn list(messages: Json<'_>) -> Vec<Self> {
        let items = messages.items().into_iter().flatten();
        items.filter_map(Self::one).collect()
    }

    fn one(message: Json<'_>) -> Option<Self> {
        let text = message
            .as_text()
            .or_else(|| message.get("message")?.as_text())?;
        let code = message.get("code");
        Some(Self {
            code: code.and_then(|code| i64::from_json(code).ok()),
            message: redact::line(&text),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Envelope, FromJson, ListRequest};
    use crate::decode::DEEPEST;
    use crate::error::{Error, ErrorKind};

    fn read<T: FromJson>(body: &str) -> Result<(Option<T>, Envelope), Error> {
        super::read(
            body.as_bytes(),
            DEEPEST,
            ListRequest::default(),
            T::from_json,
        )
    }

    fn read_empty(body: &str) -> Result<Envelope, Error> {
        super::read_empty(body.as_bytes(), DEEPEST)
    }

    fn fault(body: &str) -> (ErrorKind, String) {
        let error = read::<Vec<u8>>(body).unwrap_err();
        (error.kind(), error.to_string())
    }

    #[test]
    fn the_result_comes_out_of_its_frame() {
        let body = r#"{"success": true, "errors": [], "messages": [{"code": 1, "message": "m"}], "result": [1, 2],
            "result_info": {"page": 1, "total_count": 2}}"#;
        let (result, envelope) = read::<Vec<u8>>(body).unwrap();
        assert_eq!(result.unwrap(), [1, 2]);
        assert_eq!(envelope.messages[0].message(), "m");
        assert_eq!(envelope.result_info.unwrap().total_count, Some(2));
    }

    #[test]
    fn a_strange_frame_does_not_lose_the_result() {
        let body = r#"{"success": "yes", "errors": 7, "messages": {"a": [1]}, "result_info": [], "result": [3.0]}"#;
        assert_eq!(read::<Vec<u8>>(body).unwrap().0.unwrap(), [3]);
    }

    #[test]
    fn b27_failure_is_seen_before_the_result_is_read() {
        let body = r#"{"success": false, "errors": [{"code": 1012, "message": "no"}], "result": {"odd": true}}"#;
        let line = "[1012] no (Cloudflare may have to enable the feature for the account)";
        assert_eq!(fault(body), (ErrorKind::Api, line.into()));
        assert_eq!(
            fault(r#"{"success": false, "errors": null}"#).0,
            ErrorKind::Api
        );
        assert_eq!(
            fault(r#"{"errors": [{"code": 7}]}"#),
            (ErrorKind::Api, "[7]".into())
        );
        assert!(read_empty(body).is_err());
    }

    #[test]
    fn b82_errors_without_a_result_are_a_failure_unless_success_is_true() {
        for (body, line) in [
            (r#"{"errors":[{"code":7}],"result":null}"#, "[7]"),
            (r#"{"success":"no","errors":[{"code":7}]}"#, "[7]"),
            (r#"{"error":{"code":7,"message":"m"}}"#, "[7] m"),
            (r#"{"error":"m"}"#, "m"),
            (
                r#"{"type":"about:blank","title":"t","status":403,"detail":"d"}"#,
                "d",
            ),
        ] {
            for error in [
                read_empty(body).unwrap_err(),
                read::<Option<Vec<u8>>>(body).unwrap_err(),
            ] {
                let found = (error.kind(), error.to_string());
                assert_eq!(found, (ErrorKind::Api, line.to_owned()), "{body}");
            }
        }
        for body in [
            r#"{"success":true,"errors":[{"code":7}],"result":null}"#,
            r#"{"errors":[],"error":null,"message":"deleted"}"#,
            r#"{"error":"","title":"the title of a page","type":"page"}"#,
        ] {
            assert!(read_empty(body).is_ok(), "{body}");
        }
    }

    #[test]
    fn b25_a_page_shows_how_it_begins() {
        let (kind, message) = fault("<html><title>Down</title>");
        assert_eq!(
            (kind, message.as_str()),
            (ErrorKind::Decode, "expected a JSON object, found: Down")
        );
        assert_eq!(
            fault("  ").1,
            "the response has no body, but a `result` is expected"
        );
        assert_eq!(fault("[1]").1, "expected a JSON object, found: [1]");
    }

    #[test]
    fn b36_the_path_begins_at_the_result() {
        assert_eq!(
            fault(r#"{"result": [1, "x"]}"#).1,
            "result[1]: expected an integer of zero or more (u8), found a string"
        );
    }

    #[test]
    fn a_failure_without_a_result_is_one_beside_any_number() {
        let body = r#"{"errors": [{"code": 7}], "other": 12345678901234567890}"#;
        assert_eq!(fault(body), (ErrorKind::Api, "[7]".into()));
    }

    #[test]
    fn b38_duplicate_frames_keep_the_last() {
        let body = r#"{"success": false, "result": 1, "result": [2], "success": true}"#;
        assert_eq!(read::<Vec<u8>>(body).unwrap().0.unwrap(), [2]);
    }

    #[test]
    fn b32_nothing_is_fine_where_nothing_is_expected() {
        for body in [
            "",
            " \n",
            "null",
            "{}",
            r#"{"success": true}"#,
            r#"{"success": true, "result": null}"#,
        ] {
            assert!(read_empty(body).is_ok(), "{body}");
        }
        assert!(read_empty("<html>").is_err());
    }
}
