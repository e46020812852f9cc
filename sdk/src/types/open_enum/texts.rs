//! Open enums of texts.
//!
//! In: a table of variants and their texts. Out: the enum. What it does is in [`OpenText`], once for all; what a macro repeats for each enum
//! is what Rust asks for: the compiler takes as long for a short function as for the call of one, so there are few, and they only call.

use crate::base::drift;
use crate::decode::{Blank, Fault, Json};

use super::UnknownValue;
use super::lookup::Sorted;

/// An open enum of texts.
pub(crate) trait OpenText: AsRef<str> + Clone + 'static {
    /// The name of the enum.
    const NAME: &'static str;
    /// The values that this version knows.
    const KNOWN: &'static [Self];

    /// The variant of such a value.
    fn of_unknown(value: UnknownValue) -> Self;

    /// Their order, where they are many.
    fn sorted() -> Option<&'static Sorted<&'static str>> {
        None
    }

    /// The value that this version knows of a text.
    fn known(text: &str) -> Option<Self> {
        let mut texts = Self::KNOWN.iter().map(AsRef::as_ref);
        let index = match Self::sorted() {
            None => texts.position(|known| known == text),
            Some(sorted) => sorted.find(texts, |known| (*known).cmp(text)),
        };
        Self::KNOWN.get(index?).cloned()
    }

    /// The value of a text.
    fn of(text: &str) -> Self {
        Self::known(text).unwrap_or_else(|| Self::of_unknown(UnknownValue::new(text)))
    }

    /// Reads a value, and reports one that is not known.
    fn read(json: Json<'_>) -> Result<Self, Fault> {
        let text = json.text()?;
        Ok(Self::known(&text).unwrap_or_else(|| {
            drift::unknown_text(Self::NAME, &text);
            Self::of_unknown(UnknownValue::new(&text))
        }))
    }
}

impl<T: OpenText> Blank for T {
    fn blank() -> Self {
        Self::of("")
    }
}

/// Declares an open enum of texts: each line is a variant and its text on the wire, in the document's order.
macro_rules! open_enum {
    (
        $(@[$($more:tt)*])?
        $(#[$about:meta])*
        $vis:vis enum $name:ident {
            $($(#[$described:meta])* $variant:ident = $text:literal,)*
        }
    ) => {
        $(#[$about])*
        #[derive(Clone, Debug, PartialEq)]
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

        impl $crate::types::open_enum::texts::OpenText for $name {
            const NAME: &'static str = stringify!($name);
            const KNOWN: &'static [Self] = Self::ALL;
            $($($more)*)?

            fn of_unknown(value: $crate::types::open_enum::UnknownValue) -> Self {
                Self::Unknown(value)
            }
        }

        impl ::std::convert::From<&str> for $name {
            #[inline]
            fn from(text: &str) -> Self {
                $crate::types::open_enum::texts::OpenText::of(text)
            }
        }

        impl ::std::convert::From<String> for $name {
            #[inline]
            fn from(text: String) -> Self {
                Self::from(text.as_str())
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl $crate::decode::FromJson for $name {
            #[inline]
            fn from_json(json: $crate::decode::Json<'_>) -> Result<Self, $crate::decode::Fault> {
                $crate::types::open_enum::texts::OpenText::read(json)
            }
        }

        $crate::types::text::text!($name);
        $crate::types::text::key!($name);
    };
}

/// The same for a long list, which is sorted: a value is found by binary search.
macro_rules! long_enum {
    (
        $(#[$about:meta])*
        $vis:vis enum $name:ident {
            $($(#[$described:meta])* $variant:ident = $text:literal,)*
        }
    ) => {
        $crate::types::open_enum::open_enum! {
            @[
                fn sorted() -> Option<&'static $crate::types::open_enum::lookup::Sorted<&'static str>> {
                    static SORTED: $crate::types::open_enum::lookup::Sorted<&str> =
                        $crate::types::open_enum::lookup::Sorted::new();
                    Some(&SORTED)
                }
            ]
            $(#[$about])*
            $vis enum $name {
                $($(#[$described])* $variant = $text,)*
            }
        }
    };
}

pub(crate) use {long_enum, open_enum};
