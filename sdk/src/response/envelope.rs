//! The frame around every JSON answer: `success`, `errors`, `messages`, `result`, `result_info`.
//!
//! In: the body of an answer with a status of success. Out: its `result` as a type, or an error. Only `result` is read
//! strictly; the rest of the frame is taken as it comes, because a strange message must not lose a good result. It does not
//! look at `Content-Type`: some servers name JSON plain text.

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::base::drift;
use crate::base::redact;
use crate::decode::{self, Fault, Node, tree::Tree};
use crate::error::{ApiError, Error, ErrorKind};
use crate::response::error_body;
use crate::response::page::ResultInfo;

/// An envelope that reports success.
#[derive(Debug)]
pub(crate) struct Envelope<T> {
    /// `None` where the key is not there. Whether `null` will do is for `T` to say.
    pub(crate) result: Option<T>,
    pub(crate) result_info: Option<ResultInfo>,
    pub(crate) messages: Vec<ApiMessage>,
}

impl<T> Envelope<T> {
    /// The result, and what is around it.
    pub(crate) fn split(self) -> (Option<T>, Envelope<()>) {
        let Self {
            result,
            result_info,
            messages,
        } = self;
        let frame = Envelope {
            result: None,
            result_info,
            messages,
        };
        (result, frame)
    }
}

/// The envelope as the fast way reads it, and the slow way too once `result` is out of the way.
#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'a, T: Deserialize<'de>"))]
struct Wire<'a, T> {
    #[serde(borrow, default)]
    success: Option<&'a RawValue>,
    #[serde(borrow, default)]
    errors: Option<&'a RawValue>,
    #[serde(borrow, default)]
    messages: Option<&'a RawValue>,
    #[serde(default, deserialize_with = "decode::present")]
    result: Option<T>,
    #[serde(borrow, default)]
    result_info: Option<&'a RawValue>,
}

/// Reads an envelope that should hold a result.
pub(crate) fn read<'a, T: Deserialize<'a>>(body: &'a [u8]) -> Result<Envelope<T>, Error> {
    let text = object(body)?;
    match decode::fast::<Wire<'a, T>>(text) {
        Some(wire) => frame(wire),
        None => exact(text),
    }
}

/// Reads it the exact way, whose faults name the place.
fn exact<'a, T: Deserialize<'a>>(text: &'a str) -> Result<Envelope<T>, Error> {
    let tree = Tree::parse(text, 0).map_err(|fault| undecodable(&fault))?;
    let around = frame(Wire::from_tree(&tree)?)?;
    let read = |result| {
        T::deserialize(Node::new(result)).map_err(|fault| undecodable(&fault.at_key("result")))
    };
    Ok(Envelope {
        result: tree.get("result").map(read).transpose()?,
        result_info: around.result_info,
        messages: around.messages,
    })
}

/// Reads the body of an answer that has no result: nothing at all, or an envelope.
pub(crate) fn read_empty(body: &[u8]) -> Result<Envelope<()>, Error> {
    let text = decode::text(body)
        .map_err(|fault| undecodable(&fault))?
        .trim();
    if text.is_empty() || text == "null" {
        return Ok(Envelope {
            result: None,
            result_info: None,
            messages: Vec::new(),
        });
    }
    let tree = Tree::parse(object(body)?, 0).map_err(|fault| undecodable(&fault))?;
    frame(Wire {
        result: Some(()),
        ..Wire::from_tree(&tree)?
    })
}

/// The error of an answer that lacks the result that its operation promises.
pub(crate) fn no_result() -> Error {
    Error::new(ErrorKind::Decode, "the answer has no `result`")
}

/// The error of a body that does not fit.
pub(crate) fn undecodable(fault: &Fault) -> Error {
    drift::misfit(|| fault.place());
    Error::new(ErrorKind::Decode, fault.to_string())
}

