//! The body of the response that an error is about, for operations whose failures have a type.
//!
//! In: the body as received. Out: the value that a program asks for. It is kept without the client's credentials, at most
//! [`LONGEST`] bytes of it, and never printed. Without the feature `responses` nothing is kept.

#[cfg(feature = "responses")]
use std::sync::Arc;

#[cfg(feature = "responses")]
use serde::de::DeserializeOwned;

use super::Error;
#[cfg(feature = "responses")]
use super::ErrorKind;
#[cfg(feature = "responses")]
use crate::base::redact;
#[cfg(feature = "responses")]
use crate::decode::{self, Fault, by_serde};

/// Longer bodies are not kept.
#[cfg(feature = "responses")]
const LONGEST: usize = 1 << 20;

/// A body as a text without credentials.
#[cfg(feature = "responses")]
pub(super) type KeptBody = Arc<str>;

#[cfg(feature = "responses")]
impl Error {
    /// Reads the body of the response as a type. The documentation of a method says which type the body has for which status.
    ///
    /// An error of kind [`Decode`](ErrorKind::Decode) if the body is not of that type, or if there is none: the call received no
    /// response, its body is not UTF-8, or it is longer than 1 MiB. The client's credentials are blanked out in it.
    pub fn body<T: DeserializeOwned>(&self) -> Result<T, Self> {
        let read = |text: &str| -> Result<T, Fault> {
            let tree = decode::tree(text.as_bytes(), decode::DEEPEST)?;
            by_serde(tree.root())
        };
        let value = match self.body_text() {
            Some(text) => read(text).map_err(|fault| fault.to_string()),
            None => Err("the error has no body".to_owned()),
        };
        value.map_err(|why| Self::new(ErrorKind::Decode, why).with_call(self.inner.call.clone()))
    }

    /// Returns the body of the response, without the client's credentials. `None` if the call received no response, if its body is not
    /// UTF-8, and if it is longer than 1 MiB.
    pub fn body_text(&self) -> Option<&str> {
        self.inner.body.as_deref()
    }

    /// Keeps the body of the response.
    pub(crate) fn with_body(mut self, body: &[u8]) -> Self {
        let text = decode::text(body).ok();
        let text = text.filter(|text| !text.is_empty() && text.len() <= LONGEST);
        self.inner.body = text.map(|text| redact::credentials(text).into());
        self
    }
}

#[cfg(not(feature = "responses"))]
impl Error {
    /// Keeps nothing.
    pub(crate) fn with_body(self, _body: &[u8]) -> Self {
        self
    }
}

#[cfg(all(test, feature = "responses"))]
mod tests {
    use super::{Error, ErrorKind, LONGEST};
    use crate::base::redact::Secrets;
    use serde_json::{Value, json};

    fn error() -> Error {
        Error::new(ErrorKind::Http, "no")
    }

    #[test]
    fn b125_what_is_no_text_or_too_long_is_not_kept() {
        for body in [&b""[..], b"\xff", &vec![b'1'; LONGEST + 1]] {
            assert_eq!(error().with_body(body).body_text(), None);
        }
        let longest = vec![b' '; LONGEST];
        assert!(error().with_body(&longest).body_text().is_some());
        let none = error().body::<Value>().unwrap_err();
        assert_eq!(none.kind(), ErrorKind::Decode);
    }

    #[test]
    fn b125_the_body_is_kept_without_credentials_and_not_printed() {
        let secrets = Secrets::new(["HUSHHUSHHUSH0123".to_owned()]);
        let body = br#"{"error": "HUSHHUSHHUSH0123 is wrong"}"#;
        let error = secrets.blank(|| error().with_body(body));
        let value: Value = error.body().unwrap();
        assert_eq!(value, json!({"error": "*** is wrong"}));
        assert!(!format!("{error:?} {error}").contains("is wrong"));
    }
}
