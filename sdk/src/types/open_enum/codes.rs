//! Open enums of integers: see [`texts`](super::texts).
//!
//! In: a table of variants and their numbers. Out: the enum.

use crate::base::drift;
use crate::decode::{Fault, FromJson, Json};

use super::UnknownCode;
use super::lookup::Sorted;

/// An open enum of integers.
pub(crate) trait OpenCode: Clone + 'static {
    /// The name of the enum.
    const NAME: &'static str;
    /// The codes that this version knows.
    const KNOWN: &'static [Self];

    /// The code as it is on the wire.
    fn number(&self) -> i64;

    /// The variant of such a code.
    fn of_unknown(code: UnknownCode) -> Self;

    /// Their order, where they are many.
    fn sorted() -> Option<&'static Sorted<i64>> {
        None
    }

    /// The code that this version knows of a number.
    fn known(code: i64) -> Option<Self> {
        let mut codes = Self::KNOWN.iter().map(Self::number);
        let index = match Self::sorted() {
            None => codes.position(|known| known == code),
            Some(sorted) => sorted.find(codes, |known| known.cmp(&code)),
        };
        Self::KNOWN.get(index?).cloned()
    }

    /// The code of a number.
    fn of(code: i64) -> Self {
        Self::known(code).unwrap_or_else(|| Self::of_unknown(UnknownCode::new(code)))
    }

    /// Reads a code, and reports one that is not known.
    fn read(json: Json<'_>) -> Result<Self, Fault> {
        let code = i64::from_json(json)?;
        Ok(Self::known(code).unwrap_or_else(|| {
            drift::unknown_code(Self::NAME, code);
            Self::of_unknown(UnknownCode::new(code))
        }))
    }
}

/// Declares an open enum of integers: each line is a variant and its number on the wire, in the document's order.
macro_rules! open_code {
    (
        $(@[$($more:tt)*])?
        $(#[$about:meta])*
        $vis:vis enum $name:ident {
            $($(#[$described:meta])* $variant:ident = $code:literal,)*
        }
    ) => {
        $(#[$about])*
        #[derive(Clone, Debug, PartialEq)]
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

        impl $crate::types::open_enum::codes::OpenCode for $name {
            const NAME: &'static str = stringify!($name);
            const KNOWN: &'static [Self] = Self::ALL;
            $($($more)*)?

            fn number(&self) -> i64 {
                self.code()
            }

            fn of_unknown(code: $crate::types::open_enum::UnknownCode) -> Self {
                Self::Unknown(code)
            }
        }

        impl ::std::convert::From<i64> for $name {
            #[inline]
            fn from(code: i64) -> Self {
                $crate::types::open_enum::codes::OpenCode::of(code)
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

        impl $crate::decode::Blank for $name {
            fn blank() -> Self {
                Self::from(0)
            }
        }

        impl $crate::decode::FromJson for $name {
            #[inline]
            fn from_json(json: $crate::decode::Json<'_>) -> Result<Self, $crate::decode::Fault> {
                $crate::types::open_enum::codes::OpenCode::read(json)
            }
        }

        $crate::decode::impl_deserialize!($name);
        $crate::types::text::order!($name, code);
    };
}

/// The same for a long list, which is sorted: a code is found by binary search.
macro_rules! long_code {
    (
        $(#[$about:meta])*
        $vis:vis enum $name:ident {
            $($(#[$described:meta])* $variant:ident = $code:literal,)*
        }
    ) => {
        $crate::types::open_enum::open_code! {
            @[
                fn sorted() -> Option<&'static $crate::types::open_enum::lookup::Sorted<i64>> {
                    static SORTED: $crate::types::open_enum::lookup::Sorted<i64> =
                        $crate::types::open_enum::lookup::Sorted::new();
                    Some(&SORTED)
                }
            ]
            $(#[$about])*
            $vis enum $name {
                $($(#[$described])* $variant = $code,)*
            }
        }
    };
}

pub(crate) use {long_code, open_code};
