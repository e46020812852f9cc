//! Points in time, as the service writes them.
//!
//! In: the text of a date-time field, which the service leaves empty where nothing has happened yet. Out: the same text,
//! untouched. This module does not parse dates: reading must never fail on an odd one. The modules below it do: one to sort, the
//! others each for the crate and the feature of its name.

use std::fmt;

use serde::Serialize;

use crate::decode::{Blank, Fault, FromJson, Json, impl_deserialize};
use crate::types::text::text;

#[cfg(feature = "chrono")]
mod chrono;
#[cfg(feature = "jiff")]
mod jiff;
mod order;
#[cfg(feature = "time")]
mod time;

/// A point in time, kept as the text that the service sent, such as `2022-04-22T18:54:13.397413Z`.
///
/// Timestamps sort by the instant, whatever their offset; equal are only equal texts. What is no timestamp of RFC 3339, such as the empty
/// text, comes before all others. The features `jiff`, `chrono` and `time` add conversions
/// to and from the instants of these crates: `jiff::Timestamp::try_from(&timestamp)`, and `Timestamp::from(instant)`,
/// which is `try_from` for `time`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct Timestamp(String);

impl Timestamp {
    /// The text as it is on the wire.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// True where the service sent an empty text.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a value is the text of a point in time. The reader of a union asks, where other members are texts too.
    #[allow(dead_code, reason = "generated unions use what their document needs")]
    pub(crate) fn fits(json: Json<'_>) -> bool {
        json.as_text().is_some_and(|text| order::is_instant(&text))
    }
}

impl From<&str> for Timestamp {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl From<String> for Timestamp {
    fn from(text: String) -> Self {
        Self(text)
    }
}

text!(Timestamp);

impl AsRef<str> for Timestamp {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl Blank for Timestamp {
    fn blank() -> Self {
        Self(String::new())
    }
}

impl FromJson for Timestamp {
    fn from_json(json: Json<'_>) -> Result<Self, Fault> {
        String::from_json(json).map(Self)
    }

    /// Where a timestamp is optional, `null` and the empty text are both `None`.
    fn is_none(json: Json<'_>) -> bool {
        json.is_null() || json.raw() == "\"\""
    }
}

impl_deserialize!(Timestamp);

#[cfg(test)]
mod tests {
    use super::Timestamp;
    use crate::decode::from_text;

    fn optional(json: &str) -> Option<String> {
        let at: Option<Timestamp> = from_text(json).unwrap();
        at.map(|at| at.to_string())
    }

    #[test]
    fn empty_and_null_are_none() {
        assert_eq!(optional(r#""""#), None);
        assert_eq!(optional("null"), None);
        assert!(from_text::<Timestamp>(r#""""#).unwrap().is_empty());
    }

    #[test]
    fn any_text_is_kept() {
        for text in [
            "2022-04-22T18:54:13.397413Z",
            "0001-01-01T00:00:00+14:00",
            "soon",
        ] {
            assert_eq!(optional(&format!("\"{text}\"")).as_deref(), Some(text));
        }
    }
}