/// The text of a body that is a JSON object by the look of it. Other bodies, HTML pages mostly, show how they begin.
fn object(body: &[u8]) -> Result<&str, Error> {
    let text = decode::text(body).map_err(|fault| undecodable(&fault))?;
    let start = text.trim_start();
    if start.is_empty() {
        return Err(Error::new(
            ErrorKind::Decode,
            "the answer has no body, but a `result` is expected",
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

impl<'a> Wire<'a, ()> {
    /// The frame without its result.
    fn from_tree(tree: &Tree<'a>) -> Result<Self, Error> {
        let raw = |key: &str| {
            tree.get(key)
                .map(|tree| serde_json::from_str(tree.text))
                .transpose()
        };
        let read = || -> Result<Self, serde_json::Error> {
            Ok(Self {
                success: raw("success")?,
                errors: raw("errors")?,
                messages: raw("messages")?,
                result: tree.get("result").map(|_| ()),
                result_info: raw("result_info")?,
            })
        };
        read().map_err(|error| Error::new(ErrorKind::Decode, error.to_string()))
    }
}

/// Tells success from failure, and reads the frame.
fn frame<T>(wire: Wire<'_, T>) -> Result<Envelope<T>, Error> {
    let says_failure = wire.success.is_some_and(|success| success.get() == "false");
    let says_nothing = wire.success.is_none() && wire.result.is_none();
    if says_failure || says_nothing {
        let errors = ApiError::list(&loose(wire.errors));
        if says_failure || !errors.is_empty() {
            return Err(error_body::refused(errors));
        }
    }
    Ok(Envelope {
        result: wire.result,
        result_info: wire.result_info.and_then(ResultInfo::read),
        messages: ApiMessage::list(&loose(wire.messages)),
    })
}

/// A part of the frame as it comes; what cannot be read is as good as absent.
fn loose(raw: Option<&RawValue>) -> Value {
    // Most frames have an empty list, which is as good as absent too.
    raw.filter(|raw| raw.get() != "[]")
        .and_then(|raw| serde_json::from_str(raw.get()).ok())
        .unwrap_or_default()
}

/// A remark of the service beside a result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiMessage {
    code: Option<i64>,
    message: String,
}

impl ApiMessage {
    /// The code, where the service gave one.
    pub fn code(&self) -> Option<i64> {
        self.code
    }

    /// The message, on one line, secrets blanked out.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The messages in the value of `messages`; what has another shape is passed over.
    pub(crate) fn list(messages: &Value) -> Vec<Self> {
        let items = messages.as_array().map(Vec::as_slice).unwrap_or_default();
        items.iter().filter_map(Self::one).collect()
    }

    fn one(message: &Value) -> Option<Self> {
        let text = message
            .as_str()
            .or_else(|| message.get("message")?.as_str())?;
        Some(Self {
            code: message.get("code").and_then(Value::as_i64),
            message: redact::line(text),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{read, read_empty};
    use crate::error::ErrorKind;

    fn fault(body: &str) -> (ErrorKind, String) {
        let error = read::<Vec<u8>>(body.as_bytes()).unwrap_err();
        (error.kind(), error.to_string())
    }

    #[test]
    fn the_result_comes_out_of_its_frame() {
        let body = r#"{"success": true, "errors": [], "messages": [{"code": 1, "message": "m"}], "result": [1, 2],
            "result_info": {"page": 1, "total_count": 2}}"#;
        let envelope = read::<Vec<u8>>(body.as_bytes()).unwrap();
        assert_eq!(envelope.result.unwrap(), [1, 2]);
        assert_eq!(envelope.messages[0].message(), "m");
        assert_eq!(envelope.result_info.unwrap().total_count, Some(2));
    }

    #[test]
    fn a_strange_frame_does_not_lose_the_result() {
        let body = r#"{"success": "yes", "errors": 7, "messages": {"a": [1]}, "result_info": [], "result": [3.0]}"#;
        assert_eq!(
            read::<Vec<u8>>(body.as_bytes()).unwrap().result.unwrap(),
            [3]
        );
    }

    #[test]
    fn b27_failure_is_seen_before_the_result_is_read() {
        let body = r#"{"success": false, "errors": [{"code": 1012, "message": "no"}], "result": {"odd": true}}"#;
        assert_eq!(fault(body), (ErrorKind::Api, "[1012] no".into()));
        assert_eq!(
            fault(r#"{"success": false, "errors": null}"#).0,
            ErrorKind::Api
        );
        assert_eq!(
            fault(r#"{"errors": [{"code": 7}]}"#),
            (ErrorKind::Api, "[7]".into())
        );
        assert!(read_empty(body.as_bytes()).is_err());
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
            "the answer has no body, but a `result` is expected"
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
    fn a_list_is_no_struct() {
        #[derive(Debug, serde::Deserialize)]
        struct Lamp {
            watts: u8,
        }
        let watts = |body: &str| {
            let lamp = read::<Lamp>(body.as_bytes()).map(|envelope| envelope.result.unwrap());
            lamp.map(|lamp| lamp.watts)
        };
        assert_eq!(watts(r#"{"result": {"watts": 3}}"#).unwrap(), 3);
        assert_eq!(
            watts(r#"{"result": [3]}"#).unwrap_err().to_string(),
            "result: expected an object, found an array"
        );
    }

    #[test]
    fn a_failure_without_a_result_is_one_on_the_exact_way_too() {
        let body = r#"{"errors": [{"code": 7}], "other": 12345678901234567890}"#;
        assert_eq!(fault(body), (ErrorKind::Api, "[7]".into()));
    }

    #[test]
    fn b38_duplicate_frames_keep_the_last() {
        let body = br#"{"success": false, "result": 1, "result": [2], "success": true}"#;
        assert_eq!(read::<Vec<u8>>(body).unwrap().result.unwrap(), [2]);
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
            assert!(read_empty(body.as_bytes()).is_ok(), "{body}");
        }
        assert!(read_empty(b"<html>").is_err());
    }
}
