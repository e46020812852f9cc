//! Enums that stay open: a value that this version does not know is kept, printed and sent back unchanged.
//!
//! In: a table of variants and their values, written by the generator. Out: the enum, its list of values, conversions and serde: [`texts`]
//! and [`codes`].
//! Conversions normalise known values, and the content of `Unknown` has a private field, so `Unknown("AWS")` cannot exist beside
//! `Aws`: comparing two values is always right.

use std::fmt;

pub(crate) mod codes;
pub(crate) mod lookup;
pub(crate) mod texts;

pub(crate) use self::codes::{long_code, open_code};
pub(crate) use self::texts::{long_enum, open_enum};

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

#[cfg(test)]
#[allow(unreachable_pub, reason = "the macros are written for public types")]
mod tests {
    use std::collections::HashSet;

    use super::codes::OpenCode as _;
    use super::texts::OpenText as _;
    use super::{long_code, long_enum, open_code, open_enum};

    open_enum! {
        enum Colour {
            Red = "RED",
            /// Like the sky.
            Blue = "blue",
        }
    }

    long_enum! {
        enum Shade {
            Light = "light",
            Dark = "dark",
            Grey = "grey",
        }
    }

    long_code! {
        enum Number {
            Seven = 7,
            MinusOne = -1,
            Five = 5,
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
    fn a_long_list_is_searched_in_order() {
        assert!(Shade::sorted().is_some() && Number::sorted().is_some());
        assert!(Colour::sorted().is_none() && Code::sorted().is_none());
        for shade in Shade::ALL {
            assert_eq!(&Shade::from(shade.as_str()), shade);
        }
        for number in Number::ALL {
            assert_eq!(&Number::from(number.code()), number);
        }
        assert_eq!(Shade::from("Grey").to_string(), "Grey");
        assert_eq!(Number::from(6).code(), 6);
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
        let set: HashSet<Colour> = colours.iter().cloned().collect();
        assert!(set.contains(&Colour::Blue) && set.len() == 4);
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
