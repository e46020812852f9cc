//! Values that can have one of several shapes.
//!
//! In: any JSON. Out: the variant that the generated code chose by its keys or its tag, or the JSON as it came. Choosing is
//! the generator's business, and never serde's `untagged`, which tries variants in turn and says nothing of why they failed.

use std::fmt;

use serde::de::{DeserializeOwned, Deserializer, Error, MapAccess, Visitor};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::base::drift;
use crate::decode;

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

impl UnknownVariant {
    /// The value as it came.
    pub fn as_json(&self) -> &Value {
        &self.0
    }
}

/// Any JSON value, by its text, with what is needed to choose a variant.
pub(crate) struct RawUnion {
    text: Box<RawValue>,
    entries: Vec<Entry>,
}

/// A key of the value, and its content where that is a text.
struct Entry {
    key: String,
    tag: Option<String>,
}

#[allow(dead_code, reason = "generated unions use what their document needs")]
impl RawUnion {
    /// Whether the value is an object with all of these keys.
    pub(crate) fn has(&self, keys: &[&str]) -> bool {
        keys.iter()
            .all(|key| self.entries.iter().any(|entry| entry.key == *key))
    }

    /// The text under a key; of duplicates the last.
    pub(crate) fn tag(&self, name: &str) -> Option<&str> {
        self.entries
            .iter()
            .rev()
            .find(|entry| entry.key == name)?
            .tag
            .as_deref()
    }

    /// Reads the value as a variant. The fault begins with the path inside the variant.
    pub(crate) fn read<T: DeserializeOwned, E: Error>(&self) -> Result<T, E> {
        decode::from_text(self.text.get()).map_err(|fault| E::custom(fault.inside()))
    }

    /// The value as it came, which the union of that name does not know.
    pub(crate) fn unknown(&self, name: &'static str) -> UnknownVariant {
        drift::unknown_shape(name);
        let value = decode::from_text(self.text.get());
        // A number that no float can hold stays readable as text.
        UnknownVariant(value.unwrap_or_else(|_| Value::String(self.text.get().to_owned())))
    }
}

impl<'de> Deserialize<'de> for RawUnion {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Box::<RawValue>::deserialize(deserializer)?;
        let entries = if text.get().starts_with('{') {
            serde_json::from_str::<Entries>(text.get())
                .map_err(Error::custom)?
                .0
        } else {
            Vec::new()
        };
        Ok(Self { text, entries })
    }
}

/// The entries of an object, without their contents.
struct Entries(Vec<Entry>);

impl<'de> Deserialize<'de> for Entries {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Keys;

        impl<'de> Visitor<'de> for Keys {
            type Value = Entries;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries, A::Error> {
                let mut entries = Vec::new();
                while let Some(key) = map.next_key()? {
                    let Tag(tag) = map.next_value()?;
                    entries.push(Entry { key, tag });
                }
                Ok(Entries(entries))
            }
        }

        deserializer.deserialize_map(Keys)
    }
}

/// A value that is kept where it is a text.
struct Tag(Option<String>);

impl<'de> Deserialize<'de> for Tag {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        /// Longer texts are no tags.
        const LONGEST: usize = 64;
        let text = <&RawValue>::deserialize(deserializer)?.get();
        let tag = if text.starts_with('"') && text.len() <= LONGEST {
            serde_json::from_str(text).ok()
        } else {
            None
        };
        Ok(Self(tag))
    }
}

#[cfg(test)]
mod tests {
    use super::{RawUnion, UnknownVariant};
    use crate::decode;
    use serde::{Deserialize, Deserializer};

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

    #[derive(Debug, PartialEq, Deserialize)]
    struct Full {
        limit: i64,
    }

    #[derive(Debug, PartialEq)]
    enum Capture {
        Full(Full),
        Unknown(UnknownVariant),
    }

    impl<'de> Deserialize<'de> for Capture {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let value = RawUnion::deserialize(deserializer)?;
            match value.tag("type") {
                Some("full") if value.has(&["limit", "type"]) => value.read().map(Self::Full),
                _ => Ok(Self::Unknown(value.unknown("Capture"))),
            }
        }
    }

    #[test]
    fn the_tag_chooses_and_numbers_stay_exact() {
        let read: Vec<Capture> = decode::from_text(r#"[{"type": "full", "limit": 3e2}]"#).unwrap();
        assert_eq!(read, [Capture::Full(Full { limit: 300 })]);
    }

    #[test]
    fn other_shapes_are_kept_as_they_came() {
        for text in [
            r#"{"limit":1,"type":"other"}"#,
            "[1,2]",
            "null",
            r#""x""#,
            r#"{"type":7}"#,
        ] {
            let Capture::Unknown(unknown) = decode::from_text::<Capture>(text).unwrap() else {
                panic!("{text}");
            };
            assert_eq!(serde_json::to_string(&unknown).unwrap(), text);
        }
    }

    #[test]
    fn b37_the_path_goes_on_inside_the_variant() {
        let fault = decode::from_text::<Vec<Capture>>(r#"[{"type": "full", "limit": "sentinel"}]"#)
            .unwrap_err();
        assert_eq!(
            fault.to_string(),
            "[0].limit: expected an integer (i64), found a string"
        );
    }

    #[test]
    fn b38_it_reads_from_a_body_with_duplicate_keys() {
        #[derive(Deserialize)]
        struct Holder {
            one: Capture,
        }
        let read: Holder = decode::from_text(
            r#"{"one": 1, "one": {"type": "x", "type": "full", "limit": 1, "limit": 2}}"#,
        )
        .unwrap();
        assert_eq!(read.one, Capture::Full(Full { limit: 2 }));
    }
}
