//! Enums of values of several kinds, or of numbers with fractions: `"auto"`, `1.5`, `true`. They stay open, as enums of texts do.
//!
//! In: a table of variants and their values, written by the generator. Out: the enum, its list of values, conversions and serde.

use serde_json::Value;

/// A value that the document lists.
#[derive(Clone, Copy, Debug, PartialEq)]
#[allow(dead_code, reason = "generated enums use what their document needs")]
pub(crate) enum Known {
    Text(&'static str),
    Integer(i64),
    Number(f64),
    Bool(bool),
}

#[allow(dead_code, reason = "generated enums use what their document needs")]
impl Known {
    /// The value as JSON.
    pub(crate) fn value(self) -> Value {
        match self {
            Self::Text(text) => text.into(),
            Self::Integer(number) => number.into(),
            Self::Number(number) => number.into(),
            Self::Bool(value) => value.into(),
        }
    }

    /// Whether a value is this one. Numbers are compared by value: `2.0` is `2`.
    fn is(self, value: &Value) -> bool {
        match self {
            Self::Text(text) => value.as_str() == Some(text),
            Self::Integer(number) => match value.as_i64() {
                Some(integer) => integer == number,
                None => value.as_f64() == Some(number as f64),
            },
            Self::Number(number) => value.as_f64() == Some(number),
            Self::Bool(known) => value.as_bool() == Some(known),
        }
    }

    /// The index of a value among these.
    pub(crate) fn position(known: &[Self], value: &Value) -> Option<usize> {
        known.iter().position(|known| known.is(value))
    }
}

/// Declares an open enum of values of any kind: each line is a variant and its value on the wire, in the document's order.
#[allow(
    unused_macros,
    reason = "generated enums use it where their document needs it"
)]
macro_rules! open_value {
    (
        $(#[$about:meta])*
        $vis:vis enum $name:ident {
            $($(#[$described:meta])* $variant:ident = $kind:ident($value:literal),)*
        }
    ) => {
        $(#[$about])*
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        $vis enum $name {
            $(
                #[doc = concat!("`", stringify!($value), "`.")]
                ///
                $(#[$described])*
                $variant,
            )*
            /// A value that this version does not know.
            Unknown($crate::types::union::UnknownVariant),
        }

        impl $name {
            const KNOWN: &'static [$crate::types::open_value::Known] =
                &[$($crate::types::open_value::Known::$kind($value)),*];

            /// The values that this version knows, in the document's order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The value as it is on the wire.
            pub fn to_json(&self) -> ::serde_json::Value {
                match self {
                    $(Self::$variant => $crate::types::open_value::Known::$kind($value).value(),)*
                    Self::Unknown(value) => value.as_json().clone(),
                }
            }

            /// The known value, if it is one.
            fn known(value: &::serde_json::Value) -> Option<Self> {
                let known = $crate::types::open_value::Known::position(Self::KNOWN, value)?;
                Self::ALL.get(known).cloned()
            }

            fn of(value: ::serde_json::Value) -> Self {
                match Self::known(&value) {
                    Some(known) => known,
                    None => Self::Unknown($crate::types::union::UnknownVariant::of(value)),
                }
            }
        }

        impl ::std::convert::From<&str> for $name {
            fn from(value: &str) -> Self {
                Self::of(value.into())
            }
        }

        impl ::std::convert::From<String> for $name {
            fn from(value: String) -> Self {
                Self::of(value.into())
            }
        }

        impl ::std::convert::From<i64> for $name {
            fn from(value: i64) -> Self {
                Self::of(value.into())
            }
        }

        impl ::std::convert::From<f64> for $name {
            fn from(value: f64) -> Self {
                Self::of(value.into())
            }
        }

        impl ::std::convert::From<bool> for $name {
            fn from(value: bool) -> Self {
                Self::of(value.into())
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                match self.to_json() {
                    ::serde_json::Value::String(text) => f.pad(&text),
                    value => f.pad(&value.to_string()),
                }
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.to_json().serialize(serializer)
            }
        }

        impl $crate::decode::FromJson for $name {
            fn from_json(json: $crate::decode::Json<'_>) -> Result<Self, $crate::decode::Fault> {
                let value = <::serde_json::Value as $crate::decode::FromJson>::from_json(json);
                match value.ok().as_ref().and_then(Self::known) {
                    Some(known) => Ok(known),
                    None => Ok(Self::Unknown($crate::types::union::UnknownVariant::new(
                        stringify!($name),
                        json,
                    ))),
                }
            }
        }

        $crate::decode::impl_deserialize!($name);
    };
}

#[allow(
    unused_imports,
    reason = "generated enums use it where their document needs it"
)]
pub(crate) use open_value;

#[cfg(test)]
#[allow(unreachable_pub, reason = "the macro is written for public types")]
mod tests {
    use crate::decode::from_text;

    open_value! {
        enum Level {
            Auto = Text("auto"),
            Two = Integer(2),
            Half = Number(0.5),
            Below = Number(-1.5),
            Off = Bool(false),
        }
    }

    #[test]
    fn known_values_are_found_by_value_and_kind() {
        for (text, expected) in [
            (r#""auto""#, Level::Auto),
            ("2", Level::Two),
            ("2.0", Level::Two),
            ("0.50", Level::Half),
            ("-15e-1", Level::Below),
            ("false", Level::Off),
        ] {
            assert_eq!(from_text::<Level>(text).unwrap(), expected, "{text}");
        }
        for known in Level::ALL {
            let text = serde_json::to_string(known).unwrap();
            assert_eq!(&from_text::<Level>(&text).unwrap(), known);
        }
    }

    #[test]
    fn other_values_of_any_kind_are_kept() {
        for text in [r#""2""#, "3", "0.25", "true", "[2]", r#"{"a":1}"#] {
            let read: Level = from_text(text).unwrap();
            assert!(matches!(read, Level::Unknown(_)), "{text}");
            assert_eq!(serde_json::to_string(&read).unwrap(), text);
        }
    }

    #[test]
    fn conversions_are_normalised() {
        assert_eq!(Level::from("auto"), Level::Auto);
        assert_eq!(Level::from(2), Level::Two);
        assert_eq!(Level::from(2.0), Level::Two);
        assert_eq!(Level::from(false), Level::Off);
        assert_eq!(Level::from("auto").to_string(), "auto");
        assert_eq!(Level::from(0.5).to_string(), "0.5");
        assert_eq!(Level::from(String::from("9")).to_json(), "9");
    }
}
