//! Enums that stay open: a value that this version does not know is kept, printed and sent back unchanged.
//!
//! In: a table of variants and their values, written by the generator. Out: the enum, its list of values, conversions and serde.
//! Conversions normalise known values, and the content of `Unknown` has a private field, so `Unknown("AWS")` cannot exist beside
//! `Aws`: comparing two values is always right.

use std::fmt;

pub(crate) mod lookup;

/// The text of a value that this version does not know.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct UnknownValue(Box<str>);

impl UnknownValue {
    /// Only the conversions of an open enum make one, after they found no known value.
    pub(crate) fn new(text: &str) -> Self {
        Self(text.into())
    }

    /// The value as it is on the wire.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// A number that this version does not know.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct UnknownCode(i64);

impl UnknownCode {
    /// Only the conversions of an open enum make one, after they found no known number.
    pub(crate) fn new(code: i64) -> Self {
        Self(code)
    }

    /// The number as it is on the wire.
    pub fn get(self) -> i64 {
        self.0
    }
}

impl fmt::Display for UnknownCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl fmt::Debug for UnknownCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// Declares an open enum of texts: each line is a variant and its text on the wire, in the document's order.
macro_rules! open_enum {
    (
        $(#[$about:meta])*
        $vis:vis enum $name:ident {
            $($(#[$described:meta])* $variant:ident = $text:literal,)*
        }
    ) => {
        $(#[$about])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        $vis enum $name {
            $(
                #[doc = concat!("`", $text, "`.")]
                ///
                $(#[$described])*
                $variant,
            )*
            /// A value that this version does not know.
            Unknown($crate::types::open_enum::UnknownValue),
        }

        impl $name {
            /// The values that this version knows, in the document's order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The value as it is on the wire.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)*
                    Self::Unknown(value) => value.as_str(),
                }
            }
        }

        impl ::std::convert::From<&str> for $name {
            fn from(text: &str) -> Self {
                // Sorting a long list takes the compiler a while, but it ends.
                #[allow(long_running_const_eval)]
                static KNOWN: &[(&str, usize)] =
                    &$crate::types::open_enum::lookup::sorted_texts([$($text),*]);
                let known = $crate::types::open_enum::lookup::find_text(KNOWN, text);
                match known.and_then(|index| Self::ALL.get(index)) {
                    Some(known) => known.clone(),
                    None => Self::Unknown($crate::types::open_enum::UnknownValue::new(text)),
                }
            }
        }

        impl ::std::convert::From<String> for $name {
            fn from(text: String) -> Self {
                Self::from(text.as_str())
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = ::std::convert::Infallible;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Ok(Self::from(text))
            }
        }

        impl ::std::convert::AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl $crate::decode::FromJson for $name {
            fn from_json(json: $crate::decode::Json<'_>) -> Result<Self, $crate::decode::Fault> {
                let value = Self::from(&*json.text()?);
                if let Self::Unknown(unknown) = &value {
                    $crate::base::drift::unknown_text(stringify!($name), unknown.as_str());
                }
                Ok(value)
            }
        }

        $crate::decode::impl_deserialize!($name);
        $crate::types::text::text!($name);

        /// By the text on the wire, whether this version knows it or not.
        impl ::std::cmp::Ord for $name {
            fn cmp(&self, other: &Self) -> ::std::cmp::Ordering {
                self.as_str().cmp(other.as_str())
            }
        }

        impl ::std::cmp::PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> Option<::std::cmp::Ordering> {
                Some(self.cmp(other))
            }
        }
    };
}

/// Declares an open enum of integers: each line is a variant and its number on the wire, in the document's order.
macro_rules! open_code {
    (
        $(#[$about:meta])*
        $vis:vis enum $name:ident {
            $($(#[$described:meta])* $variant:ident = $code:literal,)*
        }
    ) => {
        $(#[$about])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        $vis enum $name {
            $(
                #[doc = concat!("`", stringify!($code), "`.")]
                ///
                $(#[$described])*
                $variant,
            )*
            /// A code that this version does not know.
            Unknown($crate::types::open_enum::UnknownCode),
        }

        impl $name {
            /// The codes that this version knows, in the document's order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The code as it is on the wire.
            pub fn code(&self) -> i64 {
                match self {
                    $(Self::$variant => $code,)*
                    Self::Unknown(code) => code.get(),
                }
            }
        }

        impl ::std::convert::From<i64> for $name {
            fn from(code: i64) -> Self {
                #[allow(long_running_const_eval)]
                static KNOWN: &[(i64, usize)] =
                    &$crate::types::open_enum::lookup::sorted_codes([$($code),*]);
                let known = $crate::types::open_enum::lookup::find_code(KNOWN, code);
                match known.and_then(|index| Self::ALL.get(index)) {
                    Some(known) => known.clone(),
                    None => Self::Unknown($crate::types::open_enum::UnknownCode::new(code)),
                }
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&self.code(), f)
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_i64(self.code())
            }
        }

        impl $crate::decode::FromJson for $name {
            fn from_json(json: $crate::decode::Json<'_>) -> Result<Self, $crate::decode::Fault> {
                let value = Self::from(<i64 as $crate::decode::FromJson>::from_json(json)?);
                if let Self::Unknown(unknown) = &value {
                    $crate::base::drift::unknown_code(stringify!($name), unknown.get());
                }
                Ok(value)
            }
        }

        $crate::decode::impl_deserialize!($name);

        /// By the number on the wire, whether this version knows it or not.
        impl ::std::cmp::Ord for $name {
            fn cmp(&self, other: &Self) -> ::std::cmp::Ordering {
                self.code().cmp(&other.code())
            }
        }

        impl ::std::cmp::PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> Option<::std::cmp::Ordering> {
                Some(self.cmp(other))
            }
        }
    };
}

pub(crate) use {open_code, open_enum};

#[cfg(test)]
#[allow(unreachable_pub, reason = "the macros are written for public types")]
mod tests {
    open_enum! {
        enum Colour {
            Red = "RED",
            /// Like the sky.
            Blue = "blue",
        }
    }

    open_code! {
        enum Code {
            Code1001 = 1001,
            Below = -1,
        }
    }

    #[test]
    fn known_values_are_normalised() {
        assert_eq!(Colour::from("RED"), Colour::Red);
        assert_eq!(
            Colour::from(String::from("RED")),
            "RED".parse::<Colour>().unwrap()
        );
        assert_eq!(Code::from(1001), Code::Code1001);
        assert_eq!(Code::from(-1), Code::Below);
        for colour in Colour::ALL {
            assert_eq!(&Colour::from(colour.as_str()), colour);
        }
        for code in Code::ALL {
            assert_eq!(&Code::from(code.code()), code);
        }
    }

    #[test]
    fn values_compare_with_texts_and_sort_by_what_is_on_the_wire() {
        assert!(Colour::Blue == "blue" && Colour::Blue == *"blue" && Colour::Blue != "Blue");
        assert_eq!(Colour::from(&"blue".to_owned()), Colour::Blue);
        let mut colours = ["red", "blue", "RED", "amber"].map(Colour::from);
        colours.sort();
        assert_eq!(
            colours.each_ref().map(Colour::as_str),
            ["RED", "amber", "blue", "red"]
        );
        let mut codes = [1001, 7, -1, 2000].map(Code::from);
        codes.sort();
        assert_eq!(codes.each_ref().map(Code::code), [-1, 7, 1001, 2000]);
    }

    #[test]
    fn unknown_values_come_back_unchanged() {
        let colour: Colour = serde_json::from_str(r#""mauve \u00e9""#).unwrap();
        assert_eq!(colour.to_string(), "mauve é");
        assert_eq!(serde_json::to_string(&colour).unwrap(), r#""mauve é""#);
        let code: Code = serde_json::from_str("-7").unwrap();
        assert_eq!((code.to_string().as_str(), code.code()), ("-7", -7));
    }

    #[test]
    fn a_number_beyond_the_range_is_refused() {
        assert!(serde_json::from_str::<Code>("9223372036854775808").is_err());
        assert!(serde_json::from_str::<Code>("1.5").is_err());
    }
}
