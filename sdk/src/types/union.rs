//! Values that can have one of several shapes.
//!
//! In: a value that no variant of a union fits. Out: its JSON as it came. Choosing a variant, by a tag or by keys, is the
//! generator's business, and never serde's `untagged`, which tries variants in turn and says nothing of why they failed.

use std::fmt;

use serde::Serialize;
use serde_json::Value;

use crate::base::drift;
use crate::decode::{FromJson, Json};

/// A shape that this version does not know, as it came.
///
/// Its `Debug` is one short line without what is known to be secret.
#[derive(Clone, PartialEq, Serialize)]
#[serde(transparent)]
pub struct UnknownVariant(Value);

impl fmt::Debug for UnknownVariant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = crate::base::redact::line(&self.0.to_string());
        write!(f, "UnknownVariant({line})")
    }
}

#[allow(dead_code, reason = "generated unions use what their document needs")]
impl UnknownVariant {
    /// The value as it came, which the union of that name does not know.
    pub(crate) fn new(union: &'static str, json: Json<'_>) -> Self {
        drift::unknown_shape(union);
        // A number that no float can hold stays readable as text.
        Self(Value::from_json(json).unwrap_or_else(|_| Value::String(json.raw().to_owned())))
    }

    /// A value that a program made, which no known value is.
    pub(crate) fn of(value: Value) -> Self {
        Self(value)
    }

    /// The value as it came.
    pub fn as_json(&self) -> &Value {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::UnknownVariant;
    use crate::decode::{Fault, FromJson, Json, from_text};

    #[test]
    fn b14_a_shape_that_is_not_known_prints_no_secret() {
        let text = r#"{"type":"mirror","destination_conf":"r2://b?access-key-id=hush&secret-access-key=hush"}"#;
        let unknown = UnknownVariant(serde_json::from_str(text).unwrap());
        let printed = format!("{unknown:?}");
        assert!(
            printed.contains("mirror") && !printed.contains("hush"),
            "{printed}"
        );
    }

    #[derive(Debug, PartialEq)]
    enum Capture {
        Full(i64),
        Unknown(UnknownVariant),
    }

    impl FromJson for Capture {
        fn from_json(json: Json<'_>) -> Result<Self, Fault> {
            let mut fields = json.object()?;
            match fields.tag("type").as_deref() {
                Some("full") if fields.has(&["limit", "type"]) => {
                    fields.required("limit").map(Self::Full)
                }
                _ => Ok(Self::Unknown(UnknownVariant::new("Capture", json))),
            }
        }
    }

    #[test]
    fn the_tag_chooses_and_numbers_stay_exact() {
        let read: Vec<Capture> = from_text(r#"[{"type": "full", "limit": 3e2}]"#).unwrap();
        assert_eq!(read, [Capture::Full(300)]);
    }

    #[test]
    fn other_objects_are_kept_as_they_came() {
        for text in [
            r#"{"limit":1,"type":"other"}"#,
            "{}",
            r#"{"a":[null,{"b":1.5}],"type":7}"#,
        ] {
            let Capture::Unknown(unknown) = from_text::<Capture>(text).unwrap() else {
                panic!("{text}");
            };
            assert_eq!(serde_json::to_string(&unknown).unwrap(), text);
        }
        // What no number type holds is kept as the text that it is.
        let text = r#"{"a": 1e400}"#;
        let Capture::Unknown(unknown) = from_text::<Capture>(text).unwrap() else {
            panic!("{text}");
        };
        assert_eq!(unknown.as_json(), text);
    }

    #[test]
    fn b83_what_is_no_object_is_a_fault() {
        for (text, found) in [
            ("null", "null"),
            ("[]", "an array"),
            ("7", "a number"),
            (r#""sentinel""#, "a string"),
        ] {
            let fault = from_text::<Capture>(text).unwrap_err().to_string();
            assert_eq!(fault, format!("expected an object, found {found}"));
        }
    }

    #[test]
    fn b37_the_path_goes_on_inside_the_variant() {
        let fault =
            from_text::<Vec<Capture>>(r#"[{"type": "full", "limit": "sentinel"}]"#).unwrap_err();
        assert_eq!(
            fault.to_string(),
            "[0].limit: expected an integer (i64), found a string"
        );
    }

    #[test]
    fn b38_of_duplicate_keys_the_last_chooses() {
        let text = r#"{"type": "x", "type": "full", "limit": 1, "limit": 2}"#;
        assert_eq!(from_text::<Capture>(text).unwrap(), Capture::Full(2));
    }
}
