//! A field of a request that can be left alone, cleared, or set.
//!
//! In: what the caller wants of an optional field that the document calls nullable. Out: absent, `null`, or the value.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::decode::{Fault, FromJson, Json};

/// What an update does with one field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Clearable<T> {
    /// Leaves the field as it is: the key is not sent.
    #[default]
    Keep,
    /// Clears the field: `null` is sent.
    Clear,
    /// Sets the field.
    Set(T),
}

impl<T> Clearable<T> {
    /// True for [`Clearable::Keep`]: the key is not sent.
    pub fn is_keep(&self) -> bool {
        matches!(self, Self::Keep)
    }

    /// The value, where one is set.
    pub fn as_set(&self) -> Option<&T> {
        match self {
            Self::Set(value) => Some(value),
            Self::Keep | Self::Clear => None,
        }
    }
}

impl<T> From<T> for Clearable<T> {
    fn from(value: T) -> Self {
        Self::Set(value)
    }
}

impl<T: Serialize> Serialize for Clearable<T> {
    /// `Keep` has no form of its own: fields of this type are skipped when they are kept.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.as_set().serialize(serializer)
    }
}

impl<T: FromJson> FromJson for Clearable<T> {
    fn from_json(json: Json<'_>) -> Result<Self, Fault> {
        Option::from_json(json).map(|value| value.map_or(Self::Clear, Self::Set))
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Clearable<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Option::<T>::deserialize(deserializer)?;
        Ok(value.map_or(Self::Clear, Self::Set))
    }
}

#[cfg(test)]
mod tests {
    use super::Clearable;
    use serde::{Deserialize, Serialize};

    #[derive(Debug, PartialEq, Deserialize, Serialize)]
    struct Patch {
        #[serde(default, skip_serializing_if = "Clearable::is_keep")]
        note: Clearable<String>,
    }

    #[test]
    fn b52_keep_clear_and_set_have_three_forms() {
        let forms = [
            (Clearable::Keep, "{}"),
            (Clearable::Clear, r#"{"note":null}"#),
            (Clearable::from(String::from("x")), r#"{"note":"x"}"#),
        ];
        for (note, json) in forms {
            let patch = Patch { note };
            assert_eq!(serde_json::to_string(&patch).unwrap(), json);
            assert_eq!(serde_json::from_str::<Patch>(json).unwrap(), patch);
        }
    }
}
