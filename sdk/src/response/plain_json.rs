//! JSON without the envelope.
//!
//! In: a [`RawResponse`] whose body is JSON. Out: a [`Response`] with the value, or an error. An envelope that reports a failure is an
//! error here too: the service sends it where it cannot do what was asked, whatever the operation returns otherwise.

use std::marker::PhantomData;

use serde::de::DeserializeOwned;

use crate::decode::{self, FromJson, Json, Tree, by_serde};
use crate::error::{ApiError, Error, ErrorKind};
use crate::response::envelope::undecodable;
use crate::response::error_body::{refused, reported, snippet};
use crate::response::kind::{Reader, ResponseKind, Serde, sealed};
use crate::response::raw::RawResponse;
use crate::response::{Frame, Response};

/// JSON that is not in the envelope: the whole body is the value.
#[derive(Debug)]
pub struct PlainJson<T>(PhantomData<fn() -> T>);

impl<T: 'static> sealed::Sealed for PlainJson<T> {}

impl<T: FromJson + Send + 'static> ResponseKind for PlainJson<T> {
    type Output = T;

    fn read(raw: RawResponse) -> Result<Response<T>, Error> {
        read(raw, T::from_json)
    }
}

impl<T: DeserializeOwned + Send + 'static> ResponseKind for Serde<PlainJson<T>> {
    type Output = T;

    fn read(raw: RawResponse) -> Result<Response<T>, Error> {
        read(raw, by_serde)
    }
}

fn read<T>(raw: RawResponse, read: Reader<T>) -> Result<Response<T>, Error> {
    let body = raw.bytes();
    match value(&body, raw.limits.depth, read) {
        Ok(value) => {
            let frame = Frame {
                body,
                ..Frame::default()
            };
            Ok(Response::new(value, raw.facts, raw.headers, frame))
        }
        Err(error) => Err(raw.fail(error)),
    }
}

/// Reads a body whose JSON is a value as a whole.
fn value<T>(body: &[u8], limit: usize, read: Reader<T>) -> Result<T, Error> {
    let tree = tree(body, limit)?;
    let errors = failure(tree.root());
    if !errors.is_empty() {
        return Err(refused(errors).in_envelope(true));
    }
    read(tree.root()).map_err(|fault| match reported(tree.root()) {
        errors if errors.is_empty() => undecodable(&fault),
        errors => refused(errors),
    })
}

/// The errors of an envelope that reports a failure. Where a value has a key `success` of its own, it has no list of errors beside it.
fn failure(body: Json<'_>) -> Vec<ApiError> {
    match body.get("success").and_then(Json::as_bool) {
        Some(false) => body.get("errors").map(ApiError::list).unwrap_or_default(),
        _ => Vec::new(),
    }
}

/// The tree of a body. The error for a body that is not JSON, mostly an HTML page, quotes its start.
fn tree(body: &[u8], limit: usize) -> Result<Tree<'_>, Error> {
    let text = decode::text(body).map_err(|fault| undecodable(&fault))?;
    match text.trim_start().chars().next() {
        None => Err(Error::new(
            ErrorKind::Decode,
            "the response has no body, but JSON is expected",
        )),
        Some('<') => Err(Error::new(
            ErrorKind::Decode,
            format!("expected JSON, found: {}", snippet(body)),
        )),
        Some(_) => Tree::parse(text, limit).map_err(|fault| undecodable(&fault)),
    }
}

#[cfg(test)]
mod tests {
    use super::value;
    use crate::decode::{DEEPEST, FromJson};
    use crate::error::{Error, ErrorKind};
    use serde_json::{Value, json};

    fn read<T: FromJson>(body: &str) -> Result<T, Error> {
        value(body.as_bytes(), DEEPEST, T::from_json)
    }

    fn fault(body: &str) -> (ErrorKind, String) {
        let error = read::<Vec<u8>>(body).unwrap_err();
        (error.kind(), error.to_string())
    }

    #[test]
    fn b121_the_whole_body_is_the_value() {
        assert_eq!(read::<Vec<u8>>("\u{feff}[1, 2]").unwrap(), [1, 2]);
        assert_eq!(read::<u8>(" 7 ").unwrap(), 7);
        assert_eq!(read::<Option<u8>>("null").unwrap(), None);
        let any = json!({"success": false, "errors": [], "result": {"a": [null]}});
        assert_eq!(read::<Value>(&any.to_string()).unwrap(), any);
    }

    #[test]
    fn b122_a_failure_in_place_of_plain_json_is_an_error() {
        let envelope = r#"{"success": false, "errors": [{"code": 7, "message": "no"}], "a": 1}"#;
        assert_eq!(fault(envelope), (ErrorKind::Api, "[7] no".into()));
        let error = read::<Value>(envelope).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Api);
        assert_eq!(fault(r#"{"error": "no"}"#), (ErrorKind::Api, "no".into()));
    }

    #[test]
    fn b122_what_is_not_the_value_is_an_error_with_its_place() {
        assert_eq!(
            fault("[1, 300]").1,
            "[1]: expected an integer of zero or more (u8), found the number 300, which does not fit"
        );
        assert_eq!(
            fault("<html><title>Down</title>").1,
            "expected JSON, found: Down"
        );
        assert_eq!(
            fault(" ").1,
            "the response has no body, but JSON is expected"
        );
        assert_eq!(fault("[1, ").0, ErrorKind::Decode);
    }
}
