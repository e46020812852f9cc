//! The differences between a request and an expectation.
//!
//! In: two JSON values. Out: the places where they differ, each with both values, without secrets.

use std::fmt;

use serde_json::Value;

use super::secrets;

/// A part of a request that is not as expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Difference {
    pub(super) place: String,
    pub(super) expected: String,
    pub(super) sent: String,
}

/// Which fields of a body must be as expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    /// All fields.
    Whole,
    /// The named fields. Other fields of the objects are not compared.
    Named,
}

/// Printed in place of a value that is not there.
pub(super) const NOTHING: &str = "nothing";

impl Difference {
    /// A difference of texts.
    pub(super) fn text(place: String, expected: &str, sent: Option<&str>) -> Self {
        let quoted = |text: &str| format!("{:?}", secrets::text(text));
        Self {
            place,
            expected: quoted(expected),
            sent: sent.map_or_else(|| NOTHING.to_owned(), quoted),
        }
    }

    /// A difference of JSON. If both sides print the same because secrets are hidden, it says so.
    fn json(place: &str, expected: Option<&Value>, sent: Option<&Value>) -> Self {
        let field = place.rsplit('.').next().unwrap_or(place);
        let printed = |value: Option<&Value>| match value {
            None => NOTHING.to_owned(),
            Some(_) if secrets::is_secret(field) => secrets::MASK.to_owned(),
            Some(value) => secrets::line(value),
        };
        let (expected, mut sent) = (printed(expected), printed(sent));
        if expected == sent {
            sent.push_str(", a different value: secrets are not shown");
        }
        Self {
            place: place.to_owned(),
            expected,
            sent,
        }
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            place,
            expected,
            sent,
        } = self;
        write!(f, "{place}: expected {expected}, sent {sent}")
    }
}

/// Collects the differences of a value. `place` is its path, such as `body.name`.
pub(super) fn of_json(
    place: &str,
    expected: &Value,
    sent: &Value,
    extent: Extent,
    found: &mut Vec<Difference>,
) {
    match (expected, sent) {
        (Value::Object(expected), Value::Object(sent)) => {
            for (name, value) in expected {
                let place = format!("{place}.{name}");
                match sent.get(name) {
                    Some(sent) => of_json(&place, value, sent, extent, found),
                    None => found.push(Difference::json(&place, Some(value), None)),
                }
            }
            let unnamed = sent
                .iter()
                .filter(|(name, _)| !expected.contains_key(*name));
            for (name, value) in unnamed.filter(|_| extent == Extent::Whole) {
                found.push(Difference::json(
                    &format!("{place}.{name}"),
                    None,
                    Some(value),
                ));
            }
        }
        (Value::Array(expected), Value::Array(sent)) => {
            for index in 0..expected.len().max(sent.len()) {
                let place = format!("{place}[{index}]");
                match (expected.get(index), sent.get(index)) {
                    (Some(expected), Some(sent)) => of_json(&place, expected, sent, extent, found),
                    (expected, sent) => found.push(Difference::json(&place, expected, sent)),
                }
            }
        }
        _ if expected == sent => {}
        _ => found.push(Difference::json(place, Some(expected), Some(sent))),
    }
}

#[cfg(test)]
mod tests {
    use super::{Extent, of_json};
    use serde_json::{Value, json};

    fn differences(expected: &Value, sent: &Value, extent: Extent) -> Vec<String> {
        let mut found = Vec::new();
        of_json("body", expected, sent, extent, &mut found);
        found.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn each_place_is_named_with_both_values() {
        let expected = json!({"a": 1, "b": {"c": [1, 2]}, "d": null});
        let sent = json!({"a": 2, "b": {"c": [1, 3, 4]}, "e": "x"});
        assert_eq!(
            differences(&expected, &sent, Extent::Whole),
            [
                "body.a: expected 1, sent 2",
                "body.b.c[1]: expected 2, sent 3",
                "body.b.c[2]: expected nothing, sent 4",
                "body.d: expected null, sent nothing",
                "body.e: expected nothing, sent \"x\"",
            ]
        );
        assert_eq!(
            differences(&json!({}), &json!([]), Extent::Whole),
            ["body: expected {}, sent []"]
        );
    }

    #[test]
    fn fields_that_are_not_named_are_not_compared() {
        let sent = json!({"a": {"b": 1, "c": 2}, "list": [{"d": 3, "e": 4}]});
        for expected in [
            json!({}),
            json!({"a": {"b": 1}}),
            json!({"list": [{"e": 4}]}),
        ] {
            assert_eq!(differences(&expected, &sent, Extent::Named), [""; 0]);
        }
        for expected in [
            json!({"a": {"b": 2}}),
            json!({"list": []}),
            json!({"f": null}),
        ] {
            assert_eq!(
                differences(&expected, &sent, Extent::Named).len(),
                1,
                "{expected}"
            );
        }
    }

    #[test]
    fn secrets_are_compared_and_not_shown() {
        let conf = |text: &str| json!({"destination_conf": text});
        assert_eq!(
            differences(&conf("r2://HUSH"), &conf("r2://HUSHHUSH"), Extent::Whole),
            [
                "body.destination_conf: expected \"***\", sent \"***\", a different value: secrets are not shown"
            ]
        );
        assert_eq!(differences(&conf("a"), &conf("a"), Extent::Whole), [""; 0]);
    }
}
